"""Draws the ĐẾN stamp and finds free paper for it. Runs in the guarded child only."""

import io
from html import escape
from pathlib import Path

import pikepdf
from PIL import Image

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pdf import open_pdf, render

MM = 72 / 25.4
WIDTH, HEIGHT = 50 * MM, 30 * MM
_LOOK_WIDTH = 420  # half a millimetre a pixel on A4
_CLEAR = 1.5 * MM
_FREE = 0.0008  # share of inked pixels that still counts as free paper: specks, not letters


def put_stamp(path: Path, into: Path, organization: str, lines: list[list[str]], limits: Limits) -> None:
    """Lay the stamp on the first page and save; what the page shows stays where it was."""
    with open_pdf(path, limits) as document:
        page = document[0]
        width, height = page.get_size()
        picture = render(page, width=_LOOK_WIDTH, limits=limits).convert("L")
    left, top, scale = free_place(picture, width, height)
    with pikepdf.open(path) as copy, pikepdf.open(io.BytesIO(_drawn(organization, lines))) as stamp:
        first = copy.pages[0]
        place = _on_page(first, left, top, WIDTH * scale, HEIGHT * scale)
        first.add_overlay(stamp.pages[0], place)
        copy.save(into, encryption=False)


def free_place(picture: Image.Image, width: float, height: float) -> tuple[float, float, float]:
    """Left, top and scale (points from the top left, as seen) of the first free place in the usual order.

    A slightly smaller stamp at the head of the page is better than a full one at its foot.
    """
    ink = picture.point([255 if value < 190 else 0 for value in range(256)])
    unit = picture.width / width
    tried: list[tuple[float, tuple[float, float, float]]] = []
    for scale, places in ((1.0, _head), (0.85, _head), (0.7, _head), (1.0, _foot)):
        wide, high = WIDTH * scale, HEIGHT * scale
        for left, top in places(width, height, wide):
            if left < 0 or left + wide > width or top + high > height:
                continue
            around = (left - _CLEAR, top - _CLEAR, left + wide + _CLEAR, top + high + _CLEAR)
            share = _inked(ink, *(side * unit for side in around))
            if share <= _FREE:
                return left, top, scale
            tried.append((share, (left, top, scale)))
    return min(tried)[1] if tried else (0.0, 0.0, min(1.0, width / WIDTH, height / HEIGHT))


def _head(width: float, height: float, wide: float) -> list[tuple[float, float]]:
    """Under the number and symbol (left column), under the date (right column), above the header."""
    left = [20 * MM, 14 * MM, 26 * MM, 8 * MM]
    right = [width - wide - 8 * MM, width - wide - 16 * MM]
    under_symbol = [(x, y) for y in _down(0.13 * height, 0.42 * height) for x in left]
    under_date = [(x, y) for y in _down(0.10 * height, 0.42 * height) for x in right]
    above = [(x, y) for y in _down(4 * MM, 0.13 * height) for x in (*left, right[0])]
    return under_symbol + under_date + above


def _foot(width: float, height: float, wide: float) -> list[tuple[float, float]]:
    columns = (20 * MM, 14 * MM, 8 * MM, width - wide - 8 * MM)
    return [(x, y) for y in _down(0.42 * height, 0.97 * height) for x in columns]


def _down(first: float, last: float) -> list[float]:
    step = 2 * MM
    return [first + step * n for n in range(max(0, int((last - first) / step)) + 1)]


def _inked(ink: Image.Image, left: float, top: float, right: float, bottom: float) -> float:
    crop = ink.crop((max(0, round(left)), max(0, round(top)), round(right), round(bottom)))
    return crop.histogram()[255] / max(1, crop.width * crop.height)


def _on_page(page: pikepdf.Page, left: float, top: float, wide: float, high: float) -> pikepdf.Rectangle:
    """The same rectangle in the page's own coordinates, whatever its crop and turn."""
    x0, y0, x1, y1 = (float(side) for side in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    if turn == 90:
        return pikepdf.Rectangle(x0 + top, y0 + left, x0 + top + high, y0 + left + wide)
    if turn == 180:
        return pikepdf.Rectangle(x1 - left - wide, y0 + top, x1 - left, y0 + top + high)
    if turn == 270:
        return pikepdf.Rectangle(x1 - top - high, y1 - left - wide, x1 - top, y1 - left)
    return pikepdf.Rectangle(x0 + left, y1 - top - high, x0 + left + wide, y1 - top)


def _drawn(organization: str, lines: list[list[str]]) -> bytes:
    """The stamp as a one-page PDF with its letters embedded, so that the copy stays fit for the archive."""
    from weasyprint import HTML

    rows = "".join(f"<p><b>{escape(label)}</b> <span>{escape(value)}</span></p>" for label, value in lines)
    name = f"<h1 class='{'long' if len(organization) > 32 else 'short'}'>{escape(organization.upper())}</h1>"
    out = io.BytesIO()
    HTML(string=f"<style>{_STYLE}</style><main>{name}<h2>ĐẾN</h2>{rows}</main>").write_pdf(out)
    return out.getvalue()


_STYLE = """
@page { size: 50mm 30mm; margin: 0 }
body { margin: 0; color: #b3121d; font-family: "Times New Roman", Tinos, serif }
main { box-sizing: border-box; width: 50mm; height: 30mm; border: 0.5mm solid #b3121d; padding: 0.7mm 1.5mm }
h1 { font-size: 7.5pt; text-align: center; margin: 0 0 0.3mm; line-height: 1.05 }
h1.long { font-size: 6pt }
h2 { font-size: 12pt; text-align: center; margin: 0 0 0.4mm; line-height: 1; letter-spacing: 0.5mm }
p { font-size: 9pt; margin: 0 0 0.6mm; line-height: 1.1; white-space: nowrap; overflow: hidden }
p span { font-weight: bold }
p b { font-weight: normal }
"""
