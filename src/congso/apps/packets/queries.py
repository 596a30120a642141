"""A packet as people and programs are told of it: who must move it on, why it stands, what comes next."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from congso.kernel.exchange.models import BY_MACHINE, BY_PEOPLE, Packet, PacketState
from congso.kernel.exchange.queries import is_unanswered

PAGE = 50


def told(packet: Packet, at: datetime) -> dict[str, Any]:
    """Its owner, standing, reason and next step in words."""
    is_silent = is_unanswered(packet, at)
    by_people = is_silent or packet.state in BY_PEOPLE
    reason, step, standing = packet.reason, packet.next_step, packet.get_state_display()
    if is_silent:
        reason = _("Trục đã nhận nhưng nơi nhận chưa báo “Đã đến” sau một ngày.")
        step = _("Hỏi nơi nhận; nếu họ chưa thấy thì gửi bằng kênh khác.")
        standing = _("Chưa có hồi âm")
    elif packet.state == PacketState.WAITING:
        reason, step = _("Đang chờ đến lượt."), _("Hệ thống tự làm; nếu đứng lâu, báo người quản trị.")
    office = packet.organization.short_name or packet.organization.name
    owner = _("Văn thư, %(office)s") % {"office": office} if by_people else ""
    if packet.state in BY_MACHINE:
        owner = _("Hệ thống")
    return {
        "packet": packet, "owner": owner, "standing": standing, "reason": reason, "next_step": step,
        "by_people": by_people,
    }  # fmt: skip
