"""Words put into the cells of grids. Pure."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from congso.kernel.files.reading.pages.grid import Grid, GridCell
from congso.kernel.files.reading.pages.lines import seam, whole_lines
from congso.kernel.files.reading.pages.words import Drawn
from congso.lib.layout import Box, Cell, Line, Place, Table

_BEGINS = re.compile(r"^(?:[-–+•*●○▪☐☑]|(?:\d{1,3}|[a-zđ]|[IVXLC]{1,6})[.)]$|\d{1,3}(?:\.\d{1,3}){1,4}\.?$)")
_ENDS = re.compile(r"[.;:]$")
_WALL = re.compile(r"^[|¦\[\]{}!ï¡]{1,2}$")
_ROOM = 0.96  # of a column's width must hold the line and the next word, or the line was full
_MOST_PADDING = 8.0  # points
_AT_WALL = 4.0  # points


@dataclass(frozen=True, slots=True)
class Held:
    """A table with the lines of its cells in reading order, and the words that belong to it."""

    table: Table
    lines: tuple[Line, ...]
    box: Box


@dataclass(slots=True)
class _Filled:
    cell: GridCell
    box: Box
    words: list[Drawn] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def filled(grid: Grid, words: Sequence[Drawn], page: int, *, is_recognised: bool) -> tuple[Held, list[Drawn]] | None:
    """The table with its words, and the words that are not in it; None when it holds none."""
    cells = [_Filled(cell, grid.box_of(cell)) for cell in grid.cells]
    at = {
        (row, column): filling
        for filling in cells
        for row in range(filling.cell.top, filling.cell.bottom)
        for column in range(filling.cell.left, filling.cell.right)
    }
    outside: list[Drawn] = []
    for one in words:
        box = one.word.box
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        row, column = bisect_right(grid.heights, y) - 1, bisect_right(grid.sides, x) - 1
        filling = at.get((row, column))
        if filling is None:
            outside.append(one)
        elif kept := _without_walls(one, x, filling.box) if is_recognised else one:
            filling.words.append(kept)
    if not any(filling.words for filling in cells):
        return None
    for filling in cells:
        filling.lines = whole_lines(filling.words)
    widths = _widths(cells)
    table = Table(
        rows=len(grid.heights) - 1,
        columns=len(grid.sides) - 1,
        cells=tuple(_cell(filling, page, widths) for filling in cells),
        place=Place(page, grid.box),
    )
    return Held(table, tuple(line for filling in cells for line in filling.lines), grid.box), outside


def looks_like_a_wall(one: Drawn) -> bool:
    """A ruled line that the recogniser took for a letter, alone or before or after a word."""
    return bool(_WALL.match(one.word.text)) or one.word.text.strip("|¦") != one.word.text


def _without_walls(one: Drawn, x: float, box: Box) -> Drawn | None:
    at_side = min(abs(x - box.left), abs(x - box.right)) < _AT_WALL
    if at_side and _WALL.match(one.word.text):
        return None
    text = one.word.text.strip("|¦")
    return replace(one, word=replace(one.word, text=text)) if text else None


def _cell(filling: _Filled, page: int, widths: Mapping[tuple[int, int], float]) -> Cell:
    cell = filling.cell
    return Cell(
        row=cell.top,
        column=cell.left,
        text=text_of(filling.lines, widths.get((cell.left, cell.right), 0.0)),
        row_span=cell.bottom - cell.top,
        column_span=cell.right - cell.left,
        place=Place(page, filling.box),
    )


def _widths(cells: Sequence[_Filled]) -> dict[tuple[int, int], float]:
    """How wide a full line of each column is: the cell less its padding, as its lines keep it."""
    padding: dict[tuple[int, int], float] = {}
    widths: dict[tuple[int, int], float] = {}
    for filling in cells:
        key = (filling.cell.left, filling.cell.right)
        kept = min([line.box.left - filling.box.left for line in filling.lines], default=_MOST_PADDING)
        padding[key] = max(0.0, min(kept, padding.get(key, _MOST_PADDING)))
        widths[key] = filling.box.width
    return {key: width - 2 * padding[key] for key, width in widths.items()}


def text_of(lines: Sequence[Line], width: float) -> str:
    """The lines of a cell, wrapped ones joined by a blank, paragraphs parted by a line break."""
    text = ""
    for index, line in enumerate(lines):
        parted = index and _is_paragraph(lines[index - 1], line, width)
        text += ("\n" if parted else seam(text)) + line.text
    return text.strip()


def _is_paragraph(above: Line, line: Line, width: float) -> bool:
    first = line.words[0]
    if _BEGINS.match(first.text):
        return True
    had_room = above.box.width + 0.25 * line.box.height + first.box.width < _ROOM * width
    return had_room and (first.text[0].isupper() or bool(_ENDS.search(above.text)))
