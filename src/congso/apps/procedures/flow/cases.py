"""The life of a case (office 8.4) on one page.

The desk: clerks and chiefs of the body that takes cases in, and of the office serving it. The body of the step: its
clerks, chiefs, leaders and the person it put in charge. Nobody decides on her own application.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.procedures.flow.catalogue import offices_of, principals_in
from congso.apps.procedures.models import CASE, Case
from congso.apps.procedures.rules import MOST_REQUESTS, missing_papers
from congso.kernel.access.principals import Function, System, person, system
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Attachment
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_ALL = (Function.CLERKS, Function.CHIEFS, Function.LEADERS)


def desk_principals(receiver: Organization) -> set[int]:
    """Who takes cases in for the organization."""
    return principals_in(offices_of(receiver), Function.CLERKS, Function.CHIEFS)


def works_for(organization: Organization) -> set[int]:
    """Who works on a step that lies with the organization."""
    return principals_in(offices_of(organization), *_ALL)


def _where(case: Case) -> Organization:
    return case.unit or case.owner


def _of_begun_steps(case: Case) -> set[int]:
    begun = [step.organization for step in case.steps.all() if step.started_on]
    return {principal for one in begun for principal in works_for(one)}


APPLICANT = Role("applicant", _("Người nộp"), lambda case: {person(case.applicant_id)} if case.applicant_id else set())
DESK = Role("desk", _("Nơi tiếp nhận"), lambda case: desk_principals(case.owner))
DESK_LEADERS = Role(
    "desk_leaders", _("Lãnh đạo nơi tiếp nhận"), lambda case: principals_in(offices_of(case.owner), Function.LEADERS)
)
HOLDERS = Role("holders", _("Cơ quan đang giải quyết"), lambda case: works_for(_where(case)))
CHIEFS = Role(
    "chiefs",
    _("Lãnh đạo, lãnh đạo văn phòng của cơ quan đang giải quyết"),
    lambda case: principals_in(offices_of(_where(case)), Function.LEADERS, Function.CHIEFS),
)
SIGNERS = Role("signers", _("Người ký kết quả"), lambda case: principals_in(offices_of(_where(case)), Function.LEADERS))
HANDLER = Role("handler", _("Người thụ lý"), lambda case: {person(case.handler_id)} if case.handler_id else set())
PARTIES = Role("parties", _("Cơ quan đã giải quyết một bước"), _of_begun_steps)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda case: {system(System.REMINDERS)})
TURN = Role(
    "turn",
    _("Người đến lượt giải quyết"),
    lambda case: {person(case.handler_id)} if case.handler_id else works_for(_where(case)),
)
DRAFTER = Role(
    "drafter",
    _("Người lập hồ sơ"),
    lambda case: {person(case.applicant_id)} if case.applicant_id else desk_principals(case.owner),
)

_SEEN = (APPLICANT, DESK, DESK_LEADERS, HOLDERS, HANDLER, PARTIES, REMINDERS)
STOPPED = ("awaiting_additions", "paused")
OPEN = ("submitted", "incomplete", "in_progress", "awaiting_additions", "paused", "awaiting_signature", "result_ready")
_WORKED = ("in_progress", *STOPPED, "awaiting_signature")
# What nobody does about her own application, whatever post she holds.
NOT_ONES_OWN = frozenset(
    {
        "receive", "ask_papers", "ask_additions", "ask_additions_again", "take_additions", "pause", "resume",
        "assign", "finish_step",
        "send_back", "ask_signature", "approve_result", "reject_result", "refuse", "return_result", "apologise",
        "reopen",
    }
)  # fmt: skip


def papers_are_complete(case: Case, at: datetime) -> bool:
    """Whether every required paper is handed in."""
    return not missing_papers((one.name, one.is_required, one.is_given) for one in case.papers.all())


def _first_request(case: Case, at: datetime) -> bool:
    return case.times_asked < MOST_REQUESTS


def _asked_before(case: Case, at: datetime) -> bool:
    return not _first_request(case, at)


def _is_last_step(case: Case, at: datetime) -> bool:
    return case.current_step >= max((step.position for step in case.steps.all()), default=0)


def _has_next_step(case: Case, at: datetime) -> bool:
    return not _is_last_step(case, at)


def _is_past_first(case: Case, at: datetime) -> bool:
    return case.current_step > 1


def _has_result(case: Case, at: datetime) -> bool:
    return Attachment.objects.filter(record_id=case.pk, role=Attachment.Role.ORIGINAL).exists()


def _is_late(case: Case, at: datetime) -> bool:
    return case.due_on is not None and timezone.localdate(at) > case.due_on


COMPLETE = Guard(papers_are_complete, _("Hồ sơ còn thiếu giấy tờ bắt buộc."))
FIRST_REQUEST = Guard(_first_request, _("Đã yêu cầu bổ sung một lần; lần sau phải có lãnh đạo duyệt."))
ASKED_BEFORE = Guard(_asked_before, _("Chưa yêu cầu bổ sung lần nào; cán bộ thụ lý yêu cầu được."))
HAS_NEXT = Guard(_has_next_step, _("Đây là bước cuối; hãy trình ký kết quả."))
IS_LAST = Guard(_is_last_step, _("Còn bước sau; hãy chuyển bước trước khi trình ký."))
PAST_FIRST = Guard(_is_past_first, _("Đây là bước đầu, không có bước trước để trả lại."))
HAS_RESULT = Guard(_has_result, _("Chưa có tệp kết quả; hãy tải văn bản kết quả đã ký lên."))
IS_LATE = Guard(_is_late, _("Hồ sơ chưa quá ngày hẹn."))


def _states() -> tuple[State, ...]:
    return (
        State("draft", _("Đang soạn hồ sơ"), (DRAFTER,), Tone.NEUTRAL, awaits=(DRAFTER,)),
        State("submitted", _("Đã nộp, chờ tiếp nhận"), _SEEN, Tone.WAITING, awaits=(DESK,)),
        State("incomplete", _("Chờ hoàn thiện hồ sơ"), _SEEN, Tone.WARNING, awaits=(DRAFTER,)),
        State("in_progress", _("Đang giải quyết"), _SEEN, Tone.WORKING, awaits=(TURN,)),
        State("awaiting_additions", _("Chờ bổ sung"), _SEEN, Tone.WARNING, awaits=(APPLICANT,)),
        State("paused", _("Tạm dừng"), _SEEN, Tone.WARNING),
        State("awaiting_signature", _("Trình ký"), _SEEN, Tone.WAITING, awaits=(SIGNERS,)),
        State("result_ready", _("Đã có kết quả"), _SEEN, Tone.DONE, awaits=(DESK,)),
        State("returned", _("Đã trả kết quả"), _SEEN, Tone.DONE, is_closed=True),
        State("refused", _("Từ chối giải quyết"), _SEEN, Tone.STOPPED, is_closed=True),
        State("withdrawn", _("Đã rút hồ sơ"), _SEEN, Tone.STOPPED, is_closed=True),
        State("dropped", _("Đã bỏ, chưa nộp"), (DRAFTER,), Tone.NEUTRAL, is_closed=True),
    )


def _at_the_desk() -> tuple[Transition, ...]:
    return (
        Transition("edit", _("Sửa hồ sơ"), ("draft", "incomplete"), "", (DRAFTER,), icon="pencil"),
        Transition("submit", _("Nộp hồ sơ"), ("draft", "incomplete"), "submitted", (DRAFTER,), guards=(COMPLETE,),
                   notifies=(DESK,), icon="send"),
        Transition("receive", _("Tiếp nhận"), ("submitted",), "in_progress", (DESK,), guards=(COMPLETE,),
                   notifies=(APPLICANT, HOLDERS), icon="clipboard-check"),
        Transition("ask_papers", _("Yêu cầu hoàn thiện hồ sơ"), ("submitted",), "incomplete", (DESK,),
                   needs_reason=True, notifies=(APPLICANT,), icon="file-alert"),
        Transition("withdraw", _("Rút hồ sơ"), ("submitted", "incomplete", *_WORKED), "withdrawn",
                   (APPLICANT, DESK), needs_reason=True, notifies=(DESK, HOLDERS), icon="arrow-back-up"),
        Transition("drop", _("Bỏ hồ sơ đang soạn"), ("draft",), "dropped", (DRAFTER,), icon="trash"),
        Transition("return_result", _("Trả kết quả"), ("result_ready",), "returned", (DESK,), notifies=(APPLICANT,),
                   icon="mood-check"),
    )  # fmt: skip


def _under_work() -> tuple[Transition, ...]:
    return (
        Transition("assign", _("Phân công thụ lý"), ("in_progress",), "", (CHIEFS,), notifies=(HANDLER,),
                   icon="user-plus"),
        Transition("finish_step", _("Xong bước, chuyển bước sau"), ("in_progress",), "in_progress",
                   (HOLDERS, HANDLER), guards=(HAS_NEXT,), notifies=(HOLDERS,), icon="arrow-right"),
        Transition("send_back", _("Trả lại bước trước"), ("in_progress",), "in_progress", (CHIEFS,),
                   needs_reason=True, guards=(PAST_FIRST,), notifies=(HOLDERS,), icon="arrow-back-up"),
        Transition("ask_additions", _("Yêu cầu bổ sung"), ("in_progress",), "awaiting_additions",
                   (HOLDERS, HANDLER), needs_reason=True, guards=(FIRST_REQUEST,), notifies=(APPLICANT, DESK),
                   icon="file-alert"),
        Transition("ask_additions_again", _("Duyệt yêu cầu bổ sung lần nữa"), ("in_progress",), "awaiting_additions",
                   (DESK_LEADERS,), needs_reason=True, guards=(ASKED_BEFORE,), notifies=(APPLICANT, DESK),
                   icon="file-alert"),
        Transition("say_added", _("Báo đã bổ sung"), ("awaiting_additions",), "", (APPLICANT,),
                   notifies=(HOLDERS, HANDLER), icon="send"),
        Transition("take_additions", _("Nhận đủ bổ sung"), ("awaiting_additions",), "in_progress",
                   (DESK, HOLDERS, HANDLER), notifies=(APPLICANT, HOLDERS), icon="clipboard-check"),
        Transition("pause", _("Tạm dừng"), ("in_progress",), "paused", (CHIEFS,), needs_reason=True,
                   notifies=(APPLICANT, DESK), icon="player-pause"),
        Transition("resume", _("Tiếp tục giải quyết"), ("paused",), "in_progress", (CHIEFS,),
                   notifies=(APPLICANT, HOLDERS), icon="player-play"),
        Transition("ask_signature", _("Trình ký kết quả"), ("in_progress",), "awaiting_signature",
                   (HOLDERS, HANDLER), guards=(IS_LAST,), notifies=(SIGNERS,), icon="writing"),
        Transition("reject_result", _("Chưa ký, trả lại"), ("awaiting_signature",), "in_progress", (SIGNERS,),
                   needs_reason=True, notifies=(HOLDERS, HANDLER), icon="circle-x"),
        Transition("approve_result", _("Xác nhận kết quả đã ký"), ("awaiting_signature",), "result_ready", (SIGNERS,),
                   guards=(HAS_RESULT,), notifies=(DESK, APPLICANT), icon="circle-check"),
        Transition("refuse", _("Từ chối giải quyết"), ("submitted", "in_progress", "awaiting_signature"), "refused",
                   (DESK_LEADERS, SIGNERS), needs_reason=True, notifies=(APPLICANT, DESK), icon="ban"),
        Transition("apologise", _("Xin lỗi và hẹn lại"), ("in_progress", "awaiting_signature"), "",
                   (DESK_LEADERS,), needs_reason=True, guards=(IS_LATE,), notifies=(APPLICANT, DESK), icon="mail"),
        Transition("reopen", _("Mở lại"), ("returned", "refused", "withdrawn"), "in_progress", (DESK_LEADERS,),
                   needs_reason=True, guards=(Guard(lambda case, at: case.received_at is not None,
                   _("Hồ sơ chưa được tiếp nhận nên không mở lại; hãy lập hồ sơ mới.")),),
                   notifies=(HOLDERS,), icon="rotate-clockwise"),
    )  # fmt: skip


CASE_FLOW = Flow(CASE, initial="draft", states=_states(), transitions=(*_at_the_desk(), *_under_work()))
