"""A whole file as a layout. Runs in the guarded child only."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from congso.kernel.files.reading import confidences, pdf, refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.page import read_page
from congso.kernel.files.reading.pages.paragraphs import joined_over_pages
from congso.lib.layout import Block, Layout, Page

_TOLD_EVERY = 10
_MOST_ANNOTATIONS = 500


def layout_of(path: Path, kind: FileKind, limits: Limits, tell: Callable[[int, int], None]) -> Layout:
    """Raises Refused for other kinds than PDF, DOCX and XLSX, and for what cannot be read."""
    with refusals.whatever_fails(FACTS[kind].label):
        return _layout_of(path, kind, limits, tell)


def _layout_of(path: Path, kind: FileKind, limits: Limits, tell: Callable[[int, int], None]) -> Layout:
    if kind is FileKind.PDF:
        return _of_pdf(path, limits, tell)
    if kind in (FileKind.DOCX, FileKind.XLSX):
        from congso.kernel.files.reading.word_blocks import blocks_of

        return Layout((), blocks_of(path, kind, limits))
    raise refusals.unsupported(FACTS[kind].label)


def _of_pdf(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> Layout:
    pages: list[Page] = []
    blocks: list[list[Block]] = []
    words = 0
    sure = confidences.known_for(path)
    with pdf.open_pdf(path, limits) as document:
        for number in range(1, len(document) + 1):
            page = _with_annotations(document, number - 1)
            if words < limits.words_per_file:
                seen, held = read_page(page, number, limits, sure.get(number, ()))
                words += sum(len(line.words) for line in seen.lines)
                pages.append(seen)
                blocks.append(held)
            page.close()
            if number % _TOLD_EVERY == 0:
                tell(number, len(document))
    return Layout(tuple(pages), tuple(joined_over_pages(blocks)))


def _with_annotations(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page with its form fields and notes as part of it, as its reader sees it.

    Software that numbers and dates issued papers often writes into such a field.
    """
    page = document[index]
    if not 0 < raw.FPDFPage_GetAnnotCount(page) <= _MOST_ANNOTATIONS:
        return page
    flattened = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    if not flattened:
        return page
    page.close()
    return document[index]
