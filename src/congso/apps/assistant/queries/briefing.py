"""What a leader should look at: from the spine alone, whatever systems there are, under her own rights."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from congso.apps.assistant.rules.briefing import Proposed, Theme, Work, directions_for, late_by_unit, themes_of
from congso.kernel.records.models import Record
from congso.kernel.records.naming import name_as_of_their_day
from congso.kernel.records.types import record_types

DAYS = 7
_MOST_OPEN, _MOST_NEW = 600, 400
_SHOWN = 8


@dataclass(frozen=True)
class Briefing:
    """The parts of the page; records by primary key, so that each part shows its own."""

    day: date
    since: date
    late: list[tuple[str, list[Work]]]
    came: list[tuple[str, int, list[Work]]]
    themes: list[Theme]
    directions: list[Proposed]
    records: dict[int, Record]
    is_cut: bool


def briefing_for(principals: frozenset[int], day: date, *, days: int = DAYS) -> Briefing:
    """Late and due work, what came in during the last days, what repeats across units. Two queries and their names."""
    since = day - timedelta(days=days)
    fields = Record.objects.select_related("owner", "unit")
    due = list(
        fields.filter(closed_at__isnull=True, due_on__lt=day + timedelta(days=4)).order_by("due_on", "pk")[:_MOST_OPEN]
    )
    new = list(fields.filter(opened_on__gt=since, opened_on__lte=day).order_by("-opened_on", "-pk")[:_MOST_NEW])
    records = {record.pk: record for record in name_as_of_their_day({one.pk: one for one in (*due, *new)}.values())}
    mine = {one.pk for one in due if principals & set(one.awaited)}
    works = [_work(records[one.pk], is_mine=one.pk in mine) for one in due]
    fresh = [_work(records[one.pk]) for one in new]
    themes = themes_of(fresh)
    return Briefing(
        day,
        since,
        [(unit, late[:_SHOWN]) for unit, late in late_by_unit(works, day)][:_SHOWN],
        _by_type(new, records),
        themes,
        directions_for(works, themes, day),
        records,
        is_cut=len(due) == _MOST_OPEN or len(new) == _MOST_NEW,
    )


def _work(record: Record, *, is_mine: bool = False) -> Work:
    unit = record.unit or record.owner
    return Work(record.pk, record.title, unit.short_name or unit.name, record.due_on, is_mine)


def _by_type(new: list[Record], records: dict[int, Record]) -> list[tuple[str, int, list[Work]]]:
    labels = {each.key: str(each.label) for each in record_types()}
    counted = Counter(record.type for record in new)
    return [
        (
            labels.get(key, _("Khác")),
            count,
            [_work(records[one.pk]) for one in new if one.type == key][:_SHOWN],
        )
        for key, count in counted.most_common()
    ]
