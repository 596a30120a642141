"""The life of a meeting on one page.

Organizers: leaders, chiefs and clerks of the body and of the offices that serve it. Members answer, come, ask to speak
and say their opinions without a transition: that changes nothing of the record, and they handle nothing of it.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.models import RECORD_TYPE, Handling, Meeting
from congso.kernel.access.principals import Function, office, person
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_ORGANIZING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)


def organizing_offices(body: Organization) -> list[Organization]:
    """The body itself and the offices serving it."""
    return [body, *body.serving_offices.all()]


def organizers_of(record: Any) -> set[int]:
    """Who organizes the meetings of the record's owner."""
    return {office(one.pk, function) for one in organizing_offices(record.owner) for function in _ORGANIZING}


def members_of(meeting: Meeting) -> set[int]:
    """The people convened to the whole meeting, and those who sit in for them, by their ids."""
    return {one.person_id for one in meeting.participants.all() if one.left_out_at is None}


ORGANIZERS = Role("organizers", _("Văn phòng, lãnh đạo tổ chức cuộc họp"), organizers_of)
CHAIR = Role("chair", _("Chủ trì"), lambda meeting: {person(meeting.chair_id)} if meeting.chair_id else set())
SECRETARY = Role(
    "secretary", _("Thư ký"), lambda meeting: {person(meeting.secretary_id)} if meeting.secretary_id else set()
)
MEMBERS = Role("members", _("Người dự họp"), lambda meeting: {person(one) for one in members_of(meeting)})

_RUNNING = (ORGANIZERS, CHAIR, SECRETARY)
_ALL = (*_RUNNING, MEMBERS)
CALLED = ("convened", "open")
BEFORE = ("draft", "convened")
WRITTEN = ("open", "closed")


def _is_staffed(meeting: Meeting, at: datetime) -> bool:
    return meeting.chair_id is not None and meeting.secretary_id is not None


def _has_people(meeting: Meeting, at: datetime) -> bool:
    return any(one.left_out_at is None for one in meeting.participants.all())


STAFFED = Guard(_is_staffed, _("Hãy ghi người chủ trì và thư ký cuộc họp."))
PEOPLED = Guard(_has_people, _("Chưa có thành phần triệu tập."))
WITH_AGENDA = Guard(
    lambda meeting, at: any(one.state != "dropped" for one in meeting.items.all()),
    _("Chương trình họp chưa có nội dung."),
)
AHEAD = Guard(lambda meeting, at: meeting.ends_at > at, _("Giờ họp đã qua; hãy sửa thời gian trước khi triệu tập."))
NOTHING_RUNS = Guard(
    lambda meeting, at: all(one.state != "running" for one in meeting.items.all()),
    _("Còn nội dung đang họp; hãy kết thúc nội dung ấy trước."),
)
ANSWERED = Guard(
    lambda meeting, at: all(one.handling != Handling.OPEN for one in meeting.remarks.all()),
    _("Còn ý kiến về biên bản chưa được thư ký xem xét."),
)
SIGNED = Guard(lambda meeting, at: meeting.secretary_signed_at is not None, _("Thư ký chưa xác nhận biên bản."))
PRINTED = Guard(
    lambda meeting, at: meeting.minutes_file_id is not None, _("Biên bản đang được in để ký số; hãy đợi ít phút.")
)
NOT_KEYED = Guard(lambda meeting, at: meeting.secretary_key_at is None, _("Thư ký đã ký số biên bản."))
UNSIGNED = Guard(
    lambda meeting, at: meeting.secretary_signed_at is None,
    _("Thư ký đã xác nhận biên bản; muốn sửa phải mở lại biên bản, kèm lý do."),
)

