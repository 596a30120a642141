"""A scan that lies askew, and the straightened page on which it is read. Pure.

Lines, columns and tables are found on the straightened page; what was found is put back where it stands.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from congso.kernel.files.reading.pages.words import Drawn
from congso.lib.layout import Block, Box, Line, Place, Table

_WORTH_IT = 0.12  # degrees
_MOST = 6.0
_LONG = 150.0  # points of a line to judge by
_ENOUGH = 3  # such lines


@dataclass(frozen=True, slots=True)
class Turn:
    """By how many degrees lines fall to the right, and the middle of the page."""

    degrees: float
    middle: tuple[float, float]

    def __bool__(self) -> bool:
        return abs(self.degrees) > _WORTH_IT

    def straightened(self, drawn: Drawn) -> Drawn:
        """The word on the straightened page."""
        return replace(drawn, word=replace(drawn.word, box=self._moved(drawn.word.box, -self.degrees)))

    def line_back(self, line: Line) -> Line:
        """The line where it stands on the page."""
        return Line(tuple(replace(word, box=self._moved(word.box, self.degrees)) for word in line.words))

    def block_back(self, block: Block) -> Block:
        """The block, and the cells of a table, where they stand on the page."""
        place = self._place_back(block.place)
        if not isinstance(block, Table):
            return replace(block, place=place)
        cells = tuple(replace(cell, place=self._place_back(cell.place)) for cell in block.cells)
        return replace(block, place=place, cells=cells)

    def _place_back(self, place: Place | None) -> Place | None:
        if place is None or place.box is None:
            return place
        return Place(place.page, self._moved(place.box, self.degrees))

    def _moved(self, box: Box, degrees: float) -> Box:
        """The box, as large as it was, around its middle's new place."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x, y = (box.left + box.right) / 2 - self.middle[0], (box.top + box.bottom) / 2 - self.middle[1]
        across = self.middle[0] + cosine * x - sine * y - box.width / 2
        down = self.middle[1] + sine * x + cosine * y - box.height / 2
        return Box(across, down, across + box.width, down + box.height)


def turn_of(drawn: Sequence[Drawn], middle: tuple[float, float]) -> Turn | None:
    """Judged by the long lines the recogniser wrote, by the majority of their length; None with too few."""
    found = sorted(_falls(drawn))
    if len(found) < _ENOUGH:
        return None
    half, passed = sum(length for _, length in found) / 2, 0.0
    for degrees, length in found:
        passed += length
        if passed >= half:
            return Turn(degrees if abs(degrees) < _MOST else 0.0, middle)
    return None


def _falls(drawn: Sequence[Drawn]) -> Iterator[tuple[float, float]]:
    first = last = None
    for one in (*drawn, None):
        box = one.word.box if one and one.is_level else None
        if box and last and first and _goes_on(last, box):
            last = box
            continue
        if first and last and last.right - first.left > _LONG:
            across = (last.left + last.right - first.left - first.right) / 2
            down = (last.top + last.bottom - first.top - first.bottom) / 2
            yield math.degrees(math.atan2(down, across)), across
        first = last = box


def _goes_on(last: Box, box: Box) -> bool:
    overlap = min(box.bottom, last.bottom) - max(box.top, last.top)
    return overlap > 0.5 * min(box.height, last.height) and -1 < box.left - last.right < 2 * box.height
