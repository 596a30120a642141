"""The life of one report on one page.

The unit's side: everybody of the unit and of the office that serves it fills; its leaders, chiefs and clerks send.
The receiver's side: leaders, chiefs and trackers of the organization it reports to, of the committee that one serves
and of the offices serving it; nobody judges a report of her own unit.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.reports.models import RECORD_TYPE, Report
from congso.kernel.access.principals import Function, System, office, system
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def _unit_offices(report: Report) -> list[Organization]:
    unit = report.organization
    return [unit, *(() if unit.is_office else unit.serving_offices.all())]


def receiving_offices(owner: Organization) -> list[Organization]:
    """The organization that receives, the committee it serves, the offices that serve it."""
    served = [owner.serves] if owner.serves is not None else []
    return [owner, *served, *(() if owner.is_office else owner.serving_offices.all())]


def fillers(report: Report) -> set[int]:
    """Who fills: everybody of the unit's side."""
    return _principals(
        _unit_offices(report), Function.STAFF, Function.LEADERS, Function.CHIEFS, Function.CLERKS, Function.TRACKERS
    )


FILLERS = Role("fillers", _("Người của đơn vị báo cáo"), fillers)
SENDERS = Role(
    "senders",
    _("Lãnh đạo, văn thư đơn vị báo cáo"),
    lambda report: _principals(_unit_offices(report), Function.LEADERS, Function.CHIEFS, Function.CLERKS),
)
RECEIVERS = Role(
    "receivers",
    _("Nơi nhận báo cáo"),
    lambda report: (
        _principals(receiving_offices(report.owner), Function.LEADERS, Function.CHIEFS, Function.TRACKERS)
        - fillers(report)
    ),
)
LOCKERS = Role(
    "lockers",
    _("Lãnh đạo nơi nhận"),
    lambda report: _principals(receiving_offices(report.owner), Function.LEADERS, Function.CHIEFS) - fillers(report),
)
READERS = Role(
    "readers", _("Cán bộ nơi nhận"), lambda report: _principals(receiving_offices(report.owner), Function.STAFF)
)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda report: {system(System.REMINDERS)})

_PARTIES = (FILLERS, RECEIVERS, READERS)
_OPEN = (*_PARTIES, REMINDERS)
FILLING = ("draft", "returned")
RUNNING = ("draft", "returned", "submitted")
SENT = ("submitted", "approved", "locked")
# What nobody of the unit's side does, whatever other post of the receiver's side the person also holds.
JUDGED_BY_OTHERS = frozenset({"return", "approve", "unapprove", "lock", "unlock", "waive", "ask_again"})


def _next_level_open(report: Report, at: datetime) -> bool:
    """The receiver has not yet sent its own report of the period further up."""
    above = Report.objects.filter(
        form_id=report.form_id, first_day=report.first_day, organization_id=report.owner_id, state__in=SENT
    )
    return not above.exists()


NEXT_LEVEL_OPEN = Guard(
    _next_level_open, _("Nơi nhận đã gửi báo cáo của kỳ này lên cấp trên; hãy rút báo cáo đó trước.")
)

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", _("Đang nhập"), _OPEN, Tone.WAITING, awaits=(FILLERS,)),
        State("returned", _("Bị trả lại"), _OPEN, Tone.WARNING, awaits=(FILLERS,)),
        State("submitted", _("Chờ duyệt"), _OPEN, Tone.WORKING, awaits=(RECEIVERS,)),
        State("approved", _("Đã duyệt"), _OPEN, Tone.DONE),
        State("locked", _("Đã khóa"), _PARTIES, Tone.DONE, is_closed=True),
        State("waived", _("Miễn báo cáo"), _PARTIES, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("fill", _("Nhập số liệu"), FILLING, "", (FILLERS,), icon="edit"),
        Transition(
            "submit", _("Gửi báo cáo"), FILLING, "submitted", (SENDERS,), notifies=(RECEIVERS,), icon="send"
        ),
        Transition(
            "recall", _("Rút lại để sửa"), ("submitted",), "draft", (SENDERS,), needs_reason=True,
            notifies=(RECEIVERS,), icon="arrow-back-up",
        ),
        Transition(
            "return", _("Trả lại"), ("submitted",), "returned", (RECEIVERS,), needs_reason=True, notifies=(FILLERS,),
            icon="arrow-back-up",
        ),
        Transition("approve", _("Duyệt"), ("submitted",), "approved", (RECEIVERS,), notifies=(SENDERS,), icon="checks"),
        Transition(
            "unapprove", _("Bỏ duyệt"), ("approved",), "submitted", (RECEIVERS,), needs_reason=True,
            guards=(NEXT_LEVEL_OPEN,), notifies=(SENDERS,), icon="rotate-clockwise",
        ),
        Transition("lock", _("Khóa số liệu"), ("approved",), "locked", (LOCKERS,), icon="lock"),
        Transition(
            "unlock", _("Mở khóa"), ("locked",), "approved", (LOCKERS,), needs_reason=True,
            guards=(NEXT_LEVEL_OPEN,), notifies=(SENDERS,), icon="rotate-clockwise",
        ),
        Transition(
            "waive", _("Miễn báo cáo kỳ này"), FILLING, "waived", (RECEIVERS,), needs_reason=True,
            notifies=(SENDERS,), icon="ban",
        ),
        Transition(
            "ask_again", _("Yêu cầu báo cáo"), ("waived",), "draft", (RECEIVERS,), needs_reason=True,
            notifies=(FILLERS,), icon="rotate-clockwise",
        ),
    ),
)  # fmt: skip
