"""Figures about records for those who administer organizations and see no record by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Work:
    """Open records by type (counted up to `MOST_COUNTED`) and the last number of each series, by series and period."""

    open_records: dict[str, int] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)


def work_of(organizations: Iterable[int]) -> Work:
    """What lies with these organizations. Only for who administers every one of them; the database refuses others."""
    work = Work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM congso.work_of(%s)", [list(organizations)])
        for kind, name, figure in cursor.fetchall():
            (work.open_records if kind == "open" else work.series)[name] = figure
    return work
