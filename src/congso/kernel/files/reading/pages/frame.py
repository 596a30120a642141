"""From a PDF page's own coordinates to points from the upper left corner, as its reader sees it."""

import ctypes
import math
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from congso.lib.layout import Box

_FINE = 64  # PDFium answers in whole units; so many of them are a point


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of the origin and the two steps of one unit, whatever the page's crop and turn."""

    origin: tuple[float, float]
    across: tuple[float, float]
    up: tuple[float, float]

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "Frame":
        """The frame of a page as it is shown."""
        far = 1_000.0
        origin, right, top = (_seen(page, x, y) for x, y in ((0.0, 0.0), (far, 0.0), (0.0, far)))
        return cls(
            origin,
            ((right[0] - origin[0]) / far, (right[1] - origin[1]) / far),
            ((top[0] - origin[0]) / far, (top[1] - origin[1]) / far),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is seen."""
        return (
            self.origin[0] + x * self.across[0] + y * self.up[0],
            self.origin[1] + x * self.across[1] + y * self.up[1],
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a rectangle is seen."""
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def angle(self, x: float, y: float) -> float:
        """The direction of a step as seen, in degrees clockwise from left-to-right, -180 to 180."""
        seen_x, seen_y = x * self.across[0] + y * self.up[0], x * self.across[1] + y * self.up[1]
        return math.degrees(math.atan2(seen_y, seen_x))


def _seen(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    fine = min(_FINE, 30_000 / max(width, height, 1.0))
    seen_x, seen_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, round(width * fine), round(height * fine), 0, x, y, ctypes.byref(seen_x), ctypes.byref(seen_y)
    )
    return seen_x.value / fine, seen_y.value / fine
