"""Charts drawn by the server as SVG: lines, columns, bars with names. A table beside them says the same.

Everything is in a frame of `WIDTH` × `HEIGHT`; coordinates are text written with a point whatever the language.
Colours are classes (`chart-0` …), so that no style is written into the page.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from congso.kernel.records.types import Words

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 44, 14, 40
COLOURS = 8
MOST_TICKS = 6
NAMES, ENDS, ROW, NAME_LENGTH = 262, 112, 34, 24
Value = Decimal | None


@dataclass(frozen=True)
class Series:
    """One line or set of columns; `low` and `high` draw a band around it, `is_dashed` says that it is a guess."""

    label: Words
    values: Sequence[Value]
    is_dashed: bool = False
    low: Sequence[Value] = ()
    high: Sequence[Value] = ()


@dataclass(frozen=True)
class Dot:
    """A drawn value: where, and what it says when pointed at."""

    x: str
    y: str
    words: str


@dataclass(frozen=True)
class Drawn:
    """One series as it is drawn: pieces of its line (gaps stay gaps), dots, its band."""

    label: Words
    colour: int
    pieces: Sequence[str]
    dots: Sequence[Dot]
    band: str = ""
    is_dashed: bool = False


@dataclass(frozen=True)
class Column:
    """One upright bar."""

    x: str
    y: str
    width: str
    height: str
    colour: int
    words: str


@dataclass(frozen=True)
class Bar:
    """One lying bar with its figure behind it."""

    y: str
    width: str
    height: str
    colour: int
    words: str
    end: str
    middle: str
    figure: str


@dataclass(frozen=True)
class Row:
    """A name and its bars."""

    name: str
    middle: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Mark:
    """A line of the scale, or a word below the frame."""

    at: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart for `web/_chart.html`. `words` say what it shows to who does not see it."""

    title: Words
    words: str
    scale: Sequence[Mark]
    ticks: Sequence[Mark]
    drawn: Sequence[Drawn] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    height: int = HEIGHT
    legend: Sequence[tuple[int, Words]] = ()
    base: str = ""


def written(value: Decimal) -> str:
    """A figure as Vietnamese people write it: 1.234,5."""
    whole, _point, part = f"{value:,.3f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def line_chart(title: Words, labels: Sequence[str], series: Sequence[Series], *, unit: str = "") -> Chart | None:
    """Lines over the same labels from left to right; None when there is nothing to draw."""
    found = _all_values(series)
    if not found or not labels:
        return None
    scale = _Scale(found)
    drawn = [_line(one, place, labels, scale, unit) for place, one in enumerate(series)]
    return Chart(title, _said(labels, series, unit), scale.marks(), _ticks(labels), drawn=drawn,
                 legend=_legend(series), base=_text(scale.y(scale.bottom)))  # fmt: skip


def column_chart(title: Words, labels: Sequence[str], series: Sequence[Series], *, unit: str = "") -> Chart | None:
    """Columns side by side above each label, standing on zero; None when there is nothing to draw."""
    found = _all_values(series)
    if not found or not labels:
        return None
    scale = _Scale([*found, Decimal(0)])
    room = (WIDTH - LEFT - RIGHT) / len(labels)
    width = min(44.0, room * 0.8 / max(1, len(series)))
    columns = []
    for place, label in enumerate(labels):
        begin = LEFT + room * place + (room - width * len(series)) / 2
        for number, one in enumerate(series):
            value = one.values[place]
            if value is None:
                continue
            top, low = scale.y(max(value, Decimal(0))), scale.y(min(value, Decimal(0)))
            words = f"{one.label}, {label}: {written(value)} {unit}".strip()
            columns.append(Column(_text(begin + width * number), _text(top), _text(width * 0.92),
                                  _text(max(0.5, low - top)), number % COLOURS, words))  # fmt: skip
    return Chart(title, _said(labels, series, unit), scale.marks(), _ticks(labels, is_centred=True), columns=columns,
                 legend=_legend(series), base=_text(scale.y(Decimal(0))))  # fmt: skip


def bar_chart(title: Words, labels: Sequence[str], series: Sequence[Series], *, unit: str = "") -> Chart | None:
    """Lying bars behind names, for what has no order in time; columns where a value is below zero."""
    found = _all_values(series)
    if not found or not labels:
        return None
    if min(found) < 0:
        return column_chart(title, labels, series, unit=unit)
    rows = [_row(place, label, series, max(found) or Decimal(1), unit) for place, label in enumerate(labels)]
    return Chart(title, _said(labels, series, unit), (), (), rows=rows, height=ROW * len(rows), legend=_legend(series))


