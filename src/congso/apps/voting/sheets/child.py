"""The child process that reads scanned sheets: started by path under the guard, like the reader of files."""

import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

import cv2
import numpy as np

from congso.apps.voting.sheets import layout, marks
from congso.apps.voting.sheets.marks import PageRead, Seen
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.answering import Say, serve
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pdf import open_pdf, render

FOREIGN = "không do ban kiểm phiếu phát ra"
THUMBNAIL = 620  # pixels: a person recognises the page, a file of hundreds stays small


def read_sheets(arguments: dict[str, Any], limits: Limits, say: Say) -> int:
    """Each page of a scan, said as a part; pictures of what is doubtful go into a folder. Returns how many pages."""
    rooms, into = layout.places(arguments["names"]), Path(arguments["into"])
    printed = set(arguments["printed"])
    with refusals.whatever_fails("PDF"):
        with open_pdf(Path(arguments["form"]), limits) as blank:
            form = [marks.reference(_drawn(page, limits)) for page in blank]
        with open_pdf(Path(arguments["path"]), limits) as document:
            pages = len(document)
            for number in range(pages):
                scanned = _drawn(document[number], limits)
                found = _ours(marks.read_page(scanned, form, rooms), arguments["ballot"], printed)
                say({"part": _told(found, scanned, rooms, into, number + 1)})
                say({"progress": [number + 1, pages, "Đang đọc phiếu quét"]})
    return pages


def _ours(found: PageRead, ballot: int, printed: set[str]) -> PageRead:
    """A page whose sheet was not printed for this ballot is set aside, whatever is on it."""
    code = layout.read_code(found.text)
    if found.problem or (code and code[0] == ballot and code[1] in printed):
        return found
    return PageRead(found.text, FOREIGN)


def _drawn(page: Any, limits: Limits) -> Any:
    return np.asarray(render(page, width=marks.SIZE[0], limits=limits))


def _told(found: PageRead, scanned: Any, rooms: list[layout.Place], into: Path, number: int) -> dict[str, Any]:
    code = layout.read_code(found.text)
    here = [place for place, room in enumerate(rooms) if code and room.page == code[2]] if not found.problem else []
    struck, doubtful = [], {}
    for place, first, second in zip(here, found.first, found.second, strict=True):
        if first is second and first is not Seen.UNSURE:
            struck += [place] if first is Seen.STRUCK else []
        elif found.picture is not None:
            doubtful[place] = _kept(marks.room_picture(found.picture, rooms[place]), into / f"{number}-{place}.png")
    whole = ""
    if found.problem or found.has_stray_ink:
        scale = THUMBNAIL / scanned.shape[1]
        small = cv2.resize(scanned[:, :, ::-1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        whole = _kept(small, into / f"{number}.png")
    return {
        "number": number, "code": found.text, "problem": found.problem, "struck": struck, "doubtful": doubtful,
        "whole": whole,
    }  # fmt: skip


def _kept(picture: Any, path: Path) -> str:
    cv2.imwrite(str(path), np.ascontiguousarray(picture))
    return path.name


if __name__ == "__main__":
    cv2.setNumThreads(1)
    serve({"read_sheets": read_sheets})
