"""The life of a task (labels: domain handbook office 6.1, the operations system's) on one page.

The assigning side: leaders, chiefs of office and trackers of the assigning organization and of the committee
it serves. The lead side: leaders, chiefs and clerks of the lead, clerks and chiefs of the office serving it,
and the person in charge. Nobody of the lead side confirms completion.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.models import RECORD_TYPE, DeadlineKind, Task
from congso.apps.directives.rules import may_be_extended_by_office
from congso.kernel.access.principals import Function, System, office, person, system
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Link, TimelineEntry
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition, flows


def assigning_offices(owner: Organization) -> list[Organization]:
    """The organization that assigns, the committee it serves, and the offices that serve it."""
    served = [owner.serves] if owner.serves is not None else []
    return [owner, *served, *(() if owner.is_office else owner.serving_offices.all())]


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def assigner_principals(owner: Organization) -> set[int]:
    """Who may assign in the organization's name: leaders, chiefs, and trackers on their behalf."""
    return _principals(assigning_offices(owner), Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def dividing_offices(task: Task) -> list[Organization]:
    """In whose name sub-tasks of the task are given: those of its lead, and those of who gave it."""
    return [one for side in (task.unit, task.owner) if side is not None for one in assigning_offices(side)]


def lead_side(task: Task) -> set[int]:
    """Who acts for the lead; in an organization's own task only the person in charge."""
    in_charge = {person(task.in_charge_id)} if task.in_charge_id else set()
    if task.unit is None or task.unit_id == task.owner_id:
        return in_charge
    return in_charge | _lead_managers(task)


def _lead_managers(task: Task) -> set[int]:
    if task.unit is None:
        return set()
    own = _principals([task.unit], Function.LEADERS, Function.CHIEFS, Function.CLERKS)
    return own | _principals(task.unit.serving_offices.all(), Function.CLERKS, Function.CHIEFS)


def _lead_staff(task: Task) -> set[int]:
    return _principals([task.unit], Function.STAFF) if task.unit else set()


def _supporters(task: Task) -> set[int]:
    return {
        office(support.organization_id, function)
        for support in task.supports.all()
        for function in (Function.LEADERS, Function.STAFF)
    }


def _upper(task: Task) -> set[int]:
    if not task.above:
        return set()
    offices = (
        Organization.objects.filter(pk__in=task.above).select_related("serves").prefetch_related("serving_offices")
    )
    return {principal for one in offices for principal in assigner_principals(one)}


ASSIGNERS = Role("assigners", _("Nơi giao"), lambda task: assigner_principals(task.owner))
DECIDERS = Role(
    "deciders",
    _("Lãnh đạo, lãnh đạo văn phòng nơi giao"),
    lambda task: _principals(assigning_offices(task.owner), Function.LEADERS, Function.CHIEFS),
)
LEADERS = Role(
    "leaders",
    _("Lãnh đạo nơi giao, không thuộc đơn vị chủ trì"),
    lambda task: _principals(assigning_offices(task.owner), Function.LEADERS) - lead_side(task),
)
CONFIRMERS = Role(
    "confirmers",
    _("Nơi giao, không thuộc đơn vị chủ trì"),
    lambda task: assigner_principals(task.owner) - lead_side(task),
)
JUDGES = Role(
    "judges",
    _("Lãnh đạo, lãnh đạo văn phòng nơi giao, không thuộc đơn vị chủ trì"),
    lambda task: set(DECIDERS.principals(task)) - lead_side(task),
)
LEAD = Role("lead", _("Đơn vị chủ trì"), _lead_managers)
IN_CHARGE = Role(
    "in_charge", _("Người thực hiện"), lambda task: {person(task.in_charge_id)} if task.in_charge_id else set()
)
LEAD_STAFF = Role("lead_staff", _("Cán bộ đơn vị chủ trì"), _lead_staff)
SUPPORTERS = Role("supporters", _("Đơn vị phối hợp"), _supporters)
UPPER = Role("upper", _("Nơi giao nhiệm vụ cấp trên"), _upper)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda task: {system(System.REMINDERS)})

_PARTIES = (ASSIGNERS, LEAD, LEAD_STAFF, IN_CHARGE, SUPPORTERS, UPPER)
_OPEN = (*_PARTIES, REMINDERS)
_WORKERS = (LEAD, IN_CHARGE)
STARTED = ("assigned", "in_progress")
# What nobody of the lead side does, whatever other post of the assigning side the person also holds.
JUDGED_BY_OTHERS = frozenset(
    {"confirm", "reject", "grant_extension", "refuse_extension", "grant_late_extension", "reopen", "amend", "keep"}
)
# Whoever did one of these after the source ended has looked at the task again.
LOOKED_AGAIN = ("amend", "change_lead", "reopen", "keep")
RUNNING = ("assigned", "in_progress", "awaiting_confirmation", "returned")


