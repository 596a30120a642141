"""What people do with packets: accept, refuse, agree, report, try again, give up. Clerks of the owner office alone."""

from datetime import datetime

from django.utils import timezone

from congso.kernel.access.principals import Function
from congso.kernel.access.principals import office as office_principal
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.exchange.handlers import packet_handler
from congso.kernel.exchange.incoming import UNSIGNED_WELL, WAITS_FOR_CLERK, blocking
from congso.kernel.exchange.judging import Reason, judge
from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import (
    Direction,
    Packet,
    PacketKind,
    PacketSignature,
    PacketState,
    PeerCertificate,
)
from congso.kernel.exchange.outgoing import queue_status
from congso.kernel.exchange.queries import is_unanswered
from congso.kernel.exchange.rules import may_follow, next_statuses
from congso.kernel.exchange.settling import change
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState
from congso.lib.edxml.finding import clean
from congso.lib.edxml.packets import DocumentPacket, Status
from congso.lib.edxml.reading import read_packet

_ENDED = {"reason": "", "next_step": "", "next_try_at": None}
_DOCUMENTS = {PacketKind.NEW, PacketKind.REPLACE}


def acts_of(packet: Packet, at: datetime) -> list[str]:
    """What a clerk of the office may do with the packet now: accept, agree, refuse, report, retry, give_up,
    confirm_signer, recheck.
    """
    acts = []
    if packet.direction == Direction.IN and packet.state == PacketState.ARRIVED:
        acts += ["accept" if packet.kind in _DOCUMENTS else "agree", "refuse"]
    is_stopped = packet.state in {PacketState.TRYING, PacketState.STUCK} or is_unanswered(packet, at)
    if is_stopped and packet.direction == Direction.OUT:
        acts.append("retry")
    if is_stopped:
        acts.append("give_up")
    if _is_reportable(packet):
        acts.append("report")
    return [*acts, *_of_signature(packet)]


def _of_signature(packet: Packet) -> list[str]:
    """A doubtful signature may be judged anew; a certificate nobody vouched for may be confirmed."""
    if packet.direction != Direction.IN or packet.state not in {PacketState.ARRIVED, PacketState.STUCK}:
        return []
    if packet.signature in {"", PacketSignature.VALID, PacketSignature.MISSING}:
        is_kept = packet.signature == PacketSignature.MISSING and packet.reason.startswith(UNSIGNED_WELL)
        return ["recheck"] if is_kept else []
    waits = {Reason.UNCONFIRMED, Reason.OTHER_CERTIFICATE} & set(packet.signature_reasons.split(","))
    # Only of a certificate an authority stands for: nobody vouches for one its owner made.
    return [*(["confirm_signer"] if waits and packet.signature == PacketSignature.UNKNOWN else []), "recheck"]


def _is_reportable(packet: Packet) -> bool:
    is_taken = packet.direction == Direction.IN and packet.kind in _DOCUMENTS and packet.state == PacketState.DONE
    return is_taken and bool(next_statuses(packet.answer))


def accept_packet(packet: Packet, *, by: Actor, at: datetime) -> Packet:
    """Take the document into the register. Of a replacement the earlier one is closed, and its sender told (15).

    Raises NotYours, WrongState, Refused.
    """
    held = _taken(packet, "accept", at)
    handler = packet_handler()
    if handler is None:
        raise Refused("Chưa có hệ thống nào nhận văn bản từ trục; báo người quản trị.")
    read = _read(held)
    handler.accept(held, read, by, at)
    change(held, at, state=PacketState.DONE, **_ENDED)
    if held.kind == PacketKind.REPLACE and held.original:
        _take_back(held, PacketState.REPLACED, by, at)
    return _noted("accept", held, by, at)


def agree_packet(packet: Packet, *, by: Actor, at: datetime) -> Packet:
    """Let the sender take back or update the document: status 15. Raises NotYours, WrongState."""
    held = _taken(packet, "agree", at)
    if held.kind == PacketKind.UPDATE:
        queue_status(held, Status.TAKE_BACK_AGREED, at=at, document_id=held.about_id, cause=str(held.pk))
        handler = packet_handler()
        if handler is not None and handler.update is not None and held.original is not None:
            handler.update(held.original, _read(held), by, at)
    else:
        _take_back(held, PacketState.RECALLED, by, at)
    change(held, at, state=PacketState.DONE, **_ENDED)
    return _noted("agree", held, by, at)


def refuse_packet(packet: Packet, *, reason: str, by: Actor, at: datetime) -> Packet:
    """Refuse a document (02), or a recall, update or replacement (16). Raises NotYours, WrongState, ReasonMissing."""
    held = _taken(packet, "refuse", at)
    why = _reason(reason)
    if held.kind == PacketKind.NEW:
        queue_status(held, Status.REFUSED, at=at, description=why)
        change(held, at, answer=Status.REFUSED.value)
    else:
        about = held.about_id or held.document_id
        queue_status(held, Status.TAKE_BACK_REFUSED, at=at, description=why, document_id=about, cause=str(held.pk))
    change(held, at, state=PacketState.REFUSED, reason=why, next_step="Nơi gửi đã được báo.", next_try_at=None)
    return _noted("refuse", held, by, at, reason=why)


