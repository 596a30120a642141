"""A whole file as a layout. Runs in the guarded child only."""

from collections.abc import Callable
from pathlib import Path

from congso.kernel.files.reading import confidences, pdf, refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.page import read_page
from congso.lib.layout import Block, Layout, Page

_TOLD_EVERY = 10


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
    blocks: list[Block] = []
    words = 0
    sure = confidences.known_for(path)
    with pdf.open_pdf(path, limits) as document:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            if words < limits.words_per_file:
                seen, held = read_page(page, number, limits, sure.get(number, ()))
                words += sum(len(line.words) for line in seen.lines)
                pages.append(seen)
                blocks += held
            page.close()
            if number % _TOLD_EVERY == 0:
                tell(number, len(document))
    return Layout(tuple(pages), tuple(blocks))
