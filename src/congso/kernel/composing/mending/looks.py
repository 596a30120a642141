"""Letters and shape of components set to their rule."""

from lxml import etree

from congso.kernel.composing.forms import FONT, SAME_LETTERS, Align, Component, Form, TextRule
from congso.kernel.composing.mending.elements import changed, new, properties_of, put, runs_of
from congso.kernel.composing.paper import Paper, Para
from congso.kernel.composing.word.package import W

_TWIPS_A_POINT = 20
_TWIPS_A_MM = 1440 / 25.4
_RUNNING = (Component.BODY, Component.BASIS, Component.ARTICLE)
_LINE = 20.0  # points: within the Party's 18-22
_SYMBOLS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "opensymbol", "cambria math", "mt extra", ""}


def mend_look(paper: Paper, form: Form, fault: str, component: Component) -> None:
    """`size`, `bold`, `italic`, `underline`, `upper`, `align` of all paragraphs of the component."""
    rule = form.texts[component]
    for one in paper.of(component):
        if not one.line:
            continue
        if fault == "align":
            changed(properties_of(one.handle, "pPr"), "jc", val=(rule.align or Align.LEFT).value)
        elif fault == "upper":
            _write_upper(one)
        else:
            for run in runs_of(one.handle):
                _mend_run(run, fault, rule, one)


def _mend_run(run: etree._Element, fault: str, rule: TextRule, one: Para) -> None:
    properties = properties_of(run, "rPr")
    if fault == "size":
        half_points = round(rule.sizes[1] * 2)
        put(properties, new("sz", val=half_points))
        put(properties, new("szCs", val=half_points))
    elif fault == "bold":
        put(properties, new("b", val=int(bool(rule.is_bold))))
    elif fault == "italic":
        put(properties, new("i", val=int(bool(rule.is_italic))))
    elif fault == "underline":
        put(properties, new("u", val="single"))


def _write_upper(one: Para) -> None:
    for run in runs_of(one.handle):
        for piece in run.findall(f"{W}t"):
            piece.text = (piece.text or "").upper()


def mend_fonts(paper: Paper) -> None:
    """Times New Roman for all letters but symbols and old encodings, whose bytes mean other letters."""
    for one in paper.paragraphs:
        strange = [font for font in one.fonts if font.lower() not in SAME_LETTERS | _SYMBOLS and not _is_old(font)]
        if not strange:
            continue
        for run in runs_of(one.handle):
            if run.find(f"{W}sym") is None:
                put(properties_of(run, "rPr"), new("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))


def _is_old(font: str) -> bool:
    return font.lower().startswith((".vn", "vn", "vni"))


def mend_colours(paper: Paper, *, highlight: bool) -> None:
    """Black letters, or no marking behind them."""
    for one in paper.paragraphs:
        if not (one.has_highlight if highlight else one.has_colour):
            continue
        for run in runs_of(one.handle):
            properties = properties_of(run, "rPr")
            if highlight:
                put(properties, new("highlight", val="none"))
            else:
                put(properties, new("color", val="auto"))


def mend_lines(paper: Paper, form: Form, what: str) -> None:
    """`height`, `gap` or `indent` of the running text."""
    for one in paper.of(*_RUNNING):
        if not one.line:
            continue
        properties = properties_of(one.handle, "pPr")
        if what == "height":
            exact = form.multiple is None
            line = _LINE * _TWIPS_A_POINT if exact else 240 * 1.15
            changed(properties, "spacing", line=round(line), lineRule="exact" if exact else "auto")
        elif what == "gap":
            changed(properties, "spacing", after=round(form.gap * _TWIPS_A_POINT))
            put(properties, new("contextualSpacing", val=0))
        elif not one.is_listed and (one.look.left or 0) < 1:
            for other in properties.findall(f"{W}ind"):
                other.attrib.pop(f"{W}hanging", None)
            changed(properties, "ind", firstLine=round(form.first_line[1] * _TWIPS_A_MM))
