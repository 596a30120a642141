"""Pictures of pages with their words laid unseen over them, as PDF/A-2b. In the guarded child only.

Pages are added one by one, so that a paper of a thousand takes no more memory than one of ten. A page scanned upright
and straight keeps its picture byte for byte.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pikepdf.pdfa import Flavour, PdfaError, save
from PIL import Image

from congso.kernel.files.reading import pdf
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.scans.pages import Posed, drawn, is_moved, straightened

_QUALITY = 90
_POINTS = 72
_COLOUR = 24  # of saturation: less is the scanner's, not the paper's
_ADVANCE = 0.5  # of the size: every letter of the unseen font
_ASCENT, _DESCENT = 800, -200
_REACH = 0.3  # of a line's height: marks above and below it
_SPACES = {"/DeviceGray", "/DeviceRGB"}


@dataclass(frozen=True)
class Sheet:
    """One page of the paper to be made: where its picture comes from, how it lies, and its words in points."""

    path: Path
    posed: Posed
    words: Sequence[Sequence[Any]]


class NotArchivable(Exception):
    """The PDF that was made would not pass as PDF/A; a fault of ours."""


def make(sheets: Sequence[Sheet], into: Path, limits: Limits, *, title: str, facts: Mapping[str, str]) -> int:
    """Write the PDF/A and return its size in pages. Raises NotArchivable."""
    with pikepdf.new() as made:
        font = _unseen_font(made)
        for sheet, source in _opened(sheets, limits):
            _add(made, sheet, source, font, limits)
        with made.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = title
            for name, words in facts.items():
                told[name] = words
        part = into.with_suffix(".part")
        try:
            save(made, part, Flavour.PDFA_2B, output_intent="sRGB")
        except PdfaError as error:
            raise NotArchivable(str(error)[:2000]) from error
        part.replace(into)
        return len(made.pages)


def _opened(sheets: Sequence[Sheet], limits: Limits) -> Iterator[tuple[Sheet, pdfium.PdfDocument]]:
    """Each sheet with its file; sheets of one file follow each other, it is opened once for them."""
    at = 0
    while at < len(sheets):
        path = sheets[at].path
        with pdf.open_pdf(path, limits) as document:
            while at < len(sheets) and sheets[at].path == path:
                yield sheets[at], document
                at += 1


def _add(made: pikepdf.Pdf, sheet: Sheet, source: pdfium.PdfDocument, font: pikepdf.Object, limits: Limits) -> None:
    page = source[sheet.posed.number - 1]
    kept = None if is_moved(sheet.posed) else _kept_picture(made, sheet)
    if kept is not None:
        picture, (width, height) = kept, page.get_size()
    else:
        picture, (width, height) = _new_picture(made, page, sheet.posed, limits)
    page.close()
    content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im Do Q\n".encode() + _unseen(sheet.words, height)
    made.pages.append(
        pikepdf.Page(
            made.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=[0, 0, round(width, 2), round(height, 2)],
                    Resources=pikepdf.Dictionary(
                        XObject=pikepdf.Dictionary(Im=picture), Font=pikepdf.Dictionary(F=font)
                    ),
                    Contents=made.make_stream(content),
                )
            )
        )
    )


def _kept_picture(made: pikepdf.Pdf, sheet: Sheet) -> pikepdf.Object | None:
    """The scanner's own JPEG, where the page is nothing but it."""
    with pikepdf.open(sheet.path, suppress_warnings=True) as source:
        page = source.pages[sheet.posed.number - 1]
        pictures = list(page.images.values())
        if len(pictures) != 1 or "/Rotate" in page or len(_drawing(page)) > 200:
            return None
        picture = pictures[0]
        plain = picture.get("/Filter") == pikepdf.Name.DCTDecode and str(picture.get("/ColorSpace")) in _SPACES
        if not plain or "/SMask" in picture or "/Decode" in picture:
            return None
        return _jpeg_object(made, picture.read_raw_bytes(), int(picture.Width), int(picture.Height),
                            str(picture.ColorSpace))  # fmt: skip


def _drawing(page: pikepdf.Page) -> bytes:
    """What the page draws; long content is more than one picture over the whole page."""
    contents = page.obj.get("/Contents")
    if contents is None or isinstance(contents, pikepdf.Array):
        return bytes(201)
    return contents.read_bytes()


