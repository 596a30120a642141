"""One scanned page after the other, one in memory at a time. In the guarded child only."""

import math
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from congso.kernel.files.reading import pdf, posture
from congso.kernel.files.reading.engines import Engine
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.recognition import Recognised, tesseract, text_lines
from congso.kernel.files.reading.scans.cleaning import for_reading, is_blank
from congso.kernel.files.reading.scans.codes import codes_on
from congso.kernel.files.reading.secrecy import HEAD_SHARE, Head, Mark, mark_in_head

LOWEST_DPI, HIGHEST_DPI = 72, 400
_READ_AT = 300  # more is not read better and takes longer
_ASKEW = 0.3  # degrees; below it the picture stays as it is
_POINTS = 72
_SURE_TURN = 2.0  # Tesseract's own measure of how sure it is of the direction
_ROTATE = re.compile(r"Rotate: (\d+)")
_CONFIDENCE = re.compile(r"Orientation confidence: ([\d.]+)")
_SECONDS = 30


@dataclass(frozen=True)
class Posed:
    """A page as it is to be seen: `turn` clockwise in degrees, then `skew` taken out; `dpi` it was scanned at."""

    number: int
    turn: int = 0
    skew: float = 0.0
    dpi: int = 0


@dataclass
class ScannedPage:
    """What was found on a page. Width, height and boxes of words in points of the straightened page."""

    posed: Posed
    width: float
    height: float
    codes: list[str] = field(default_factory=list)
    is_blank: bool = False
    words: list[list[Any]] = field(default_factory=list)
    """[text, left, top, right, bottom, confidence, line] each; lines are numbered in reading order."""
    mark: Mark | None = None


@dataclass(frozen=True)
class Desk:
    """With what pages are read, and where. Without `heed_marks` no mark of secrecy is looked for."""

    engine: Engine
    limits: Limits
    work: Path
    separator: str
    heed_marks: bool = True


def read_pages(path: Path, numbers: Sequence[int], desk: Desk, tell: Callable[[ScannedPage], None]) -> None:
    """Look at the pages (from 1) one by one and tell each as soon as it is done; a page that is not there is left out.

    A page with a code that begins as a separator's does is not read.
    """
    with pdf.open_pdf(path, desk.limits) as document:
        for number in numbers:
            if 1 <= number <= len(document):
                page = document[number - 1]
                tell(_read(page, number, desk))
                page.close()


def _read(page: pdfium.PdfPage, number: int, desk: Desk) -> ScannedPage:
    dpi = scanned_at(page)
    picture = drawn(page, dpi, desk.limits)
    found = ScannedPage(Posed(number, dpi=dpi), *_points(picture, dpi), codes=codes_on(picture))
    if any(code.startswith(desk.separator) for code in found.codes):
        return found
    if is_blank(picture, dpi):
        found.is_blank = True
        return found
    posed = _posed(picture, number, dpi, desk.work)
    upright = straightened(picture, posed)
    found.posed, (found.width, found.height) = posed, _points(upright, dpi)
    scale = min(1.0, _READ_AT / dpi)
    small = upright if scale == 1.0 else upright.resize((round(upright.width * scale), round(upright.height * scale)))
    at = round(dpi * scale)
    words = desk.engine.read(for_reading(small, at), dpi=at, work=desk.work)
    if desk.heed_marks:
        top = [word for word in words if word.top < small.height * HEAD_SHARE]
        found.mark = mark_in_head(Head(number, text_lines(top), recognised=True))
    if found.mark is None:
        found.words = _plain(words, _POINTS / at)
    return found


def scanned_at(page: pdfium.PdfPage) -> int:
    """The resolution of the picture that covers the page; 200 for a page that is drawn."""
    width, height = page.get_size()
    best = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * width * height:
            pixels = item.get_px_size()
            best = max(best, max(pixels) / max(1.0, right - left, top - bottom) * _POINTS)
    return max(LOWEST_DPI, min(HIGHEST_DPI, round(best or 200)))


def drawn(page: pdfium.PdfPage, dpi: int, limits: Limits) -> Image.Image:
    """The page at its own resolution."""
    return pdf.render(page, width=max(1, round(float(page.get_size()[0]) * dpi / _POINTS)), limits=limits)


def straightened(picture: Image.Image, posed: Posed) -> Image.Image:
    """The picture turned upright and set straight, on white; untouched where nothing is to be done."""
    turned = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    if posed.turn in turned:
        picture = picture.transpose(turned[posed.turn])
    if abs(posed.skew) >= _ASKEW:
        picture = picture.rotate(posed.skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    return picture


def is_moved(posed: Posed) -> bool:
    """Whether the page's picture is drawn anew."""
    return posed.turn != 0 or abs(posed.skew) >= _ASKEW


def _posed(picture: Image.Image, number: int, dpi: int, work: Path) -> Posed:
    lies = posture.posture_of(_small(picture))
    turn = 0 if lies.is_surely_upright else _turn_asked(picture, dpi, work)
    if turn:
        lies = posture.posture_of(_small(picture.rotate(-turn, expand=True)))
    return Posed(number, turn, lies.skew if abs(lies.skew) >= _ASKEW else 0.0, dpi)


def _small(picture: Image.Image) -> Image.Image:
    width = posture.WIDTH
    return picture if picture.width <= width else picture.resize((width, round(picture.height * width / picture.width)))


def _turn_asked(picture: Image.Image, dpi: int, work: Path) -> int:
    """How far Tesseract would turn the page; 0 where it is not sure, or not there."""
    program = tesseract()
    if program is None:
        return 0
    path = work / "turn.png"
    scale = min(1.0, 200 / dpi)
    picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))).save(
        path, compress_level=1
    )
    try:
        command = [program, str(path), "stdout", "--psm", "0", "-l", "osd", "--dpi", str(round(dpi * scale))]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return 0
    finally:
        path.unlink(missing_ok=True)
    turn, sure = _ROTATE.search(ran.stdout), _CONFIDENCE.search(ran.stdout)
    return int(turn.group(1)) if turn and sure and float(sure.group(1)) >= _SURE_TURN else 0


def _points(picture: Image.Image, dpi: int) -> tuple[float, float]:
    return round(picture.width * _POINTS / dpi, 2), round(picture.height * _POINTS / dpi, 2)


def _plain(words: Sequence[Recognised], point: float) -> list[list[Any]]:
    lines: dict[tuple[int, int, int], int] = {}
    found = []
    for word in words:
        line = lines.setdefault(word.line, len(lines))
        sides = [round(side * point, 1) for side in (word.left, word.top, word.right, word.bottom)]
        sure = word.confidence if math.isfinite(word.confidence) else 0.0
        found.append([word.text, *sides, round(max(0.0, min(1.0, sure)), 3), line])
    return found


def draw(path: Path, posed: Posed, width: int, into: Path, limits: Limits) -> bool:
    """The straightened page as WebP, so many pixels wide; False when there is no such page."""
    with pdf.open_pdf(path, limits) as document:
        if not 1 <= posed.number <= len(document):
            return False
        picture = straightened(drawn(document[posed.number - 1], posed.dpi or 200, limits), posed)
    if picture.width > width:
        picture = picture.resize(
            (width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS
        )
    picture.save(into, "WEBP", quality=80, method=4)
    return True
