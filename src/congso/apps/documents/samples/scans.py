"""A paper as a scanner or a telephone gives it: pictures only, a little crooked, grainy, perhaps sealed."""

from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from random import Random

import img2pdf
import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from congso.apps.documents.samples.paper import Paper
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.seeded import chance

_RED = (200, 24, 40)
_PAPER_WHITE = 247
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"


@dataclass(frozen=True)
class Scanner:
    """How bad the scan is."""

    dpi: int = 200
    skew: float = 1.0
    """Largest angle, in degrees."""
    noise: int = 24
    """Width of the grey noise, of 256."""
    is_stamped: bool = False
    is_grey: bool = True
    quality: int = 70


def scanned_pdf(paper: Paper, seed: int = 0, scanner: Scanner | None = None) -> bytes:
    """An image-only PDF of the paper: no text layer, one JPEG a page."""
    scanner = scanner or Scanner()
    random = chance("scan", seed)
    pictures = [
        _jpeg(_scan(sheet, random, scanner), scanner.quality, scanner.dpi)
        for sheet in _sheets(paper, scanner.dpi, is_stamped=scanner.is_stamped)
    ]
    bound, stored = BytesIO(), BytesIO()
    layout = img2pdf.get_fixed_dpi_layout_fun((scanner.dpi, scanner.dpi))
    img2pdf.convert(pictures, nodate=True, layout_fun=layout, outputstream=bound)
    with pikepdf.open(bound) as document:
        del document.trailer.ID  # drawn by chance
        document.save(stored, deterministic_id=True)
    return stored.getvalue()


def photo(paper: Paper, seed: int = 0, page: int = 0, *, is_sideways: bool = False) -> bytes:
    """A telephone's picture of one page: perspective, uneven light. Sideways is told only by EXIF."""
    random = chance("photo", seed)
    sheet = _sheets(paper, 200, is_stamped=False)[page]
    width, height = sheet.size
    margin = 120
    desk = Image.new("RGB", (width + 2 * margin, height + 2 * margin), (112, 84, 60))
    desk.paste(sheet, (margin, margin))
    corners: list[float] = []
    for x, y in ((0, 0), (0, desk.height), (desk.width, desk.height), (desk.width, 0)):
        inward_x, inward_y = random.randint(10, 90), random.randint(10, 90)
        corners += [x + inward_x if x == 0 else x - inward_x, y + inward_y if y == 0 else y - inward_y]
    seen = desk.transform(desk.size, Image.Transform.QUAD, tuple(corners), Image.Resampling.BICUBIC)
    seen = ImageChops.multiply(seen, _uneven_light(seen.size, random))
    seen = _grain(seen.filter(ImageFilter.GaussianBlur(0.6)), random, 20)
    exif = Image.Exif()
    if is_sideways:
        seen = seen.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6  # "turn clockwise to read"
    stored = BytesIO()
    seen.save(stored, "JPEG", quality=82, dpi=(200, 200), exif=exif)
    return stored.getvalue()


def _sheets(paper: Paper, dpi: int, *, is_stamped: bool) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf(paper))
    try:
        sheets = [sheet.render(scale=dpi / 72).to_pil().convert("RGB") for sheet in document]
        if is_stamped:
            _stamp(sheets, document, paper, dpi)
    finally:
        document.close()
    return sheets


def _stamp(sheets: list[Image.Image], document: pypdfium2.PdfDocument, paper: Paper, dpi: int) -> None:
    """Press the seal left of the signer's name, covering about a third of it, as the form wants."""
    for number, sheet in enumerate(sheets):
        found = document[number].get_textpage().search(paper.signer, match_case=True).get_next()
        if found is None:
            continue
        left, bottom, _, top = document[number].get_textpage().get_charbox(found[0])
        scale = dpi / 72
        centre = (int((left + 6) * scale), int(sheet.height - (bottom + top) / 2 * scale - 36 * scale))
        pressed = seal(int(1.4 * dpi))
        sheet.paste(pressed, (centre[0] - pressed.width // 2, centre[1] - pressed.height // 2), pressed)


def seal(size: int) -> Image.Image:
    """A red round seal that says it is a sample."""
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    width = max(2, size // 60)
    draw.ellipse((2, 2, size - 3, size - 3), outline=(*_RED, 215), width=width)
    inner = size // 5
    draw.ellipse((inner, inner, size - inner, size - inner), outline=(*_RED, 215), width=max(1, width // 2))
    middle, reach = size / 2, size / 9
    star = [
        (middle + r * sin(k * pi / 5), middle - r * cos(k * pi / 5))
        for k, r in ((k, reach if k % 2 == 0 else reach * 0.42) for k in range(10))
    ]
    draw.polygon(star, fill=(*_RED, 215))
    font = ImageFont.truetype(_FONT, size // 11)
    words = "MẪU · KHÔNG CÓ GIÁ TRỊ · "
    for place, letter in enumerate(words):
        angle = 360 * place / len(words)
        glyph = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((middle, size * 0.11), letter, font=font, fill=(*_RED, 215), anchor="mm")
        seal.alpha_composite(glyph.rotate(-angle, Image.Resampling.BICUBIC))
    return seal


def _scan(sheet: Image.Image, random: Random, scanner: Scanner) -> Image.Image:
    angle = random.uniform(-scanner.skew, scanner.skew)
    turned = sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    turned = turned.filter(ImageFilter.GaussianBlur(scanner.dpi / 500))
    if scanner.is_grey and not scanner.is_stamped:
        turned = turned.convert("L")
    return _grain(turned, random, scanner.noise)


def _grain(picture: Image.Image, random: Random, strength: int) -> Image.Image:
    """Seeded grey noise (the imaging library's own cannot be repeated) on paper that is not quite white."""
    if strength == 0:
        return picture
    width, height = picture.size
    noise = Image.frombytes("L", picture.size, random.randbytes(width * height))
    faint = noise.point([value * strength // 255 for value in range(256)])
    layer = faint if picture.mode == "L" else Image.merge("RGB", (faint, faint, faint))
    ceiling = [min(value, _PAPER_WHITE) for value in range(256)] * len(picture.getbands())
    return ImageChops.subtract(picture.point(ceiling), layer, 1, strength // 3)


def _uneven_light(size: tuple[int, int], random: Random) -> Image.Image:
    light = Image.linear_gradient("L").point([170 + value // 3 for value in range(256)])
    return light.rotate(random.choice((0, 90, 180, 270))).resize(size).convert("RGB")


def _jpeg(picture: Image.Image, quality: int, dpi: int) -> bytes:
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=quality, dpi=(dpi, dpi))
    return stored.getvalue()