def ended_sources() -> QuerySet[Link]:
    """Ties of tasks to a source that no longer stands (recalled, replaced, cancelled, dropped) while nobody has looked
    at the task again since. Only where the asker sees the source."""
    ended = Q(pk__in=[])
    for flow in flows():
        stopped = [state.key for state in flow.states if state.is_closed and state.tone is Tone.STOPPED]
        if stopped and flow.record_type != RECORD_TYPE:
            ended |= Q(target__type=flow.record_type, target__state__in=stopped)
    looked = TimelineEntry.objects.filter(
        record_id=OuterRef("source_id"), act__in=LOOKED_AGAIN, at__gte=OuterRef("target__closed_at")
    )
    return Link.objects.filter(ended, ~Exists(looked), kind=Link.Kind.SOURCE)


def _source_ended(task: Task, at: datetime) -> bool:
    return ended_sources().filter(source=task.pk).exists()


def _has_deadline(task: Task, at: datetime) -> bool:
    return task.due_on is not None


def _no_wish_pending(task: Task, at: datetime) -> bool:
    return not _wish_pending(task, at)


def _wish_pending(task: Task, at: datetime) -> bool:
    return any(wish.decision == "pending" for wish in task.extensions.all())


def _before_deadline(task: Task, at: datetime) -> bool:
    return may_be_extended_by_office(task.due_on, timezone.localdate(at))


def _after_deadline(task: Task, at: datetime) -> bool:
    return task.due_on is not None and not _before_deadline(task, at)


def _is_single(task: Task, at: datetime) -> bool:
    return task.deadline_kind != DeadlineKind.RECURRING


def _at_work(task: Task) -> set[int]:
    """Whose turn it is to work: the person in charge, or who manages the lead; a series works through its periods."""
    if task.deadline_kind == DeadlineKind.RECURRING:
        return set()
    return {person(task.in_charge_id)} if task.in_charge_id else _lead_managers(task)


def _following(task: Task) -> set[int]:
    """Who answers first on the assigning side: the tracker and the directing leader, else whoever may."""
    named = {person(pk) for pk in (task.tracker_id, task.supervisor_id) if pk}
    return named or set(CONFIRMERS.principals(task))


def _asked_for_time(task: Task) -> set[int]:
    # Asked anew: the act under way may just have written or answered the wish.
    is_pending = task.extensions.filter(decision="pending").exists()
    return set(JUDGES.principals(task)) if is_pending else set()


AT_WORK = Role("at_work", _("Người đang thực hiện"), _at_work)
FOLLOWING = Role("following", _("Người theo dõi, chỉ đạo"), _following)
ASKED_FOR_TIME = Role("asked_for_time", _("Người quyết định gia hạn"), _asked_for_time)

