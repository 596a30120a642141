"""The child process that parses foreign bytes: a task in, progress and one answer out, as lines of JSON.

Started by `isolation.run_task` under `guard.py`. Nothing here may be imported by the service itself.
"""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from congso.kernel.files.reading import inspection
from congso.kernel.files.reading.answering import Say, Task, serve
from congso.kernel.files.reading.inspection import Look, inspect_file
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits


def inspect(arguments: dict[str, Any], limits: Limits, say: Say) -> dict[str, Any]:
    """Look into an upload: kind, marks, text, pages that need OCR."""
    look = _look(arguments, limits, say)
    return asdict(inspect_file(Path(arguments["path"]), arguments["name"], look))


def inspect_made(arguments: dict[str, Any], limits: Limits, say: Say) -> dict[str, Any]:
    """Look into a PDF made from an upload, by OCR or by LibreOffice."""
    look = _look(arguments, limits, say)
    return asdict(inspection.inspect_made(Path(arguments["path"]), look, recognised=arguments["recognised"]))


def _look(arguments: dict[str, Any], limits: Limits, say: Say) -> Look:
    def tell(done: int, total: int, message: str) -> None:
        say({"progress": [done, total, message]})

    is_stack = arguments.get("is_stack", False)
    return Look(limits, Path(arguments["work"]), tell, arguments["heed_marks"], is_stack=is_stack)


def draw_page(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Draw one page as a WebP picture; false when there is no such page."""
    from congso.kernel.files.reading.pdf import open_pdf, render

    with open_pdf(Path(arguments["path"]), limits) as document:
        document.init_forms()  # or what stands in fields would not be drawn: signatures, number and date
        number = arguments["page"]
        if not 1 <= number <= len(document):
            return False
        picture = render(document[number - 1], width=arguments["width"], limits=limits)
        picture.save(arguments["into"], "WEBP", quality=80, method=4)
    return True


def put_stamp(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Write a copy with the ĐẾN stamp."""
    from congso.kernel.files.reading.stamp_drawing import put_stamp as put

    path, into = Path(arguments["path"]), Path(arguments["into"])
    put(path, into, arguments["organization"], arguments["lines"], limits)
    return True


def mark_copy(arguments: dict[str, Any], _limits: Limits, _say: Say) -> list[float]:
    """Write a copy with the marks of an archive's copies; its first page's sides."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.copy_drawing import mark_copy as mark

    with refusals.whatever_fails("PDF"):
        path, into, is_flat = Path(arguments["path"]), Path(arguments["into"]), arguments["is_flat"]
        return mark(path, into, arguments["corner"], arguments["foot"], is_flat=is_flat)


def read_layout(arguments: dict[str, Any], limits: Limits, say: Say) -> dict[str, Any]:
    """Words, lines, tables and paragraphs with their places."""
    from congso.kernel.files.reading.layouts import to_plain
    from congso.kernel.files.reading.pages.document import layout_of

    def tell(done: int, total: int) -> None:
        say({"progress": [done, total, f"Đọc bố cục: {done}/{total} trang"]})

    return to_plain(layout_of(Path(arguments["path"]), FileKind(arguments["kind"]), limits, tell))


def read_zones(arguments: dict[str, Any], limits: Limits, _say: Say) -> list[Any]:
    """Parts of pages recognised again."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.layouts import to_plain_line
    from congso.kernel.files.reading.pages.zones import Part, read_parts
    from congso.lib.layout import Box

    parts = [
        Part(page, Box(*sides) if sides else None, segmentation, without_ink)
        for page, sides, segmentation, without_ink in arguments["zones"]
    ]
    with refusals.whatever_fails("PDF"):
        found = read_parts(Path(arguments["path"]), parts, limits, Path(arguments["work"]))
    return [[to_plain_line(line) for line in lines] for lines in found]


def unpack_book(arguments: dict[str, Any], limits: Limits, _say: Say) -> dict[str, Any]:
    """A book's chapters as clean HTML and its pictures, written anew, into a folder; its contents and facts."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.book_unpacking import unpack

    with refusals.whatever_fails(FACTS[FileKind.EPUB].label):
        return unpack(Path(arguments["path"]), Path(arguments["into"]), limits)


def sheet_rows(arguments: dict[str, Any], limits: Limits, _say: Say) -> list[list[str]]:
    """The cells of a workbook's first sheet as text."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.office import sheet_rows as rows

    with refusals.whatever_fails("Excel"):
        return rows(Path(arguments["path"]), limits)


def read_scan(arguments: dict[str, Any], limits: Limits, say: Say) -> bool:
    """Pages of a scan one by one, each said as a part."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.engines import engine_named
    from congso.kernel.files.reading.scans.pages import Desk, ScannedPage, read_pages

    def tell(page: ScannedPage) -> None:
        grade = page.mark.grade.value if page.mark else ""
        plain = asdict(page) | {"pose": asdict(page.posed), "grade": grade}
        say({"part": {name: plain[name] for name in (
            "pose", "width", "height", "codes", "is_blank", "words", "grade",
        )}})  # fmt: skip

    with refusals.whatever_fails("PDF"):
        desk = Desk(
            engine_named(arguments["engine"]), limits, Path(arguments["work"]), arguments["separator"],
            arguments["heed_marks"],
        )  # fmt: skip
        read_pages(Path(arguments["path"]), arguments["pages"], desk, tell)
    return True


def draw_scan(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Draw one straightened page; false when there is no such page."""
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.scans.pages import Posed, draw

    with refusals.whatever_fails("PDF"):
        path, into = Path(arguments["path"]), Path(arguments["into"])
        return draw(path, Posed(**arguments["pose"]), arguments["width"], into, limits)


def bind_sheets(arguments: dict[str, Any], limits: Limits, _say: Say) -> int:
    """Write pages and their words as one PDF/A."""
    from congso.kernel.files.reading.scans.pages import Posed
    from congso.kernel.files.reading.scans.two_layers import Sheet, make

    sheets = [Sheet(Path(path), Posed(**pose), words) for path, pose, words in arguments["sheets"]]
    return make(sheets, Path(arguments["into"]), limits, title=arguments["title"], facts=arguments["facts"])


TASKS: dict[str, Task] = {
    "inspect": inspect,
    "inspect_made": inspect_made,
    "draw_page": draw_page,
    "put_stamp": put_stamp,
    "mark_copy": mark_copy,
    "read_layout": read_layout,
    "read_zones": read_zones,
    "sheet_rows": sheet_rows,
    "unpack_book": unpack_book,
    "read_scan": read_scan,
    "draw_scan": draw_scan,
    "bind_sheets": bind_sheets,
}


if __name__ == "__main__":
    serve(TASKS)