def _new_picture(
    made: pikepdf.Pdf, page: pdfium.PdfPage, posed: Posed, limits: Limits
) -> tuple[pikepdf.Object, tuple[float, float]]:
    picture = straightened(drawn(page, posed.dpi, limits), posed)
    is_grey = _has_no_colour(picture)
    held = io.BytesIO()
    (picture.convert("L") if is_grey else picture).save(held, "JPEG", quality=_QUALITY, subsampling=0)
    space = "/DeviceGray" if is_grey else "/DeviceRGB"
    size = (picture.width * _POINTS / posed.dpi, picture.height * _POINTS / posed.dpi)
    return _jpeg_object(made, held.getvalue(), picture.width, picture.height, space), size


def _has_no_colour(picture: Image.Image) -> bool:
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8))).convert("HSV")
    return int(np.asarray(small.getchannel("S")).max()) < _COLOUR


def _jpeg_object(made: pikepdf.Pdf, jpeg: bytes, width: int, height: int, space: str) -> pikepdf.Object:
    stream = pikepdf.Stream(made, jpeg)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
    stream.ColorSpace, stream.Filter = pikepdf.Name(space), pikepdf.Name.DCTDecode
    return made.make_indirect(stream)


def _unseen(words: Sequence[Sequence[Any]], height: float) -> bytes:
    """Text of rendering mode 3: each word stretched over its place, a blank after it.

    The words of a line stand on one height, as printed ones do: recognisers draw each box tightly around its letters,
    and who reads the file would take a line of low and high words for two.
    """
    parts = ["BT 3 Tr"]
    heights = _line_heights(words)
    for text, left, _top, right, _bottom, *rest in words:
        top, bottom = heights[int(rest[1])]
        size = max(1.0, bottom - top)
        stretch = 100 * max(0.5, right - left) / max(1e-3, len(text) * _ADVANCE * size)
        line = height - top - size * _ASCENT / 1000
        code = (text + " ").encode("utf-16-be", "replace").hex()
        parts.append(f"/F {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {left:.2f} {line:.2f} Tm <{code}> Tj")
    return ("\n".join([*parts, "ET"]) + "\n").encode()


def _line_heights(words: Sequence[Sequence[Any]]) -> dict[int, tuple[float, float]]:
    """Top and bottom of each line: its words' outermost, less what reaches far beyond the middle ones."""
    lines: dict[int, list[Sequence[Any]]] = {}
    for word in words:
        lines.setdefault(int(word[6]), []).append(word)
    found = {}
    for line, held in lines.items():
        tops, bottoms = sorted(word[2] for word in held), sorted(word[4] for word in held)
        middle = (tops[len(tops) // 2], bottoms[len(bottoms) // 2])
        reach = _REACH * max(1.0, middle[1] - middle[0])
        found[line] = (max(tops[0], middle[0] - reach), min(bottoms[-1], middle[1] + reach))
    return found


def _unseen_font(made: pikepdf.Pdf) -> pikepdf.Object:
    """A font without shapes: every code is the same empty letter, and means itself."""
    program = made.make_stream((files("ocrmypdf") / "data" / "Occulta.ttf").read_bytes())
    descriptor = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Occulta-Regular"), Flags=4, ItalicAngle=0,
            FontBBox=[0, _DESCENT, 1000, _ASCENT], Ascent=_ASCENT, Descent=_DESCENT, CapHeight=_ASCENT, StemV=80,
            FontFile2=program,
        )
    )  # fmt: skip
    letters = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/Occulta-Regular"),
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=descriptor, DW=500, CIDToGIDMap=made.make_stream(b"\x00\x01" * 65536),
        )
    )  # fmt: skip
    return made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/Occulta-Regular"),
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[letters], ToUnicode=made.make_stream(_MEANING),
        )
    )  # fmt: skip


_RANGES = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(0x100))
_BLOCKS = "\n".join(
    f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange"
    for block in [_RANGES.split("\n")[at : at + 100] for at in range(0, 256, 100)]
)
_MEANING = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    f"{_BLOCKS}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
).encode()
