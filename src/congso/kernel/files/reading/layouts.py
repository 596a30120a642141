"""What stands on a paper and where, read from its file in the guarded child."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congso.kernel.files.reading.isolation import Progress, run_task, silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.lib.layout import Block, Box, Cell, Layout, Line, Page, Paragraph, Place, Table, Word

_DECIMALS = 2


def read_layout(path: Path, kind: FileKind, *, limits: Limits, work: Path, on_progress: Progress = silent) -> Layout:
    """Words, lines, tables and paragraphs of a PDF; of a Word or Excel file its blocks. Raises Refused.

    A PDF without a text layer gives pages without lines: make it searchable first.
    """
    arguments = {"path": str(path), "kind": kind}
    answer = run_task("read_layout", arguments, limits=limits, work=work, on_progress=on_progress)
    return layout_from(answer)


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a page to be recognised again.

    `segmentation` is Tesseract's: 6 one block, 7 one line, 4 lines of different sizes, 3 a whole page. With
    `without_ink` red and blue ink (seals, stamps, signatures) is taken away first.
    """

    place: Place
    segmentation: int = 6
    without_ink: bool = False


def read_zones(path: Path, zones: Sequence[Zone], *, limits: Limits, work: Path) -> tuple[tuple[Line, ...], ...]:
    """The lines of each zone of a PDF with the recogniser's confidence, boxes on the page. Raises Refused.

    Nothing is read where there is nothing, or without Tesseract.
    """
    if not zones:
        return ()
    plain = [[*(_place(zone.place) or ()), zone.segmentation, zone.without_ink] for zone in zones]
    arguments = {"path": str(path), "zones": plain, "work": str(work)}
    answer = run_task("read_zones", arguments, limits=limits, work=work, on_progress=silent)
    return tuple(tuple(line_from(line) for line in lines) for lines in answer)


def to_plain(layout: Layout) -> dict[str, Any]:
    """The layout as plain values for JSON, short: a long plan has a hundred thousand words."""
    return {
        "pages": [
            [
                page.number,
                page.width,
                page.height,
                page.is_scan,
                [[_word(w) for w in line.words] for line in page.lines],
            ]
            for page in layout.pages
        ],
        "blocks": [_table(block) if isinstance(block, Table) else _paragraph(block) for block in layout.blocks],
    }


def layout_from(plain: Mapping[str, Any]) -> Layout:
    """The layout that `to_plain` wrote down."""
    pages = tuple(
        Page(number, width, height, tuple(line_from(line) for line in lines), is_scan)
        for number, width, height, is_scan, lines in plain["pages"]
    )
    return Layout(pages, tuple(_block_from(block) for block in plain["blocks"]))


def line_from(plain: list[list[Any]]) -> Line:
    """The line that `to_plain_line` wrote down."""
    return Line(tuple(Word(text, Box(*sides), *rest) for text, sides, *rest in plain))


def to_plain_line(line: Line) -> list[list[Any]]:
    """One line as plain values."""
    return [_word(word) for word in line.words]


def _word(word: Word) -> list[Any]:
    return [word.text, _sides(word.box), word.confidence, word.size, word.is_bold, word.is_italic]


def _sides(box: Box) -> list[float]:
    return [round(side, _DECIMALS) for side in (box.left, box.top, box.right, box.bottom)]


def _place(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.page, _sides(place.box) if place.box else None]


def _place_from(plain: list[Any] | None) -> Place | None:
    return None if plain is None else Place(plain[0], Box(*plain[1]) if plain[1] else None)


def _paragraph(block: Paragraph) -> dict[str, Any]:
    style = [block.is_bold, block.is_italic, block.is_centred, block.size, block.indent, block.confidence]
    return {"text": block.text, "place": _place(block.place), "style": style}


def _table(block: Table) -> dict[str, Any]:
    cells = [[c.row, c.column, c.text, c.row_span, c.column_span, _place(c.place)] for c in block.cells]
    return {"rows": block.rows, "columns": block.columns, "cells": cells, "place": _place(block.place)}


def _block_from(plain: Mapping[str, Any]) -> Block:
    place = _place_from(plain["place"])
    if "cells" not in plain:
        return Paragraph(plain["text"], place, *plain["style"])
    cells = tuple(
        Cell(row, column, text, row_span, column_span, _place_from(where))
        for row, column, text, row_span, column_span, where in plain["cells"]
    )
    return Table(plain["rows"], plain["columns"], cells, place)
