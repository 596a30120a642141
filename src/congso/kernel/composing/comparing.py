"""Two versions of a paper told apart, paragraph by paragraph, word by word, tables cell by cell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from congso.kernel.composing.guarded import ask


class ChangeKind(StrEnum):
    """What happened to a paragraph or a row of a table."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class PieceKind(StrEnum):
    """What happened to some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph, in reading order of both versions at once."""

    kind: PieceKind
    text: str


@dataclass(frozen=True)
class Change:
    """One paragraph, or one row of a table (`cells`: the pieces of each cell; `pieces` is then empty).

    `old` and `new` are the places (from 1) in either version, None where it is not there; a paragraph moved is told
    twice, where it was and where it is. SAME ones are given too, so that a screen can show the context.
    `is_formatting`: CHANGED in size, bold, italic or alignment only.
    """

    kind: ChangeKind
    pieces: tuple[Piece, ...] = ()
    cells: tuple[tuple[Piece, ...], ...] = ()
    old: int | None = None
    new: int | None = None
    is_formatting: bool = False


def differences(old: bytes, new: bytes) -> list[Change]:
    """All paragraphs and rows of both versions in order, each with what became of it. DOCX or PDF.

    Bounded: 150 pages take a few seconds. Raises Refused for a file that cannot be read.
    """
    found, _ = ask("compare", {"old": old, "new": new})
    return [_change(one) for one in found]


def _change(plain: dict[str, Any]) -> Change:
    cells = tuple(tuple(Piece(PieceKind(kind), text) for kind, text in pieces) for pieces in plain["pieces"])
    is_row = plain["is_row"]
    return Change(
        ChangeKind(plain["kind"]),
        pieces=() if is_row or not cells else cells[0],
        cells=cells if is_row else (),
        old=plain["old"],
        new=plain["new"],
        is_formatting=plain["is_formatting"],
    )
