"""Stacks of scanned pages made for tests: small pictures with big words, blank sides, separator sheets."""

import io
from collections.abc import Iterable
from functools import cache

import img2pdf
import qrcode
from PIL import Image, ImageDraw, ImageFont

from congso.apps.digitization.rules import code_of

DPI = 100
SIZE = (827, 1169)  # A4 at 100 dpi
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"


def side(*lines: str) -> Image.Image:
    """A page with these lines in large letters; without lines it is blank."""
    page = Image.new("RGB", SIZE, "white")
    draw, font = ImageDraw.Draw(page), _font()
    for nth, line in enumerate(lines):
        draw.text((90, 110 + 60 * nth), line, font=font, fill="black")
    return page


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, 30)


def separator(batch_hex: str, *, is_folder: bool, number: int) -> Image.Image:
    """A separator sheet as it is printed and scanned."""
    page = Image.new("RGB", SIZE, "white")
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4, box_size=8)
    code.add_data(code_of(batch_hex, is_folder=is_folder, number=number))
    code.make(fit=True)
    page.paste(code.make_image().get_image().convert("RGB"), (200, 300))
    return page


def stack(pages: Iterable[Image.Image]) -> bytes:
    """An image-only PDF as a scanner gives it."""
    pictures = []
    for page in pages:
        held = io.BytesIO()
        page.save(held, "JPEG", quality=70, dpi=(DPI, DPI))
        pictures.append(held.getvalue())
    made = img2pdf.convert(pictures, layout_fun=img2pdf.get_fixed_dpi_layout_fun((DPI, DPI)))
    return bytes(made)


def plain_stack(pages: int, *, first: int = 1) -> bytes:
    """So many small pages, numbered from `first`: for runs that only count."""
    pictures = []
    for number in range(first, first + pages):
        page = Image.new("L", (120, 160), 255)
        ImageDraw.Draw(page).text((12, 60), f"T{number}", fill=0, font_size=28)
        held = io.BytesIO()
        page.save(held, "JPEG", quality=60, dpi=(DPI, DPI))
        pictures.append(held.getvalue())
    return bytes(img2pdf.convert(pictures, layout_fun=img2pdf.get_fixed_dpi_layout_fun((DPI, DPI))))
