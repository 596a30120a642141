"""The paragraphs and rows of a file, to be compared. Guarded child only."""

from collections.abc import Sequence
from itertools import groupby

from congso.kernel.composing.aligning import Unit
from congso.kernel.composing.paper import Paper, Para


def units_of(paper: Paper) -> list[Unit]:
    """In reading order; empty paragraphs left out."""
    found: list[Unit] = []
    for row, paragraphs in groupby(paper.paragraphs, key=lambda one: one.cell[:2] if one.cell else None):
        if row is None:
            found += [Unit((one.text.strip(),), look=_look(one)) for one in paragraphs if one.line]
        else:
            cells = _cells(list(paragraphs))
            if any(cells):
                found.append(Unit(cells, is_row=True))
    return found


def _cells(paragraphs: Sequence[Para]) -> tuple[str, ...]:
    columns: dict[int, list[str]] = {}
    for one in paragraphs:
        if one.cell:
            columns.setdefault(one.cell[2], []).append(one.text.strip())
    return tuple("\n".join(filter(None, columns[column])) for column in sorted(columns))


def _look(one: Para) -> tuple[object, ...]:
    look = one.look
    return (look.size, look.is_bold, look.is_italic, look.align)
