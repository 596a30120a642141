"""The chain: the unit's leader, the office's check of form, the issuer's leader; back with a reason, or taken back."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.services.checking import check_passed
from congso.apps.outgoing.services.consulting import check_decided
from congso.apps.outgoing.services.contents import content_of
from congso.apps.outgoing.services.drafting import remake_version
from congso.apps.outgoing.services.papers import keep_paper, prepared_paper
from congso.apps.outgoing.services.powers import check_authority, check_signer, post_in
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.workflow.services import Refused, act

RETURNS = ("return_unit", "return_form", "return_leader", "return_signer", "return_signed")


def submit(document: OutgoingDocument, *, note: str = "", by: Actor, at: datetime) -> None:
    """Send the draft to the unit's leader: with a version, a signer who may sign, every opinion answered."""
    document.forget()
    if document.last_version is None:
        raise Refused("Chưa có bản dự thảo nào để trình; nếu vừa lưu, hãy chờ hệ thống in xong.")
    check_signer(document, timezone.localdate(at))
    check_decided(document)
    with act(document, "submit", by=by, at=at, note=note) as move:
        move.facts["version"] = document.last_version.place


def approve_unit(document: OutgoingDocument, *, note: str = "", by: Actor, at: datetime) -> None:
    """The unit's leader agrees with the content."""
    _step(document, "approve_unit", note, by, at)


def verify(document: OutgoingDocument, *, note: str = "", by: Actor, at: datetime) -> None:
    """The office finds the form in order: no error of preflight, a signer who may sign, at least one recipient."""
    document.forget()
    check_passed(document)
    check_signer(document, timezone.localdate(at))
    _step(document, "verify", note, by, at)


def approve(document: OutgoingDocument, *, note: str = "", by: Actor, at: datetime) -> None:
    """The leader agrees: the newest version becomes the paper to be signed, with its places prepared."""
    document.forget()
    version = check_passed(document)
    check_signer(document, timezone.localdate(at))
    pdf, places = prepared_paper(version)
    with act(document, "approve", by=by, at=at, note=note) as move:
        keep_paper(document, pdf, stage="to_sign", by=by, at=at, places=places)
        move.facts |= {"version": version.place, "sha256": document.paper.blob_id if document.paper else ""}


def send_back(document: OutgoingDocument, key: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Back to the drafter with the reason, from whichever step: one of `RETURNS`."""
    if key not in RETURNS:
        raise ValueError(key)
    _back(document, key, reason, by, at)


def take_back(document: OutgoingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """The drafter takes it back to change it, as long as it is not signed."""
    _back(document, "take_back", reason, by, at)


def withdraw(document: OutgoingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """The draft is given up; it never had a number."""
    with act(document, "withdraw", by=by, at=at, note=reason):
        pass


def change_signer(
    document: OutgoingDocument, *, signer: Person, authority: str, authority_over: str = "", reason: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Another signs (K/T, T/L, Q.): the block on the paper changes, so the office checks the form once more.

    A paper written here is laid out again; a file that was brought is to be mended by the office.
    """
    day = timezone.localdate(at)
    check_authority(authority)
    with act(document, "change_signer", by=by, at=at, note=reason) as move:
        before = document.signer_name
        document.signer, document.signer_name = signer, signer.full_name
        document.signer_post = post_in(signer, document.owner, document.issuer, day)
        document.authority, document.authority_over = authority, authority_over.strip()[:200]
        check_signer(document, day)
        content_of(document)
        document.paper, document.places, document.signed_at = None, {}, None
        _forget_signatures(document)
        names = ["signer", "signer_name", "signer_post", "authority", "authority_over", "paper", "places", "signed_at"]
        document.save(update_fields=names)
        move.note = f"{reason.strip()}\n{before} → {document.signer_name}"
    remake_version(document, f"Đổi người ký: {document.signer_name}", by=by, at=at)


def _step(document: OutgoingDocument, key: str, note: str, by: Actor, at: datetime) -> None:
    with act(document, key, by=by, at=at, note=note):
        pass


def _back(document: OutgoingDocument, key: str, reason: str, by: Actor, at: datetime) -> None:
    """A paper prepared for signing goes with it; its files stay, so that what was signed can be shown."""
    with act(document, key, by=by, at=at, note=reason):
        _forget_signatures(document)
        changed: dict[str, Any] = {"paper": None, "places": {}, "signed_at": None}
        for name, value in changed.items():
            setattr(document, name, value)
        document.save(update_fields=list(changed))


def _forget_signatures(document: OutgoingDocument) -> None:
    """Who has signed the paper that goes back signs the next one anew: nobody signed what it will say."""
    document.co_signers.filter(Q(signed_at__isnull=False) | Q(sent_at__isnull=False)).update(
        signed_at=None, sealed_at=None, sent_at=None, sent_way="", sent_to="", sent_problem=""
    )
    document.forget()
