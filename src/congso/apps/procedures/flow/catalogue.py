"""The life of an edition on one page: drafted, approved by leaders, published by a decision, replaced or ended."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.procedures.models import PROCEDURE, Procedure
from congso.kernel.access.principals import Function, office
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def offices_of(owner: Organization) -> list[Organization]:
    """The organization and the offices that serve it."""
    return [owner, *(() if owner.is_office else owner.serving_offices.all())]


def principals_in(offices: Iterable[Organization], *functions: Function) -> set[int]:
    """Those who do one of these things in one of the organizations."""
    return {office(one.pk, function) for one in offices for function in functions}


def keeper_principals(owner: Organization) -> set[int]:
    """Who drafts and publishes in the organization's name."""
    return principals_in(offices_of(owner), Function.CLERKS, Function.CHIEFS, Function.TRACKERS, Function.LEADERS)


KEEPERS = Role("keepers", _("Người soạn, công bố thủ tục"), lambda one: keeper_principals(one.owner))
APPROVERS = Role(
    "approvers",
    _("Lãnh đạo cơ quan công bố"),
    lambda one: principals_in(offices_of(one.owner), Function.LEADERS),
)


def _has_steps(one: Procedure, at: datetime) -> bool:
    return one.steps.exists()


def _has_decision(one: Procedure, at: datetime) -> bool:
    return bool(one.decision_symbol and one.decision_on and one.valid_from)


HAS_STEPS = Guard(_has_steps, _("Hãy ghi ít nhất một bước giải quyết, có số ngày làm việc."))
HAS_DECISION = Guard(
    _has_decision,
    _("Thủ tục chưa có quyết định công bố và ngày hiệu lực nên chỉ lưu hành nội bộ, chưa công bố được."),
)

PROCEDURE_FLOW = Flow(
    PROCEDURE,
    initial="draft",
    states=(
        State("draft", _("Đang soạn"), (KEEPERS,), Tone.NEUTRAL, awaits=(KEEPERS,)),
        State("pending", _("Chờ duyệt"), (KEEPERS,), Tone.WAITING, awaits=(APPROVERS,)),
        State("approved", _("Đã duyệt, lưu hành nội bộ"), (KEEPERS,), Tone.WORKING, awaits=(KEEPERS,)),
        State("published", _("Đã công bố"), (KEEPERS,), Tone.DONE),
        State("replaced", _("Đã có phiên bản thay thế"), (KEEPERS,), Tone.NEUTRAL, is_closed=True),
        State("ended", _("Hết hiệu lực"), (KEEPERS,), Tone.STOPPED, is_closed=True),
        State("dropped", _("Đã bỏ bản soạn"), (KEEPERS,), Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa nội dung"), ("draft",), "", (KEEPERS,), icon="pencil"),
        Transition("submit", _("Trình duyệt"), ("draft",), "pending", (KEEPERS,), guards=(HAS_STEPS,),
                   notifies=(APPROVERS,), icon="send"),
        Transition("approve", _("Duyệt"), ("pending",), "approved", (APPROVERS,), notifies=(KEEPERS,), icon="check"),
        Transition("reject", _("Trả lại để sửa"), ("pending", "approved"), "draft", (APPROVERS,), needs_reason=True,
                   notifies=(KEEPERS,), icon="arrow-back-up"),
        Transition("decide", _("Ghi quyết định công bố"), ("approved",), "", (KEEPERS,), icon="rubber-stamp"),
        Transition("publish", _("Công bố"), ("approved",), "published", (KEEPERS,), guards=(HAS_DECISION, HAS_STEPS),
                   icon="share"),
        Transition("replace", _("Thay bằng phiên bản mới"), ("published",), "replaced", (KEEPERS,), icon="refresh"),
        Transition("end", _("Chấm dứt hiệu lực"), ("published",), "ended", (APPROVERS,), needs_reason=True, icon="ban"),
        Transition("drop", _("Bỏ bản soạn"), ("draft", "pending"), "dropped", (KEEPERS,), needs_reason=True,
                   icon="trash"),
    ),
)  # fmt: skip
