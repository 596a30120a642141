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
_NUMBERING = re.compile(r"^(?:[-–+•*●○▪]|(?:\d{1,3}|[a-zđA-ZĐ]|[IVXLC]{1,6})(?:\.\d{1,3}){0,4}[.)/]?)$")
_AFTER_NUMBERING = 4.0  # a tab follows “1.”


def lines_of(drawn: Iterable[Drawn]) -> list[Line]:
    """The lines, from top to bottom, those side by side from left to right; turned writing comes last."""
    level: list[Drawn] = []
    turned: list[Drawn] = []
    for one in drawn:
        (level if one.is_level else turned).append(one)
    lines = [line for chain in _chains(level) for line in cut(chain)]
    lines.sort(key=lambda line: (line.box.bottom, line.box.left))
    return lines + [Line((one.word,)) for one in turned]


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
