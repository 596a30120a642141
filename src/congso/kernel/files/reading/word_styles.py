"""How Word paragraphs look: bold, italic, size, centred, indent, from the run, its style and the defaults.

Runs in the guarded child only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from lxml import etree

from congso.kernel.files.reading.word_numbering import W

_DEEPEST = 20  # of styles based on styles; a longer chain is a circle
_TWIPS = 20.0  # a twip is 1/20 point
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Look:
    """What a style or run says; None where it says nothing."""

    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None
    size: float | None = None
    is_centred: bool | None = None
    indent: float | None = None
    numbering: tuple[str, int] | None = None

    def over(self, below: "Look") -> "Look":
        """This look where it says something, else the one below."""
        said = {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}
        return replace(below, **said)


class Styles:
    """The looks of a document's styles."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._looks: dict[str, Look] = {}
        self._based_on: dict[str, str] = {}
        self._default = Look()
        self._default_style = ""
        if styles is None:
            return
        for properties in styles.iterfind(f"{W}docDefaults/*/*"):
            self._default = _look(properties).over(self._default)
        for style in styles.iterchildren(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._looks[name] = look_of(style)
            below = style.find(f"{W}basedOn")
            self._based_on[name] = below.get(f"{W}val", "") if below is not None else ""
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                self._default_style = name

    def of(self, style: str) -> Look:
        """The look of a style with all it is based on, and the document's defaults."""
        look = Look()
        for name in self._chain(style or self._default_style):
            look = look.over(self._looks.get(name, Look()))
        return look.over(self._default)

    def of_run(self, style: str) -> Look:
        """The look of a character style, without the defaults."""
        look = Look()
        for name in self._chain(style):
            look = look.over(self._looks.get(name, Look()))
        return look

    def chain(self, style: str) -> Iterator[str]:
        """The style and those it is based on."""
        return self._chain(style or self._default_style)

    def _chain(self, style: str) -> Iterator[str]:
        for _ in range(_DEEPEST):
            if not style:
                return
            yield style
            style = self._based_on.get(style, "")


def look_of(element: etree._Element) -> Look:
    """What the properties inside a style, paragraph or run say."""
    look = Look()
    for name in ("pPr", "rPr"):
        properties = element.find(f"{W}{name}")
        if properties is not None:
            look = _look(properties).over(look)
    return look


def _look(properties: etree._Element) -> Look:
    size, alignment = _value(properties, "sz"), _value(properties, "jc")
    return Look(
        is_bold=_flag(properties, "b"),
        is_italic=_flag(properties, "i"),
        is_hidden=_flag(properties, "vanish"),
        size=int(size[:4]) / 2 if size and size.isdecimal() else None,
        is_centred=alignment == "center" if alignment else None,
        indent=_indent(properties),
        numbering=numbering_of(properties),
    )


def _flag(properties: etree._Element, name: str) -> bool | None:
    child = properties.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "1") not in _OFF


def _value(properties: etree._Element, name: str) -> str:
    child = properties.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _indent(properties: etree._Element) -> float | None:
    child = properties.find(f"{W}ind")
    if child is None:
        return None
    left = _twips(child, "left") or _twips(child, "start") or 0.0
    first = _twips(child, "firstLine") or -(_twips(child, "hanging") or 0.0)
    return left + first


def _twips(element: etree._Element, name: str) -> float | None:
    written = element.get(f"{W}{name}", "")
    return int(written[:7]) / _TWIPS if written.lstrip("-").isdecimal() and written[:7].lstrip("-") else None


def numbering_of(properties: etree._Element) -> tuple[str, int] | None:
    """The list and level that paragraph properties name themselves."""
    child = properties.find(f"{W}numPr")
    if child is None:
        return None
    level = _value(child, "ilvl")
    return _value(child, "numId"), int(level[:2]) if level.isdecimal() else 0
