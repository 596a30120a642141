"""Taking packets in: each once, however often and in whatever order they come. Acts as the carrier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from congso.kernel.directory.models import Organization
from congso.kernel.exchange.configuration import is_signature_required
from congso.kernel.exchange.judging import WORDS, judge
from congso.kernel.exchange.keeping import content_digest, keep
from congso.kernel.exchange.models import Delivery, Direction, Packet, PacketKind, PacketSignature, PacketState
from congso.kernel.exchange.outgoing import KINDS, files_of, key_of, queue_status
from congso.kernel.exchange.rules import MOST_SKEW
from congso.kernel.files.reading.secrecy import mark_in_name
from congso.lib.edxml.packets import Answered, DocumentPacket, Status, StatusPacket
from congso.lib.edxml.packets import Packet as Read
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Code, Refusal

INSIDE = "inside-"
UNSIGNED_WELL = "Chữ ký số của gói tin chưa đạt:"
_ASK_SENDER = "Liên hệ nơi gửi để gửi lại; xong thì bấm “Thôi xử lý”."


@dataclass(frozen=True)
class Arrival:
    """What the axis handed over, for which of our organizations, and whom the axis names as sender."""

    raw: bytes
    organization: Organization
    own_code: str
    axis_id: str
    sender: str


def is_delivered(organization: Organization, axis_id: str) -> bool:
    """Whether the axis's message was taken in before."""
    return Delivery.objects.filter(organization=organization, axis_id=axis_id[:200]).exists()


def take_in(arrival: Arrival, *, at: datetime) -> Packet:
    """Keep the packet and note its delivery, in one transaction; only then may it be acknowledged.

    A packet that came before, under whatever message, is the same row; its sender is answered again.
    """
    with transaction.atomic():
        try:
            read = read_packet(arrival.raw)
            _refuse_secret_names(read)
        except Refusal as refusal:
            packet = _unreadable(arrival, refusal, at)
        else:
            packet = _readable(arrival, read, at)
        Delivery.objects.get_or_create(
            organization=arrival.organization, axis_id=arrival.axis_id[:200], defaults={"packet": packet, "at": at}
        )
    return packet


def _refuse_secret_names(read: Read) -> None:
    """A grade of secrecy in the subject or in a file's name keeps all of it out (office 3.5, rule 7)."""
    if not isinstance(read, DocumentPacket):
        return
    names = [read.subject.replace("/", " "), *(attachment.name for attachment in read.attachments)]
    if any(mark_in_name(name) for name in names):
        about = Answered(read.sender.code, "", None, read.document_id)
        raise Refusal(Code.SECRET, "Trích yếu hoặc tên tệp ghi độ mật: không nhận vào hệ thống này.", about)


def _unreadable(arrival: Arrival, refusal: Refusal, at: datetime) -> Packet:
    """A packet nobody can read waits for a person. One marked secret is answered 02, and its bytes are not kept."""
    is_secret = refusal.code == Code.SECRET
    about = refusal.about
    packet, _is_new = Packet.objects.get_or_create(
        organization=arrival.organization,
        direction=Direction.IN,
        key=key_of("unreadable", arrival.axis_id),
        defaults={
            "own_code": arrival.own_code, "peer_code": arrival.sender[:60], "kind": PacketKind.UNREADABLE,
            "axis_id": arrival.axis_id[:200], "document_id": about.document_id if about else "",
            "digest": "" if is_secret else keep(arrival.raw), "made_at": at,
            "state": PacketState.REFUSED if is_secret else PacketState.STUCK,
            "settled_at": at if is_secret else None,
            "reason": f"{refusal.reason} (mã {refusal.code})"[:1000],
            "next_step": "Không phải làm gì thêm; nơi gửi đã được báo." if is_secret else _ASK_SENDER,
        },
    )  # fmt: skip
    if is_secret and about and about.document_id:
        queue_status(packet, Status.REFUSED, at=at, description=refusal.reason)
    return packet


def _readable(arrival: Arrival, read: Read, at: datetime) -> Packet:
    key, facts = _facts(read)
    content = content_digest(read)
    same = Packet.objects.filter(organization=arrival.organization, direction=Direction.IN)
    known = same.filter(key=key).first()
    if known is not None and known.content_digest != content and isinstance(read, DocumentPacket):
        key = key_of(key, content)
        known, facts = same.filter(key=key).first(), facts | _OTHER_CONTENT
    if known is not None:
        Packet.objects.filter(pk=known.pk).update(repeats=F("repeats") + 1)
        _answer_again(known, at)
        return known
    packet = Packet.objects.create(
        organization=arrival.organization,
        direction=Direction.IN,
        key=key,
        own_code=arrival.own_code,
        axis_id=arrival.axis_id[:200],
        digest=keep(arrival.raw),
        content_digest=content,
        made_at=at,
        **({"next_try_at": at} | facts | _doubts(arrival, read, facts, at)),
    )
    if packet.kind in {PacketKind.NEW, PacketKind.REPLACE} and packet.state != PacketState.STUCK:
        queue_status(packet, Status.ARRIVED, at=at)
        packet.answer = Status.ARRIVED.value
        packet.save(update_fields=["answer"])
    return packet


