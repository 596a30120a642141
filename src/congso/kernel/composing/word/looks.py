"""How runs and paragraphs of a DOCX look once styles and defaults are taken together. Guarded child only."""

from dataclasses import dataclass, fields, replace

from lxml import etree

from congso.kernel.composing.word.package import Package, W

_DEEPEST = 20
_OFF = {"0", "false", "off", "none"}
_TWIPS_A_POINT = 20
_A_NS = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Properties:
    """What one level says; None where it says nothing. Points; `first_line` and `left` too."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    colour: str | None = None
    highlight: str | None = None
    align: str | None = None
    first_line: float | None = None
    left: float | None = None
    line: float | None = None
    line_rule: str | None = None
    before: float | None = None
    after: float | None = None
    contextual: bool | None = None
    border: bool | None = None
    listed: bool | None = None

    def over(self, below: "Properties") -> "Properties":
        said = {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}
        return replace(below, **said)


EMPTY = Properties()


class Looks:
    """The styles of one document."""

    def __init__(self, package: Package) -> None:
        self._themes = _theme_fonts(package)
        self._said: dict[str, Properties] = {}
        self._based: dict[str, str] = {}
        self._default, self._default_style = EMPTY, ""
        root = package.tree("word/styles.xml")
        if root is None:
            return
        for properties in root.iterfind(f"{W}docDefaults/*/*"):
            self._default = self.said(properties).over(self._default)
        for style in root.iterchildren(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._said[name] = self.of_element(style)
            below = style.find(f"{W}basedOn")
            self._based[name] = below.get(f"{W}val", "") if below is not None else ""
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                self._default_style = name

    def of_paragraph(self, properties: etree._Element | None) -> Properties:
        """Of a paragraph with these `pPr`."""
        name = _value(properties, "pStyle") if properties is not None else None
        below = self._chain(name or self._default_style).over(self._default)
        return self.said(properties).over(below) if properties is not None else below

    def of_run(self, properties: etree._Element | None, paragraph: Properties) -> Properties:
        """Of a run with these `rPr` in a paragraph that looks so."""
        if properties is None:
            return paragraph
        style = _value(properties, "rStyle")
        return self.said(properties).over(self._chain(style or "")).over(paragraph)

    def of_element(self, element: etree._Element) -> Properties:
        """What `pPr` and `rPr` inside a style say together."""
        found = EMPTY
        for name in ("pPr", "rPr"):
            properties = element.find(f"{W}{name}")
            if properties is not None:
                found = self.said(properties).over(found)
        return found

    def _chain(self, name: str) -> Properties:
        found = EMPTY
        for _ in range(_DEEPEST):
            if not name:
                break
            found = found.over(self._said.get(name, EMPTY))
            name = self._based.get(name, "")
        return found

    def said(self, properties: etree._Element) -> Properties:
        """What one `pPr` or `rPr` says itself."""
        size = _number(_value(properties, "sz"))
        spacing, indent = properties.find(f"{W}spacing"), properties.find(f"{W}ind")
        underline = properties.find(f"{W}u")
        border = properties.find(f"{W}pBdr")
        rule = _attribute(spacing, "lineRule") or ("auto" if _attribute(spacing, "line") else None)
        line = _number(_attribute(spacing, "line"))
        return Properties(
            size=size / 2 if size else None,
            bold=_flag(properties, "b"),
            italic=_flag(properties, "i"),
            underline=underline.get(f"{W}val", "single") not in _OFF if underline is not None else None,
            caps=_flag(properties, "caps"),
            hidden=_flag(properties, "vanish"),
            font=self._font(properties.find(f"{W}rFonts")),
            colour=_value(properties, "color"),
            highlight=_value(properties, "highlight"),
            align=_value(properties, "jc"),
            first_line=_first_line(indent),
            left=_points(_attribute(indent, "left") or _attribute(indent, "start")),
            line=line / (240 if rule == "auto" else _TWIPS_A_POINT) if line is not None else None,
            line_rule=rule,
            before=_points(_attribute(spacing, "before")),
            after=_points(_attribute(spacing, "after")),
            contextual=_flag(properties, "contextualSpacing"),
            border=any(_attribute(side, "val") not in (None, *_OFF, "nil") for side in border)
            if border is not None
            else None,
            listed=_value(properties.find(f"{W}numPr"), "numId") not in (None, "0")
            if properties.find(f"{W}numPr") is not None
            else None,
        )

    def _font(self, fonts: etree._Element | None) -> str | None:
        if fonts is None:
            return None
        theme = fonts.get(f"{W}asciiTheme") or fonts.get(f"{W}hAnsiTheme")
        return self._themes.get(theme[:5]) if theme else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")


def _theme_fonts(package: Package) -> dict[str, str]:
    root = package.tree("word/theme/theme1.xml")
    found = {}
    if root is not None:
        for kind in ("major", "minor"):
            latin = root.find(f".//{_A_NS}{kind}Font/{_A_NS}latin")
            if latin is not None:
                found[kind] = latin.get("typeface", "")
    return found


def _first_line(indent: etree._Element | None) -> float | None:
    first, hanging = _points(_attribute(indent, "firstLine")), _points(_attribute(indent, "hanging"))
    return -hanging if hanging else first


def _flag(properties: etree._Element, name: str) -> bool | None:
    child = properties.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "1") not in _OFF


def _value(properties: etree._Element | None, name: str) -> str | None:
    return _attribute(properties.find(f"{W}{name}"), "val") if properties is not None else None


def _attribute(element: etree._Element | None, name: str) -> str | None:
    return element.get(f"{W}{name}") if element is not None else None


def _points(written: str | None) -> float | None:
    number = _number(written)
    return None if number is None else number / _TWIPS_A_POINT


def _number(written: str | None) -> float | None:
    """Word writes whole numbers; LibreOffice and others now and then fractions. None for anything else."""
    try:
        return float(written[:9]) if written else None
    except ValueError:
        return None
