"""One look at a file that comes in by another way than an upload: what it is, whether it may be here at all."""

from dataclasses import dataclass
from pathlib import Path

from congso.kernel.files.configuration import limits
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.viruses import Infected, ScannerFailed, scan_for_viruses


@dataclass(frozen=True)
class Screened:
    """What a file really is, and how many pages it has."""

    media_type: str
    pages: int


def screen(path: Path, name: str, work: Path) -> Screened:
    """Kind by its bytes, viruses, marks of secrecy in name, text and stamps; words on scans are not recognised.

    Raises Refused for what no upload would be taken in with; of a mark nothing is kept, not even here.
    """
    try:
        scan_for_viruses(path)
    except Infected as infected:
        raise refusals.infected() from infected
    except ScannerFailed as failed:
        raise Refused(Reason.INFECTED, "Máy quét vi-rút chưa trả lời; hãy thử lại sau.") from failed
    scratch = work / "scratch"
    scratch.mkdir(exist_ok=True)
    order = {"path": str(path), "name": name, "work": str(scratch), "heed_marks": True}
    seen = run_task("inspect", order, limits=limits(), work=work, on_progress=silent)
    if seen["mark"]:
        raise Refused(Reason.UNSUPPORTED, "Tệp có dấu hiệu là tài liệu mật; tài liệu mật không lưu trên hệ thống này.")
    kind = FileKind(seen["kind"])
    return Screened(FACTS[kind].media_type, len(seen["texts"]) or len(seen["needs_ocr"]))