def report_status(packet: Packet, status: Status, *, description: str = "", by: Actor, at: datetime) -> Packet:
    """Tell the sender how an accepted document stands: 03 to 06, forward only. Raises NotYours, WrongState."""
    held = _taken(packet, "report", at)
    if not may_follow(held.answer, status) or status in {Status.ARRIVED, Status.REFUSED}:
        raise WrongState(f"Không báo được trạng thái {status.value} sau {held.answer or 'khi chưa báo gì'}.")
    queue_status(held, status, at=at, description=description)
    change(held, at, answer=status.value)
    return _noted("report", held, by, at, status=status.value)


def retry_packet(packet: Packet, *, by: Actor, at: datetime) -> Packet:
    """Send now what was not taken. Raises NotYours, WrongState."""
    held = _taken(packet, "retry", at)
    change(held, at, state=PacketState.WAITING, tries=0, next_try_at=at, reason="", next_step="")
    return _noted("retry", held, by, at)


def give_up_packet(packet: Packet, *, reason: str, by: Actor, at: datetime) -> Packet:
    """End what cannot be done, with the reason. Raises NotYours, WrongState, ReasonMissing."""
    held = _taken(packet, "give_up", at)
    why = _reason(reason)
    change(held, at, state=PacketState.GIVEN_UP, reason=why, next_step="", next_try_at=None)
    return _noted("give_up", held, by, at, reason=why)


def confirm_signer(packet: Packet, *, by: Actor, at: datetime) -> Packet:
    """The clerk has made sure that the certificate is the sender's; this packet is judged anew. Raises NotYours,
    WrongState.
    """
    held = _taken(packet, "confirm_signer", at)
    PeerCertificate.objects.get_or_create(
        organization=held.organization, code=held.peer_code, fingerprint=held.signer_fingerprint,
        defaults={"subject": held.signer, "confirmed_by_id": by.id, "confirmed_at": at},
    )  # fmt: skip
    _judge_anew(held, at)
    return _noted("confirm_signer", held, by, at, certificate=held.signer_fingerprint, subject=held.signer)


def recheck_packet(packet: Packet, *, by: Actor, at: datetime) -> Packet:
    """Judge the signature anew, with the roots, lists and certificates known now. Raises NotYours, WrongState."""
    held = _taken(packet, "recheck", at)
    _judge_anew(held, at)
    return _noted("recheck", held, by, at, signature=held.signature)


def _judge_anew(held: Packet, at: datetime) -> None:
    """A packet that was kept back for its signature alone goes on as if it had just come."""
    try:
        raw = kept(held.digest)
    except FileNotFoundError as gone:
        raise WrongState("Không còn bản gói tin trên máy chủ; báo người quản trị.") from gone
    columns = judge(raw, organization=held.organization, code=held.peer_code, at=at).columns
    change(held, at, **columns)
    was_kept_back = held.state == PacketState.STUCK and held.reason.startswith(UNSIGNED_WELL)
    kept_back = blocking(columns)
    if not was_kept_back or kept_back:
        change(held, at, **(kept_back if was_kept_back else {}))
        return
    if held.kind == PacketKind.NEW:
        change(held, at, **WAITS_FOR_CLERK)
    else:
        change(held, at, state=PacketState.WAITING, reason="", next_step="", next_try_at=at)
    if held.kind in _DOCUMENTS and not held.answer:
        queue_status(held, Status.ARRIVED, at=at)
        change(held, at, answer=Status.ARRIVED.value)


def _taken(packet: Packet, act: str, at: datetime) -> Packet:
    """The packet, locked, when its office's clerk may do this now."""
    if office_principal(packet.organization_id, Function.CLERKS) not in current_principals():
        raise NotYours("Chỉ văn thư của cơ quan được xử lý gói tin này.")
    held = Packet.objects.select_for_update(of=("self",)).select_related("organization").get(pk=packet.pk)
    if act not in acts_of(held, at):
        raise WrongState(f"Gói tin đang ở trạng thái “{held.get_state_display()}” nên không làm được việc này.")
    return held


def _read(packet: Packet) -> DocumentPacket:
    read = read_packet(kept(packet.digest))
    if not isinstance(read, DocumentPacket):
        raise WrongState("Gói tin không chứa văn bản.")
    return read


def _take_back(packet: Packet, ending: PacketState, by: Actor, at: datetime) -> None:
    about = packet.about_id or packet.document_id
    queue_status(packet, Status.TAKE_BACK_AGREED, at=at, document_id=about, cause=str(packet.pk))
    # Locked and fresh: its file may just be becoming a document, which then sees that it was taken back.
    if packet.original_id is None:
        return
    original = Packet.objects.select_for_update(of=("self",)).get(pk=packet.original_id)
    handler = packet_handler()
    if handler is not None and original.state == PacketState.DONE:
        handler.take_back(original, by, at)
    change(original, at, state=ending, **_ENDED)


def _reason(written: str) -> str:
    said = clean(written)[:1000]
    if not said:
        raise ReasonMissing("Hãy nêu lý do.")
    return said


def _noted(act: str, packet: Packet, by: Actor, at: datetime, **facts: str) -> Packet:
    write_entry(
        act=f"exchange.{act}", actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)), at=at,
        organization_id=packet.organization_id, record_id=packet.record_id,
        facts={"packet": packet.pk, "symbol": packet.symbol, "peer": packet.peer_code} | facts,
    )  # fmt: skip
    return packet
