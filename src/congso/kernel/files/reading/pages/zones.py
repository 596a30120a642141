"""Parts of pages recognised again, one by one, without the ink of stamps if wanted. In the guarded child only.

A whole page read at once loses most in the two columns of the header, in the recipients and under the stamp:
there the recogniser sees one block at a time.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from congso.kernel.files.reading import pdf
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.lines import cut
from congso.kernel.files.reading.pages.words import Drawn
from congso.kernel.files.reading.recognition import Recognised, words_in
from congso.lib.layout import Box, Line, Word
from congso.lib.vietnamese import nfc

DPI = 200
"""Measured on the headers of sixteen papers scanned at 200 and at 300 dpi: enlarged they are read worse."""

_MARGIN = 12  # pixels of white around a zone: letters at the very edge are misread
_MOST_PIXELS = 40_000_000
_SATURATED = 70
_DARK, _PALE = 60, 150


@dataclass(frozen=True, slots=True)
class Part:
    """One zone as the child gets it: the whole page without a box."""

    page: int
    box: Box | None
    segmentation: int
    without_ink: bool


def read_parts(path: Path, parts: Sequence[Part], limits: Limits, work: Path) -> list[list[Line]]:
    """The lines of each part, in its own reading order. A page that is not there, or an empty box, gives none."""
    with pdf.open_pdf(path, limits) as document:
        seen = [_seen(document, part) for part in parts]
    found: list[list[Line]] = [[] for _ in parts]
    for segmentation in {part.segmentation for part in parts}:
        wanted = [
            (index, one)
            for index, one in enumerate(seen)
            if one is not None and parts[index].segmentation == segmentation
        ]
        read = words_in([one.picture for _, one in wanted], work, segmentation=segmentation, dpi=DPI)
        for (index, one), words in zip(wanted, read, strict=True):
            found[index] = _lines(words, one)
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """The picture of a part, where it begins on the page, and how many points a pixel is."""

    picture: Image.Image
    left: float
    top: float
    point: float


def _seen(document: pdfium.PdfDocument, part: Part) -> _Seen | None:
    if not 1 <= part.page <= len(document):
        return None
    page = document[part.page - 1]
    width, height = page.get_size()
    box = part.box or Box(0, 0, width, height)
    box = Box(max(0, box.left), max(0, box.top), min(width, box.right), min(height, box.bottom))
    if box.width < 1 or box.height < 1:
        return None
    scale = min(DPI / 72, math.sqrt(_MOST_PIXELS / (box.width * box.height)))
    crop = (box.left, height - box.bottom, width - box.right, box.top)
    bitmap = page.render(scale=scale, crop=crop, may_draw_forms=True)
    try:
        seen = np.asarray(bitmap.to_pil().convert("RGB"))
    finally:
        bitmap.close()
        page.close()
    grey = without_ink(seen) if part.without_ink else cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
    framed = Image.fromarray(np.pad(grey, _MARGIN, constant_values=255))
    return _Seen(framed, box.left - _MARGIN / scale, box.top - _MARGIN / scale, 1 / scale)


def without_ink(seen: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture (RGB) in grey with coloured ink gone; black print below it stays.

    Red and blue ink are bright in one channel, black print is dark in all three.
    """
    _hue, saturation, value = cv2.split(cv2.cvtColor(seen, cv2.COLOR_RGB2HSV))
    stretched = np.clip((value.astype(np.float32) - _DARK) * (255 / (_PALE - _DARK)), 0, 255).astype(np.uint8)
    coloured = cv2.dilate((saturation > _SATURATED).astype(np.uint8), np.ones((3, 3), np.uint8))
    grey = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
    return np.where(coloured > 0, np.maximum(stretched, grey), grey).astype(np.uint8)


def _lines(words: Sequence[Recognised], seen: _Seen) -> list[Line]:
    """The recogniser's own lines, cut where another column begins."""
    rows: dict[tuple[int, int, int], list[Drawn]] = {}
    for order, word in enumerate(words):
        rows.setdefault(word.line, []).append(Drawn(_word(word, seen), order))
    return [line for row in rows.values() for line in cut(row)]


def _word(word: Recognised, seen: _Seen) -> Word:
    sides = Box(
        seen.left + word.left * seen.point,
        seen.top + word.top * seen.point,
        seen.left + word.right * seen.point,
        seen.top + word.bottom * seen.point,
    )
    return Word(nfc(word.text), sides, max(0.0, word.confidence))
