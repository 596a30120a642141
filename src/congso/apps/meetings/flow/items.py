"""The life of an item on one page: its papers are brought, released to who takes part, taken up, withdrawn.

Everything the roles need stands on the item: who prepares it or is its guest need not see the meeting.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.flow.meetings import organizers_of
from congso.apps.meetings.models import ITEM_TYPE, Item
from congso.kernel.access.principals import Function, office, person
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_UNIT = (Function.LEADERS, Function.CHIEFS, Function.CLERKS, Function.STAFF)


def _preparers(item: Item) -> set[int]:
    if item.unit is None:
        return set()
    offices = [item.unit, *item.unit.serving_offices.all()]
    return {office(one.pk, function) for one in offices for function in _UNIT}


ORGANIZERS = Role("organizers", _("Văn phòng, lãnh đạo tổ chức cuộc họp"), organizers_of)
RUNNERS = Role("runners", _("Chủ trì, thư ký"), lambda item: {person(one) for one in item.running_ids if one})
CHAIR = Role("chair", _("Chủ trì"), lambda item: {person(one) for one in item.running_ids[:1] if one})
PREPARERS = Role("preparers", _("Cơ quan chuẩn bị"), _preparers)
MEMBERS = Role("members", _("Người dự họp"), lambda item: {person(one) for one in item.member_ids})
GUESTS = Role(
    "guests",
    _("Khách mời của nội dung"),
    lambda item: {person(one.person_id) for one in item.guests.all() if one.person_id},
)

_OFFICE = (ORGANIZERS, RUNNERS)
_BEFORE = (*_OFFICE, PREPARERS)
_ALL = (*_OFFICE, PREPARERS, MEMBERS, GUESTS)
_LIVING = ("planned", "released", "running")


def _is_in_time(item: Item, at: datetime) -> bool:
    return item.late_waived_at is not None or not any(
        version.is_late for paper in item.papers.all() for version in paper.versions.all()
    )


IN_TIME = Guard(_is_in_time, _("Có tài liệu gửi muộn hạn; chủ trì phải đồng ý trước khi phát hành."))

ITEM_FLOW = Flow(
    record_type=ITEM_TYPE,
    initial="planned",
    states=(
        State("planned", _("Chuẩn bị tài liệu"), _BEFORE, Tone.WAITING, awaits=(PREPARERS,)),
        State("released", _("Đã phát hành tài liệu"), _ALL, Tone.WORKING),
        State("running", pgettext_lazy("item", "Đang họp"), _ALL, Tone.WARNING),
        State("done", pgettext_lazy("item", "Đã họp"), _ALL, Tone.DONE),
        State(
            "withdrawn", _("Đã thu hồi tài liệu"), _ALL, Tone.STOPPED, is_closed=True, closes_files=True
        ),
        State("dropped", _("Đưa ra khỏi chương trình"), _BEFORE, Tone.STOPPED, is_closed=True, closes_files=True),
    ),
    transitions=(
        Transition("edit", pgettext_lazy("meeting", "Sửa"), ("planned", "released"), "", _OFFICE, icon="edit"),
        Transition("bring", _("Nộp tài liệu"), _LIVING, "", (PREPARERS, *_OFFICE), icon="upload"),
        Transition(
            "waive", _("Đồng ý tài liệu muộn"), ("planned", "released"), "", (CHAIR,), needs_reason=True, icon="check"
        ),
        Transition(
            "release", _("Phát hành tài liệu"), ("planned",), "released", _OFFICE, guards=(IN_TIME,),
            notifies=(MEMBERS, GUESTS), icon="flag-check",
        ),
        Transition(
            "hold", _("Ngừng phát hành"), ("released",), "planned", _OFFICE, needs_reason=True, notifies=(PREPARERS,),
            icon="arrow-back-up",
        ),
        Transition("guests", _("Khách mời"), _LIVING, "", _OFFICE, icon="users"),
        Transition(
            "start", _("Bắt đầu nội dung"), ("planned", "released", "done"), "running", _OFFICE, guards=(IN_TIME,),
            icon="player-play",
        ),
        Transition("end", _("Kết thúc nội dung"), ("running",), "done", _OFFICE, icon="flag-check"),
        Transition("note", _("Ghi diễn biến"), ("running", "done", "withdrawn"), "", _OFFICE, icon="edit"),
        Transition("withdraw", _("Thu hồi tài liệu"), ("released", "done"), "withdrawn", _OFFICE, icon="lock"),
        Transition(
            "drop", _("Đưa ra khỏi chương trình"), ("planned", "released"), "dropped", _OFFICE, needs_reason=True,
            notifies=(PREPARERS,), icon="x",
        ),
    ),
)  # fmt: skip
