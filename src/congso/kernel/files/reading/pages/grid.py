"""From ruled lines to the cells of tables. Pure; the same for lines drawn in a PDF and lines found in a scan.

Lines that cross or touch belong together. Their heights and sides make a grid; positions without a line
between them are one cell, made rectangular, so every position is held by exactly one cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from congso.lib.layout import Box

_MOST_RULES = 4_000
_MOST_POSITIONS = 20_000
_MOST_ROUNDS = 50
_COVERED = 0.6  # of a cell's side must be drawn to part it from the next
_SMALLEST = 5.0  # points: rows and columns closer than that are one line drawn twice


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: level at height `at` from `start` to `end`, or upright at `at`. In points."""

    is_level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rectangle of positions; the ends are not included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines' places and the cells between them, row by row."""

    heights: tuple[float, ...]
    sides: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        return Box(self.sides[0], self.heights[0], self.sides[-1], self.heights[-1])

    def box_of(self, cell: GridCell) -> Box:
        """Where a cell stands."""
        return Box(self.sides[cell.left], self.heights[cell.top], self.sides[cell.right], self.heights[cell.bottom])


def grids_of(rules: Iterable[Rule], *, reach: float) -> list[Grid]:
    """The tables, from top to bottom; `reach` is how far apart lines that should touch may end, in points.

    A box of one column is a frame around text and no table, nor is what stands inside a cell of another.
    """
    rules = list(rules)
    level = merged([rule for rule in rules if rule.is_level], reach)
    upright = merged([rule for rule in rules if not rule.is_level], reach)
    if len(level) + len(upright) > _MOST_RULES:
        return []  # a drawing
    found = [grid for group in _groups(level, upright, reach) if (grid := _grid(group, reach))]
    found.sort(key=lambda grid: (grid.heights[0], grid.sides[0]))
    return [grid for grid in found if not any(_is_inside(grid.box, other.box) for other in found if other is not grid)]


def _is_inside(box: Box, other: Box) -> bool:
    return (
        box.left > other.left - 1
        and box.top > other.top - 1
        and box.right < other.right + 1
        and box.bottom < other.bottom + 1
    )


def merged(rules: Sequence[Rule], reach: float) -> list[Rule]:
    """Pieces of one line put together, whose ends are no farther apart than `reach`."""
    whole: list[Rule] = []
    for bundle in _bundles(rules):
        bundle.sort(key=lambda rule: rule.start)
        piece, end = [bundle[0]], bundle[0].end
        for rule in bundle[1:]:
            if rule.start > end + reach:
                whole.append(_joined(piece))
                piece = []
            piece.append(rule)
            end = max(end, rule.end) if len(piece) > 1 else rule.end
        whole.append(_joined(piece))
    return whole


