"""The life of a working programme on one page.

The office drafts, units say their opinions, the body's leaders approve; then it is changed only in an adjustment that
ends with another approval, or by postponing and withdrawing items with a reason.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.programme.models import RECORD_TYPE, Programme, Standing
from congso.kernel.access.principals import Function, System, office, system
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_EVERYBODY = (Function.STAFF, Function.LEADERS, Function.CHIEFS, Function.CLERKS, Function.TRACKERS)


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def offices_around(organization: Organization) -> list[Organization]:
    """The organization and, where it has no registry of its own, the offices that serve it."""
    return [organization, *(() if organization.is_office else organization.serving_offices.all())]


def unit_principals(organization: Organization) -> set[int]:
    """Everybody of a unit's side."""
    return _principals(offices_around(organization), *_EVERYBODY)


def _parties(programme: Programme) -> set[int]:
    named = {one for item in programme.items.all() if item.is_live for one in (item.preparer, item.verifier) if one}
    return {principal for one in named for principal in unit_principals(one)}


DRAFTERS = Role(
    "drafters",
    _("Văn phòng soạn chương trình"),
    lambda programme: _principals(offices_around(programme.owner), Function.CHIEFS, Function.TRACKERS),
)
APPROVERS = Role(
    "approvers", _("Lãnh đạo duyệt chương trình"), lambda programme: _principals([programme.owner], Function.LEADERS)
)
READERS = Role(
    "readers", _("Cán bộ cơ quan"), lambda programme: _principals(offices_around(programme.owner), *_EVERYBODY)
)
CONSULTED = Role(
    "consulted",
    _("Đơn vị được lấy ý kiến"),
    lambda programme: {p for one in programme.consulted.all() for p in unit_principals(one.organization)},
)
PARTIES = Role("parties", _("Đơn vị chuẩn bị, thẩm định"), _parties)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda programme: {system(System.REMINDERS)})

SESSIONS = Role("sessions", _("Cuộc họp"), lambda programme: {system(System.SESSIONS)})

OPEN = ("draft", "consulting", "returned")
IN_FORCE = ("approved", "adjusting")
_MAKERS = (DRAFTERS, APPROVERS)
_KNOWN = (*_MAKERS, READERS, CONSULTED, PARTIES, REMINDERS)


def _is_complete(programme: Programme, at: datetime) -> bool:
    live = [item for item in programme.items.all() if item.standing == Standing.PLANNED]
    return bool(programme.items.all()) and all(item.preparer_id and (item.month or item.session_on) for item in live)


COMPLETE = Guard(
    _is_complete, _("Chương trình phải có nội dung; mỗi nội dung phải có cơ quan chuẩn bị và tháng hoặc ngày họp.")
)

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", _("Dự thảo"), _MAKERS, Tone.WAITING, awaits=(DRAFTERS,)),
        State("consulting", _("Đang lấy ý kiến"), (*_MAKERS, CONSULTED, REMINDERS), Tone.WORKING, awaits=(DRAFTERS,)),
        State("returned", _("Bị trả lại"), (*_MAKERS, CONSULTED), Tone.WARNING, awaits=(DRAFTERS,)),
        State("submitted", _("Chờ duyệt"), (*_MAKERS, CONSULTED), Tone.WORKING, awaits=(APPROVERS,)),
        State("approved", _("Đã duyệt"), _KNOWN, Tone.DONE),
        State("adjusting", _("Đang điều chỉnh"), _KNOWN, Tone.WARNING, awaits=(DRAFTERS,)),
        State("confirming", _("Chờ duyệt điều chỉnh"), _KNOWN, Tone.WORKING, awaits=(APPROVERS,)),
        State("closed", _("Đã kết thúc"), _KNOWN, Tone.DONE, is_closed=True),
        State("dropped", _("Đã bỏ"), _MAKERS, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa nội dung"), (*OPEN, "adjusting"), "", (DRAFTERS,), icon="edit"),
        Transition(
            "consult", _("Lấy ý kiến"), ("draft", "returned", "consulting"), "consulting", (DRAFTERS,),
            notifies=(CONSULTED,), icon="message-circle",
        ),
        Transition("give_opinion", _("Góp ý"), ("consulting",), "", (CONSULTED,), icon="message"),
        Transition("answer", _("Trả lời góp ý"), OPEN, "", (DRAFTERS,), icon="message-circle"),
        Transition(
            "submit", _("Trình duyệt"), OPEN, "submitted", (DRAFTERS,), guards=(COMPLETE,), notifies=(APPROVERS,),
            icon="send",
        ),
        Transition(
            "return", _("Trả lại"), ("submitted",), "returned", (APPROVERS,), needs_reason=True, notifies=(DRAFTERS,),
            icon="arrow-back-up",
        ),
        Transition(
            "approve", _("Duyệt"), ("submitted",), "approved", (APPROVERS,), notifies=(DRAFTERS, PARTIES, CONSULTED),
            icon="checks",
        ),
        Transition(
            "adjust", _("Điều chỉnh"), ("approved",), "adjusting", (DRAFTERS,), needs_reason=True, icon="pencil"
        ),
        Transition(
            "ask_confirm", _("Trình duyệt điều chỉnh"), ("adjusting",), "confirming", (DRAFTERS,), guards=(COMPLETE,),
            notifies=(APPROVERS,), icon="send",
        ),
        Transition(
            "refuse", _("Yêu cầu xem lại điều chỉnh"), ("confirming",), "adjusting", (APPROVERS,), needs_reason=True,
            notifies=(DRAFTERS,), icon="arrow-back-up",
        ),
        Transition(
            "confirm", _("Duyệt điều chỉnh"), ("confirming",), "approved", (APPROVERS,),
            notifies=(DRAFTERS, PARTIES, CONSULTED), icon="checks",
        ),
        Transition(
            "slip", _("Lùi hoặc rút nội dung"), IN_FORCE, "", (DRAFTERS,), needs_reason=True,
            notifies=(APPROVERS, PARTIES), icon="player-pause",
        ),
        Transition("record", _("Ghi tài liệu, kết quả"), IN_FORCE, "", (DRAFTERS,), icon="clipboard-check"),
        Transition("hear", _("Ghi từ cuộc họp"), (*IN_FORCE, "confirming"), "", (SESSIONS,), icon="clipboard-check"),
        Transition("close", _("Kết thúc"), ("approved",), "closed", (DRAFTERS,), icon="flag-check"),
        Transition(
            "drop", _("Bỏ dự thảo"), (*OPEN, "submitted"), "dropped", (DRAFTERS,), needs_reason=True, icon="ban"
        ),
    ),
)  # fmt: skip