HAS_DEADLINE = Guard(_has_deadline, _("Nhiệm vụ này không có thời hạn để gia hạn."))
NO_WISH_PENDING = Guard(_no_wish_pending, _("Đã có một đề nghị gia hạn đang chờ quyết định."))
WISH_PENDING = Guard(_wish_pending, _("Không có đề nghị gia hạn nào đang chờ quyết định."))
BEFORE_DEADLINE = Guard(_before_deadline, _("Đã quá hạn: chỉ lãnh đạo nơi giao được gia hạn."))
AFTER_DEADLINE = Guard(_after_deadline, _("Chưa quá hạn: hãy quyết định theo đề nghị gia hạn của đơn vị."))
SOURCE_ENDED = Guard(_source_ended, _("Văn bản giao nhiệm vụ này còn hiệu lực, hoặc nhiệm vụ đã được xem lại."))
IS_SINGLE = Guard(_is_single, _("Nhiệm vụ định kỳ chỉ đổi thời gian bằng cách giao lại; hãy gia hạn từng kỳ."))

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="assigned",
    states=(
        State("assigned", _("Chưa thực hiện"), _OPEN, Tone.WAITING, awaits=(AT_WORK, ASKED_FOR_TIME)),
        State("in_progress", _("Đang thực hiện"), _OPEN, Tone.WORKING, awaits=(AT_WORK, ASKED_FOR_TIME)),
        State("awaiting_confirmation", _("Chờ xác nhận hoàn thành"), _OPEN, Tone.WARNING, awaits=(FOLLOWING,)),
        State("returned", _("Đơn vị trả lại"), _OPEN, Tone.STOPPED, awaits=(FOLLOWING,)),
        State("paused", _("Tạm dừng"), _OPEN, Tone.NEUTRAL),
        State("completed", _("Hoàn thành"), _PARTIES, Tone.DONE, is_closed=True),
        State("cancelled", _("Đã hủy"), _PARTIES, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("accept", _("Tiếp nhận"), ("assigned",), "in_progress", _WORKERS, icon="check", may_wait=True),
        Transition("report", _("Báo cáo tiến độ"), STARTED, "in_progress", _WORKERS, icon="progress", may_wait=True),
        Transition(
            "finish",
            _("Đề nghị xác nhận hoàn thành"),
            STARTED,
            "awaiting_confirmation",
            _WORKERS,
            notifies=(CONFIRMERS,),
            icon="flag-check",
            may_wait=True,
        ),
        Transition(
            "pass_on", _("Phân công người thực hiện"), STARTED, "", (LEAD,), notifies=(IN_CHARGE,), icon="user-check"
        ),
        Transition(
            "request_extension",
            _("Đề nghị gia hạn"),
            STARTED,
            "",
            _WORKERS,
            needs_reason=True,
            guards=(IS_SINGLE, HAS_DEADLINE, NO_WISH_PENDING),
            notifies=(DECIDERS,),
            icon="calendar",
            may_wait=True,
        ),
        Transition(
            "return",
            _("Trả lại nơi giao"),
            ("assigned",),
            "returned",
            (LEAD,),
            needs_reason=True,
            notifies=(ASSIGNERS,),
            icon="arrow-back-up",
            may_wait=True,
        ),
        Transition(
            "confirm",
            _("Xác nhận hoàn thành"),
            ("awaiting_confirmation",),
            "completed",
            (CONFIRMERS,),
            notifies=_WORKERS,
            icon="circle-check",
        ),
        Transition(
            "reject",
            _("Chưa công nhận hoàn thành"),
            ("awaiting_confirmation",),
            "in_progress",
            (CONFIRMERS,),
            needs_reason=True,
            notifies=_WORKERS,
            icon="circle-x",
        ),
        Transition(
            "grant_extension",
            _("Đồng ý gia hạn"),
            STARTED,
            "",
            (JUDGES,),
            guards=(WISH_PENDING, BEFORE_DEADLINE),
            notifies=_WORKERS,
            icon="checks",
        ),
        Transition(
            "refuse_extension",
            _("Không đồng ý gia hạn"),
            STARTED,
            "",
            (JUDGES,),
            needs_reason=True,
            guards=(WISH_PENDING,),
            notifies=_WORKERS,
            icon="x",
        ),
        Transition(
            "grant_late_extension",
            _("Gia hạn khi đã quá hạn"),
            STARTED,
            "",
            (LEADERS,),
            needs_reason=True,
            guards=(IS_SINGLE, AFTER_DEADLINE),
            notifies=_WORKERS,
            icon="checks",
        ),
        Transition(
            "change_lead",
            _("Đổi đơn vị chủ trì"),
            (*STARTED, "returned", "paused"),
            "assigned",
            (DECIDERS,),
            needs_reason=True,
            notifies=(LEAD,),
            icon="arrow-forward-up",
        ),
        Transition(
            "reassign",
            _("Giao lại đơn vị chủ trì"),
            ("returned",),
            "assigned",
            (DECIDERS,),
            needs_reason=True,
            notifies=(LEAD,),
            icon="arrow-forward-up",
        ),
        Transition(
            "amend",
            _("Điều chỉnh nhiệm vụ"),
            (*STARTED, "returned", "paused"),
            "",
            (JUDGES,),
            needs_reason=True,
            notifies=(LEAD, IN_CHARGE, SUPPORTERS),
            icon="pencil",
        ),
        Transition(
            "keep",
            _("Giữ nguyên nhiệm vụ"),
            (*RUNNING, "paused", "completed"),
            "",
            (JUDGES,),
            guards=(SOURCE_ENDED,),
            icon="check",
        ),
        Transition(
            "pause",
            _("Tạm dừng"),
            STARTED,
            "paused",
            (DECIDERS,),
            needs_reason=True,
            notifies=_WORKERS,
            icon="player-pause",
        ),
        Transition(
            "resume",
            _("Tiếp tục thực hiện"),
            ("paused",),
            "in_progress",
            (DECIDERS,),
            notifies=_WORKERS,
            icon="player-play",
        ),
        Transition(
            "cancel",
            _("Hủy nhiệm vụ"),
            (*RUNNING, "paused"),
            "cancelled",
            (DECIDERS,),
            needs_reason=True,
            notifies=(LEAD, IN_CHARGE, SUPPORTERS),
            icon="ban",
        ),
        Transition(
            "reopen",
            _("Mở lại"),
            ("completed", "cancelled"),
            "in_progress",
            (JUDGES,),
            needs_reason=True,
            notifies=_WORKERS,
            icon="rotate-clockwise",
        ),
    ),
)
