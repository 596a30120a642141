"""The texts a summary stands on: of a record, of a dossier's papers, of a period's reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congso.apps.assistant.queries.reading import Material, material_of
from congso.kernel.records.models import Link, Record

MOST_PAPERS = 20
REPORTS = "report"


@dataclass(frozen=True)
class Matter:
    """What is summed up: the records, how many more there are than were read, and their texts."""

    records: tuple[Record, ...]
    left_out: int
    material: Material


def record_of(pk: int) -> Record:
    """A record the actor sees. Raises Record.DoesNotExist."""
    found: Record = Record.objects.select_related("owner").get(pk=pk)
    return found


def matter_of(record: Record) -> Matter:
    """The record's own text; of a dossier, the texts of its papers."""
    filed = list(
        Link.objects.filter(target_id=record.pk, kind=Link.Kind.DOSSIER)
        .order_by("pk")
        .values_list("source_id", flat=True)
    )
    ids = [record.pk, *filed]
    return _matter(ids)


def reports_of(first: date, last: date) -> Matter:
    """Reports of a period, newest first: what the reporting system keeps, and papers whose title says “Báo cáo”."""
    within = Record.objects.filter(opened_on__gte=first, opened_on__lte=last).exclude(state="withdrawn")
    kept = list(within.filter(type=REPORTS).order_by("-opened_on", "-pk").values_list("pk", flat=True)[:200])
    papers = within.filter(title__istartswith="báo cáo").exclude(type=REPORTS)
    ids = [*kept, *papers.order_by("-opened_on", "-pk").values_list("pk", flat=True)[:200]]
    return _matter(ids)


def _matter(ids: Sequence[int]) -> Matter:
    taken = list(ids)[:MOST_PAPERS]
    material = material_of(taken)
    seen = tuple(material.records[pk] for pk in taken if pk in material.records)
    return Matter(seen, max(0, len(ids) - MOST_PAPERS), material)
