"""The life of an incoming document (office 2.1): one table of states, transitions, who may and who sees."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from congso.apps.documents.models import RECORD_TYPE, Handling, IncomingDocument
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.workflow.flow import Flow, Role, State, Tone, Transition

Kind = Handling.Kind


def _in_office(*functions: Function) -> Callable[[IncomingDocument], Iterable[int]]:
    def of(document: IncomingDocument) -> list[int]:
        return [principals.office(document.owner_id, function) for function in functions]

    return of


def leaders_of(document: IncomingDocument) -> list[int]:
    """Who may direct in this register: the office's leaders and those of the committee it serves."""
    found = [principals.office(document.owner_id, Function.LEADERS)]
    if document.owner.serves_id:
        found.append(principals.office(document.owner.serves_id, Function.LEADERS))
    return found


def _presented_to(document: IncomingDocument) -> list[int]:
    if document.presented_to_id:
        return [principals.person(document.presented_to_id)]
    return leaders_of(document)


def _receivers(*kinds: Kind, only_units: bool = False) -> Callable[[IncomingDocument], Iterable[int]]:
    def of(document: IncomingDocument) -> set[int]:
        lines = [line for line in document.live_handlings if line.kind in kinds]
        return {p for line in lines if line.unit_id or not only_units for p in line.receivers}

    return of


def _still_working(document: IncomingDocument) -> set[int]:
    return {p for line in document.live_handlings if line.is_open_work for p in line.receivers}


def _lead(document: IncomingDocument) -> list[int]:
    return document.lead.receivers if document.lead else []


CLERKS = Role("clerks", _("Văn thư"), _in_office(Function.CLERKS))
CHIEFS = Role("chiefs", _("Lãnh đạo văn phòng"), _in_office(Function.CHIEFS))
LEADERS = Role("leaders", _("Lãnh đạo"), leaders_of)
PRESENTED_TO = Role("presented_to", _("Lãnh đạo được trình"), _presented_to)
LEAD = Role("lead", _("Đơn vị, người chủ trì"), _lead)
WORKERS = Role("workers", _("Đơn vị, người chủ trì và phối hợp"), _receivers(Kind.LEAD, Kind.SUPPORT))
STILL_WORKING = Role("still_working", _("Nơi chưa báo cáo kết quả"), _still_working)
RECEIVERS = Role("receivers", _("Nơi nhận"), _receivers(*Kind))
RECEIVING_UNITS = Role("receiving_units", _("Lãnh đạo đơn vị nhận"), _receivers(*Kind, only_units=True))

