"""PDF pages: opening with clear refusals, the text of each page, its upper part, and whether it needs OCR.

Runs in the guarded child only (`child.py`).
"""

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.secrecy import HEAD_SHARE, Head
from congso.kernel.files.reading.text import clean, readable_share, segments
from congso.lib.vietnamese import fold

_FEW_LETTERS = 20
_LETTERS_ON_A_SCAN = 250  # a signature's caption or a stamp laid over a scanned page is not its text
_MOSTLY_IMAGE = 0.6
_UNREADABLE = 0.7
_MAYBE_MARK = re.compile(r"M\W*A\W*T", re.I)
_OBJECTS_LOOKED_AT = 2_000


@dataclass(frozen=True)
class PageFacts:
    """One page as found: its text, and whether it must be recognised from the picture."""

    text: str
    needs_ocr: bool
    has_text: bool
    is_scan: bool


@contextmanager
def open_pdf(path: Path, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """Open for reading; refuses what is protected, cut short, damaged or too long."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise refusals.encrypted() from error
        raise (refusals.damaged("PDF") if _has_end(path) else refusals.truncated("PDF")) from error
    try:
        if len(document) == 0:
            raise refusals.damaged("PDF")
        if len(document) > limits.pages:
            raise refusals.too_many_pages(len(document), limits.pages)
        yield document
    finally:
        document.close()


def check_whole(path: Path) -> str | None:
    """Refuse a PDF cut short, even one that could be mended: pages are missing. One mended gets a warning."""
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True):
            return None
    except pikepdf.PasswordError as error:
        raise refusals.encrypted() from error
    except pikepdf.PdfError as error:
        if not _has_end(path):
            raise refusals.truncated("PDF") from error
    return "Tệp PDF có lỗi cấu trúc, hệ thống đã tự sửa khi đọc; hãy so lại số trang với bản gốc."


def without_protection(path: Path, into: Path) -> Path:
    """A copy without restrictions on copying or printing, for the tools; opening it took no password."""
    with pikepdf.open(path, suppress_warnings=True) as document:
        if not document.is_encrypted:
            return path
        document.save(into, encryption=False)
        return into


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" in file.read()


def page_facts(page: pdfium.PdfPage, limits: Limits) -> PageFacts:
    """Read one page. Its picture needs OCR when the text layer is missing, a mere caption, or unreadable."""
    textpage = page.get_textpage()
    try:
        found = textpage.get_text_range(0, min(textpage.count_chars(), limits.text_per_page), errors="ignore")
    finally:
        textpage.close()
    letters = sum(character.isalnum() for character in found)
    scan = is_scan(page)
    missing = letters < _FEW_LETTERS and _has_drawing(page)
    caption_only = scan and letters < _LETTERS_ON_A_SCAN
    needs_ocr = missing or caption_only or readable_share(found) < _UNREADABLE
    return PageFacts(clean(found, limits.text_per_page), needs_ocr, has_text=letters > 0, is_scan=scan)


def may_hold_mark(text: str) -> bool:
    """A cheap sieve before the letters of a page are placed one by one."""
    return _MAYBE_MARK.search(fold(text)) is not None


def is_scan(page: pdfium.PdfPage) -> bool:
    """Whether a picture covers most of the page."""
    return _image_share(page) > _MOSTLY_IMAGE


def _image_share(page: pdfium.PdfPage) -> float:
    width, height = _size(page)
    area = 0.0
    for index, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if index > _OBJECTS_LOOKED_AT:
            break
        left, bottom, right, top = item.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return area / max(1.0, width * height)


def _has_drawing(page: pdfium.PdfPage) -> bool:
    """Whether there is anything but text to look at: a picture, or letters drawn as curves."""
    found = itertools.islice(page.get_objects(max_depth=1), _OBJECTS_LOOKED_AT)
    return any(item.type != raw.FPDF_PAGEOBJ_TEXT for item in found)


def render(page: pdfium.PdfPage, *, width: int, limits: Limits, share: float = 1.0) -> Image.Image:
    """The page, or its upper share, as a picture of the given width in pixels."""
    page_width, page_height = _size(page)
    if not (page_width > 0 and page_height > 0 and math.isfinite(page_width + page_height)):
        raise refusals.damaged("PDF")
    scale = width / page_width
    if width * page_height * scale * share > limits.page_pixels:
        raise refusals.too_many_pixels(limits.page_pixels)
    crop = (0, page_height * (1 - share), 0, 0)
    bitmap = page.render(scale=scale, crop=crop, may_draw_forms=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB").copy()
    finally:
        bitmap.close()
    return picture


def _size(page: pdfium.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return float(width), float(height)


def head_of(page: pdfium.PdfPage, number: int, *, recognised: bool) -> Head:
    """The upper part of a page as lines, cut at the gaps between columns."""
    return Head(number, _segments_in(page, HEAD_SHARE), recognised)


@dataclass(frozen=True)
class _Letter:
    text: str
    left: float
    right: float
    top: float
    bottom: float


def _segments_in(page: pdfium.PdfPage, share: float) -> tuple[str, ...]:
    lines: list[list[_Letter]] = []
    for letter in sorted(_letters_in(page, share), key=lambda one: (one.top + one.bottom) / 2):
        middle = (letter.top + letter.bottom) / 2
        line = next((line for line in reversed(lines[-3:]) if line[0].top <= middle <= line[0].bottom), None)
        if line is None:
            lines.append([letter])
        else:
            line.append(letter)
    return tuple(part for line in lines for part in segments(_spell(line)))


def _spell(line: list[_Letter]) -> str:
    """The letters from left to right; a gap wider than two letters becomes a tab, a smaller one a blank."""
    line = sorted(line, key=lambda one: one.left)
    height = max(one.bottom - one.top for one in line)
    spelled, right = "", line[0].left
    for letter in line:
        gap = letter.left - right
        spelled += "\t" if gap > 1.5 * height else " " if gap > 0.2 * height else ""
        spelled += letter.text
        right = max(right, letter.right)
    return spelled


def _letters_in(page: pdfium.PdfPage, share: float) -> Iterator[_Letter]:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        for index in range(min(textpage.count_chars(), 50_000)):
            code = raw.FPDFText_GetUnicode(textpage, index)
            character = chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if not character.strip():
                continue
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            corners = [_seen_at(page, x, y, width, height) for x, y in ((left, bottom), (right, top))]
            (x1, y1), (x2, y2) = corners
            if min(y1, y2) < share * height:
                yield _Letter(character, min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2))
    finally:
        textpage.close()


def _seen_at(page: pdfium.PdfPage, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """Where a point of the page is seen, from the top left corner, the page turned as its reader sees it."""
    scale = 8  # the call rounds to whole units
    seen_x, seen_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, int(width * scale), int(height * scale), 0, x, y, seen_x, seen_y)
    return seen_x.value / scale, seen_y.value / scale
