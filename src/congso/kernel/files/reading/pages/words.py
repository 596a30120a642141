"""The words of a PDF page with their boxes, sizes and styles. Runs in the guarded child only.

PDFium gives single characters. Its blanks are of two kinds: real ones, which part words, and generated ones,
which are guesses; those are ignored and the distance between the letters is judged instead. The order of
drawing is kept, because a jump in it tells columns apart.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from congso.kernel.files.reading.confidences import Sure
from congso.kernel.files.reading.pages.frame import Frame
from congso.lib.layout import Box, Word
from congso.lib.legacy_fonts import detect_legacy_encoding, to_unicode
from congso.lib.vietnamese import nfc

RECOGNISED = 0.9
"""Confidence in a word of a text layer laid invisibly over a scan: its recogniser's own is not in the file."""

_GLYPHLESS = "GlyphLess"
"""Tesseract's own font: each word is stretched with the blank after it over the word's place, above the line."""

_MOST_LETTERS = 60_000
_INVISIBLE, _STROKED = 3, 2
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_ITALIC_NAME = re.compile(r"italic|oblique", re.I)
_LEVEL = 4.0  # degrees
_GAP = 0.22  # of the letter size, between words drawn without a blank
_LARGEST = 400.0  # points; beyond it a size is a trick
_LOOK_AHEAD = 12
_SHADOW = 0.25  # of the letter size: the same word drawn again so near is its shadow or a thickened copy
_ASCENT, _DESCENT = 0.89, 0.22  # Times New Roman's
_NO_LETTERS = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A word as drawn: `order` counts in the order of drawing; level unless it is written at an angle."""

    word: Word
    order: int
    is_level: bool = True


@dataclass(frozen=True, slots=True)
class _Style:
    size: float = 0.0
    is_bold: bool = False
    is_italic: bool = False
    is_invisible: bool = False
    is_glyphless: bool = False
    is_level: bool = True


@dataclass(slots=True)
class _Run:
    """Letters of one word so far."""

    style: _Style
    baseline: float = 0.0
    letters: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def words_on(page: pdfium.PdfPage, sure: Sure = ()) -> list[Drawn]:
    """The words as seen on the page (turned as its reader sees it), in the order of drawing.

    `sure` is what the recogniser said of the words it laid over the page.
    """
    textpage = page.get_textpage()
    try:
        drawn = [_drawn(run, order) for order, run in enumerate(_runs(page, textpage))]
    finally:
        textpage.close()
    drawn = _without_shadows([one for one in drawn if one.word.text])
    return _as_sure(drawn, sure) if sure else _in_unicode(drawn)


def _runs(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[_Run]:
    frame = Frame.of(page)
    styles: dict[int, _Style] = {}
    run = _Run(_Style())
    for index in range(min(textpage.count_chars(), _MOST_LETTERS)):
        character = _character(raw.FPDFText_GetUnicode(textpage, index))
        if not character.strip():
            if run.letters and raw.FPDFText_IsGenerated(textpage, index) != 1:
                yield run
                run = _Run(_Style())
            continue
        box = frame.box(*textpage.get_charbox(index, loose=True))
        style = _style_at(textpage, index, styles, frame)
        if run.letters and not _goes_on(run, character, box, style):
            yield run
            run = _Run(style)
        if not run.letters:
            run = _Run(style, _baseline(textpage, index, frame))
        run.letters.append(character)
        run.boxes.append(box)
    if run.letters:
        yield run


def _character(code: int) -> str:
    if code == 2:  # PDFium's hyphen at a line's end
        return "-"
    if code < 32 or 0xD800 <= code < 0xE000 or code >= 0x110000 or code & 0xFFFE == 0xFFFE:
        return ""
    return "" if code in _NO_LETTERS else chr(code)


def _goes_on(run: _Run, character: str, box: Box, style: _Style) -> bool:
    """Whether the letter continues the word: on its line and beside it, or a mark upon its last letter."""
    last = run.boxes[-1]
    if unicodedata.combining(character):
        return True
    if style.is_level != run.style.is_level:
        return False
    if not style.is_level:
        reach = max(box.height, box.width, last.height, last.width)
        return abs(box.left - last.left) < 1.5 * reach and abs(box.top - last.top) < 1.5 * reach
    if min(box.bottom, last.bottom) - max(box.top, last.top) < 0.4 * min(box.height, last.height):
        return False
    size = max(box.height, 1.0)
    return -0.6 * size < box.left - last.right < _allowed_gap(run, size)


def _allowed_gap(run: _Run, size: float) -> float:
    """Letters set apart on purpose stay one word as long as they stand equally far from each other."""
    if len(run.boxes) < 2:
        return _GAP * size
    gaps = sorted(right.left - left.right for left, right in pairwise(run.boxes))
    return max(_GAP * size, min(1.6 * gaps[len(gaps) // 2], 0.8 * size))


def _style_at(textpage: pdfium.PdfTextPage, index: int, known: dict[int, _Style], frame: Frame) -> _Style:
    """The style of the text object that drew the letter: one object has one style."""
    item = raw.FPDFText_GetTextObject(textpage, index)
    address = ctypes.cast(item, ctypes.c_void_p).value or 0
    if address not in known:
        known[address] = _style(textpage, index, item if address else None, frame)
    return known[address]


def _style(textpage: pdfium.PdfTextPage, index: int, item: object, frame: Frame) -> _Style:
    matrix = raw.FS_MATRIX()
    level, scale = True, 1.0
    if raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix)):
        level = abs(frame.angle(matrix.a, matrix.b)) < _LEVEL
        scale = math.hypot(matrix.c, matrix.d)
    size = raw.FPDFText_GetFontSize(textpage, index) * scale
    size = round(size, 1) if math.isfinite(size) and 0 < size < _LARGEST else 0.0
    font = raw.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return _Style(size, is_level=level)
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name, flags = buffer.value.decode("utf-8", "replace"), max(0, raw.FPDFFont_GetFlags(font))
    bold = _BOLD_NAME.search(name) or flags & _FORCE_BOLD_FLAG or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return _Style(
        size,
        is_bold=bool(bold) or mode == _STROKED,
        is_italic=bool(_ITALIC_NAME.search(name)) or bool(flags & _ITALIC_FLAG),
        is_invisible=mode == _INVISIBLE,
        is_glyphless=_GLYPHLESS in name,
        is_level=level,
    )


def _baseline(textpage: pdfium.PdfTextPage, index: int, frame: Frame) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
    return frame.point(x.value, y.value)[1]


def _drawn(run: _Run, order: int) -> Drawn:
    style, text, box = run.style, nfc("".join(run.letters)), Box.around(run.boxes)
    if style.is_glyphless and style.is_level:
        below = _DESCENT * box.height
        box = replace(box, right=box.right + box.width / len(run.letters), bottom=box.bottom + below)
    if style.is_invisible:
        return Drawn(Word(text, box, RECOGNISED), order, style.is_level)
    if style.is_level and style.size:
        # Fonts differ in what they call their height, and a hyphen has none: lines need one measure.
        box = replace(box, top=run.baseline - _ASCENT * style.size, bottom=run.baseline + _DESCENT * style.size)
    return Drawn(Word(text, box, 1.0, style.size, style.is_bold, style.is_italic), order, style.is_level)


def _without_shadows(drawn: list[Drawn]) -> list[Drawn]:
    """Words drawn twice almost at one place are one word."""
    kept: list[Drawn] = []
    seen: dict[str, list[Box]] = {}
    for one in drawn:
        box, boxes = one.word.box, seen.setdefault(one.word.text, [])
        near = _SHADOW * max(box.height, 1.0)
        if any(abs(box.left - other.left) < near and abs(box.top - other.top) < near for other in boxes[-50:]):
            continue
        boxes.append(box)
        kept.append(one)
    return kept


def _in_unicode(drawn: list[Drawn]) -> list[Drawn]:
    """Words set in the old one-byte fonts, told by the page as a whole."""
    if detect_legacy_encoding(" ".join(one.word.text for one in drawn)) is None:
        return drawn
    lines = to_unicode(" ".join(one.word.text for one in drawn)).split(" ")
    if len(lines) != len(drawn):
        return drawn
    return [replace(one, word=replace(one.word, text=text)) for one, text in zip(drawn, lines, strict=True)]


def _as_sure(drawn: list[Drawn], sure: Sure) -> list[Drawn]:
    """Recognised words with their confidence; both come in the recogniser's order, a few may differ."""
    known: list[Drawn] = []
    place = 0
    for one in drawn:
        near = range(place, min(place + _LOOK_AHEAD, len(sure)))
        found = next((index for index in near if nfc(sure[index][0]) == one.word.text), None)
        if one.word.size or found is None:
            known.append(one)
        else:
            known.append(replace(one, word=replace(one.word, confidence=max(0.0, sure[found][1]))))
            place = found + 1
    return known