MEETING_FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", pgettext_lazy("meeting", "Đang chuẩn bị"), _RUNNING, Tone.WAITING, awaits=(ORGANIZERS,)),
        State("convened", _("Đã triệu tập"), _ALL, Tone.WORKING),
        State("open", _("Đang họp"), _ALL, Tone.WORKING, awaits=(CHAIR, SECRETARY)),
        State("closed", _("Đang lập biên bản"), _ALL, Tone.WAITING, awaits=(SECRETARY, CHAIR)),
        State("concluded", _("Đã chốt biên bản"), _ALL, Tone.DONE, is_closed=True),
        State("cancelled", pgettext_lazy("meeting", "Đã hủy"), _ALL, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", pgettext_lazy("meeting", "Sửa"), ("draft",), "", (ORGANIZERS,), icon="edit"),
        Transition("people", _("Sửa thành phần"), (*BEFORE, "open"), "", (ORGANIZERS, SECRETARY), icon="users"),
        Transition("agenda", _("Thêm nội dung họp"), (*BEFORE, "open"), "", (ORGANIZERS, CHAIR), icon="plus"),
        Transition(
            "convene", _("Triệu tập"), ("draft",), "convened", (ORGANIZERS, CHAIR),
            guards=(STAFFED, PEOPLED, WITH_AGENDA, AHEAD), notifies=(MEMBERS,), icon="send",
        ),
        Transition(
            "change", _("Thay đổi cuộc họp"), ("convened",), "", (ORGANIZERS,), needs_reason=True, notifies=(MEMBERS,),
            icon="pencil",
        ),
        Transition("decide", _("Đồng ý người dự thay"), CALLED, "", (ORGANIZERS, CHAIR), icon="user"),
        Transition("open", _("Khai mạc"), ("convened",), "open", _RUNNING, guards=(STAFFED,), icon="player-play"),
        Transition("call", _("Mời phát biểu"), ("open",), "", _RUNNING, icon="message"),
        Transition("close", _("Bế mạc"), ("open",), "closed", _RUNNING, guards=(NOTHING_RUNS,), icon="flag-check"),
        Transition(
            "reopen", _("Họp tiếp"), ("closed",), "open", (CHAIR, SECRETARY), needs_reason=True, guards=(UNSIGNED,),
            notifies=(MEMBERS,), icon="arrow-back-up",
        ),
        Transition(
            "write", _("Ghi biên bản, kết luận"), WRITTEN, "", _RUNNING, guards=(UNSIGNED,), icon="edit"
        ),
        Transition(
            "circulate", _("Lấy ý kiến về biên bản"), ("closed",), "", _RUNNING, guards=(UNSIGNED,),
            notifies=(MEMBERS,), icon="message-circle",
        ),
        Transition(
            "sign", _("Thư ký xác nhận biên bản"), ("closed",), "", (SECRETARY,), guards=(UNSIGNED, ANSWERED),
            notifies=(CHAIR,), icon="writing",
        ),
        Transition("print", _("In biên bản để ký số"), ("closed",), "", _RUNNING, guards=(SIGNED,), icon="printer"),
        Transition(
            "key", _("Thư ký ký số biên bản"), ("closed",), "", (SECRETARY,), guards=(SIGNED, PRINTED, NOT_KEYED),
            notifies=(CHAIR,), icon="writing",
        ),
        Transition(
            "unsign", _("Mở lại biên bản"), ("closed",), "", (SECRETARY, CHAIR), needs_reason=True, guards=(SIGNED,),
            icon="arrow-back-up",
        ),
        Transition(
            "conclude", _("Chủ trì chốt biên bản"), ("closed",), "concluded", (CHAIR,), guards=(SIGNED,),
            notifies=(MEMBERS,), icon="circle-check",
        ),
        Transition(
            "task", _("Giao nhiệm vụ từ kết luận"), ("closed", "concluded"), "", _RUNNING, icon="clipboard-list"
        ),
        Transition("notice", _("Soạn thông báo kết luận"), ("closed", "concluded"), "", _RUNNING, icon="file-text"),
        Transition(
            "cancel", _("Hủy cuộc họp"), BEFORE, "cancelled", (ORGANIZERS, CHAIR), needs_reason=True,
            notifies=(MEMBERS,), icon="ban",
        ),
    ),
)  # fmt: skip
