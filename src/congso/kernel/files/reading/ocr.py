"""Scans made searchable: ocrmypdf with Tesseract `vie`, in its own guarded process, heard page by page."""

import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from congso.kernel.files.reading.isolation import Crashed, Progress, run_command
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.recognition import tesseract

NOT_INSTALLED = (
    "Máy chủ chưa cài bộ nhận dạng chữ tiếng Việt (tesseract-ocr-vie) nên bản quét chưa có văn bản để tìm"
    " kiếm và chưa dò được dấu mật trên ảnh; văn thư kiểm tra bằng mắt."
)
_PLUGIN = Path(__file__).with_name("ocr_progress.py")


def is_installed() -> bool:
    """Whether scans can be recognised on this machine."""
    return tesseract() is not None and find_spec("ocrmypdf") is not None


def make_searchable(
    source: Path,
    into: Path,
    *,
    pages: Sequence[int],
    over_text: bool,
    limits: Limits,
    work: Path,
    on_progress: Progress,
) -> None:
    """Recognise the given pages (from 1) and write a PDF/A with a text layer; other pages pass unchanged.

    `over_text` when such a page carries some text already (an unreadable layer, a signature's caption).
    A signed original keeps its signature: this is another file.
    """
    seconds = limits.seconds_for_ocr(len(pages))

    def hear(line: str) -> None:
        try:
            step, done, total = json.loads(line)
        except (ValueError, TypeError):
            return  # a message of the tool itself
        if step == "OCR":
            on_progress(int(done), int(total), f"Nhận dạng chữ: {int(done)}/{int(total)} trang")

    command = _command(source, into, pages, over_text=over_text, limits=limits)
    ended = run_command(command, limits=limits, work=work, seconds=seconds, hear=hear, hear_errors=True)
    if not into.exists():
        raise Crashed(ended)


def _command(source: Path, into: Path, pages: Sequence[int], *, over_text: bool, limits: Limits) -> list[str]:
    # Page segmentation 3 measured best on Party forms (CER 2.7 %); one thread a page, several pages at once.
    return [
        *(sys.executable, "-I", "-m", "ocrmypdf"),
        *("--language", "vie", "--output-type", "auto", "--tesseract-pagesegmode", "3"),
        *("--mode", "force" if over_text else "skip", "--pages", ranges(pages)),
        *("--rotate-pages", "--deskew", "--jobs", str(limits.ocr_jobs), "--optimize", "1"),
        *(
            "--tesseract-timeout",
            str(limits.seconds_per_page),
            "--max-image-mpixels",
            str(limits.page_pixels // 10**6),
        ),
        *("--max-ocr-image-mpixels", "40", "--tesseract-downsample-large-images"),
        *(
            "--invalidate-digital-signatures",
            "--tagged-pdf-mode",
            "ignore",
            "--continue-on-soft-render-error",
        ),
        *("--plugin", str(_PLUGIN), str(source), str(into)),
    ]


def ranges(pages: Sequence[int]) -> str:
    """Page numbers as ocrmypdf takes them: 1-3,7."""
    parts: list[list[int]] = []
    for page in sorted(set(pages)):
        if parts and page == parts[-1][1] + 1:
            parts[-1][1] = page
        else:
            parts.append([page, page])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
