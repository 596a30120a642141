"""What the columns of a table hold when its header was lost: by what stands in them."""

from collections.abc import Iterable, Sequence

from congso.kernel.papers.tasks.headers import Header, Role, grid_of
from congso.kernel.papers.tasks.marks import mark_of
from congso.kernel.papers.tasks.schedules import read_schedule
from congso.kernel.papers.tasks.units import starts_with_unit
from congso.lib.layout import Table

_FEWEST_ROWS = 3
_MOST = 0.6


def guess_header(tables: Sequence[Table]) -> Header | None:
    """Numbers, then the longest texts, then names of units, then times; None when that does not show."""
    widths = {table.columns for table in tables}
    if len(widths) != 1:
        return None
    rows = [row for table in tables for row in grid_of(table)]
    width = widths.pop()
    if len(rows) < _FEWEST_ROWS or width < 3:
        return None
    columns = [[row[column].text.strip() for row in rows if row[column].column_span == 1] for column in range(width)]
    filled = [[text for text in column if text] for column in columns]
    lengths = [sum(map(len, column)) / len(column) if column else 0.0 for column in filled]
    content = max(range(width), key=lambda column: lengths[column])
    roles = [Role.OTHER] * width
    roles[content] = Role.CONTENT
    for column in range(width):
        texts = filled[column]
        if column == content or not texts:
            continue
        if column < content and _share(mark_of(f"{text.rstrip('.')}. x") is not None for text in texts) > _MOST:
            roles[column] = Role.NUMBER
        elif _share(starts_with_unit(text) for text in texts) > _MOST:
            roles[column] = Role.SUPPORT if Role.LEAD in roles else Role.LEAD
        elif _share(read_schedule(text).is_dated for text in texts) > _MOST:
            roles[column] = Role.TIME
    known = set(roles)
    if not ({Role.NUMBER, Role.LEAD} <= known or {Role.LEAD, Role.TIME} <= known):
        return None
    return Header(0, -1, tuple(roles), ("",) * width)


def _share(held: Iterable[bool]) -> float:
    values = list(held)
    return sum(values) / len(values) if values else 0.0
