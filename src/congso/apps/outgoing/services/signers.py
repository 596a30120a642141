"""Who signs besides the document's own signer: the list in its order, while the paper is drafted."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from congso.apps.outgoing.models import Authority, CoSigner, OutgoingDocument
from congso.apps.outgoing.services.drafting import remake_version
from congso.apps.outgoing.services.powers import check_authority, check_co_signer, leading_post
from congso.apps.outgoing.services.turns import settle_seals
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.workflow.services import Refused, act
from congso.lib.vietnamese import nfc

MOST = 5


@dataclass(frozen=True)
class Signing:
    """One who signs too: for which body, by what right."""

    issuer: Organization
    person: Person
    authority: str = Authority.OWN
    authority_over: str = ""


@dataclass(frozen=True)
class OutsideSigning:
    """An agency outside this portal that signs too: who for it, by what right, whether it seals as well."""

    agency: str
    name: str
    post: str = ""
    agency_symbol: str = ""
    authority: str = Authority.OWN
    authority_over: str = ""
    has_seal: bool = True


def add_outside_signer(document: OutgoingDocument, signing: OutsideSigning, *, by: Actor, at: datetime) -> CoSigner:
    """Let an agency sign that has nobody in this portal; its powers are its own to keep. Raises Refused."""
    told = {key: _words(key, value) for key, value in asdict(signing).items() if key != "has_seal"}
    if not told["agency"] or not told["name"]:
        raise Refused("Hãy ghi tên cơ quan ngoài hệ thống và người ký của cơ quan đó.")
    check_authority(signing.authority)
    document.forget()
    others = document.signers_after
    if len(others) >= MOST:
        raise Refused(f"Một văn bản có nhiều nhất {MOST + 1} người ký.")
    if any(one.agency == told["agency"] and one.name == told["name"] for one in others):
        raise Refused(f"{told['name']} đã có trong danh sách người ký.")
    has_seal = signing.has_seal and all(one.agency != told["agency"] for one in others)
    made = CoSigner(document=document, position=2 + len(others), has_seal=has_seal, **told)
    _write(document, f"Thêm cơ quan ngoài cùng ký: {made.name} ({made.agency})", made.save, by=by, at=at)
    return made


def add_co_signer(document: OutgoingDocument, signing: Signing, *, by: Actor, at: datetime) -> CoSigner:
    """Let somebody sign after those already named. Another agency than the issuer also puts its seal, once.

    Raises Refused: who may not sign so for that body, somebody named already, too many for one page.
    """
    check_authority(signing.authority)
    day = timezone.localdate(at)
    document.forget()
    others = document.signers_after
    if signing.person.pk in {document.signer_id, *(one.person_id for one in others)}:
        raise Refused(f"{signing.person} đã có trong danh sách người ký.")
    if len(others) >= MOST:
        raise Refused(f"Một văn bản có nhiều nhất {MOST + 1} người ký.")
    made = CoSigner(
        document=document, position=2 + len(others), issuer=signing.issuer, person=signing.person,
        name=signing.person.full_name, post=leading_post(signing.person, signing.issuer, day)[:200],
        authority=signing.authority, authority_over=signing.authority_over.strip()[:200],
    )  # fmt: skip
    check_co_signer(document, made, day)
    _write(document, f"Thêm người cùng ký: {made.name} ({signing.issuer})", made.save, by=by, at=at)
    return made


def drop_co_signer(document: OutgoingDocument, signer: CoSigner, *, by: Actor, at: datetime) -> None:
    """She does not sign; those after her move up."""

    def write() -> None:
        after = list(document.co_signers.filter(position__gt=signer.position).order_by("position"))
        CoSigner.objects.filter(pk=signer.pk).delete()
        for one in after:
            CoSigner.objects.filter(pk=one.pk).update(position=one.position - 1)

    _write(document, f"Bỏ người cùng ký: {signer.name}", write, by=by, at=at)


def move_co_signer(document: OutgoingDocument, signer: CoSigner, *, by: Actor, at: datetime) -> None:
    """She signs one turn earlier. Raises Refused for who is the first after the document's own signer."""
    before = document.co_signers.filter(position=signer.position - 1).first()
    if before is None:
        raise Refused("Người ký chính của cơ quan chủ trì ký trước, những người khác theo thứ tự trong danh sách.")

    def write() -> None:
        free = 1000 + signer.position  # a turn nobody has, while the two change places
        for pk, position in ((before.pk, free), (signer.pk, before.position), (before.pk, signer.position)):
            CoSigner.objects.filter(pk=pk).update(position=position)

    _write(document, f"Chuyển lên trước: {signer.name}", write, by=by, at=at)


def _words(name: str, told: str) -> str:
    """What was told for a column of the signer's row, in one line. Raises Refused: a name is never cut on a paper."""
    longest: int | None = getattr(CoSigner._meta.get_field(name), "max_length", None)
    words = " ".join(nfc(told).split())
    if longest and len(words) > longest:
        raise Refused(f"Tên, chức vụ của cơ quan và người ký ngoài hệ thống dài nhất {longest} ký tự mỗi phần.")
    return words


def _write(document: OutgoingDocument, label: str, write: Callable[[], None], *, by: Actor, at: datetime) -> None:
    with act(document, "set_signers", by=by, at=at) as move:
        move.label = label
        write()
        settle_seals(document)
        move.facts["signers"] = [one.person_id for one in document.signers_after]
    remake_version(document, label, by=by, at=at)
