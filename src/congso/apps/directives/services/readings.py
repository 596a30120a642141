"""Asking the machine to read a document, and keeping what it found."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.directives.flow import assigner_principals
from congso.apps.directives.models import Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import assigned_rows
from congso.apps.directives.rules import is_day_or_year, kind_of_deadline
from congso.apps.directives.services.comparing import pair_with_earlier
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import queue_job, retry_job, stop_job
from congso.kernel.journal.services import write_entry
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import NotYours, Refused
from congso.lib.layout import Place

READ_PLAN = "directives.read_plan"  # the work in jobs.py
PER_INSERT = 200


def start_reading(
    record: Record, *, organization: Organization, by: Actor, at: datetime, previous: PlanReading | None = None
) -> PlanReading:
    """Have the document's tasks read in the organization's name; a reading still under way is given back instead.

    Raises NotYours when the actor may not assign for it.
    """
    if by.person_id is None or not current_principals() & assigner_principals(organization):
        raise NotYours(f"Bạn không có quyền giao nhiệm vụ thay mặt {organization.name}.")
    try:
        with transaction.atomic():
            return _start(record, organization, by=by, at=at, previous=previous)
    except IntegrityError:  # pressed twice, or two people at once
        return PlanReading.objects.get(record_id=record.pk, organization=organization, state="reading")


def _start(
    record: Record, organization: Organization, *, by: Actor, at: datetime, previous: PlanReading | None
) -> PlanReading:
    who = title_of(by.id, timezone.localdate(at))
    reading = PlanReading.objects.create(
        record_id=record.pk, organization=organization, asked_by_id=by.id, asked_label=who, at=at, previous=previous
    )
    label = f"Đọc nhiệm vụ từ {record.number or record.title}"
    reading.job = queue_job(READ_PLAN, label=label, by=by, at=at, arguments={"reading_id": reading.pk})
    reading.save(update_fields=["job"])
    write_entry(
        act="task.read_plan", actor=str(by), actor_label=who, at=at, organization_id=organization.pk,
        record_id=record.pk, facts={"reading": reading.pk},
    )  # fmt: skip
    return reading


def stop_reading(reading: PlanReading) -> None:
    """Ask the work to stop; nothing was stored yet. What still waits is over at once."""
    if reading.job is None:
        return
    stop_job(reading.job)
    if reading.job.state == Job.State.WAITING:
        fail_reading(reading, message="Đã dừng theo yêu cầu. Chưa có gì được lưu.")


def read_again(reading: PlanReading, *, by: Actor, at: datetime) -> None:
    """Try a failed or stopped reading again. Only who asked for it can: others start their own."""
    if reading.job is None or reading.state not in (PlanReading.State.READING, PlanReading.State.FAILED):
        raise Refused("Lần đọc này đã xong.")
    retry_job(reading.job, by=by, at=at)
    PlanReading.objects.filter(pk=reading.pk, job__state=Job.State.WAITING).update(
        state=PlanReading.State.READING, message=""
    )


def fail_reading(reading: PlanReading, *, message: str) -> None:
    """The document could not be read; the message says why and how to go on."""
    unread = PlanReading.objects.filter(pk=reading.pk, read_at__isnull=True)
    unread.update(state=PlanReading.State.FAILED, message=message[:1000])


@transaction.atomic
def store_proposals(
    reading: PlanReading,
    proposals: Sequence[TaskProposal],
    *,
    resolve: Callable[[str], Mention],
    pages: Sequence[Sequence[Any]],
    engine_note: str,
    at: datetime,
) -> int:
    """Keep what was read, once: a second run of the job finds it done. Returns how many rows were stored."""
    held = PlanReading.objects.select_for_update().filter(pk=reading.pk, read_at__isnull=True).first()
    if held is None:
        return 0
    known: dict[str, Mention] = {}

    def named(written: str) -> Mention:
        if written not in known:
            known[written] = resolve(written) if written.strip() else Mention("")
        return known[written]

    rows = [_row(held, place, one, named) for place, one in enumerate(proposals, start=1)]
    if held.previous is not None:
        pair_with_earlier(rows, assigned_rows(held.previous))
    ProposedTask.objects.bulk_create(rows, batch_size=PER_INSERT)
    held.state, held.read_at, held.message = PlanReading.State.READY, at, ""
    held.pages, held.engine_note = [list(page) for page in pages], engine_note[:500]
    held.save(update_fields=["state", "read_at", "message", "pages", "engine_note"])
    return len(rows)


def _row(reading: PlanReading, place: int, read: TaskProposal, named: Callable[[str], Mention]) -> ProposedTask:
    recurrence = read.recurrence.value if read.recurrence else ""
    start, due = (day if is_day_or_year(day) else "" for day in (read.start, read.due))
    kind = kind_of_deadline(due, recurrence, read.schedule_text)
    row = ProposedTask(
        reading=reading, position=place, text=read.text[:5000], clause=read.clause[:120], chapter=read.chapter[:200],
        start=start, due=due, deadline_kind=kind, recurrence=recurrence,
        schedule_text=read.schedule_text[:200], product=read.product[:500], confidence=read.confidence,
        no_deadline_reason=read.schedule_text[:300] if kind == "none" else "", doubt=read.doubt[:500],
        places=[_place(one) for one in read.places],
    )  # fmt: skip
    row.name_units(named(read.lead[:500]), (named(one[:500]) for one in _once(read.supporting)))
    return row


def _place(place: Place) -> list[float]:
    box = place.box
    return (
        [place.page, *(round(side, 1) for side in (box.left, box.top, box.right, box.bottom))] if box else [place.page]
    )


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name.strip()))
