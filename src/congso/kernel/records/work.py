"""“Việc của tôi”: every open record of any system that waits for the person, by how near its deadline is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F, QuerySet

from congso.kernel.records.models import Record
from congso.kernel.records.naming import name_as_of_their_day

SHOWN = 200


class Nearness(StrEnum):
    """The groups of the work list, most pressing first."""

    OVERDUE = "Quá hạn"
    TODAY = "Hôm nay"
    THIS_WEEK = "Trong tuần này"
    LATER = "Sau đó"
    OPEN_ENDED = "Chưa đặt hạn"


@dataclass(frozen=True)
class WorkGroup:
    """Records of one nearness."""

    nearness: Nearness
    records: list[Record]


def waiting_for(held: Collection[int]) -> QuerySet[Record]:
    """Open records that wait for somebody with these principals, nearest deadline first."""
    found = Record.objects.filter(awaited__overlap=sorted(held), closed_at__isnull=True)
    return found.order_by(F("due_on").asc(nulls_last=True), "-id")


def nearness_of(due_on: date | None, today: date) -> Nearness:
    """Where a deadline stands on the day; a week ends on Sunday."""
    if due_on is None:
        return Nearness.OPEN_ENDED
    if due_on < today:
        return Nearness.OVERDUE
    if due_on == today:
        return Nearness.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return Nearness.THIS_WEEK if due_on <= sunday else Nearness.LATER


def work_groups(held: Collection[int], today: date) -> list[WorkGroup]:
    """The nearest `SHOWN` records in their groups; groups without records are left out."""
    records = name_as_of_their_day(waiting_for(held).select_related("owner", "unit")[:SHOWN])
    groups = {nearness: WorkGroup(nearness, []) for nearness in Nearness}
    for record in records:
        groups[nearness_of(record.due_on, today)].records.append(record)
    return [group for group in groups.values() if group.records]
