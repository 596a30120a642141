"""One look into a file in the guarded child: kind, marks of secrecy, text by page, pages that need OCR.

The order is the rule: the name, then the upper part of the pages, and only what bears no mark gives its text.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium

from congso.kernel.files.reading import image, office, pdf, refusals
from congso.kernel.files.reading.kinds import FACTS, IMAGES, MESSAGES, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.messages import OpenedMessage, open_message
from congso.kernel.files.reading.recognition import lines_in, tesseract
from congso.kernel.files.reading.red_marks import WIDTH, grade_in_stamps
from congso.kernel.files.reading.secrecy import (
    HEAD_SHARE,
    Evidence,
    Head,
    Mark,
    gravest,
    mark_in_head,
    mark_in_name,
)
from congso.kernel.files.reading.sniff import sniff
from congso.kernel.files.reading.text import clean, segments

Progress = Callable[[int, int, str], None]
_PAGES_WITH_STAMPS = 3  # a stamp is looked for on so many pages; text marks on all
_PAGES_LAID_STRAIGHT = 200  # beyond so many nobody looks how they lie: Tesseract decides
_ASKEW = 1.8  # degrees; less does not harm recognition, and the picture stays as it was scanned
_TXT_PAGE = 3_000


@dataclass(frozen=True)
class Inspection:
    """What one look found. With a mark there is no text.

    Of the pages that need OCR: `is_askew` when one lies too askew to be read well, `may_be_turned` when one is
    not surely upright.
    """

    kind: str
    texts: list[str] = field(default_factory=list)
    mark: Mark | None = None
    needs_ocr: list[int] = field(default_factory=list)
    ocr_over_text: bool = False
    is_askew: bool = False
    may_be_turned: bool = False
    pdf: str | None = None
    warnings: list[str] = field(default_factory=list)
    message: OpenedMessage | None = None


@dataclass(frozen=True)
class Look:
    """How to look: within which limits, where to write, whom to tell, and whether to look for marks.

    Of a stack (`is_stack`) any page may begin another paper: stamps and heads are looked for on every page.
    """

    limits: Limits
    work: Path
    on_progress: Progress
    heed_marks: bool = True
    is_stack: bool = False


def inspect_file(path: Path, name: str, look: Look) -> Inspection:
    """Look into an upload as it came. Raises Refused."""
    sniffed = sniff(path, name, look.limits)
    kind = sniffed.kind
    warnings = [sniffed.warning] if sniffed.warning else []
    if look.heed_marks and (mark := mark_in_name(name)):
        return Inspection(kind, mark=mark)
    with refusals.whatever_fails(FACTS[kind].label):
        seen = _inspect_kind(path, kind, look)
    return replace(seen, kind=kind, warnings=[*warnings, *seen.warnings])


def _inspect_kind(path: Path, kind: FileKind, look: Look) -> Inspection:
    if kind is FileKind.PDF:
        mended = pdf.check_whole(path)
        plain = pdf.without_protection(path, look.work / "plain.pdf")
        return replace(inspect_pdf(plain, look, recognised=False), warnings=[mended] if mended else [])
    if kind in IMAGES:
        made = look.work / "picture.pdf"
        image.to_pdf(path, kind, made, look.limits)
        return inspect_pdf(made, look, recognised=False)
    if kind in MESSAGES:
        return _inspect_message(path, kind, look)
    if kind is FileKind.EPUB:
        return _inspect_book(path, look)
    return _inspect_office(path, kind, look)


def _inspect_message(path: Path, kind: FileKind, look: Look) -> Inspection:
    """The cover is searched for marks as any text; the names of what came with it are too, the files later."""
    opened = open_message(path, kind, look.limits, look.work / "enclosed")
    if look.heed_marks:
        names = [mark_in_name(name) for name, _path in opened.parts]
        if mark := gravest([mark_in_head(Head(1, segments(opened.cover[:_TXT_PAGE]))), *names]):
            return Inspection(kind, mark=mark)
    return Inspection(kind, [clean(opened.cover, look.limits.text_per_page)], message=opened)


def _inspect_book(path: Path, look: Look) -> Inspection:
    """A chapter is a page; the mark is looked for where a book's title page stands."""
    from congso.kernel.files.reading.books import open_book

    texts = [chapter.text for chapter in open_book(path, look.limits).chapters]
    if look.heed_marks and (mark := mark_in_head(Head(1, segments("\n".join(texts[:3])[:_TXT_PAGE])))):
        return Inspection(FileKind.EPUB, mark=mark)
    return Inspection(FileKind.EPUB, [clean(text, look.limits.text_per_page) for text in texts])