def _bundles(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines at almost one place."""
    bundles: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if bundles and rule.at - bundles[-1][0].at < _SMALLEST / 2:
            bundles[-1].append(rule)
        else:
            bundles.append([rule])
    return bundles


def _joined(pieces: Sequence[Rule]) -> Rule:
    length = sum(rule.end - rule.start for rule in pieces)
    at = sum(rule.at * (rule.end - rule.start) for rule in pieces) / length if length else pieces[0].at
    start, end = min(rule.start for rule in pieces), max(rule.end for rule in pieces)
    return Rule(pieces[0].is_level, at, start, end)


def _groups(level: Sequence[Rule], upright: Sequence[Rule], reach: float) -> list[list[Rule]]:
    """Lines that cross or touch one another, directly or through others."""
    rules = [*level, *upright]
    joined = _Union(len(rules))
    for one, across in enumerate(level):
        for other, down in enumerate(upright, len(level)):
            if (
                across.start - reach <= down.at <= across.end + reach
                and down.start - reach <= across.at <= down.end + reach
            ):
                joined.unite(one, other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(joined.find(index), []).append(rule)
    return list(groups.values())


class _Union:
    """Which of so many things belong together."""

    def __init__(self, count: int) -> None:
        self._leads = list(range(count))

    def find(self, one: int) -> int:
        while self._leads[one] != one:
            self._leads[one] = self._leads[self._leads[one]]
            one = self._leads[one]
        return one

    def unite(self, one: int, other: int) -> bool:
        """False when they belonged together already."""
        first, second = self.find(one), self.find(other)
        self._leads[max(first, second)] = min(first, second)
        return first != second


def _grid(rules: Sequence[Rule], reach: float) -> Grid | None:
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    if not level or not upright:
        return None
    heights, sides = _places(level, upright), _places(upright, level)
    positions = (len(heights) - 1) * (len(sides) - 1)
    if not 2 <= positions <= _MOST_POSITIONS or len(sides) < 3:
        return None
    cells = _cells(heights, sides, level, upright)
    return _without_unused(heights, sides, cells) if cells else None


def _places(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where the lines of one direction stand; an open edge ends where most crossing lines end."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] >= _SMALLEST:
            places.append(at)
    starts, ends = sorted(rule.start for rule in crossing), sorted(rule.end for rule in crossing)
    if len(crossing) > 1 and starts[1] < places[0] - 2 * _SMALLEST:
        places.insert(0, starts[1])
    if len(crossing) > 1 and ends[-2] > places[-1] + 2 * _SMALLEST:
        places.append(ends[-2])
    return places


def _cells(
    heights: Sequence[float], sides: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> list[GridCell] | None:
    rows, columns = len(heights) - 1, len(sides) - 1
    below = [_covered(level, heights[row + 1], sides) for row in range(rows)]
    beside = [_covered(upright, sides[column + 1], heights) for column in range(columns)]
    joined = _Union(rows * columns)
    for row in range(rows):
        for column in range(columns):
            position = row * columns + column
            if column + 1 < columns and not beside[column][row]:
                joined.unite(position, position + 1)
            if row + 1 < rows and not below[row][column]:
                joined.unite(position, position + columns)
    return _rectangles(joined, rows, columns)


def _covered(rules: Sequence[Rule], at: float, places: Sequence[float]) -> list[bool]:
    """Of each stretch between two places, whether a line at `at` covers most of it."""
    near = [rule for rule in rules if abs(rule.at - at) < _SMALLEST]
    return [
        sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near) > _COVERED * (end - start)
        for start, end in pairwise(places)
    ]


def _rectangles(joined: _Union, rows: int, columns: int) -> list[GridCell] | None:
    """Positions that belong together, widened until each is a rectangle; None when that does not end soon."""
    for _ in range(_MOST_ROUNDS):
        found: dict[int, list[int]] = {}
        for row in range(rows):
            for column in range(columns):
                held = found.setdefault(joined.find(row * columns + column), [row, column, row, column])
                held[1], held[2], held[3] = min(held[1], column), row, max(held[3], column)
        changed = False
        for lead, (top, left, bottom, right) in found.items():
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    changed = joined.unite(lead, row * columns + column) or changed
        if not changed:
            return [GridCell(top, left, bottom + 1, right + 1) for top, left, bottom, right in found.values()]
    return None


def _without_unused(heights: Sequence[float], sides: Sequence[float], cells: Sequence[GridCell]) -> Grid | None:
    """Places at which no cell ends are not part of the grid."""
    rows = sorted({cell.top for cell in cells} | {cell.bottom for cell in cells})
    columns = sorted({cell.left for cell in cells} | {cell.right for cell in cells})
    if len(columns) < 3:
        return None
    row_at = {old: new for new, old in enumerate(rows)}
    column_at = {old: new for new, old in enumerate(columns)}
    kept = [
        GridCell(row_at[cell.top], column_at[cell.left], row_at[cell.bottom], column_at[cell.right]) for cell in cells
    ]
    kept.sort(key=lambda cell: (cell.top, cell.left))
    return Grid(tuple(heights[row] for row in rows), tuple(sides[column] for column in columns), tuple(kept))
