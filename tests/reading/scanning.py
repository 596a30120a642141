"""A specimen as a scanner gives it: pictures only, crooked, grainy, sealed over the signature, stamped on arrival."""

from io import BytesIO
from random import Random

import img2pdf
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from congso.apps.documents.samples.scans import seal
from congso.apps.documents.samples.seeded import chance
from tests.reading.papers import Medium, Specimen
from tests.reading.printing import pdf

_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
_INK = (40, 60, 150)


def scanned(specimen: Specimen) -> bytes:
    """An image-only PDF, one JPEG a page."""
    dpi = 300 if specimen.medium is Medium.SCAN_300 else 200
    random = chance("scan", specimen.name)
    document = pypdfium2.PdfDocument(pdf(specimen))
    sheets = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    _sign_and_seal(sheets, document, specimen, dpi, random)
    if specimen.look.has_arrival_stamp:
        _arrival(sheets[0], dpi)
    document.close()
    pictures = [_jpeg(_scan(sheet, specimen, dpi, random), specimen.look.quality, dpi) for sheet in sheets]
    bound = BytesIO()
    layout = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))
    img2pdf.convert(pictures, layout_fun=layout, outputstream=bound)
    return bound.getvalue()


def _sign_and_seal(
    sheets: list[Image.Image], document: pypdfium2.PdfDocument, specimen: Specimen, dpi: int, random: Random
) -> None:
    """A scrawl above each name, the red seal over its left third."""
    for number, sheet in enumerate(sheets):
        for signing in specimen.signings:
            text = document[number].get_textpage()
            found = text.search(signing.name, match_case=True).get_next()
            if found is None:
                continue
            left, bottom, _, top = text.get_charbox(found[0])
            scale = dpi / 72
            x, y = int(left * scale), int(sheet.height - (bottom + top) / 2 * scale)
            _scrawl(sheet, x, y - int(0.42 * dpi), dpi, random)
            if specimen.look.has_seal:
                round_seal = seal(int(1.4 * dpi))
                sheet.paste(round_seal, (x - int(0.72 * dpi), y - int(1.22 * dpi)), round_seal)


def _scrawl(sheet: Image.Image, x: int, y: int, dpi: int, random: Random) -> None:
    draw = ImageDraw.Draw(sheet)
    points = [(x + int(step * dpi * 0.09), y + random.randint(-dpi // 7, dpi // 7)) for step in range(12)]
    draw.line(points, fill=_INK, width=max(2, dpi // 80), joint="curve")


def _arrival(sheet: Image.Image, dpi: int) -> None:
    """The receiving office's ĐẾN stamp, under the symbol."""
    width, height = int(2.0 * dpi), int(0.75 * dpi)
    left, top = int(0.35 * dpi), int(0.08 * dpi)
    draw = ImageDraw.Draw(sheet)
    red = (200, 24, 40)
    draw.rectangle((left, top, left + width, top + height), outline=red, width=3)
    font = ImageFont.truetype(_FONT, int(0.13 * dpi))
    lines = ("CÔNG VĂN ĐẾN", "Số: 1479", "Ngày: 14/8/2025")
    for number, line in enumerate(lines):
        draw.text((left + dpi // 10, top + int((0.05 + 0.22 * number) * dpi)), line, font=font, fill=red)


def _scan(sheet: Image.Image, specimen: Specimen, dpi: int, random: Random) -> Image.Image:
    look = specimen.look
    angle = random.uniform(-look.skew, look.skew)
    turned = sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    turned = turned.filter(ImageFilter.GaussianBlur(dpi / 500))
    if look.is_grey:
        turned = turned.convert("L")
    noise = Image.frombytes("L", turned.size, random.randbytes(turned.width * turned.height))
    faint = noise.point([value * look.noise // 255 for value in range(256)])
    layer = faint if turned.mode == "L" else Image.merge("RGB", (faint, faint, faint))
    ceiling = [min(value, 246) for value in range(256)] * len(turned.getbands())
    return ImageChops.subtract(turned.point(ceiling), layer, 1, look.noise // 3)


def _jpeg(picture: Image.Image, quality: int, dpi: int) -> bytes:
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=quality, dpi=(dpi, dpi))
    return stored.getvalue()
