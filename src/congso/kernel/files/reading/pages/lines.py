"""Words put into lines, cut where another column begins. Pure."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from congso.kernel.files.reading.pages.words import Drawn
from congso.lib.layout import Box, Line

_SURE_GAP = 1.6  # of the letter height: no justified line parts its words so far
_JUMP_GAP = 0.45  # when what stands beside was drawn at another time
_ODD_GAP = 0.9  # when the other gaps of the line are much smaller
_GUTTER_REACHES, _WIDER = 4.0, 1.5
_NUMBERING = re.compile(r"^(?:[-–+•*●○▪]|(?:\d{1,3}|[a-zđA-ZĐ]|[IVXLC]{1,6})(?:\.\d{1,3}){0,4}[.)/]?)$")
_AFTER_NUMBERING = 4.0  # a tab follows “1.”


def lines_of(drawn: Iterable[Drawn]) -> list[Line]:
    """The lines, from top to bottom, those side by side from left to right; turned writing comes last."""
    level: list[Drawn] = []
    turned: list[Drawn] = []
    for one in drawn:
        (level if one.is_level else turned).append(one)
    lines = _cut_at_gutters([line for chain in _chains(level) for line in cut(chain)])
    lines.sort(key=lambda line: (line.box.bottom, line.box.left))
    return lines + [Line((one.word,)) for one in turned]


def _cut_at_gutters(lines: Sequence[Line]) -> list[Line]:
    """Where two lines stand side by side, a line near them that runs across is cut at the same place."""
    gutters = [
        Box(left.box.right, left.box.top, right.box.left, right.box.bottom)
        for row in rows_of(lines)
        for left, right in pairwise(row)
    ]
    return [part for line in lines for part in _parts(line, gutters)]


def _parts(line: Line, gutters: Sequence[Box]) -> list[Line]:
    box = line.box
    near = [
        gutter
        for gutter in gutters
        if box.left < gutter.left
        and gutter.right < box.right
        and abs(gutter.bottom - box.bottom) < _GUTTER_REACHES * box.height
    ]
    if not near or len(line.words) < 2:
        return [line]
    gaps = [right.box.left - left.box.right for left, right in pairwise(line.words)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    left, right = line.words[widest].box.right, line.words[widest + 1].box.left
    stands_out = gaps[widest] > max(0.35 * box.height, _WIDER * median(gaps))
    if stands_out and any(left < gutter.right and right > gutter.left for gutter in near):
        return [Line(line.words[: widest + 1]), Line(line.words[widest + 1 :])]
    return [line]


def whole_lines(drawn: Iterable[Drawn]) -> list[Line]:
    """The lines of words that stand in one column, from top to bottom, never cut."""
    words = list(drawn)
    level = [Line(tuple(one.word for one in chain)) for chain in _chains([one for one in words if one.is_level])]
    joined = [Line(tuple(word for line in row for word in line.words)) for row in rows_of(level)]
    return joined + [Line((one.word,)) for one in words if not one.is_level]


def seam(text: str) -> str:
    """What stands between a wrapped line and the next: nothing inside “Quý I/2026” or “16-KH/TU”."""
    return "" if text.endswith("/") else " "


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side, from top to bottom; each row from left to right."""
    rows: list[tuple[Box, list[Line]]] = []
    for line in sorted(lines, key=lambda line: line.box.top + line.box.bottom):
        box = line.box
        if rows and min(box.bottom, rows[-1][0].bottom) - max(box.top, rows[-1][0].top) > 0.5 * min(
            box.height, rows[-1][0].height
        ):
            rows[-1][1].append(line)
        else:
            rows.append((box, [line]))
    return [sorted(row, key=lambda line: line.box.left) for _box, row in rows]


def _chains(drawn: Sequence[Drawn]) -> list[list[Drawn]]:
    """Each word follows the nearest one on its left that stands on the same height, if it is near enough."""
    closed: list[list[Drawn]] = []
    ends: list[list[Drawn]] = []
    for one in sorted(drawn, key=lambda one: one.word.box.left):
        box = one.word.box
        still_open: list[list[Drawn]] = []
        best: tuple[float, list[Drawn]] | None = None
        for chain in ends:
            last = chain[-1].word.box
            gap, reach = box.left - last.right, _AFTER_NUMBERING * max(last.height, 1.0)
            if gap > reach:
                closed.append(chain)
                continue
            still_open.append(chain)
            if gap > -0.5 * last.height and _is_beside(box, last) and (best is None or gap < best[0]):
                best = (gap, chain)
        if best is None:
            still_open.append([one])
        else:
            best[1].append(one)
        ends = still_open
    return closed + ends


def _is_beside(box: Box, other: Box) -> bool:
    overlap = min(box.bottom, other.bottom) - max(box.top, other.top)
    return overlap > 0.5 * max(0.6 * max(box.height, other.height), min(box.height, other.height))


def cut(row: Sequence[Drawn]) -> list[Line]:
    """Words from left to right on one height as one line, or several where another column begins."""
    gaps = [right.word.box.left - left.word.box.right for left, right in pairwise(row)]
    lines: list[list[Drawn]] = [[row[0]]]
    for place, (left, right) in enumerate(pairwise(row)):
        if _is_column_gap(place, gaps, left, right, is_first=len(lines[-1]) == 1):
            lines.append([right])
        else:
            lines[-1].append(right)
    return [Line(tuple(one.word for one in line)) for line in lines]


def _is_column_gap(place: int, gaps: Sequence[float], left: Drawn, right: Drawn, *, is_first: bool) -> bool:
    size = min(max(left.word.box.height, 1.0), max(right.word.box.height, 1.0))
    gap = gaps[place]
    if is_first and _NUMBERING.match(left.word.text) and gap < _AFTER_NUMBERING * size:
        return False
    others = [other for index, other in enumerate(gaps) if index != place and other < _SURE_GAP * size]
    usual = median(others) if others else 0.3 * size
    if len(gaps) > 3 and gap < 1.5 * median(gaps) and max(gaps) < 2 * median(gaps):
        return False  # a line spread out to both margins
    if right.order != left.order + 1 and gap > max(_JUMP_GAP * size, 1.3 * usual):
        return True
    return gap > _SURE_GAP * size or gap > max(_ODD_GAP * size, 2.5 * usual)