def _inspect_office(path: Path, kind: FileKind, look: Look) -> Inspection:
    texts: list[str] = []
    top: tuple[str, ...] = ()
    if kind is FileKind.DOCX:
        whole, top = office.docx_text(path, look.limits)
        texts = [whole]
    elif kind is FileKind.XLSX:
        texts, top = office.xlsx_text(path, look.limits)
    elif kind is FileKind.TXT:
        whole = office.plain_text(path)
        texts, top = [whole], segments(whole[:_TXT_PAGE])
    if look.heed_marks and (mark := mark_in_head(Head(1, top))):
        return Inspection(kind, mark=mark)
    return Inspection(kind, [clean(text, look.limits.text_per_page) for text in texts])


def inspect_made(path: Path, look: Look, *, recognised: bool) -> Inspection:
    """Look into a PDF that a tool made from an upload; `recognised` when it was OCR. Raises Refused."""
    with refusals.whatever_fails(FACTS[FileKind.PDF].label):
        return inspect_pdf(path, look, recognised=recognised)


def inspect_pdf(path: Path, look: Look, *, recognised: bool) -> Inspection:
    """Look into a PDF page by page; `recognised` when its text comes from OCR. Raises Refused."""
    texts: list[str] = []
    scans = _Scans()
    length = 0
    marks: list[Mark | None] = []
    with pdf.open_pdf(path, look.limits) as document:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            facts = pdf.page_facts(page, look.limits)
            texts.append(facts.text if length < look.limits.text_per_file else "")
            length += len(facts.text)
            if look.heed_marks:
                marks.append(_mark_on(page, number, facts, look, recognised=recognised))
            if facts.needs_ocr and not recognised:
                scans.add(page, number, facts, look)
            page.close()
            if number % 20 == 0:
                look.on_progress(number, len(document), f"Đọc văn bản: {number}/{len(document)} trang")
    if mark := gravest(marks):
        return Inspection(FileKind.PDF, mark=mark)
    return Inspection(FileKind.PDF, texts, pdf=str(path), **asdict(scans))


@dataclass
class _Scans:
    """The pages that need OCR, and how they lie."""

    needs_ocr: list[int] = field(default_factory=list)
    ocr_over_text: bool = False
    is_askew: bool = False
    may_be_turned: bool = False

    def add(self, page: pdfium.PdfPage, number: int, facts: pdf.PageFacts, look: Look) -> None:
        self.needs_ocr.append(number)
        self.ocr_over_text = self.ocr_over_text or facts.has_text
        if not tesseract() or look.is_stack:  # pages of a stack are laid straight one by one, later
            return
        if len(self.needs_ocr) > _PAGES_LAID_STRAIGHT:
            self.may_be_turned = True
            return
        from congso.kernel.files.reading import posture

        lies = posture.posture_of(pdf.render(page, width=posture.WIDTH, limits=look.limits))
        self.is_askew = self.is_askew or abs(lies.skew) > _ASKEW
        self.may_be_turned = self.may_be_turned or not lies.is_surely_upright


def _mark_on(page: pdfium.PdfPage, number: int, facts: pdf.PageFacts, look: Look, *, recognised: bool) -> Mark | None:
    marks: list[Mark | None] = []
    misread = recognised or facts.is_scan
    may_be_stamped = number <= _PAGES_WITH_STAMPS or look.is_stack
    if pdf.may_hold_mark(facts.text) or (misread and may_be_stamped):
        marks.append(mark_in_head(pdf.head_of(page, number, recognised=misread)))
    if tesseract() and may_be_stamped and not recognised:
        head = pdf.render(page, width=WIDTH, limits=look.limits, share=HEAD_SHARE)
        if grade := grade_in_stamps(head, look.work):
            marks.append(Mark(grade, f"dấu đỏ trang {number}", Evidence.STAMP))
        if facts.needs_ocr and (number == 1 or look.is_stack):
            # Before the whole file is recognised: a secret must not even be read here.
            marks.append(mark_in_head(Head(number, lines_in(head, look.work), recognised=True)))
    return gravest(marks)
