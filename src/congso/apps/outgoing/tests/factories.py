"""Outgoing documents in every state, made through the services by the cast.

Phòng Tổng hợp's specialist drafts for the committee, its head and the chief of office check, the standing deputy
secretary approves and signs T/M, the office's clerk numbers, seals and issues.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Authority, Channel, DraftVersion, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import Address, DraftFacts, Point
from congso.apps.outgoing.services.checking import keep_findings
from congso.apps.outgoing.services.drafting import add_version
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.composing.rendering import BlankPlace, PaperPlaces, SignaturePlace
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import store_file
from congso.kernel.records.models import Term
from congso.kernel.signing.models import Credential
from congso.kernel.signing.services import register_credential
from congso.kernel.signing.testing import paper

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = date(2030, 12, 4)
PLACES = PaperPlaces(
    blanks=(
        BlankPlace("number", (70, 742, 110, 760), 0, 14),
        BlankPlace("day", (400, 742, 420, 760), 0, 14),
    ),
    signatures=(SignaturePlace("1", 0, (330, 120, 530, 200), (250, 90, 370, 210)),),
)
SECOND = SignaturePlace("2", 0, (60, 120, 230, 200), (30, 90, 110, 170))
TWO = replace(PLACES, signatures=(*PLACES.signatures, SECOND))
AGENCY, LEADER = "Ủy ban nhân dân tỉnh Mẫu", "Đỗ Thí Dụ"


@dataclass(frozen=True)
class Keys:
    """Registered credentials: the signer's and the office's seal."""

    secretary: Credential
    seal: Credential


@contextmanager
def by(person_id: int) -> Iterator[Actor]:
    """A transaction in which one of the cast acts."""
    actor = Actor.person(person_id)
    with acting_as(actor):
        yield actor


def open_term(world: World) -> None:
    """The committee's term, told by an administrator."""
    with by(world.administrator):
        Term.objects.create(
            organization_id=world.organizations["TU"], name="Nhiệm kỳ 2025-2030", valid_from=date(2025, 10, 1)
        )


def person_key(world: World, who: str, holder: Callable[..., Any], at: datetime) -> Credential:
    with by(getattr(world, who)) as actor:
        person = Person.objects.get(pk=actor.id)
        certificate, label = holder(person.full_name)
        return register_credential(
            certificate, provider=Credential.Provider.SOFTWARE, details={"name": label}, person=person, by=actor, at=at
        )


def office_key(world: World, code: str, who: str, holder: Callable[..., Any], at: datetime) -> Credential:
    with by(getattr(world, who)) as actor:
        office = Organization.objects.get(pk=world.organizations[code])
        certificate, label = holder(office.name, office.name)
        return register_credential(
            certificate, provider=Credential.Provider.SOFTWARE, details={"name": label}, organization=office, by=actor,
            at=at,
        )  # fmt: skip


def facts(world: World, **changes: Any) -> DraftFacts:
    """A plan of the committee, signed by the standing deputy secretary."""
    told: dict[str, Any] = {
        "issuer": world.organization("TU"), "doc_type": "plan", "title": "Thực hiện chuyển đổi số năm 2027",
        "recipients_text": "- Các ban đảng,\n- Lưu Văn phòng.", "authority": Authority.ON_BEHALF,
        "authority_over": "Ban Thường vụ", "signer": Person.objects.get(pk=world.secretary),
    }  # fmt: skip
    return DraftFacts(**told | changes)


def drafting(world: World, **changes: Any) -> OutgoingDocument:
    """A draft with one version, printed and checked, without a finding."""
    more = {name: changes.pop(name) for name in ("source", "replaces", "replace_reason") if name in changes}
    with by(world.specialist) as specialist:
        document = services.start_draft(facts(world, **changes), by=specialist, at=NOW, **more)
    version(document, world.specialist)
    return document


def version(
    document: OutgoingDocument,
    who: int,
    *,
    findings: list[Any] | None = None,
    name: str = "du-thao.pdf",
    words: str = "",
) -> DraftVersion:
    """A file that was read becomes the newest version; its preflight is told, not run."""
    with by(who) as actor, TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(paper(words or f"Ke hoach {document.pk}"))
        blob = store_file(path, media_type="application/pdf", pages=1, by=actor, at=NOW)
        upload = Upload(name=name, organization=document.owner, uploaded_at=NOW)
        made = add_version(
            document, ReadUpload(upload, blob, None, ("Nội dung kế hoạch",), ()), kind="uploaded", reason="Bản thử",
            by=actor, at=NOW,
        )  # fmt: skip
        keep_findings(made, findings or [], at=NOW)
        document.forget()
    return made


def ask(world: World, document: OutgoingDocument, *, is_serial: bool = False) -> None:
    with by(world.specialist) as specialist:
        targets = [world.organization("CDS"), world.organization("BTC")]
        services.ask_opinions(document, targets=targets, due_on=DUE, is_serial=is_serial, by=specialist, at=NOW)


def answer(world: World, document: OutgoingDocument, who: str, *points: str, stance: str = "agrees_with") -> None:
    with by(getattr(world, who)) as actor:
        opinion = next(
            one for one in document.opinions.select_related("document__owner").order_by("pk") if one.state == "asked"
            and set(one.receivers) & current_principals()
        )  # fmt: skip
        services.give_opinion(opinion, stance=stance, points=[Point(one) for one in points], by=actor, at=NOW)


