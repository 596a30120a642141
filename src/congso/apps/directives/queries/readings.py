"""What can be asked about readings: the assigning side's alone, as row-level security has it."""

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from congso.apps.directives.models import DeadlineKind, HandOut, Mention, PlanReading, ProposalChange, ProposedTask
from congso.apps.directives.rules import last_day_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.lib.vietnamese import fold

SURE = 0.8
OPEN = (ProposedTask.State.PROPOSED, ProposedTask.State.CONFIRMED)


def readings() -> QuerySet[PlanReading]:
    """Every reading one may see, newest first, with what lists show."""
    found = PlanReading.objects.select_related("record", "organization__serves", "job", "asked_by")
    return found.order_by("-at", "-id")


def reading_of(pk: int) -> PlanReading:
    """One reading. Raises PlanReading.DoesNotExist."""
    return readings().select_related("previous__record").get(pk=pk)


def readings_with_tasks(organization_ids: Iterable[int]) -> QuerySet[PlanReading]:
    """What an amendment may be compared with: readings of these organizations from which tasks were handed out."""
    given = Count("proposals", filter=Q(proposals__state=ProposedTask.State.ASSIGNED))
    return readings().filter(organization__in=list(organization_ids)).annotate(given=given).filter(given__gt=0)


def proposals_of(reading: PlanReading) -> list[ProposedTask]:
    """All rows of a reading in the document's order, without those joined into others. One query."""
    found = ProposedTask.objects.filter(reading=reading, merged_into__isnull=True)
    return list(found.order_by("position", "id"))


def doubts_about(row: ProposedTask) -> list[str]:
    """Why a person should look at the row; nothing when it is certain."""
    lead = row.led_by
    found = [] if lead.is_resolved else [f"Chủ trì: {lead.reason or 'văn bản không ghi đơn vị chủ trì'}"]
    found += [f"Phối hợp “{one.written}”: {one.reason}" for one in row.supported_by if not one.is_resolved]
    if row.doubt:
        found.append(row.doubt)
    if row.confidence < SURE:
        found.append(f"Máy đọc chưa chắc ({round(row.confidence * 100)}%)")
    return found


def is_unit_unknown(row: ProposedTask) -> bool:
    """Whether some unit of the row was not recognised."""
    return not row.led_by.is_resolved or any(not one.is_resolved for one in row.supported_by)


def is_without_deadline(row: ProposedTask) -> bool:
    """Whether the paper gives it neither day nor period nor schedule."""
    return row.deadline_kind == DeadlineKind.FIXED and last_day_of(row.due) is None


def _needs_look(row: ProposedTask) -> bool:
    return row.state == ProposedTask.State.PROPOSED and bool(doubts_about(row))


def _is_open(row: ProposedTask) -> bool:
    return row.state in OPEN


# What the list can be narrowed to; “all” is everything not dropped.
SHOWING: Mapping[str, Callable[[ProposedTask], bool]] = {
    "all": lambda row: row.state != ProposedTask.State.DROPPED,
    "look": _needs_look,
    "unit": lambda row: _is_open(row) and is_unit_unknown(row),
    "undated": lambda row: _is_open(row) and is_without_deadline(row),
    "confirmed": lambda row: row.state == ProposedTask.State.CONFIRMED,
    "dropped": lambda row: row.state == ProposedTask.State.DROPPED,
    "assigned": lambda row: row.state == ProposedTask.State.ASSIGNED,
}


def organizations_in(rows: Iterable[ProposedTask]) -> dict[int, Organization]:
    """The organizations the rows name, by id. One query."""
    ids = {pk for row in rows for one in (row.led_by, *row.supported_by) for pk in one.organizations}
    return Organization.objects.select_related("serves").in_bulk(ids)


def tasks_made_of(rows: Iterable[ProposedTask]) -> dict[int, list[int]]:
    """The tasks that rows became, by row. One query, none when no row was handed out."""
    given = {row.amends_id or row.pk: row.pk for row in rows if row.state == ProposedTask.State.ASSIGNED}
    found: dict[int, list[int]] = {}
    pairs = HandOut.objects.filter(proposal__in=given).order_by("id").values_list("proposal_id", "task_id")
    for row_id, task_id in pairs if given else ():
        found.setdefault(given[row_id], []).append(task_id)
    return found


def assigned_rows(reading: PlanReading) -> list[ProposedTask]:
    """The rows of a reading that are tasks, by it or by a reading before it. One query."""
    found = ProposedTask.objects.filter(reading=reading, state=ProposedTask.State.ASSIGNED)
    return list(found.order_by("position", "id"))


def last_change_by(reading: PlanReading, by: Actor) -> ProposalChange | None:
    """What the person would undo next."""
    mine = ProposalChange.objects.filter(reading=reading, by_id=by.person_id, undone_at__isnull=True)
    return mine.order_by("-id").first()


def in_words(mention: Mention, units: Mapping[int, Organization]) -> str:
    """A unit by its name, a group by its own, what is not recognised as the paper writes it."""
    if mention.is_group:
        return mention.group or mention.written
    found = units.get(mention.organizations[0]) if mention.is_resolved else None
    return found.name if found else mention.written


def same_words(one: str, other: str) -> bool:
    """Whether two units are written alike, but for accents, case and spaces."""
    return fold(one).lower().split() == fold(other).lower().split()
