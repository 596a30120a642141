"""How a scanned page lies: how far askew, and whether surely upright. In the guarded child only.

Asking Tesseract for both costs as much as reading the page. Lines of writing show in the sums of ink along the
rows: steepest when the page is straight, and heavier above the small letters than below them when it is upright,
most of all in Vietnamese with its marks above the letters. What is not sure is left to Tesseract.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH = 850  # pixels: about 100 dpi on A4
_WIDEST = 5.0  # degrees looked for on either side
_CLEARLY_LEVEL = 3.5  # rows against columns: pages of text have 5 to 9
_CLEARLY_ABOVE = 1.7  # pages of text have 2.1 to 3.4, upside down 0.3 to 0.5
_FEWEST_LINES = 4
_LINE = range(8, 40)  # rows of a line of writing, marks included
_BLANK = 0.004  # share of the width inked in a row between lines


@dataclass(frozen=True, slots=True)
class Posture:
    """`skew` in degrees, positive when lines fall to the right; without writing it is 0 and not surely upright."""

    skew: float
    is_surely_upright: bool


def posture_of(page: Image.Image) -> Posture:
    """How the page lies, from its picture (about `WIDTH` wide)."""
    picture = np.asarray(page.convert("L"))
    ink: NDArray[Any]
    _, ink = cv2.threshold(picture, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if not 0.001 < float(ink.mean()) < 0.5:
        return Posture(0.0, is_surely_upright=False)
    skew = _best(ink[::2, ::2], np.arange(-_WIDEST, _WIDEST + 0.1, 0.5))
    skew = _best(ink, np.arange(skew - 0.4, skew + 0.41, 0.1))
    straight = _turned(ink, skew)
    is_level = _steepness(straight.sum(axis=1)) > _CLEARLY_LEVEL * _steepness(straight.sum(axis=0))
    return Posture(round(skew, 1), is_surely_upright=is_level and _is_heavier_above(straight))


def _best(ink: NDArray[Any], angles: NDArray[np.float64]) -> float:
    scores = [_steepness(_turned(ink, float(angle)).sum(axis=1)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _turned(ink: NDArray[Any], degrees: float) -> NDArray[Any]:
    rows, columns = ink.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(ink, matrix, (columns, rows), flags=cv2.INTER_NEAREST), np.uint8)


def _steepness(sums: NDArray[np.uint64]) -> float:
    steps = np.diff(sums.astype(np.float64))
    return float((steps * steps).mean())


def _is_heavier_above(ink: NDArray[Any]) -> bool:
    sums = ink.sum(axis=1).astype(np.float64)
    above, below, lines = 0.0, 0.0, 0
    for first, last in _runs(sums > _BLANK * ink.shape[1]):
        if last - first in _LINE:
            line = sums[first:last]
            core = np.flatnonzero(line > 0.5 * line.max())
            above += float(line[: core[0]].sum())
            below += float(line[core[-1] + 1 :].sum())
            lines += 1
    return lines >= _FEWEST_LINES and above > _CLEARLY_ABOVE * below


def _runs(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]