_OTHER_CONTENT = {
    "state": PacketState.STUCK,
    "next_try_at": None,
    "reason": "Nơi gửi gửi lại văn bản này với nội dung khác; bản đến trước được giữ nguyên.",
    "next_step": "Hỏi nơi gửi: nếu văn bản đã sửa, họ phải gửi gói thay thế. Xong thì bấm “Thôi xử lý”.",
}
WAITS_FOR_CLERK = {
    "state": PacketState.ARRIVED,
    "next_try_at": None,
    "reason": "Văn bản mới đến, văn thư chưa tiếp nhận.",
    "next_step": "Tiếp nhận, hoặc từ chối và nêu lý do.",
}


def _facts(read: Read) -> tuple[str, dict[str, object]]:
    """The key by which the packet is the same when it comes again (office 3.4, 3.5), and the row's columns."""
    if isinstance(read, StatusPacket):
        return key_of("status", read.sender.code, read.about.document_id, read.status, read.at.isoformat()
                      if read.status in {Status.TAKE_BACK_ASKED, Status.TAKE_BACK_AGREED, Status.TAKE_BACK_REFUSED}
                      else ""), {
            "kind": PacketKind.STATUS, "peer_code": read.sender.code, "peer_name": read.sender.name,
            "document_id": read.about.document_id, "symbol": read.about.symbol, "issued_on": read.about.issued_on,
            "status": read.status.value, "subject": read.description[:1000],
        }  # fmt: skip
    kind = KINDS[read.business.kind]
    about = "" if kind == PacketKind.NEW else read.concerns[0]
    parts = [kind, read.sender.code, read.document_id, about]
    if kind not in {PacketKind.NEW, PacketKind.REPLACE}:
        parts.append(content_digest(read))
    return key_of(*parts), {
        "kind": kind, "peer_code": read.sender.code, "peer_name": read.sender.name, "document_id": read.document_id,
        "about_id": about, "symbol": f"{read.number}-{read.notation}"[:120], "issued_on": read.issued_on,
        "subject": read.subject[:1000], "urgency": read.urgency, "files": files_of(read),
        **(WAITS_FOR_CLERK if kind == PacketKind.NEW else {}),
    }  # fmt: skip


def _doubts(arrival: Arrival, read: Read, facts: dict[str, object], at: datetime) -> dict[str, object]:
    """Nothing for a packet without doubt. A false sender needs a person; a fast clock is only told."""
    found = _signature(arrival, read, at)
    if arrival.sender and not _is_same_branch(arrival.sender, read.sender.code):
        return found | _false_sender(arrival, read)
    if found and facts.get("state") != PacketState.STUCK:
        found |= blocking(found)
    if _is_ahead(read, at) and "reason" in facts and "reason" not in found:
        found["reason"] = f"{facts['reason']} Đồng hồ nơi gửi chạy trước đồng hồ ở đây."
    return found


def _signature(arrival: Arrival, read: Read, at: datetime) -> dict[str, object]:
    """What the packet's signature is worth; between our own offices there is none to ask for."""
    if arrival.axis_id.startswith(INSIDE):
        return {}
    judged = judge(arrival.raw, organization=arrival.organization, code=read.sender.code, at=at)
    return dict(judged.columns)


def blocking(columns: Mapping[str, object]) -> dict[str, object]:
    """What keeps a packet from its clerk because of its signature: a false one always, others where the operator wants
    valid ones alone. Nothing for the rest, which is marked.
    """
    verdict = columns["signature"]
    is_bad = verdict == PacketSignature.INVALID
    if not is_bad and (verdict == PacketSignature.VALID or not is_signature_required()):
        return {}
    why = " ".join(str(WORDS[one]) for one in str(columns["signature_reasons"]).split(","))
    step = (
        "Không tiếp nhận. Liên hệ nơi gửi để gửi lại; xong thì bấm “Thôi xử lý”." if is_bad
        else "Cơ quan chỉ nhận gói tin có chữ ký hợp lệ. Xác nhận chứng thư hoặc báo người quản trị thêm gốc tin cậy,"
        " rồi bấm “Kiểm tra lại chữ ký”."
    )  # fmt: skip
    return {
        "state": PacketState.STUCK, "next_try_at": None, "reason": f"{UNSIGNED_WELL} {why}"[:1000], "next_step": step,
    }  # fmt: skip


def _is_same_branch(one: str, other: str) -> bool:
    """The same organization, or one below the other: offices send for their units."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _false_sender(arrival: Arrival, read: Read) -> dict[str, object]:
    return {
        "state": PacketState.STUCK,
        "next_try_at": None,
        "reason": f"Gói tin ghi nơi gửi {read.sender.code}, nhưng trên trục nơi gửi là {arrival.sender[:60]}.",
        "next_step": "Không tiếp nhận. Liên hệ nơi gửi để kiểm tra; xong thì bấm “Thôi xử lý”.",
    }


def _answer_again(known: Packet, at: datetime) -> None:
    """Whoever sends a document twice did not hear our answer: the latest status goes out again (office 3.5, rule 3)."""
    if known.kind in {PacketKind.NEW, PacketKind.REPLACE} and known.answer:
        queue_status(known, Status(known.answer), at=at)


def _is_ahead(read: Read, at: datetime) -> bool:
    """Whether the sender's clock is ahead of ours by more than clocks usually differ."""
    said = read.at if isinstance(read, StatusPacket) else max((hop.at for hop in read.hops), default=at)
    return said > at + MOST_SKEW
