"""Beginning a plan, changing its head, and the acts that only move it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from congso.apps.plan_board.flow import keeper_principals
from congso.apps.plan_board.models import PLAN, Direction, ItemKind, Plan
from congso.apps.plan_board.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start

LONGEST = 40  # years: no plan of a committee runs longer


@dataclass(frozen=True)
class PlanFacts:
    """What a plan says of itself. `unit`: the standing unit."""

    number: str
    title: str
    issued_on: date
    starts_on: date
    ends_on: date
    unit: Organization | None = None
    basis: str = ""
    document: Record | None = None


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as people give it."""

    due_on: date
    value: Decimal


@dataclass(frozen=True)
class ItemFacts:
    """An item as people give it; what measures it only for a target."""

    kind: str
    text: str
    code: str = ""
    clause: str = ""
    unit: Organization | None = None
    schedule_text: str = ""
    measured_by: str = ""
    measure: str = ""
    indicator: str = ""
    figure_unit: str = "%"
    direction: str = Direction.AT_LEAST
    method: str = ""
    milestones: Sequence[MilestoneRow] = ()

    @property
    def is_target(self) -> bool:
        """Whether figures belong to it."""
        return self.kind == ItemKind.TARGET


@transaction.atomic
def draft_plan(facts: PlanFacts, *, owner: Organization, by: Actor, at: datetime) -> Plan:
    """Begin a plan in the organization's name, without items. Raises NotYours, or Refused for days out of order."""
    if not current_principals() & keeper_principals(owner):
        raise NotYours(f"Bạn không có quyền lập kế hoạch thay mặt {owner.name}.")
    _check(facts)
    plan = Plan(
        type=PLAN, owner=owner, unit=facts.unit, number=facts.number.strip(), title=facts.title.strip(),
        opened_on=facts.issued_on, starts_on=facts.starts_on, ends_on=facts.ends_on, basis=facts.basis.strip(),
        document=facts.document,
    )  # fmt: skip
    with start(plan, by=by, at=at, label="Lập kế hoạch"):
        if facts.document is not None:
            link_records(plan, facts.document, kind=Link.Kind.SOURCE, by=by, at=at)
        index_record(plan)
    return plan


def edit_plan(plan: Plan, facts: PlanFacts, *, by: Actor, at: datetime) -> None:
    """Change the head of a draft; its owner and paper stay."""
    _check(facts)
    with moving(plan, "edit", by=by, at=at) as move:
        save(
            move.record, number=facts.number.strip(), title=facts.title.strip(), opened_on=facts.issued_on,
            starts_on=facts.starts_on, ends_on=facts.ends_on, unit=facts.unit, basis=facts.basis.strip(),
        )  # fmt: skip
        index_record(move.record)


def step_on(plan: Plan, key: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Put in force, drop, close or reopen: acts that only move it."""
    with moving(plan, key, by=by, at=at, note=note):
        pass


def _check(facts: PlanFacts) -> None:
    if not facts.title.strip():
        raise Refused("Hãy ghi tên kế hoạch.")
    if facts.ends_on <= facts.starts_on:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.")
    if facts.ends_on.year - facts.starts_on.year > LONGEST:
        raise Refused(f"Kế hoạch không kéo dài quá {LONGEST} năm; hãy xem lại ngày.")
