"""What becomes of arrived packets that speak of others: recalls, updates, replacements, statuses. Acts as the carrier.

A packet that comes before the one it speaks of is held for an hour. Statuses are ordered by their meaning, not by any
clock, so neither late packets nor wrong clocks move a document backwards.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from congso.kernel.exchange.handlers import tell_listeners
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.outgoing import queue_status
from congso.kernel.exchange.rules import HELD_FOR, may_follow, pause
from congso.lib.edxml.packets import Status

_BATCH = 200
log = logging.getLogger(__name__)
_DOCUMENTS = (PacketKind.NEW, PacketKind.REPLACE)
_BROKEN = {
    "state": PacketState.STUCK, "reason": "Hệ thống gặp lỗi khi xử lý gói tin này.", "next_try_at": None,
    "next_step": "Báo người quản trị; làm xong việc gói tin nói tới thì bấm “Thôi xử lý”.",
}  # fmt: skip
_DONE = {"state": PacketState.DONE, "reason": "", "next_step": "", "next_try_at": None}


def settle_due(*, at: datetime) -> int:
    """Look at every arrived packet whose time has come; returns how many. One transaction a packet."""
    due = Packet.objects.filter(
        direction=Direction.IN, state__in=(PacketState.WAITING, PacketState.HELD), next_try_at__lte=at
    ).order_by("next_try_at", "pk")
    found = list(due.values_list("pk", flat=True)[:_BATCH])
    for pk in found:
        try:
            with transaction.atomic():
                packet = Packet.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
                if packet is not None and packet.state in {PacketState.WAITING, PacketState.HELD}:
                    _settle(packet, at)
        except (ValueError, LookupError, TypeError, AttributeError):  # ours to mend; the others must not wait for it
            log.exception("packet %s cannot be settled", pk)
            change(Packet.objects.get(pk=pk), at, **_BROKEN)
    return len(found)


def _settle(packet: Packet, at: datetime) -> None:
    if packet.kind == PacketKind.STATUS:
        taken = _STATUSES.get(packet.status, _progress)(packet, at)
    else:
        taken = _about_document(packet, at)
    if not taken:
        _hold_or_refuse(packet, at)


def change(packet: Packet, at: datetime, **columns: object) -> None:
    """Write the columns of a packet; one that is no longer open is settled now."""
    for name, value in columns.items():
        setattr(packet, name, value)
    packet.settled_at = None if packet.is_open else packet.settled_at or at
    packet.save(update_fields=[*columns, "settled_at"])


def _about_document(packet: Packet, at: datetime) -> bool:
    """A recall, update or replacement of a document we have: for a person to agree to (office 3.3)."""
    original = _arrived(packet, packet.about_id)
    if original is None:
        return False
    words = {
        PacketKind.RECALL: ("Nơi gửi xin thu hồi văn bản này.", "Đồng ý hoặc từ chối thu hồi, nêu lý do."),
        PacketKind.UPDATE: ("Nơi gửi cập nhật văn bản này.", "Đồng ý hoặc từ chối cập nhật, nêu lý do."),
        PacketKind.REPLACE: ("Nơi gửi thay văn bản cũ bằng văn bản này.", "Tiếp nhận bản thay thế, hoặc từ chối."),
    }
    reason, step = words[PacketKind(packet.kind)]
    change(packet, at, original=original, state=PacketState.ARRIVED, reason=reason, next_step=step, next_try_at=None)
    return True


def _arrived(packet: Packet, document_id: str) -> Packet | None:
    """The document of that id which the same sender sent us."""
    return (
        Packet.objects.select_for_update()
        .filter(
            organization_id=packet.organization_id, direction=Direction.IN, peer_code=packet.peer_code,
            document_id=document_id, kind__in=_DOCUMENTS,
        )
        .exclude(pk=packet.pk)
        .order_by("pk")
        .first()
    )  # fmt: skip


def _sent(packet: Packet, **which: object) -> Packet | None:
    """The newest packet of that kind which we sent to whoever answers."""
    return (
        Packet.objects.select_for_update()
        .filter(
            organization_id=packet.organization_id, direction=Direction.OUT, peer_code=packet.peer_code, **which,
        )
        .exclude(kind=PacketKind.STATUS)
        .order_by("-pk")
        .first()
    )  # fmt: skip


def _progress(packet: Packet, at: datetime) -> bool:
    """01 to 06 about what we sent: forward only; a refusal needs a person.

    A recall or update may bear its document's id. A late status speaks of the document: it must not settle the recall,
    which would then never be sent.
    """
    named = {"document_id": packet.document_id}
    sent = _sent(packet, **named, kind__in=_DOCUMENTS) or _sent(packet, **named)
    if sent is None:
        return False
    status = Status(packet.status)
    if may_follow(sent.answer, status):
        change(sent, at, answer=status.value)
        if status == Status.REFUSED:
            _complain(sent, f"Nơi nhận từ chối: {packet.subject or 'không nêu lý do'}.", at)
        elif sent.state in {PacketState.STUCK, PacketState.TRYING, PacketState.WAITING, PacketState.GIVEN_UP}:
            change(sent, at, **_DONE)  # it did arrive, whatever the axis had told us
        tell_listeners(sent, at)
    change(packet, at, original=sent, **_DONE)
    return True


def _asked_back(packet: Packet, at: datetime) -> bool:
    """13: the sender of a document asks to take it back."""
    original = _arrived(packet, packet.document_id)
    if original is None:
        return False
    change(
        packet, at, original=original, state=PacketState.ARRIVED, reason="Nơi gửi xin lấy lại văn bản này.",
        next_step="Đồng ý hoặc từ chối, nêu lý do.", next_try_at=None,
    )  # fmt: skip
    return True


def _given_back(packet: Packet, at: datetime) -> bool:
    """15, 16: the answer to our recall, update or replacement."""
    asked = _sent(packet, about_id=packet.document_id)
    if asked is None:
        return False
    change(asked, at, answer=packet.status)
    if packet.status == Status.TAKE_BACK_REFUSED:
        _complain(asked, f"Nơi nhận không đồng ý: {packet.subject or 'không nêu lý do'}.", at)
    elif asked.kind in {PacketKind.RECALL, PacketKind.REPLACE}:
        ending = PacketState.RECALLED if asked.kind == PacketKind.RECALL else PacketState.REPLACED
        sent = _sent(packet, document_id=packet.document_id, kind__in=_DOCUMENTS)
        if sent is not None:
            change(sent, at, **(_DONE | {"state": ending}))
    tell_listeners(asked, at)
    change(packet, at, original=asked, **_DONE)
    return True


_STATUSES: dict[str, Callable[[Packet, datetime], bool]] = {
    Status.TAKE_BACK_ASKED.value: _asked_back,
    Status.TAKE_BACK_AGREED.value: _given_back,
    Status.TAKE_BACK_REFUSED.value: _given_back,
}


def _complain(sent: Packet, reason: str, at: datetime) -> None:
    change(
        sent, at, state=PacketState.STUCK, reason=reason[:1000], next_try_at=None,
        next_step="Xem lý do; gửi gói thay thế hoặc liên hệ nơi nhận, rồi bấm “Thôi xử lý”.",
    )  # fmt: skip


def _hold_or_refuse(packet: Packet, at: datetime) -> None:
    """Wait for the packet this one speaks of; after an hour it is refused (office 3.5, rule 4)."""
    about = packet.document_id if packet.kind == PacketKind.STATUS else packet.about_id
    reason = f"Chưa có văn bản {about} mà gói này nói tới."
    if at - packet.made_at < HELD_FOR:
        change(
            packet, at, state=PacketState.HELD, reason=reason[:1000], tries=packet.tries + 1,
            next_step="Hệ thống chờ văn bản đó trong một giờ rồi tự trả lời.",
            next_try_at=at + min(pause(packet.tries + 1), timedelta(minutes=10)),
        )  # fmt: skip
        return
    step = "Không phải làm gì thêm." if packet.kind == PacketKind.STATUS else "Nơi gửi đã được báo từ chối (02)."
    change(packet, at, state=PacketState.REFUSED, reason=reason[:1000], next_step=step, next_try_at=None)
    if packet.kind != PacketKind.STATUS:
        queue_status(packet, Status.REFUSED, at=at, description=reason)
