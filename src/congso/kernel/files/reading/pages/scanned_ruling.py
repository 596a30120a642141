"""Ruled lines found in the picture of a scanned page. In the guarded child only.

The page is looked at without coloured ink, straightened by its own long lines, and searched for thin dark
structures far longer than a letter's stroke.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.grid import Rule
from congso.kernel.files.reading.pdf import render
from congso.lib.layout import Box

Picture = NDArray[Any]

_DPI = 150
_MOST_PIXELS = 20_000_000  # A3 has 4 million
_THICKEST = 9  # pixels
_LEVEL_LENGTH, _UPRIGHT_LENGTH = 50, 36  # pixels: no letter is drawn so long
_CONTRAST = 14  # grey levels; a faint line on grainy paper
_SMOOTHED = 7  # pixels along the line
_FIRST_LENGTH = 30  # pixels without a gap: letters of a title are 22, smoothed 28
_SOLID_LENGTH = 60  # pixels without a gap: no row of letters, however bold, is drawn so long
_BRIDGED = 25  # pixels of a gap in a line
_TALLEST_WORD, _WIDEST_WORD = 40.0, 250.0  # points
_MOST_TILT = 4.0  # degrees
_ENOUGH = 3  # lines to judge a tilt by


@dataclass(frozen=True, slots=True)
class Scan:
    """The picture of a page, dark lines bright, without coloured ink."""

    dark: Picture

    @classmethod
    def of(cls, page: pdfium.PdfPage, limits: Limits) -> "Scan | None":
        """None for maps and posters: they are too large to be searched."""
        width, height = page.get_size()
        if width * height * (_DPI / 72) ** 2 > _MOST_PIXELS:
            return None
        picture = np.asarray(render(page, width=round(width * _DPI / 72), limits=limits))
        red, green, blue = cv2.split(picture)
        return cls(cv2.bitwise_not(cv2.max(cv2.max(red, green), blue)))  # coloured ink is bright in one channel

    def tilt(self) -> float:
        """Degrees by which its long level lines fall to the right; 0 without such."""
        return _tilt(_level(self.dark))

    def rules(self, words: Iterable[Box], degrees: float) -> list[Rule]:
        """The lines of the page straightened by so many degrees, in points.

        What lies inside the boxes of recognised words (of the straightened page) is not looked at: rows of
        letters look like faint lines. Level lines without any gap over a length no row of letters has are kept even
        there: in a narrow table the last line of a cell touches the rule below it.
        """
        rows, columns = self.dark.shape
        matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
        dark: Picture = cv2.warpAffine(self.dark, matrix, (columns, rows)) if degrees else self.dark.copy()
        solid = _solid_level(dark)
        _blot_out(dark, words)
        scale = 72 / _DPI
        level = [
            Rule(is_level=True, at=(y + high / 2) * scale, start=x * scale, end=(x + wide) * scale)
            for x, y, wide, high in _boxes(_long(dark, across=True, known=solid))
        ]
        upright = [
            Rule(is_level=False, at=(x + wide / 2) * scale, start=y * scale, end=(y + high) * scale)
            for x, y, wide, high in _boxes(_long(dark, across=False))
        ]
        return level + upright


def _blot_out(dark: Picture, words: Iterable[Box]) -> None:
    paper = int(np.median(dark))
    scale = _DPI / 72
    for box in words:
        if box.height < _TALLEST_WORD and box.width < _WIDEST_WORD:
            top, bottom = round((box.top + 0.1 * box.height) * scale), round(box.bottom * scale)
            dark[max(0, top) : max(0, bottom), max(0, round(box.left * scale)) : max(0, round(box.right * scale))] = (
                paper
            )


def _level(dark: Picture) -> Picture:
    """A mask of level lines: darker than what is above and below for longer than any letter's stroke."""
    return _long(dark, across=True)


def _long(dark: Picture, *, across: bool, known: Picture | None = None) -> Picture:
    """The long lines, those already known among them."""
    length = _LEVEL_LENGTH if across else _UPRIGHT_LENGTH
    mask = cv2.morphologyEx(_thin(dark, across=across), cv2.MORPH_OPEN, _bar(_FIRST_LENGTH, 1, across=across))
    if known is not None:
        mask = cv2.bitwise_or(mask, known)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _bar(_BRIDGED, 1, across=across))
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(length, 1, across=across))


def _solid_level(dark: Picture) -> Picture:
    """Level lines without a gap, too long for letters."""
    return cv2.morphologyEx(_thin(dark, across=True), cv2.MORPH_OPEN, _bar(_SOLID_LENGTH, 1, across=True))


def _thin(dark: Picture, *, across: bool) -> Picture:
    """What is darker than its surroundings over at most the thickness of a line."""
    smooth = cv2.blur(dark, (_SMOOTHED, 1) if across else (1, _SMOOTHED))
    thin = cv2.morphologyEx(smooth, cv2.MORPH_TOPHAT, _bar(1, _THICKEST, across=across))
    mask: Picture = (thin > _CONTRAST).astype(np.uint8) * 255
    return cv2.dilate(mask, _bar(1, 3, across=across))  # a line a little askew steps from row to row


def _bar(along: int, over: int, *, across: bool) -> Picture:
    return cv2.getStructuringElement(cv2.MORPH_RECT, (along, over) if across else (over, along))


def _boxes(mask: Picture) -> list[tuple[int, int, int, int]]:
    count, _labels, facts, _middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(wide), int(high)) for x, y, wide, high, _area in facts[1:count]]


def _tilt(mask: Picture) -> float:
    """Degrees by which long level lines fall to the right, by the majority of their length."""
    count, labels, facts, _middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = [index for index in range(1, count) if facts[index][2] >= 4 * _LEVEL_LENGTH]
    found: list[tuple[float, int]] = []
    for index in sorted(long, key=lambda index: -facts[index][2])[:40]:
        x, y, wide, high, _area = (int(value) for value in facts[index])
        rows, columns = np.nonzero(labels[y : y + high, x : x + wide] == index)
        slope = float(np.polyfit(columns, rows, 1)[0])
        found.append((math.degrees(math.atan(slope)), wide))
    if len(found) < _ENOUGH:
        return 0.0
    found.sort()
    half, passed = sum(wide for _, wide in found) / 2, 0
    for degrees, wide in found:
        passed += wide
        if passed >= half:
            return degrees if abs(degrees) <= _MOST_TILT else 0.0
    return 0.0
