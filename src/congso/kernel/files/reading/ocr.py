"""Scans made searchable: ocrmypdf with Tesseract `vie`, in its own guarded process, heard page by page."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from congso.kernel.files.reading import confidences
from congso.kernel.files.reading.isolation import Crashed, Progress, run_command
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.recognition import tesseract

NOT_INSTALLED = (
    "Máy chủ chưa cài bộ nhận dạng chữ tiếng Việt (tesseract-ocr-vie) nên bản quét chưa có văn bản để tìm"
    " kiếm và chưa dò được dấu mật trên ảnh; văn thư kiểm tra bằng mắt."
)
_PLUGIN = Path(__file__).with_name("ocr_plugin.py")


def is_installed() -> bool:
    """Whether scans can be recognised on this machine."""
    return tesseract() is not None and find_spec("ocrmypdf") is not None


@dataclass(frozen=True)
class How:
    """What the pages need: `over_text` when one carries some text already (an unreadable layer, a signature's
    caption), `straighten` when one lies far askew, `turn` when one may be sideways or upside down.

    Each costs: to straighten draws every page's picture anew, to turn asks Tesseract about every page.
    """

    over_text: bool = False
    straighten: bool = False
    turn: bool = False


def make_searchable(
    source: Path,
    into: Path,
    *,
    pages: Sequence[int],
    how: How,
    limits: Limits,
    work: Path,
    on_progress: Progress,
) -> None:
    """Recognise the given pages (from 1) and write a PDF/A with a text layer; other pages pass unchanged.

    How sure the recogniser was of each word is written beside it (`confidences.py`). A signed original keeps its
    signature: this is another file.
    """
    seconds = limits.seconds_for_ocr(len(pages))

    def hear(line: str) -> None:
        try:
            step, done, total = json.loads(line)
        except (ValueError, TypeError):
            return  # a message of the tool itself
        if step == "OCR":
            on_progress(int(done), int(total), f"Nhận dạng chữ: {int(done)}/{int(total)} trang")

    command = _command(source, into, pages, how=how, limits=limits)
    ended = run_command(command, limits=limits, work=work, seconds=seconds, hear=hear, hear_errors=True)
    if not into.exists():
        raise Crashed(ended)
    confidences.gather(work, into)


def _command(source: Path, into: Path, pages: Sequence[int], *, how: How, limits: Limits) -> list[str]:
    # Page segmentation 3 measured best on Party forms (CER 2.7 %); one thread a page, several pages at once.
    return [
        *(sys.executable, "-I", "-m", "ocrmypdf"),
        *("--language", "vie", "--output-type", "auto", "--tesseract-pagesegmode", "3"),
        # Tesseract's own text layer: the other renderer loads a whole PDF library for each file.
        *("--pdf-renderer", "sandwich", "--tesseract-config", "tsv"),
        *("--mode", "force" if how.over_text else "skip", "--pages", ranges(pages)),
        *(("--deskew", "--optimize", "1") if how.straighten else ("--optimize", "0")),
        *(("--rotate-pages",) if how.turn else ()),
        *("--jobs", str(limits.ocr_jobs)),
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
