"""The places of a printed paper, from the destinations its anchors became, else from its words.

Runs in the guarded child only. Boxes are points from the lower left of the page, pages count from 0.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from congso.kernel.composing import anchors
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.page import read_page
from congso.kernel.files.reading.pdf import open_pdf
from congso.lib.layout import Box, Line, Page, Word

_ASCENT = 0.891  # of the size: from a line's top to its base line, in Times New Roman
_BASE = 0.2  # of the size: where signing.filling puts the base line above a blank's lower edge
_SIZE = 14.0
_SIGNATURE = (170.0, 39.0)  # points: 480 x 110 px at 203 dpi, as the Party's operations system draws them (office 1.6)
_SEAL = 72.0
_ROOM = 70.0  # of the gap above the name
_OVER_NAME = 1.0
_LOOKED_THROUGH = 40  # pages from the end: annexes may follow the signature
_LEAST_GAP = 28.0
_SLACK = 3.0
_MARGIN = 8.0
_SYMBOL = re.compile(r"[-–/]\s?[^\W\d_][\w\-/]*")
_AUTHORITY = re.compile(r"(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*[A-ZĐÀ-Ỹ]")


@dataclass(frozen=True)
class _Point:
    page: int
    left: float
    top: float


def places_of(path: Path, limits: Limits) -> dict[str, Any]:
    """Plain values for `rendering.PaperPlaces`. Raises Refused."""
    with refusals.whatever_fails("PDF"), open_pdf(path, limits) as document:
        points, pages = _destinations(path), _Pages(document, limits)
        has_blanks = bool(set(anchors.BLANKS.values()) & set(points))
        blanks = _blanks(points, pages) if has_blanks else _blanks_by_words(pages)
        signatures = _signatures(points, pages) or _signatures_by_words(pages)
        count = len(pages)
    found = {blank["name"] for blank in blanks}
    missing = [name for name in ("number", "day", "month") if name not in found]
    return {
        "blanks": blanks,
        "signatures": signatures,
        "missing": missing if signatures else [*missing, "signature"],
        "pages": count,
    }


class _Pages:
    """The pages of a PDF, each read when it is asked for: a long paper has its places on two or three."""

    def __init__(self, document: pdfium.PdfDocument, limits: Limits) -> None:
        self._document, self._limits = document, limits
        self._read: dict[int, Page] = {}

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, index: int) -> Page:
        if index not in self._read:
            page = self._document[index]
            self._read[index] = read_page(page, index + 1, self._limits)[0]
            page.close()
        return self._read[index]


def _destinations(path: Path) -> dict[str, _Point]:
    with pikepdf.open(path) as document:
        named: Any = document.Root.get("/Dests", {})
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}
        found = {}
        for name, target in named.items():
            point = _point(target, numbers) if str(name).startswith("/cs") else None
            if point:
                found[str(name)[1:]] = point
        return found


def _point(target: Any, numbers: Mapping[Any, int]) -> _Point | None:
    """Where a destination leads; None for one that leads nowhere: a file may say what it likes."""
    try:
        return _Point(numbers[target[0].objgen], float(target[2]), float(target[3]))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, pikepdf.PdfError):
        return None


def _blanks(points: Mapping[str, _Point], pages: _Pages) -> list[dict[str, Any]]:
    found = []
    for name, anchor in anchors.BLANKS.items():
        begin, end = points.get(anchor), points.get(anchor + anchors.END)
        if begin is None or end is None or begin.page >= len(pages) or end.left - begin.left < _SLACK:
            continue
        page = pages[begin.page]
        size, base = _row_of(page, begin)
        box = (begin.left, base - _BASE * size, end.left, begin.top)
        if not _has_letters(page, box):
            found.append(_blank(name, box, begin.page, size))
    names = {one["name"] for one in found}
    if "month" in names and "year" not in names:
        found += [one for one in _blanks_by_words(pages) if one["name"] == "year"]
    return found


def _blank(name: str, box: Iterable[float], page: int, size: float) -> dict[str, Any]:
    return {"name": name, "box": [round(side, 2) for side in box], "page": page, "size": size}


def _row_of(page: Page, point: _Point) -> tuple[float, float]:
    """Size and base line of the letters that stand just left of the blank."""
    top = page.height - point.top
    beside = [
        word
        for line in page.lines
        for word in line.words
        if word.box.right <= point.left + _SLACK
        and word.box.top - _SLACK <= top + _SIZE / 2 <= word.box.bottom + _SLACK
        and word.size
    ]
    nearest = max(beside, key=lambda word: word.box.right, default=None)
    if nearest is None:
        return _SIZE, point.top - _ASCENT * _SIZE
    return round(nearest.size * 2) / 2, page.height - nearest.box.top - _ASCENT * nearest.size


def _has_letters(page: Page, box: tuple[float, float, float, float]) -> bool:
    left, low, right, high = box
    top, bottom = page.height - high, page.height - low
    middle = (top + bottom) / 2
    return any(
        word.box.left < right - 1 and word.box.right > left + 1 and word.box.top < middle < word.box.bottom
        for line in page.lines
        for word in line.words
    )


def _signatures(points: Mapping[str, _Point], pages: _Pages) -> list[dict[str, Any]]:
    found = []
    for name, point in points.items():
        for beginning, has_seal in ((anchors.SEAL, True), (anchors.SIGNATURE, False)):
            if name.startswith(beginning) and point.page < len(pages):
                page = pages[point.page]
                room = (_middle_of_name(page, point), point.top + _OVER_NAME, point.top + _OVER_NAME + _ROOM)
                found.append(_signature(name.removeprefix(beginning), page, room, has_seal=has_seal))
    return sorted(found, key=lambda one: (one["page"], one["signature"][0]))


def _middle_of_name(page: Page, point: _Point) -> float:
    """The anchor stands before the name; the signature goes over its middle."""
    top = page.height - point.top
    words = [
        word for line in page.lines for word in line.words
        if word.box.left >= point.left - _SLACK and word.box.top - _SLACK <= top + _SIZE / 2 <= word.box.bottom + _SLACK
    ]  # fmt: skip
    return (point.left + max((word.box.right for word in words), default=point.left)) / 2


def _signature(
    key: str, page: Page, room: tuple[float, float, float], *, has_seal: bool, seal_side: float = _SEAL
) -> dict[str, Any]:
    """`room`: the middle from the left, the lower and the upper edge of what is free."""
    middle, low, high = room
    width, height = _SIGNATURE
    width = min(width, 2 * (page.width - _MARGIN - middle), 2 * (middle - _MARGIN))
    centre = (low + high) / 2
    height = min(height, high - low)
    left = middle - width / 2
    box = (left, centre - height / 2, left + width, centre + height / 2)
    # The seal covers about the left third of the signature (05-HD/VPTW).
    side = min(seal_side, max(high - low, height))
    right = left + width / 3
    seal = (max(_MARGIN, right - side), centre - side / 2, max(_MARGIN, right - side) + side, centre + side / 2)
    return {
        "key": key,
        "page": page.number - 1,
        "signature": [round(value, 2) for value in box],
        "seal": [round(value, 2) for value in seal] if has_seal else None,
    }


def _blanks_by_words(pages: _Pages) -> list[dict[str, Any]]:
    """Papers made elsewhere: the gaps left in “Số …-KH/TU” and “ngày … tháng … năm …” of page one."""
    page = pages[0]
    rows = _rows(page, lambda word: word.box.top < page.height / 3)
    return [*_number_gap(page, rows), *_date_gaps(page, rows)]


def _rows(page: Page, chosen: Any) -> list[list[Word]]:
    """Words of the page on one base line each, left to right, columns together."""
    words = sorted(
        (w for line in page.lines for w in line.words if chosen(w)), key=lambda w: (w.box.bottom, w.box.left)
    )
    rows: list[list[Word]] = []
    for word in words:
        if rows and abs(rows[-1][0].box.bottom - word.box.bottom) < _SLACK:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.box.left) for row in rows]


def _number_gap(page: Page, rows: Sequence[Sequence[Word]]) -> list[dict[str, Any]]:
    for row in rows:
        for label, symbol in pairwise(row):
            if label.text.rstrip(":") in {"Số", "SỐ"} and _SYMBOL.fullmatch(symbol.text):
                return _gap(page, "number", label, symbol)
    return []


def _date_gaps(page: Page, rows: Sequence[Sequence[Word]]) -> list[dict[str, Any]]:
    for row in rows:
        texts = [word.text.lower() for word in row]
        if "ngày" in texts and "tháng" in texts and "năm" in texts:
            day, month, year = row[texts.index("ngày")], row[texts.index("tháng")], row[texts.index("năm")]
            after = next((word for word in row if word.box.left > year.box.left), None)
            found = [
                blank
                for name, left, right in (("day", day, month), ("month", month, year))
                if row.index(right) == row.index(left) + 1
                for blank in _gap(page, name, left, right)
            ]
            return found if after else [*found, _open_gap(page, year)]
    return []


def _gap(page: Page, name: str, left: Word, right: Word) -> list[dict[str, Any]]:
    size = left.size or _SIZE
    if right.box.left - left.box.right < size:
        return []
    return [_blank(name, _between(page, left, right.box.left - 1), page.number - 1, round(size * 2) / 2)]


def _open_gap(page: Page, year: Word) -> dict[str, Any]:
    size = year.size or _SIZE
    return _blank("year", _between(page, year, year.box.right + 2.6 * size), page.number - 1, round(size * 2) / 2)


def _between(page: Page, left: Word, until: float) -> tuple[float, float, float, float]:
    size = left.size or _SIZE
    base = page.height - left.box.top - _ASCENT * size
    low = base - _BASE * size
    return left.box.right + 1, low, until, low + 1.1 * size


def _signatures_by_words(pages: _Pages) -> list[dict[str, Any]]:
    """The free room below each authority line of the last page that has one."""
    for index in range(len(pages) - 1, max(-1, len(pages) - 1 - _LOOKED_THROUGH), -1):
        page = pages[index]
        heads = [line for line in page.lines if _AUTHORITY.match(line.text)]
        found = [one for number, line in enumerate(heads, 1) if (one := _below(page, line, str(number)))]
        if found:
            return found
    return []


def _below(page: Page, head: Line, key: str) -> dict[str, Any] | None:
    middle = (head.box.left + head.box.right) / 2
    above: Box = head.box
    for line in sorted(page.lines, key=lambda one: one.box.top):
        box = line.box
        if box.top <= above.top or not box.left - _MARGIN < middle < box.right + _MARGIN:
            continue
        if box.top - above.bottom >= _LEAST_GAP:
            room = (middle, page.height - box.top, page.height - above.bottom)
            return _signature(key, page, room, has_seal=True)
        above = box
    return None
