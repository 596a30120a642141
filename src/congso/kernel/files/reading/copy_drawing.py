"""Draws the marks of copies. Runs in the guarded child only."""

import io
from html import escape
from pathlib import Path

import pikepdf

MM = 72 / 25.4
_CORNER = (62 * MM, 14 * MM)
_FOOT = (150 * MM, 16 * MM)


def mark_copy(path: Path, into: Path, corner: list[str], foot: list[str], *, is_flat: bool = False) -> list[float]:
    """Lay the marks over the pages and save; the first page's sides in points.

    `is_flat`: signatures and forms become drawings, so that a copy to be signed carries none broken by the marks.
    """
    with pikepdf.open(path) as copy, pikepdf.open(io.BytesIO(_drawn(corner, _CORNER, "right"))) as mark:
        if is_flat:
            _flatten(copy)
        for page in copy.pages:
            x0, _y0, x1, y1 = (float(side) for side in page.cropbox)
            left = max(x0, x1 - _CORNER[0] - 6 * MM)
            page.add_overlay(
                mark.pages[0], pikepdf.Rectangle(left, y1 - _CORNER[1] - 4 * MM, left + _CORNER[0], y1 - 4 * MM)
            )
        if foot and len(copy.pages):
            last = copy.pages[-1]
            x0, y0, _x1, _y1 = (float(side) for side in last.cropbox)
            with pikepdf.open(io.BytesIO(_drawn(foot, _FOOT, "center"))) as words:
                place = pikepdf.Rectangle(x0 + 20 * MM, y0 + 4 * MM, x0 + 20 * MM + _FOOT[0], y0 + 4 * MM + _FOOT[1])
                last.add_overlay(words.pages[0], place)
        copy.save(into, encryption=False)
        return [float(side) for side in copy.pages[0].cropbox]


def _flatten(copy: pikepdf.Pdf) -> None:
    copy.flatten_annotations("all")
    for name in ("/AcroForm", "/Perms", "/DSS"):
        if name in copy.Root:
            del copy.Root[name]


def _drawn(lines: list[str], size: tuple[float, float], align: str) -> bytes:
    from weasyprint import HTML

    style = (
        f"@page {{ size: {size[0]}pt {size[1]}pt; margin: 0 }} body {{ margin: 0; text-align: {align};"
        " font-family: 'Times New Roman', Tinos, serif; color: #b3121d } p { margin: 0; font-size: 8pt }"
        " p.first { font-size: 13pt; font-weight: bold; letter-spacing: 1pt }"
    )
    words = "".join(f"<p class='{'first' if not nth else ''}'>{escape(line)}</p>" for nth, line in enumerate(lines))
    out = io.BytesIO()
    HTML(string=f"<style>{style}</style>{words}").write_pdf(out)
    return out.getvalue()
