"""What stands on a paper and where, whatever file it came in.

Places are in points (1/72 inch) from the upper left corner of the page, so distances mean the same on every
scan and screen. Born-digital words are certain; recognised ones carry the recogniser's confidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @classmethod
    def around(cls, boxes: Iterable[Self]) -> Self:
        """The smallest box that holds them all; ValueError when there is none."""
        held = list(boxes)
        return cls(
            min(box.left for box in held),
            min(box.top for box in held),
            max(box.right for box in held),
            max(box.bottom for box in held),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a page (from 1) and, when it is known, the box on it."""

    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `confidence` from 0 to 1; `size` in points, 0 when unknown (recognised words)."""

    text: str
    box: Box
    confidence: float = 1.0
    size: float = 0.0
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line of one column, from left to right: header columns and table cells never share a line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return Box.around(word.box for word in self.words)

    @property
    def confidence(self) -> float:
        """That of its least certain word."""
        return min(word.confidence for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: all its lines in reading order, those inside tables too. Sizes in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    is_scan: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 0, a merged cell stands once with its spans."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page (of Word: a whole one). Every position of the grid is held by exactly one cell."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables, its automatic number included (“2.”, “a)”). `indent` in points."""

    text: str
    place: Place | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    size: float = 0.0
    indent: float = 0.0
    confidence: float = 1.0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file: its pages as seen, and its content as blocks in reading order.

    Of a Word file read from its source the pages may be empty; of a scan both come from the recogniser.
    """

    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
