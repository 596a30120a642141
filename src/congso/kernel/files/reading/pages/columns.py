"""The order in which lines are read where columns stand side by side. Pure.

A page is read from top to bottom. Where columns face each other (the header; recipients and signature) the
left one is read whole before the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from congso.kernel.files.reading.pages.lines import rows_of
from congso.lib.layout import Box, Line

_PAUSE = 3.0  # line heights a column may leave free
_SIGNATURE = 9.0  # line heights between a post and the name below it
_ALIGNED = 8.0  # points
_FIRST_ROWS = 4
_RECIPIENTS = ("Nơi nhận", "Nơi gửi")


@dataclass(slots=True)
class Column:
    """Lines below each other; beside others unless it takes the page's whole width."""

    lines: list[Line] = field(default_factory=list)
    is_beside: bool = False

    @property
    def box(self) -> Box:
        return Box.around(line.box for line in self.lines)


def in_reading_order(lines: Sequence[Line]) -> list[Column]:
    """The lines of a page, or of the part of it between tables, as columns in reading order."""
    done: list[Column] = []
    band: list[Column] = []
    for row in rows_of(lines):
        if len(row) == 1:
            column = _column_of(row[0], band)
            if column is None:
                done, band = done + band, []
                _plain(done).lines.append(row[0])
            else:
                column.lines.append(row[0])
        elif not _continues(row, band):
            done += band
            band = _begun(row, done)
    return [column for column in done + band if column.lines]


def _plain(done: list[Column]) -> Column:
    if not done or done[-1].is_beside:
        done.append(Column())
    return done[-1]


def _begun(row: Sequence[Line], done: list[Column]) -> list[Column]:
    """New columns, with the lines above that already belonged to one of them."""
    band = [Column([line], is_beside=True) for line in row]
    above = done[-1] if done and not done[-1].is_beside else None
    while above and above.lines:
        line = above.lines[-1]
        is_first = len(done) == 1 and len(above.lines) <= _FIRST_ROWS
        column = _column_of(line, band, above=True) if is_first or line.text.startswith(_RECIPIENTS) else None
        if column is None:
            break
        column.lines.insert(0, above.lines.pop())
    return band


def _continues(row: Sequence[Line], band: list[Column]) -> bool:
    """Put each line of the row into a column of its own below it; false when that cannot be done."""
    columns = [_column_of(line, band) for line in row]
    if any(column is None for column in columns) or len({id(column) for column in columns}) != len(row):
        return False
    for line, column in zip(row, columns, strict=True):
        if column:
            column.lines.append(line)
    return True


def _column_of(line: Line, band: list[Column], *, above: bool = False) -> Column | None:
    """The column that the line goes on: below it, in line with it, and clear of the others."""
    box = line.box
    touched = [column for column in band if column.box.left < box.right and column.box.right > box.left]
    if len(touched) != 1:
        return None
    column = touched[0]
    held = column.box
    distance = (held.top - box.bottom if above else box.top - held.bottom) / max(box.height, 1.0)
    bottom = max(other.box.bottom for other in band)
    if not above and distance > _PAUSE and box.top < bottom + _PAUSE * box.height:
        distance = min(distance, _PAUSE)  # the column beside it goes on meanwhile
    is_inside = held.left - 1 <= box.left and box.right <= held.right + 1
    middle = (box.left + box.right) / 2
    is_centred = abs(middle - (held.left + held.right) / 2) < _ALIGNED
    is_aligned = any(abs(other.box.left - box.left) < _ALIGNED for other in column.lines)
    if distance <= _PAUSE:
        return column if is_inside or is_centred or is_aligned else None
    return column if distance <= _SIGNATURE and (is_inside or is_centred) and not above else None
