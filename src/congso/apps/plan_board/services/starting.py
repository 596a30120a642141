"""Plans ready to use: the committee's own, restated as data, drafted with its whole tree at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from congso.apps.plan_board.models import Plan
from congso.apps.plan_board.services.drafting import ItemFacts, MilestoneRow, PlanFacts, draft_plan
from congso.apps.plan_board.services.items import insert_items
from congso.apps.plan_board.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.records.models import Record

_FOLDER = Path(__file__).parent.parent / "starter"


@dataclass(frozen=True)
class Starter:
    """A plan kept as data: its key, symbol and name."""

    key: str
    number: str
    title: str


@cache
def _told() -> Mapping[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json"))}


def starters() -> list[Starter]:
    """The plans one may begin from."""
    return [Starter(key, one["number"], one["title"]) for key, one in _told().items()]


@transaction.atomic
def draft_from_starter(
    key: str, *, owner: Organization, by: Actor, at: datetime, document: Record | None = None
) -> Plan:
    """A draft with the whole tree of a starter; units the installation does not know stay open. Raises KeyError."""
    told = _told()[key]
    units = {one.code: one for one in organizations_on(at.date())}
    facts = PlanFacts(
        number=told["number"], title=told["title"], issued_on=date.fromisoformat(told["issued_on"]),
        starts_on=date.fromisoformat(told["starts_on"]), ends_on=date.fromisoformat(told["ends_on"]),
        unit=units.get(told["unit"]) or owner.serving_offices.first(), basis=told["basis"], document=document,
    )  # fmt: skip
    plan = draft_plan(facts, owner=owner, by=by, at=at)
    with moving(plan, "edit", by=by, at=at) as move:
        move.label = "Lấy cây mục tiêu, chỉ tiêu, nhiệm vụ có sẵn"
        rows = [(_item(group, units), [_item(one, units) for one in group["items"]]) for group in told["groups"]]
        insert_items(move.record, rows)
    return plan


def _item(row: dict[str, Any], units: Mapping[str, Organization]) -> ItemFacts:
    return ItemFacts(
        kind=row["kind"], text=row["text"], code=row.get("code", ""), clause=row.get("clause", ""),
        unit=units.get(row.get("unit", "")), schedule_text=row.get("schedule", ""),
        measured_by=row.get("measured_by", ""), measure=row.get("measure", ""), method=row.get("method", ""),
        milestones=[MilestoneRow(date.fromisoformat(day), Decimal(value)) for day, value in row.get("milestones", [])],
    )  # fmt: skip
