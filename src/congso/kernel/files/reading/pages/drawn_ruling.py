"""Ruled lines drawn in a PDF as paths: strokes, and the thin filled rectangles that Word makes of them.

Runs in the guarded child only.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from congso.kernel.files.reading.pages.frame import Frame
from congso.kernel.files.reading.pages.grid import Rule

_MOST_OBJECTS = 50_000
_MOST_SEGMENTS = 200_000
_DEEPEST = 4
_SHORTEST = 4.0  # points
_THICKEST = 3.0
_STRAIGHT = 0.6  # points a line may lean over its length
_WHITE = 245

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Budget:
    """How much of a page may still be looked at: drawings can have millions of strokes."""

    objects: int = _MOST_OBJECTS
    segments: int = _MOST_SEGMENTS


def drawn_rules(page: pdfium.PdfPage) -> list[Rule]:
    """The straight level and upright lines of the page as seen; none when there are too many to be tables."""
    frame, budget = Frame.of(page), _Budget()
    count = raw.FPDFPage_CountObjects(page)
    items = (raw.FPDFPage_GetObject(page, index) for index in range(min(count, _MOST_OBJECTS)))
    found = [rule for line in _lines(items, _UNCHANGED, _DEEPEST, budget) for rule in _rules(line, frame)]
    return found if budget.objects > 0 and budget.segments > 0 else []


def _lines(items: Iterator[object], outer: Matrix, depth: int, budget: _Budget) -> Iterator[list[Point]]:
    """The outlines of what is drawn, in the page's own coordinates."""
    for item in items:
        budget.objects -= 1
        if budget.objects <= 0 or budget.segments <= 0:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _outlines(item, _times(_matrix(item), outer), budget)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            inner = (
                raw.FPDFFormObj_GetObject(item, index) for index in range(max(0, raw.FPDFFormObj_CountObjects(item)))
            )
            yield from _lines(inner, _times(_matrix(item), outer), depth - 1, budget)


def _matrix(item: object) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _UNCHANGED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _outlines(item: object, matrix: Matrix, budget: _Budget) -> Iterator[list[Point]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    colour = raw.FPDFPageObj_GetStrokeColor if stroke.value else raw.FPDFPageObj_GetFillColor
    if not (fill.value or stroke.value) or _is_white(item, colour):
        return
    count = raw.FPDFPath_CountSegments(item)
    budget.segments -= max(0, count)
    if budget.segments <= 0:
        return
    for line in _polylines(item, count, matrix):
        if stroke.value:
            yield from ([start, end] for start, end in pairwise(line))
        else:
            yield line


def _is_white(item: object, colour: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = colour(item, *(ctypes.byref(part) for part in (red, green, blue, alpha)))  # type: ignore[operator]
    return bool(known) and (min(red.value, green.value, blue.value) > _WHITE or alpha.value == 0)


def _polylines(item: object, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    a, b, c, d, e, f = matrix
    line: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(line) > 1:
                yield line
            line = []
        if kind != raw.FPDF_SEGMENT_BEZIERTO:
            line.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(line) > 1:
            yield [*line, line[0]]
            line = []
    if len(line) > 1:
        yield line


def _rules(line: list[Point], frame: Frame) -> Iterator[Rule]:
    """A stroke, or the long axis of a thin filled shape."""
    seen = [frame.point(*point) for point in line]
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in seen):
        return
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    wide, high = right - left, bottom - top
    thick = _STRAIGHT if len(line) == 2 else _THICKEST
    if high <= thick and wide >= max(_SHORTEST, 2 * high):
        yield Rule(is_level=True, at=(top + bottom) / 2, start=left, end=right)
    elif wide <= thick and high >= max(_SHORTEST, 2 * wide):
        yield Rule(is_level=False, at=(left + right) / 2, start=top, end=bottom)
