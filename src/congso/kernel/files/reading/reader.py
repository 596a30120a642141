"""Reads one file from beginning to end: the only entrance other modules need."""

import logging
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from congso.kernel.files.reading import ocr, office, refusals
from congso.kernel.files.reading.isolation import Crashed, Progress, run_task, silent
from congso.kernel.files.reading.kinds import FACTS, OFFICE, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.messages import OpenedMessage
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.reading.secrecy import Evidence, Grade, Mark

_OCR_GAVE_UP = "Không nhận dạng được chữ; bản quét được lưu nhưng chưa tìm kiếm được theo nội dung."
_NOTHING_READ = "Không nhận dạng được chữ ở trang {pages}; hãy kiểm tra chất lượng bản quét."
_NO_PREVIEW = "Không chuyển được sang PDF để xem trước; vẫn tải về được bản gốc."
_LONG_LIST = 10
_SECONDS_A_HEAD = 3.0  # of a stack: the head of every page is recognised before anything is stored
_READ_BY_OURSELVES = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.TXT})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """What was read. With a mark there is nothing else: no text, no derived file.

    `searchable_pdf_path` is a derived PDF in the work folder (OCR of a scan, print of an Office file), None
    when the original itself is a searchable PDF, or none could be made. `page_texts` has one text for each
    page (of a workbook: sheet). `needs_ocr_off`: there was something to recognise but the
    recogniser is not installed. Of a `message` a plain text is read and kept instead: its cover, at `kept_path`.
    """

    kind: FileKind
    page_texts: tuple[str, ...] = ()
    searchable_pdf_path: Path | None = None
    searchable_pages: int = 0
    needs_ocr_off: bool = False
    mark: Mark | None = None
    warnings: tuple[str, ...] = ()
    message: OpenedMessage | None = None
    kept_path: Path | None = None

    @property
    def pages(self) -> int:
        return len(self.page_texts)

    @property
    def media_type(self) -> str:
        return FACTS[self.kind].media_type


def read(
    path: Path,
    name: str,
    *,
    limits: Limits,
    work: Path,
    on_progress: Progress = silent,
    heed_marks: bool = True,
    is_stack: bool = False,
) -> Reading:
    """Read the file at `path`, called `name` by its sender, using the folder `work` (emptied by the caller).

    Raises Refused with a sentence for the person. Same bytes, same answer. `on_progress` may raise to stop.
    Without `heed_marks` no mark is looked for: a secrecy officer has looked at the file. Of a stack of scanned papers
    every page is searched for marks, and its words are left to be read page by page.
    """
    on_progress(0, 1, "Đang kiểm tra tệp")
    run = _Run(limits, work, on_progress, heed_marks, is_stack)
    seen = run.look("inspect", path=str(path), name=name)
    kind = FileKind(seen["kind"])
    texts, warnings = tuple(seen["texts"]), tuple(seen["warnings"])
    found = Reading(kind, texts, mark=_mark(seen), warnings=warnings)
    if found.mark:
        return found
    if seen["message"]:
        return _print_office(*_cover(seen["message"], found, run), run)
    if kind in OFFICE or kind is FileKind.TXT:
        return _print_office(path, found, run)
    if kind is FileKind.EPUB:  # read chapter by chapter by the system it is for
        return found
    if seen["needs_ocr"] and not is_stack:
        return _recognise(seen, found, run)
    # A picture without a word on it still needs its PDF to be shown; a PDF is shown as it came.
    return found if kind is FileKind.PDF else _shown_as(found, Path(seen["pdf"]))


@dataclass(frozen=True)
class _Run:
    """One reading under way."""

    limits: Limits
    work: Path
    on_progress: Progress
    heed_marks: bool
    is_stack: bool = False

    def look(self, task: str, **order: Any) -> dict[str, Any]:
        """Look into a file in a child process; what it makes is moved out of its scratch folder."""
        scratch = self.work / "scratch"
        scratch.mkdir(exist_ok=True)
        order |= {"work": str(scratch), "heed_marks": self.heed_marks, "is_stack": self.is_stack}
        limits = self.limits
        if self.is_stack:
            limits = replace(limits, seconds_per_file=limits.seconds_per_file + _SECONDS_A_HEAD * limits.pages)
        result: dict[str, Any] = run_task(task, order, limits=limits, work=self.work, on_progress=self.on_progress)
        if result["pdf"] and Path(result["pdf"]).parent == scratch:
            result["pdf"] = shutil.move(result["pdf"], self.work / Path(result["pdf"]).name)
        return result


