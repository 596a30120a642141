"""A printed paper measured with pdfminer, which has no part in making or reading papers here."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTPage, LTTextLine

MM = 25.4 / 72


@dataclass(frozen=True)
class Measured:
    """One line of letters, in millimetres from the upper left corner; sizes in points."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    sizes: frozenset[float]
    fonts: frozenset[str]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def is_bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def is_italic(self) -> bool:
        return all("Italic" in font for font in self.fonts)


@dataclass(frozen=True)
class Rule:
    """A drawn level line."""

    page: int
    left: float
    right: float
    top: float


def lines(pdf: bytes) -> list[Measured]:
    """All lines, page by page from the top."""
    found: list[Measured] = []
    for number, page in enumerate(_pages(pdf), 1):
        texts = (one for one in _walk(page) if isinstance(one, LTTextLine) and one.get_text().strip())
        found += [_measured(one, page, number) for one in texts]
    return sorted(found, key=lambda one: (one.page, one.top, one.left))


def rules(pdf: bytes) -> list[Rule]:
    """Level lines of borders."""
    return [
        Rule(number, one.x0 * MM, one.x1 * MM, (page.height - one.y1) * MM)
        for number, page in enumerate(_pages(pdf), 1)
        for one in _walk(page)
        if isinstance(one, LTCurve) and one.height < 2 and one.width > 10
    ]


def _pages(pdf: bytes) -> Iterator[LTPage]:
    return extract_pages(BytesIO(pdf), laparams=LAParams(boxes_flow=None, char_margin=1.0))


def _walk(parent: object) -> Iterator[object]:
    for one in parent:  # type: ignore[attr-defined]
        yield one
        if hasattr(one, "__iter__") and not isinstance(one, LTTextLine):
            yield from _walk(one)


def _measured(line: LTTextLine, page: LTPage, number: int) -> Measured:
    letters = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
    return Measured(
        line.get_text().strip().replace("\xa0", " "),
        number,
        min(one.x0 for one in letters) * MM,
        max(one.x1 for one in letters) * MM,
        (page.height - max(one.y1 for one in letters)) * MM,
        (page.height - min(one.y0 for one in letters)) * MM,
        frozenset(round(one.size * 2) / 2 for one in letters),
        frozenset(one.fontname for one in letters),
    )
