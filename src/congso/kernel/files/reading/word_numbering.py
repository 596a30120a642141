"""Automatic numbers of Word lists, computed from numbering.xml the way Word counts them (ECMA-376, 17.9).

Runs in the guarded child only. Broken definitions give no number, never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_BULLETS = {"bullet"}
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MOST = 3999  # beyond, roman numbers do not exist and a list is hardly one


@dataclass(frozen=True)
class _Level:
    """One level of a list: how it counts and what it prints around the counters."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False


@dataclass(frozen=True)
class _List:
    """A list of the document: whose counters it shares, its levels, and counters it sets anew."""

    family: str
    levels: Mapping[int, _Level]
    starts_anew: Mapping[int, int]


@dataclass
class _Counters:
    """How far a family of lists has counted, level by level."""

    values: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its number, asked in the order of the document."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_styles: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, _Counters] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: etree._Element) -> None:
        families: dict[str, dict[int, _Level]] = {}
        by_style_link: dict[str, str] = {}
        linked: dict[str, str] = {}
        styles_of: dict[str, dict[str, int]] = {}
        for abstract in numbering.iterchildren(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            families[name] = {_number(level, "ilvl"): _level(level) for level in abstract.iterchildren(f"{W}lvl")}
            styles_of[name] = {
                style: _number(level, "ilvl")
                for level in abstract.iterchildren(f"{W}lvl")
                if (style := _value(level, "pStyle"))
            }
            if link := _value(abstract, "styleLink"):
                by_style_link[link] = name
            if link := _value(abstract, "numStyleLink"):
                linked[name] = link
        for one in numbering.iterchildren(f"{W}num"):
            name, family = one.get(f"{W}numId", ""), _value(one, "abstractNumId")
            family = by_style_link.get(linked.get(family, ""), family)
            levels, anew = dict(families.get(family, {})), {}
            for override in one.iterchildren(f"{W}lvlOverride"):
                place = _number(override, "ilvl")
                for level in override.iterchildren(f"{W}lvl"):
                    levels[place] = _level(level)
                if (start := _value(override, "startOverride")).isdecimal():
                    anew[place] = int(start[:6])
            self._lists[name] = _List(family, levels, anew)
            for style, place in styles_of.get(family, {}).items():
                self._of_styles.setdefault(style, (name, place))

    def of_style(self, style: str) -> tuple[str, int] | None:
        """The list and level a paragraph style is bound to."""
        return self._of_styles.get(style)

    def next(self, list_id: str, level: int) -> str:
        """The printed number of the next paragraph of this list at this level; “-” for bullets."""
        known = self._lists.get(list_id)
        if known is None or not 0 <= level < _LEVELS:
            return ""
        shape = known.levels.get(level)
        if shape is None:
            return ""
        counters = self._counters.setdefault(known.family, _Counters())
        if list_id not in self._begun:
            self._begun.add(list_id)
            for place, start in known.starts_anew.items():
                counters.values[place] = start - 1
        self._count(counters, known, level)
        if shape.form in _BULLETS:
            return "-"
        return _print(shape, known, counters)

    @staticmethod
    def _count(counters: _Counters, known: _List, level: int) -> None:
        start = known.levels[level].start
        counters.values[level] = counters.values.get(level, start - 1) + 1
        for upper in range(level):
            if upper not in counters.values:
                counters.values[upper] = known.levels.get(upper, _Level()).start
        for lower in [place for place in counters.values if place > level]:
            restarts = known.levels.get(lower, _Level()).restarts_after
            if restarts is None or (restarts and level < restarts):
                del counters.values[lower]


def _print(shape: _Level, known: _List, counters: _Counters) -> str:
    printed = shape.text
    for place in range(_LEVELS):
        mark = f"%{place + 1}"
        if mark in printed:
            form = "decimal" if shape.is_legal else known.levels.get(place, _Level()).form
            printed = printed.replace(mark, _spell(counters.values.get(place, 1), form))
    return printed.strip()


def _level(element: etree._Element) -> _Level:
    restart, start = _value(element, "lvlRestart"), _value(element, "start")
    legal = element.find(f"{W}isLgl")
    return _Level(
        start=int(start[:6]) if start.isdecimal() else 1,
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText")[:40],
        restarts_after=int(restart[:2]) if restart.isdecimal() else None,
        is_legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
    )


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _number(element: etree._Element, name: str) -> int:
    written = element.get(f"{W}{name}", "0")
    return int(written[:4]) if written.isdecimal() else 0


def _spell(value: int, form: str) -> str:
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman") and 0 < value <= _MOST:
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < value <= _MOST:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    printed = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            printed, value = printed + letters, value - worth
    return printed
