"""The tasks of a paper that lies in files: checked for marks of secrecy, recognised when scanned, then read."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from congso.kernel.files.configuration import limits as configured_limits
from congso.kernel.files.reading.isolation import Crashed, Progress, silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.reading.row_numbers import with_row_numbers
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks.reader import issued_date, read_tasks
from congso.lib.layout import Block, Paragraph

_FROM_ITS_SOURCE = frozenset({FileKind.DOCX, FileKind.XLSX})
_NO_FILE = "Không có tệp này."
_MARKED = "Tệp mang dấu chỉ độ mật ({where}) nên không được đọc trên hệ thống này."
_NO_OCR = "Tệp là bản quét nhưng máy chủ chưa cài bộ nhận dạng chữ; {warning}"
_CRASHED = "Không đọc được tệp này do lỗi của bộ đọc; hãy lưu lại thành PDF hoặc DOCX rồi thử lại."
Announce = Callable[[Path], Progress]


class CannotRead(Exception):
    """A file whose tasks cannot be read; the message names it and says why, in Vietnamese."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path.name}: {message}")


def read_tasks_of_files(
    paths: Sequence[Path],
    *,
    limits: Limits | None = None,
    issued_on: date | None = None,
    announce: Announce = lambda _path: silent,
) -> list[TaskProposal]:
    """The tasks of one paper whose parts, in their order, are these files. Raises CannotRead.

    `announce` gives the listener for the progress of each file.
    """
    blocks: list[Block] = []
    for path in paths:
        # Absolute, for the parsers work in a folder of their own.
        blocks += _blocks_of(path.absolute(), limits or configured_limits(), announce(path))
    return read_tasks(blocks, issued_on=issued_on or issued_date(blocks))


def _blocks_of(path: Path, limits: Limits, on_progress: Progress) -> tuple[Block, ...]:
    if not path.is_file():
        raise CannotRead(path, _NO_FILE)
    with tempfile.TemporaryDirectory(prefix="plan-") as folder:
        work = Path(folder)
        try:
            found = read(path, path.name, limits=limits, work=work, on_progress=on_progress)
            if found.mark is not None:
                raise CannotRead(path, _MARKED.format(where=found.mark.where))
            return _blocks_in(path, found, limits, work, on_progress)
        except Refused as refused:
            raise CannotRead(path, refused.message_vi) from refused
        except Crashed as crashed:
            raise CannotRead(path, _CRASHED) from crashed


def _blocks_in(path: Path, found: Reading, limits: Limits, work: Path, on_progress: Progress) -> tuple[Block, ...]:
    on_progress(0, 1, "Đang tách nhiệm vụ")
    if found.kind in _FROM_ITS_SOURCE:
        return read_layout(path, found.kind, limits=limits, work=work, on_progress=on_progress).blocks
    source = found.searchable_pdf_path or (path if found.kind is FileKind.PDF else None)
    if source is None:
        return tuple(Paragraph(line) for text in found.page_texts for line in text.split("\n") if line.strip())
    if found.needs_ocr_off:
        raise CannotRead(path, _NO_OCR.format(warning=found.warnings[-1] if found.warnings else ""))
    layout = read_layout(source, FileKind.PDF, limits=limits, work=work, on_progress=on_progress)
    return with_row_numbers(layout, source, limits=limits, work=work).blocks
