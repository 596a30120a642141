"""A page's picture made ready for a recogniser, and the question whether there is anything on it.

What is cleaned is read, never kept: the archive keeps the picture as it was scanned, only turned and set straight.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from congso.kernel.files.reading.pages.zones import without_ink

_EDGE = 0.03  # share of each side: shadows of the lid, punched holes
_SPECK_MM = 0.35  # what is smaller than a full stop in both directions is dust
_INK = 0.00035  # share of the page: a single line of typing has about 0.002
_MM = 25.4
_INCH = 25.4
_FAINT = 235
_BACKGROUND_MM = 6.0


def for_reading(page: Image.Image, dpi: int) -> Image.Image:
    """Grey, on an even white ground, without coloured ink and without dust; what small marks belong to letters stay."""
    seen = np.asarray(page)
    grey = without_ink(seen) if seen.ndim == 3 else seen
    return Image.fromarray(_without_specks(_on_white(grey, dpi), dpi))


def is_blank(page: Image.Image, dpi: int) -> bool:
    """Whether nothing is written or drawn on the page: no ink but dust, shadows at its edges, paper's own colour."""
    grey = np.asarray(page.convert("L"))
    rows, columns = grey.shape
    inner = grey[int(rows * _EDGE) : rows - int(rows * _EDGE), int(columns * _EDGE) : columns - int(columns * _EDGE)]
    if inner.size == 0:
        return True
    ink = _ink(_on_white(inner, dpi))
    return float(_large_parts(ink, dpi).mean()) < _INK


def _on_white(grey: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """The paper's tint and the scanner's shadows divided away."""
    size = max(9, int(_BACKGROUND_MM / _INCH * dpi) | 1)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), min(255, max(3, size // 4 | 1)))
    ground = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, ground, scale=255), np.uint8)


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    threshold, _ = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    # On an empty page Otsu parts white from nearly white: what is that bright is no ink.
    return (grey < min(threshold, 160)).astype(np.uint8)


def _large_parts(ink: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Ink less what is dust by its size."""
    speck = max(2, int(_SPECK_MM / _MM * dpi))
    _count, labels, facts, _middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_large = (facts[:, cv2.CC_STAT_WIDTH] > speck) | (facts[:, cv2.CC_STAT_HEIGHT] > speck)
    is_large[0] = False
    return np.asarray(is_large[labels], np.uint8)


def _without_specks(grey: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Dust painted white unless it stands near a letter: marks above and below letters are as small as dust."""
    ink = _ink(grey)
    large = _large_parts(ink, dpi)
    reach = max(3, int(1.6 / _MM * dpi) | 1)
    near = cv2.dilate(large, np.ones((reach, reach), np.uint8))
    cleaned = grey.copy()
    cleaned[(near == 0)] = 255
    cleaned[(ink == 0) & (grey > _FAINT)] = 255
    return cleaned