def _row(place: int, label: str, series: Sequence[Series], most: Decimal, unit: str) -> Row:
    height, bars = (ROW - 8) / len(series), []
    for number, one in enumerate(series):
        value = one.values[place]
        if value is None:
            continue
        width, top = max(1.0, float(value / most) * (WIDTH - NAMES - ENDS)), ROW * place + 4 + height * number
        words = f"{one.label}, {label}: {written(value)} {unit}".strip()
        bars.append(Bar(_text(top), _text(width), _text(height * 0.94), number % COLOURS, words,
                        _text(NAMES + width + 6), _text(top + height / 2), written(value)))  # fmt: skip
    name = label if len(label) <= NAME_LENGTH else f"{label[: NAME_LENGTH - 1].rstrip()}…"
    return Row(name, _text(ROW * (place + 0.5)), bars)


class _Scale:
    """From values to heights, over round numbers."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        low, high = float(min(values)), float(max(values))
        if low > 0 and low < high * 0.6:
            low = 0.0
        if high == low:
            high, low = (high + 1, low - 1) if high else (1.0, 0.0)
        is_whole = all(value == value.to_integral_value() for value in values)
        self.step = max(_round_step((high - low) / 4), 1 if is_whole else 0)
        self.bottom = Decimal(str(math.floor(low / self.step) * self.step))
        self.top = Decimal(str(math.ceil(high / self.step) * self.step))

    def y(self, value: Decimal) -> float:
        """How far from above."""
        share = float((value - self.bottom) / (self.top - self.bottom))
        return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)

    def marks(self) -> list[Mark]:
        """The lines of the scale from below."""
        count = round(float(self.top - self.bottom) / self.step)
        values = [self.bottom + Decimal(str(self.step)) * place for place in range(count + 1)]
        return [Mark(_text(self.y(value)), written(value)) for value in values]


def _round_step(wanted: float) -> float:
    """1, 2 or 5 of a power of ten, at least what is wanted."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted * 0.999)


def _all_values(series: Sequence[Series]) -> list[Decimal]:
    return [value for one in series for row in (one.values, one.low, one.high) for value in row if value is not None]


def _line(one: Series, place: int, labels: Sequence[str], scale: _Scale, unit: str) -> Drawn:
    pieces: list[list[str]] = [[]]
    dots = []
    for number, value in enumerate(one.values):
        if value is None:
            pieces.append([])
            continue
        x, y = _text(_x(number, len(labels))), _text(scale.y(value))
        pieces[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, f"{one.label}, {labels[number]}: {written(value)} {unit}".strip()))
    lines = [" ".join(piece) for piece in pieces if len(piece) > 1]
    return Drawn(one.label, place % COLOURS, lines, dots, _band(one, labels, scale), one.is_dashed)


def _band(one: Series, labels: Sequence[str], scale: _Scale) -> str:
    pairs = [
        (number, low, high)
        for number, (low, high) in enumerate(zip(one.low, one.high, strict=False))
        if low is not None and high is not None
    ]
    there = [f"{_text(_x(number, len(labels)))},{_text(scale.y(high))}" for number, _low, high in pairs]
    back = [f"{_text(_x(number, len(labels)))},{_text(scale.y(low))}" for number, low, _high in reversed(pairs)]
    return " ".join(there + back) if len(pairs) > 1 else ""


def _x(number: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + (room * number / (count - 1) if count > 1 else room / 2)


def _ticks(labels: Sequence[str], *, is_centred: bool = False) -> list[Mark]:
    every = max(1, math.ceil(len(labels) / MOST_TICKS))
    room = (WIDTH - LEFT - RIGHT) / len(labels)

    def at(number: int) -> float:
        return LEFT + room * (number + 0.5) if is_centred else _x(number, len(labels))

    shown = [number for number in range(len(labels)) if (len(labels) - 1 - number) % every == 0]
    return [Mark(_text(at(number)), labels[number][:14]) for number in shown]


def _legend(series: Sequence[Series]) -> list[tuple[int, Words]]:
    return [(place % COLOURS, one.label) for place, one in enumerate(series)]


def _said(labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """First and last of each series, in one line."""
    told = []
    for one in series:
        known = [(labels[place], value) for place, value in enumerate(one.values) if value is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            told.append(f"{one.label}: {first} {written(start)} {unit} → {last} {written(end)} {unit}")
    return "; ".join(told)


def _text(number: float) -> str:
    return f"{number:.1f}"