def _cover(message: dict[str, Any], found: Reading, run: _Run) -> tuple[Path, Reading]:
    """A message is read on as its cover."""
    opened, cover = OpenedMessage(**message), run.work / "cover.txt"
    cover.write_text("\n".join(found.page_texts), encoding="utf-8")
    return cover, replace(found, kind=FileKind.TXT, message=opened, kept_path=cover)


def _shown_as(found: Reading, pdf: Path) -> Reading:
    return replace(found, searchable_pdf_path=pdf, searchable_pages=found.pages)


def _recognise(seen: dict[str, Any], found: Reading, run: _Run) -> Reading:
    source, into, pages = Path(seen["pdf"]), run.work / "searchable.pdf", seen["needs_ocr"]
    if found.kind is not FileKind.PDF:
        found = _shown_as(found, source)
    if not ocr.is_installed():
        return replace(found, needs_ocr_off=True, warnings=(*found.warnings, ocr.NOT_INSTALLED))
    run.on_progress(0, len(pages), f"Nhận dạng chữ: 0/{len(pages)} trang")
    try:
        ocr.make_searchable(
            source,
            into,
            pages=pages,
            how=ocr.How(seen["ocr_over_text"], seen["is_askew"], seen["may_be_turned"]),
            limits=run.limits,
            work=run.work,
            on_progress=run.on_progress,
        )
    except (Refused, Crashed):
        # The scan itself was opened and looked at; only its words are missing, and a person can type them.
        log.warning("OCR gave up on %s", source.name, exc_info=True)
        return replace(found, warnings=(*found.warnings, _OCR_GAVE_UP))
    again = run.look("inspect_made", path=str(into), recognised=True)
    if mark := _mark(again):
        return Reading(found.kind, mark=mark, warnings=found.warnings)
    texts = tuple(again["texts"])
    blank = [page for page in pages if not texts[page - 1].strip()]
    warnings = (*found.warnings, *([_NOTHING_READ.format(pages=_listed(blank))] if blank else []))
    return _shown_as(replace(found, page_texts=texts, warnings=warnings), into)


def _print_office(path: Path, found: Reading, run: _Run) -> Reading:
    """Print through LibreOffice; the printed pages are searched for marks too: stamps, headers, old formats.

    The formats we cannot read ourselves must print, or nobody has looked for a mark in them.
    """
    run.on_progress(0, 1, "Đang tạo bản xem trước")
    must_print, label = found.kind not in _READ_BY_OURSELVES, FACTS[found.kind].label
    if office.libreoffice() is None:
        if must_print:
            raise refusals.office_missing(label)
        return replace(found, warnings=(*found.warnings, office.NOT_INSTALLED))
    try:
        printed, made = _printed(path, found, run)
    except Refused:
        if must_print:
            raise
        return replace(found, warnings=(*found.warnings, _NO_PREVIEW))
    if mark := _mark(printed):
        return Reading(found.kind, mark=mark, warnings=found.warnings)
    # A sheet is printed in pieces; its text is better whole.
    texts = found.page_texts if found.kind is FileKind.XLSX else tuple(printed["texts"])
    pages = len(printed["texts"])
    return replace(found, page_texts=texts, searchable_pdf_path=made, searchable_pages=pages)


def _printed(path: Path, found: Reading, run: _Run) -> tuple[dict[str, Any], Path]:
    source = path
    if found.kind is FileKind.TXT:
        source = run.work / "plain-text"
        source.write_text("\n".join(found.page_texts), encoding="utf-8-sig")
    made = office.to_pdf(source, found.kind, limits=run.limits, work=run.work)
    if made is None:
        raise refusals.unopened(FACTS[found.kind].label)
    return run.look("inspect_made", path=str(made), recognised=False), made


def _mark(seen: dict[str, Any]) -> Mark | None:
    mark = seen["mark"]
    return Mark(Grade(mark["grade"]), mark["where"], Evidence(mark["evidence"])) if mark else None


def _listed(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:_LONG_LIST])
    return shown if len(pages) <= _LONG_LIST else f"{shown}… ({len(pages)} trang)"
