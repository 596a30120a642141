"""Figures that open their list, bars that are a table first, and the columns of a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congso.kernel.records.models import Record
from congso.kernel.records.types import Words


@dataclass(frozen=True)
class Tile:
    """One figure and the list it counts. `tone`: good, warn, bad or nothing."""

    label: Words
    value: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Part:
    """One part of every bar (done, on time, late). `tone`: good, act, warn, bad or calm."""

    key: str
    label: Words
    tone: str


@dataclass(frozen=True)
class Figure:
    """A number in a bar's row, with the list it counts."""

    label: Words
    value: int
    url: str


@dataclass(frozen=True)
class Slice:
    """A drawn piece of a bar, in hundredths of the longest bar; written with a point whatever the language."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """One bar with its figures."""

    label: Words
    figures: Sequence[Figure]
    slices: Sequence[Slice]
    total: int
    url: str


@dataclass(frozen=True)
class Bars:
    """A table of figures with a bar in each row, for `web/_bars.html`."""

    title: Words
    row_label: Words
    parts: Sequence[Part]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Line:
    """What is counted for one row: its parts by key, and the address of each part's list (by key, "" for all)."""

    label: Words
    values: Mapping[str, int]
    urls: Mapping[str, str]


def bars(title: Words, row_label: Words, parts: Sequence[Part], lines: Sequence[Line]) -> Bars:
    """Bars drawn to one scale: the longest row fills the width."""
    longest = max((sum(line.values.values()) for line in lines), default=0)
    return Bars(title, row_label, parts, [_row(line, parts, longest) for line in lines])


def _row(line: Line, parts: Sequence[Part], longest: int) -> Row:
    figures, slices, so_far = [], [], 0
    for part in parts:
        value = line.values.get(part.key, 0)
        figures.append(Figure(part.label, value, line.urls.get(part.key, "")))
        if value:
            slices.append(Slice(part.tone, _share(so_far, longest), _share(value, longest)))
        so_far += value
    return Row(line.label, figures, slices, so_far, line.urls.get("", ""))


def _share(value: int, longest: int) -> str:
    return f"{100 * value / longest:.2f}"


@dataclass(frozen=True)
class BoardColumn:
    """One column of a board: its first records, how many there are, the list of all of them."""

    key: str
    label: Words
    records: Sequence[Record]
    count: int
    url: str
