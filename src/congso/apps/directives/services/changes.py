"""Changing proposed tasks so that every act can be undone and two people do not overwrite each other."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from congso.apps.directives.flow import assigner_principals
from congso.apps.directives.models import PlanReading, ProposalChange, ProposedTask
from congso.apps.directives.queries import last_change_by
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.workflow.services import NotYours, Refused, WrongState

State = ProposedTask.State
OPEN = (State.PROPOSED, State.CONFIRMED)
KEPT = (
    "text", "clause", "chapter", "lead", "supporting", "start", "due", "deadline_kind", "recurrence", "schedule_text",
    "no_deadline_reason", "product", "places", "confidence", "doubt", "state", "reason", "merged_into_id",
)  # fmt: skip


@dataclass
class Review:
    """The rows under review, in the document's order; `made` are those that came by it."""

    reading: PlanReading
    rows: list[ProposedTask]
    label: str
    made: list[ProposedTask] = field(default_factory=list)

    def insert_after(self, row: ProposedTask, new: ProposedTask) -> None:
        """Put a new row behind another one."""
        later = ProposedTask.objects.filter(reading=self.reading, position__gt=row.position)
        later.update(position=F("position") + 1)
        new.position = row.position + 1
        new.save(force_insert=True)
        self.made.append(new)


def check_reviewer(reading: PlanReading) -> None:
    """Raise NotYours unless the actor assigns in the name of the reading's organization."""
    if not current_principals() & assigner_principals(reading.organization):
        raise NotYours(f"Bạn không có quyền giao nhiệm vụ thay mặt {reading.organization.name}.")


@contextmanager
def reviewing(
    reading: PlanReading, ids: Collection[int] | None, *, label: str, by: Actor, at: datetime
) -> Iterator[Review]:
    """Lock the rows (all of them for None), let the caller change them, write what changed and how it was before.

    Raises NotYours, or WrongState when a row is gone, joined into another or already handed out.
    """
    check_reviewer(reading)
    with transaction.atomic():
        rows = locked_rows(reading, ids)
        before = {row.pk: _kept(row) for row in rows}
        review = Review(reading, rows, label)
        yield review
        changed = {row.pk: _difference(before[row.pk], _kept(row)) for row in rows}
        changed = {pk: old for pk, old in changed.items() if old}
        if not changed and not review.made:
            return
        _write([row for row in rows if row.pk in changed], {name for old in changed.values() for name in old})
        ProposalChange.objects.create(
            reading=reading, label=review.label, before={str(pk): old for pk, old in changed.items()},
            touched=sorted({*changed, *(row.pk for row in review.made)}), made=[row.pk for row in review.made],
            by_id=by.id, at=at,
        )  # fmt: skip


def locked_rows(reading: PlanReading, ids: Collection[int] | None) -> list[ProposedTask]:
    """The rows, locked until the transaction ends; by id, so that two people never wait for each other in a circle."""
    found = ProposedTask.objects.select_for_update().filter(reading=reading, merged_into__isnull=True)
    found = found.exclude(state=State.ASSIGNED) if ids is None else found.filter(pk__in=ids)
    rows = sorted(found.order_by("id"), key=lambda row: (row.position, row.pk))
    if ids is not None and len(rows) != len(set(ids)):
        raise WrongState("Dòng này vừa được người khác tách hoặc gộp. Hãy tải lại trang.")
    if any(row.state == State.ASSIGNED for row in rows):
        raise WrongState("Dòng này đã giao thành nhiệm vụ; hãy điều chỉnh ở nhiệm vụ.")
    return rows


def undo_last_change(reading: PlanReading, *, by: Actor, at: datetime) -> ProposalChange:
    """Take back the person's last act on the reading. Raises Refused when others went on from it."""
    check_reviewer(reading)
    with transaction.atomic():
        change = last_change_by(reading, by)
        if change is None:
            raise Refused("Không có thao tác nào để hoàn tác.")
        later = ProposalChange.objects.filter(reading=reading, undone_at__isnull=True, id__gt=change.pk)
        if later.filter(touched__overlap=change.touched).exists():
            raise Refused("Dòng này đã được người khác sửa tiếp, không hoàn tác được nữa.")
        rows = ProposedTask.objects.select_for_update().filter(pk__in=change.touched).order_by("id")
        _restore(list(rows), change)
        change.undone_at = at
        change.save(update_fields=["undone_at"])
    return change


def _restore(rows: list[ProposedTask], change: ProposalChange) -> None:
    if any(row.state == State.ASSIGNED for row in rows):
        raise WrongState("Dòng này đã giao thành nhiệm vụ, không hoàn tác được nữa.")
    made = set(change.made)
    for row in rows:
        for name, old in change.before.get(str(row.pk), {}).items():
            setattr(row, name, old)
        if row.pk in made:
            row.state, row.reason = State.DROPPED, f"Hoàn tác: {change.label}"
            row.merged_into_id = row.split_from_id
    _write(rows, {name for old in change.before.values() for name in old} | {"state", "reason", "merged_into_id"})


def _kept(row: ProposedTask) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: old for name, old in before.items() if after[name] != old}


def _write(rows: list[ProposedTask], names: set[str]) -> None:
    if rows and names:
        ProposedTask.objects.bulk_update(rows, sorted(name.removesuffix("_id") for name in names), batch_size=200)