_OFFICE = (CLERKS, CHIEFS, LEADERS)
_ALL = (*_OFFICE, RECEIVERS)
_AT_WORK = ("directed", "in_progress", "return_asked")

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="received",
    states=(
        State("received", _("Chờ tiếp nhận"), _OFFICE, Tone.WAITING, awaits=(CLERKS,)),
        State("registered", _("Đã vào sổ"), _OFFICE, Tone.WAITING, awaits=(CLERKS, CHIEFS)),
        State("presented", _("Đã trình"), _ALL, Tone.WAITING, awaits=(PRESENTED_TO,)),
        State("directed", _("Đã bút phê"), _ALL, Tone.WORKING, awaits=(STILL_WORKING,)),
        State("in_progress", _("Đang xử lý"), _ALL, Tone.WORKING, awaits=(STILL_WORKING,)),
        State("return_asked", _("Đề nghị trả lại"), _ALL, Tone.WARNING, awaits=(LEADERS, CHIEFS)),
        State("completed", _("Hoàn thành"), _ALL, Tone.DONE, is_closed=True),
        State("returned_to_sender", _("Trả lại nơi gửi"), _ALL, Tone.STOPPED, is_closed=True),
        State("recalled", _("Đã thu hồi"), _ALL, Tone.STOPPED, is_closed=True, closes_files=True),
        State("withdrawn", _("Đã rút tệp tải nhầm"), _OFFICE, Tone.STOPPED, is_closed=True, closes_files=True),
        State("migrated", _("Chuyển từ hệ thống cũ"), _OFFICE, is_closed=True),
    ),
    migrated="migrated",
    migrated_by=(CLERKS, CHIEFS),
    transitions=(
        Transition("register", _("Vào sổ"), ("received",), "registered", (CLERKS,), icon="notebook"),
        Transition(
            "withdraw",
            _("Rút tệp tải nhầm"),
            ("received",),
            "withdrawn",
            (CLERKS,),
            needs_reason=True,
            icon="trash",
        ),
        Transition(
            "withdraw_migrated",
            _("Rút bản ghi chuyển nhầm"),
            ("migrated",),
            "withdrawn",
            (CLERKS, CHIEFS),
            needs_reason=True,
            icon="trash",
        ),
        Transition(
            "return_to_sender",
            _("Trả lại nơi gửi"),
            ("received", "registered", "presented"),
            "returned_to_sender",
            (CLERKS,),
            needs_reason=True,
            icon="arrow-back-up",
        ),
        Transition(
            "present",
            _("Trình lãnh đạo"),
            ("registered",),
            "presented",
            (CLERKS, CHIEFS),
            notifies=(PRESENTED_TO,),
            icon="arrow-up",
        ),
        Transition("direct", _("Bút phê"), ("presented",), "directed", (LEADERS, CHIEFS), icon="pencil"),
        Transition(
            "replace_lead",
            _("Bút phê thay đơn vị chủ trì"),
            _AT_WORK,
            "directed",
            (LEADERS, CHIEFS),
            icon="repeat",
        ),
        Transition(
            "add_direction",
            _("Bút phê bổ sung"),
            ("directed", "in_progress"),
            "",
            (LEADERS, CHIEFS),
            icon="pencil",
        ),
        Transition(
            "conclude",
            _("Kết thúc, lưu văn bản"),
            ("presented",),
            "completed",
            (LEADERS, CHIEFS),
            icon="archive",
        ),
        Transition("open", _("Đơn vị chủ trì mở văn bản"), ("directed",), "in_progress", (LEAD,), icon="eye"),
        Transition(
            "take_back",
            _("Thu hồi giao chủ trì"),
            ("directed",),
            "presented",
            (LEADERS, CHIEFS),
            icon="arrow-back-up",
        ),
        Transition(
            "take_back_line",
            _("Thu hồi phiếu chuyển"),
            ("directed", "in_progress"),
            "",
            (LEADERS, CHIEFS, RECEIVING_UNITS),
            icon="arrow-back-up",
        ),
        Transition(
            "pass_on",
            _("Chuyển trong đơn vị"),
            ("directed", "in_progress"),
            "",
            (RECEIVING_UNITS,),
            icon="share",
        ),
        Transition(
            "ask_return",
            _("Đề nghị trả lại"),
            ("directed", "in_progress"),
            "return_asked",
            (LEAD,),
            needs_reason=True,
            notifies=(LEADERS, CHIEFS),
            icon="arrow-back-up",
        ),
        Transition(
            "ask_line_return",
            _("Đề nghị trả lại phần việc"),
            ("directed", "in_progress"),
            "",
            (WORKERS,),
            needs_reason=True,
            icon="arrow-back-up",
        ),
        Transition(
            "accept_return",
            _("Đồng ý cho trả lại"),
            ("return_asked",),
            "presented",
            (LEADERS, CHIEFS),
            icon="check",
        ),
        Transition(
            "refuse_return",
            _("Không đồng ý cho trả lại"),
            ("return_asked",),
            "in_progress",
            (LEADERS, CHIEFS),
            needs_reason=True,
            notifies=(LEAD,),
            icon="x",
        ),
        Transition(
            "accept_line_return",
            _("Đồng ý cho trả lại phần việc"),
            ("directed", "in_progress"),
            "",
            (LEADERS, CHIEFS, RECEIVING_UNITS),
            icon="check",
        ),
        Transition(
            "refuse_line_return",
            _("Không đồng ý cho trả lại phần việc"),
            ("directed", "in_progress"),
            "",
            (LEADERS, CHIEFS, RECEIVING_UNITS),
            needs_reason=True,
            icon="x",
        ),
        Transition(
            "report_result",
            _("Báo cáo kết quả phần việc"),
            ("directed", "in_progress"),
            "",
            (WORKERS,),
            notifies=(LEAD,),
            icon="clipboard-check",
            may_wait=True,
        ),
        Transition(
            "complete",
            _("Hoàn thành"),
            ("in_progress",),
            "completed",
            (LEAD, CHIEFS),
            notifies=(LEADERS, CHIEFS),
            icon="check",
            may_wait=True,
        ),
        Transition(
            "reopen",
            _("Mở lại xử lý"),
            ("completed",),
            "in_progress",
            (LEADERS, CHIEFS),
            needs_reason=True,
            notifies=(LEAD,),
            icon="rotate-clockwise",
        ),
        Transition(
            "link_reply",
            _("Gắn văn bản trả lời"),
            ("in_progress", "completed"),
            "",
            (CLERKS, WORKERS),
            icon="link",
        ),
        Transition(
            "correct",
            _("Sửa thông tin sổ"),
            ("registered", "presented", "directed", "in_progress", "return_asked", "completed"),
            "",
            (CLERKS,),
            needs_reason=True,
            icon="edit",
        ),
        Transition(
            "take_update",
            _("Cập nhật theo nơi gửi"),
            ("received", "registered", "presented", "directed", "in_progress", "return_asked", "completed"),
            "",
            (CLERKS,),
            notifies=(RECEIVERS, LEADERS),
            icon="refresh",
        ),
        Transition(
            "recall",
            _("Thu hồi theo đề nghị của nơi gửi"),
            ("received", "registered", "presented", "directed", "in_progress", "return_asked", "completed"),
            "recalled",
            (CLERKS, CHIEFS),
            needs_reason=True,
            notifies=(RECEIVERS, LEADERS),
            icon="ban",
        ),
    ),
)
