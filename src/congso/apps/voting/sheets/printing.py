"""The sheets as a PDF: the form of the election regulation (190-QĐ/TW), numbered names, a square code on each page.

The form is drawn once; a sheet's pages are that drawing with the sheet's own code beside it: hundreds take seconds.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pikepdf
import qrcode

from congso.apps.voting.sheets import layout

_POINTS = 72 / 25.4
_FONT = '"Times New Roman", "Liberation Serif", "DejaVu Serif", serif'


@dataclass(frozen=True)
class Form:
    """What is printed: the body and its congress or meeting, what is elected, how many, from whom."""

    ballot: int
    body: str
    title: str
    seats: int
    names: Sequence[str]
    round: int = 1


def blank_form(form: Form) -> bytes:
    """One sheet without codes, as a PDF."""
    from weasyprint import HTML

    made: bytes = HTML(string=_html(form)).write_pdf()
    return made


def print_sheets(form: Form, sheets: Sequence[str]) -> bytes:
    """A PDF of all sheets, in the order given (which says nothing: their names are random)."""
    with pikepdf.open(io.BytesIO(blank_form(form))) as blank, pikepdf.new() as made:
        drawn = [made.copy_foreign(page.obj) for page in blank.pages]
        for sheet in sheets:
            for number, page in enumerate(drawn):
                code = made.make_stream(_code_drawing(layout.code_text(form.ballot, sheet, number)))
                own = made.make_indirect(pikepdf.Dictionary(dict(page.items())))
                own.Contents = pikepdf.Array([code, page.Contents])  # the code first: the form turns the axes
                made.pages.append(pikepdf.Page(own))
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def _code_drawing(text: str) -> bytes:
    """The square code as filled squares, in the page's own language."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    left, top, side = layout.CODE
    step = side / len(rows)
    squares = [
        f"{(left + x * step) * _POINTS:.3f} {(layout.HEIGHT - top - (y + 1) * step) * _POINTS:.3f}"
        f" {step * _POINTS:.3f} {step * _POINTS:.3f} re"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return ("q 0 g " + " ".join(squares) + " f Q").encode()


def _html(form: Form) -> str:
    pages = layout.pages_of(len(form.names))
    rooms = layout.places(len(form.names))
    parts = []
    for page in range(pages):
        inside = [_box(x - layout.CORNER / 2, y - layout.CORNER / 2, layout.CORNER) for x, y in layout.CORNERS]
        inside.append(_head(form) if page == 0 else _head_again(form, page, pages))
        inside += [
            f'<div class="name" style="left:{room.left}mm;top:{room.top}mm;width:{room.width}mm">'
            f'<span class="number">{number}.</span>{escape(name)}</div>'
            for number, (name, room) in enumerate(zip(form.names, rooms, strict=True), 1)
            if room.page == page
        ]
        parts.append(f"<section>{''.join(inside)}</section>")
    return f"<html><head><style>{_style()}</style></head><body>{''.join(parts)}</body></html>"


def _head(form: Form) -> str:
    again = f" (lần {form.round})" if form.round > 1 else ""
    return (
        '<div class="party">ĐẢNG CỘNG SẢN VIỆT NAM</div>'
        f'<div class="body">{escape(form.body.upper())}</div>'
        f'<div class="title">PHIẾU BẦU CỬ{again}</div>'
        f'<div class="what">{escape(form.title)}</div>'
        f'<div class="how">Số lượng bầu: <b>{form.seats}</b> người. Không bầu ai thì gạch ngang hết họ và tên người đó.'
        " Không ký tên, không viết thêm, không đánh dấu khác vào phiếu.</div>"
    )


def _head_again(form: Form, page: int, pages: int) -> str:
    return f'<div class="what" style="top:26mm">{escape(form.title)} (trang {page + 1}/{pages})</div>'


def _box(left: float, top: float, side: float) -> str:
    return f'<div class="corner" style="left:{left}mm;top:{top}mm;width:{side}mm;height:{side}mm"></div>'


def _style() -> str:
    return f"""
@page {{ size: A4; margin: 0 }}
body {{ margin: 0; font-family: {_FONT}; font-size: 12pt; line-height: 1.2 }}
section {{ position: relative; width: {layout.WIDTH}mm; height: {layout.HEIGHT}mm; page-break-after: always }}
section:last-child {{ page-break-after: auto }}
section > div {{ position: absolute }}
.corner {{ background: #000 }}
.party {{ right: 44mm; top: 18mm; font-weight: bold; text-decoration: underline }}
.body {{ left: 20mm; top: 18mm; width: 70mm; text-align: center; font-weight: bold }}
.title {{ left: 30mm; top: 40mm; width: 130mm; text-align: center; font-weight: bold; font-size: 16pt }}
.what {{ left: 22mm; top: 49mm; width: 144mm; text-align: center; font-weight: bold }}
.how {{ left: 22mm; top: 61mm; width: 166mm; font-style: italic; font-size: 11pt }}
.name {{ height: {layout.ROW}mm; line-height: {layout.ROW}mm; white-space: nowrap; overflow: hidden }}
.number {{
  display: inline-block; width: {layout.NUMBER}mm; text-align: right; padding-right: 2mm; box-sizing: border-box;
}}
"""
