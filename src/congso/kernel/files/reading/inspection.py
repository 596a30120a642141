"""One look into a file in the guarded child: kind, marks of secrecy, text by page, pages that need OCR.

The order is the rule: the name, then the upper part of the pages, and only what bears no mark gives its text.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium

from congso.kernel.files.reading import image, office, pdf, refusals
from congso.kernel.files.reading.kinds import FACTS, IMAGES, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.recognition import lines_in, tesseract
from congso.kernel.files.reading.red_marks import WIDTH, grade_in_stamps
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.reading.secrecy import (
    HEAD_SHARE,
    Evidence,
    Head,
    Mark,
    find_mark,
    gravest,
    mark_in_head,
)
from congso.kernel.files.reading.sniff import sniff
from congso.kernel.files.reading.text import clean, segments

Progress = Callable[[int, int, str], None]
_PAGES_WITH_STAMPS = 3  # a stamp is looked for on so many pages; text marks on all
_TXT_PAGE = 3_000


@dataclass(frozen=True)
class Inspection:
    """What one look found. With a mark there is no text."""

    kind: str
    texts: list[str] = field(default_factory=list)
    mark: Mark | None = None
    needs_ocr: list[int] = field(default_factory=list)
    ocr_over_text: bool = False
    pdf: str | None = None
    warnings: list[str] = field(default_factory=list)


def inspect_file(path: Path, name: str, limits: Limits, work: Path, on_progress: Progress) -> Inspection:
    """Look into an upload as it came. Raises Refused."""
    sniffed = sniff(path, name, limits)
    kind = sniffed.kind
    warnings = [sniffed.warning] if sniffed.warning else []
    if mark := find_mark(name, ()):
        return Inspection(kind, mark=mark)
    try:
        seen = _inspect_kind(path, kind, limits, work, on_progress)
    except (Refused, OSError, MemoryError):
        raise
    except Exception as error:
        # Libraries fail on broken bytes in ways they do not list; the trace goes to the log.
        traceback.print_exc()
        raise refusals.damaged(FACTS[kind].label) from error
    warnings += seen.warnings
    return replace(seen, kind=kind, warnings=warnings)


def _inspect_kind(path: Path, kind: FileKind, limits: Limits, work: Path, on_progress: Progress) -> Inspection:
    if kind is FileKind.PDF:
        mended = pdf.check_whole(path)
        plain = pdf.without_protection(path, work / "plain.pdf")
        seen = inspect_pdf(plain, limits, work, on_progress, recognised=False)
        return replace(seen, warnings=[mended] if mended else [])
    if kind in IMAGES:
        made = work / "picture.pdf"
        image.to_pdf(path, kind, made, limits)
        return inspect_pdf(made, limits, work, on_progress, recognised=False)
    return _inspect_office(path, kind, limits)


def _inspect_office(path: Path, kind: FileKind, limits: Limits) -> Inspection:
    texts: list[str] = []
    top: tuple[str, ...] = ()
    if kind is FileKind.DOCX:
        whole, top = office.docx_text(path, limits)
        texts = [whole]
    elif kind is FileKind.XLSX:
        texts, top = office.xlsx_text(path, limits)
    elif kind is FileKind.TXT:
        whole = office.plain_text(path)
        texts, top = [whole], segments(whole[:_TXT_PAGE])
    mark = mark_in_head(Head(1, top))
    return Inspection(kind, [] if mark else [clean(text, limits.text_per_page) for text in texts], mark)


def inspect_pdf(path: Path, limits: Limits, work: Path, on_progress: Progress, *, recognised: bool) -> Inspection:
    """Look into a PDF page by page; `recognised` when its text comes from OCR. Raises Refused."""
    texts: list[str] = []
    needs_ocr: list[int] = []
    over_text = False
    length = 0
    marks: list[Mark | None] = []
    with pdf.open_pdf(path, limits) as document:
        for index in range(len(document)):
            page = document[index]
            facts = pdf.page_facts(page, limits)
            texts.append(facts.text if length < limits.text_per_file else "")
            length += len(facts.text)
            marks.append(_mark_on(page, index + 1, facts, limits, work, recognised=recognised))
            if facts.needs_ocr:
                needs_ocr.append(index + 1)
                over_text = over_text or facts.has_text
            page.close()
            if index % 20 == 19:
                on_progress(index + 1, len(document), f"Đọc văn bản: {index + 1}/{len(document)} trang")
    mark = gravest(marks)
    if mark:
        return Inspection(FileKind.PDF, mark=mark)
    return Inspection(FileKind.PDF, texts, None, [] if recognised else needs_ocr, over_text, str(path))


def _mark_on(
    page: pdfium.PdfPage, number: int, facts: pdf.PageFacts, limits: Limits, work: Path, *, recognised: bool
) -> Mark | None:
    marks: list[Mark | None] = []
    misread = recognised or facts.is_scan
    if pdf.may_hold_mark(facts.text) or (misread and number <= _PAGES_WITH_STAMPS):
        marks.append(mark_in_head(pdf.head_of(page, number, recognised=misread)))
    if tesseract() and number <= _PAGES_WITH_STAMPS and not recognised:
        head = pdf.render(page, width=WIDTH, limits=limits, share=HEAD_SHARE)
        if grade := grade_in_stamps(head, work):
            marks.append(Mark(grade, f"dấu đỏ trang {number}", Evidence.STAMP))
        if facts.needs_ocr and number == 1:
            # Before the whole file is recognised: a secret must not even be read here.
            marks.append(mark_in_head(Head(number, lines_in(head, work), recognised=True)))
    return gravest(marks)