def consulting(world: World) -> OutgoingDocument:
    document = drafting(world)
    ask(world, document)
    return document


def at_unit(world: World, **changes: Any) -> OutgoingDocument:
    document = drafting(world, **changes)
    with by(world.specialist) as specialist:
        services.submit(document, by=specialist, at=NOW)
    return document


def verifying(world: World, **changes: Any) -> OutgoingDocument:
    document = at_unit(world, **changes)
    with by(world.head) as head:
        services.approve_unit(document, by=head, at=NOW)
    return document


def at_leader(world: World, **changes: Any) -> OutgoingDocument:
    document = verifying(world, **changes)
    with by(world.chief) as chief:
        services.verify(document, by=chief, at=NOW)
    return document


def to_sign(world: World, **changes: Any) -> OutgoingDocument:
    document = at_leader(world, **changes)
    with by(world.secretary) as secretary:
        services.approve(document, by=secretary, at=NOW)
    return document


def signed(world: World, keys: Keys, **changes: Any) -> OutgoingDocument:
    document = to_sign(world, **changes)
    with by(world.secretary) as secretary:
        fresh = outgoing_document(document.pk)
        services.sign_document(fresh, credential=keys.secretary, secret="", by=secretary, at=timezone.now())
        return outgoing_document(document.pk)


def numbered(world: World, keys: Keys, **changes: Any) -> OutgoingDocument:
    document = signed(world, keys, **changes)
    with by(world.clerk) as clerk:
        fresh = outgoing_document(document.pk)
        services.number_document(fresh, by=clerk, at=timezone.now())
        return outgoing_document(document.pk)


def sealed(world: World, keys: Keys, **changes: Any) -> OutgoingDocument:
    document = numbered(world, keys, **changes)
    with by(world.clerk) as clerk:
        fresh = outgoing_document(document.pk)
        services.seal_document(fresh, credential=keys.seal, secret="", by=clerk, at=timezone.now())
        return outgoing_document(document.pk)


def issued(world: World, keys: Keys, *addresses: Address, **changes: Any) -> OutgoingDocument:
    """To Ban Tổ chức inside the portal, unless told otherwise."""
    document = sealed(world, keys, **changes)
    return issue(world, document, *addresses)


def issue(world: World, document: OutgoingDocument, *addresses: Address) -> OutgoingDocument:
    with by(world.clerk) as clerk:
        chosen = addresses or (Address(Channel.PORTAL, organization=world.organization("BTC")),)
        services.add_recipients(outgoing_document(document.pk), chosen, by=clerk, at=timezone.now())
        services.issue_document(outgoing_document(document.pk), by=clerk, at=timezone.now())
        return outgoing_document(document.pk)


def recalled(world: World, keys: Keys) -> OutgoingDocument:
    document = issued(world, keys)
    with by(world.clerk) as clerk:
        services.recall_document(document, reason="Sai số liệu.", by=clerk, at=timezone.now())
    return document


def replaced(world: World, keys: Keys) -> OutgoingDocument:
    document = issued(world, keys)
    with by(world.specialist):
        old = outgoing_document(document.pk)
    newer = sealed(world, keys, replaces=old, replace_reason="Điều chỉnh chỉ tiêu.")
    issue(world, newer)
    with by(world.clerk):
        return outgoing_document(document.pk)


def withdrawn(world: World) -> OutgoingDocument:
    document = drafting(world)
    with by(world.specialist) as specialist:
        services.withdraw(document, reason="Không còn cần.", by=specialist, at=NOW)
    return document


def cancelled(world: World, keys: Keys) -> OutgoingDocument:
    document = numbered(world, keys)
    with by(world.clerk) as clerk:
        services.cancel_document(document, reason="Ký nhầm văn bản.", by=clerk, at=timezone.now())
    return document


def at_agency(world: Any, keys: Any) -> OutgoingDocument:
    """A paper an agency outside signs and seals too, signed by the lead body's signer; it has two places (`TWO`)."""
    document = drafting(world)
    with by(world.specialist) as specialist:
        told = services.OutsideSigning(AGENCY, LEADER, "Chủ tịch", "UBND")
        services.add_outside_signer(outgoing_document(document.pk), told, by=specialist, at=NOW)
        services.submit(outgoing_document(document.pk), by=specialist, at=NOW)
    with by(world.head) as head:
        services.approve_unit(outgoing_document(document.pk), by=head, at=NOW)
    with by(world.chief) as chief:
        services.verify(outgoing_document(document.pk), by=chief, at=NOW)
    with by(world.secretary) as secretary:
        services.approve(outgoing_document(document.pk), by=secretary, at=NOW)
        services.sign_document(
            outgoing_document(document.pk), credential=keys.secretary, secret="", by=secretary, at=timezone.now()
        )
    return document


def _plain(make: Callable[[World], OutgoingDocument]) -> Callable[[World, Keys], OutgoingDocument]:
    return lambda world, _keys: make(world)


IN_STATE: dict[str, Callable[[World, Keys], OutgoingDocument]] = {
    "drafting": _plain(drafting),
    "consulting": _plain(consulting),
    "at_unit": _plain(at_unit),
    "verifying": _plain(verifying),
    "at_leader": _plain(at_leader),
    "to_sign": _plain(to_sign),
    "signed": signed,
    "numbered": numbered,
    "sealed": sealed,
    "issued": issued,
    "recalled": recalled,
    "replaced": replaced,
    "withdrawn": _plain(withdrawn),
    "cancelled": cancelled,
}
