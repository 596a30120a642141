"""Signing outside the portal: with a token in one's own computer, or in an agency that does not work here.

The prepared paper goes out, the signed one comes back; what was added is judged as strictly as everything that comes
from outside, and then the paper goes on as if it had been signed here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from congso.apps.outgoing.flow import clerks_of
from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.apps.outgoing.services import sealing, signing
from congso.apps.outgoing.services.contents import KEY
from congso.apps.outgoing.services.papers import bytes_of_paper, seal_place, signature_place
from congso.apps.outgoing.services.powers import check_signer
from congso.apps.outgoing.services.turns import transition_of, turn_of
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Blob
from congso.kernel.jobs.services import queue_job
from congso.kernel.signing.outside import take_signed
from congso.kernel.signing.places import Place
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.signing.services import keep_signed_outside
from congso.kernel.signing.trust import default_means
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours, Refused, act, check
from congso.lib.vietnamese import nfc

MAIL_JOB = "outgoing.send_outside"
SIGNING = frozenset({"sign", "sign_part", "take_outside", "take_outside_part"})
SEALING = frozenset({"seal", "seal_part"})


@dataclass(frozen=True)
class OutsideStep:
    """What is to be signed or sealed next, and can be so outside: where on the paper, by whose certificate.

    `agency`: of a step of an agency outside the portal its row, to which the paper is sent.
    """

    key: str
    place: Place
    names: tuple[str, ...]
    organization: Organization | None = None
    signer: CoSigner | None = None

    @property
    def is_seal(self) -> bool:
        """Whether it is an organization's seal."""
        return self.key in SEALING

    @property
    def agency(self) -> CoSigner | None:
        """The agency outside whose step it is."""
        return self.signer if self.signer is not None and self.signer.is_outside else None


def outside_step(document: OutgoingDocument) -> OutsideStep | None:
    """The step the running transaction's actor may take outside now; None when it is not hers or nobody's."""
    if document.paper is None:
        return None
    if document.state == "to_sign":
        return _signature(document)
    return _seal(document) if document.state == "numbered" else None


def paper_for_outside(document: OutgoingDocument) -> tuple[str, Blob]:
    """The paper as it is to be signed, under a name that says for what. Raises NotYours when it is another's step."""
    step, paper = _of_actor(document), document.paper
    if paper is None:
        raise Refused("Chưa có bản trình ký.")
    name = (document.number or document.title)[:80].replace("/", "-")
    return f"{name} ({'để đóng dấu' if step.is_seal else 'để ký'}).pdf", paper.blob


def send_outside(document: OutgoingDocument, *, way: str, to: str, by: Actor, at: datetime) -> None:
    """The paper goes to the agency outside whose turn it is: by e-mail from here, or a file the clerk hands over.

    An exchange packet wants a number, which a paper has only once everybody has signed: by the axis it goes enclosed
    with a letter of its own. Raises Refused.
    """
    step, receiver = _of_actor(document), nfc(to).strip()[:300]
    agency = step.agency
    if agency is None:
        raise Refused("Bước này không phải của cơ quan ngoài hệ thống.")
    if way not in CoSigner.Way.values:
        raise Refused("Hãy chọn cách gửi.")
    if not receiver:
        raise Refused("Hãy ghi gửi đến đâu: địa chỉ thư, hoặc ai nhận tệp, kèm công văn nào.")
    if way == CoSigner.Way.EMAIL:
        try:
            validate_email(receiver)
        except ValidationError as error:
            raise Refused("Địa chỉ thư điện tử không đúng.") from error
    with act(document, "send_outside", by=by, at=at) as move:
        CoSigner.objects.filter(pk=agency.pk).update(sent_at=at, sent_way=way, sent_to=receiver, sent_problem="")
        document.forget()
        move.label = f"Gửi {agency.agency} {'đóng dấu' if step.is_seal else 'ký'}"
        move.note = f"{CoSigner.Way(way).label}: {receiver}"
        move.facts |= {"sha256": document.paper.blob_id if document.paper else "", "place": step.place.name}
        if way == CoSigner.Way.EMAIL:
            queue_job(
                MAIL_JOB, label=f"Gửi {agency.agency} ký", by=by, at=at,
                arguments={"signer_id": agency.pk, "is_seal": step.is_seal},
            )  # fmt: skip


def take_back_signed(document: OutgoingDocument, data: bytes, *, by: Actor, at: datetime) -> None:
    """The signed or sealed paper comes back and goes on as if that had been done here. Raises Refused, nothing kept."""
    step = _of_actor(document)
    check(document, flow_of(document.type).transition(step.key), at=at, note="")
    if step.key in {"sign", "sign_part"}:
        if by.person_id != turn_of(document).person_id:
            raise NotYours("Chỉ người ký ghi trên văn bản mới nộp được bản mình đã ký.")
        check_signer(document, timezone.localdate(at))
    if document.paper is None:
        raise Refused("Chưa có bản trình ký.")
    try:
        pdf, signature = take_signed(
            bytes_of_paper(document), data, place=step.place, names=step.names, means=default_means(), at=at
        )
        if signature.signer is None:
            raise Refused("Không đọc được chứng thư của người ký.")
        kept = keep_signed_outside(
            pdf, document.paper.blob, certificate=signature.signer, organization=step.organization,
            place=step.place.name, purpose=_purpose(step), reference=str(document.pk), by=by, at=at,
        )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused
    if step.is_seal:
        signer = step.signer if step.key == "seal_part" else None
        stage = "sealed" if step.key == "seal" else "numbered"
        sealing.seal_with(document, step.key, kept, signer, stage=stage, by=by, at=at)
    else:
        signing.sign_with(document, kept, by=by, at=at)


def _of_actor(document: OutgoingDocument) -> OutsideStep:
    step = outside_step(document)
    if step is None:
        raise NotYours("Văn bản đang không chờ bạn ký hoặc đóng dấu.")
    return step


def _may(document: OutgoingDocument, key: str) -> bool:
    roles = flow_of(document.type).transition(key).by
    return bool(current_principals() & {one for role in roles for one in role.principals(document)})


def _signature(document: OutgoingDocument) -> OutsideStep | None:
    turn = turn_of(document)
    key = transition_of(turn)
    if not _may(document, key):
        return None
    signer = turn.co_signer
    names = (turn.name, signer.agency) if signer is not None and signer.is_outside else (turn.name,)
    return OutsideStep(key, signature_place(document, turn.key), names, signer=signer)


def _seal(document: OutgoingDocument) -> OutsideStep | None:
    held = current_principals()
    missing = [one for one in document.signers_after if one.has_seal and one.sealed_at is None]
    for one in missing:
        clerks = {*clerks_of({one.issuer_id})} if one.issuer_id else {*clerks_of({document.owner_id})}
        if held & clerks:
            body = one.issuer
            names = (one.agency,) if body is None else _names_of(body)
            return OutsideStep("seal_part", seal_place(document, one.key), names, body, one)
    if missing or not _may(document, "seal"):
        return None
    names = (*_names_of(document.issuer), *_names_of(document.owner))
    return OutsideStep("seal", seal_place(document, KEY), tuple(dict.fromkeys(names)), document.owner)


def _names_of(body: Organization) -> tuple[str, ...]:
    """The body's own name and those of the offices that serve it: either may hold its seal's certificate."""
    return (body.name, *Organization.objects.filter(serves=body).values_list("name", flat=True))


def _purpose(step: OutsideStep) -> str:
    if step.key == "seal":
        return sealing.PURPOSE
    return sealing.PART if step.is_seal else signing.PURPOSE
