"""The styles of a paper: one for each component, with Vietnamese names that people see in Word's list."""

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from congso.kernel.composing.forms import FONT, Align, Component, Form, TextRule
from congso.kernel.composing.making.xml import element

RULE_STYLE = "VB Đường kẻ"
GAP_STYLE = "VB Chỗ ký"
SIGNING_GAP = 72
"""Points between the signer's post and name: a signature of 480 x 110 px and a seal as high fit in."""

_KEPT = {"Normal", "Header", "Footer", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
_ALIGNMENT = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}  # fmt: skip
_RUNNING = {
    Component.BODY, Component.BASIS, Component.ARTICLE, Component.HEADING, Component.SECTION, Component.PART,
    Component.ENACTING, Component.ADDRESSEE,
}  # fmt: skip
_INDENTED = {Component.BODY, Component.BASIS, Component.ARTICLE, Component.HEADING, Component.SECTION}
_OUTLINE = {Component.PART: 0, Component.SECTION: 1, Component.HEADING: 2, Component.ARTICLE: 2}
_KEPT_WITH_NEXT = set(_OUTLINE) - {Component.ARTICLE} | {Component.ENACTING, Component.AUTHORITY, Component.POST}
_BEFORE = {
    Component.TYPE: 12, Component.LETTER_TITLE: 6, Component.URGENCY: 6, Component.CIRCULATION: 6, Component.DRAFT: 6,
    Component.ENACTING: 6, Component.PART: 6, Component.ADDRESSEE: 6, Component.TYPIST: 6,
}  # fmt: skip
_AFTER = {Component.DASHES: 6, Component.ANNEX_TITLE: 6}


def style_name(component: Component, form: Form) -> str:
    """As Word's list shows it."""
    return f"VB {form.texts[component].label}"


def prepare_styles(document: Document, form: Form) -> None:
    """Put the form's styles into the document and take away those of python-docx's own template."""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    _set_defaults(document, form)
    for component, rule in form.texts.items():
        style = _paragraph_style(document, style_name(component, form), f"vb{component.value.title().replace('_', '')}")
        _dress(style, component, rule, form)
    _rule_style(document)
    gap = _paragraph_style(document, GAP_STYLE, "vbGap")
    gap.paragraph_format.line_spacing_rule, gap.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(SIGNING_GAP)
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_defaults(document: Document, form: Form) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    size = round(form.texts[Component.BODY].sizes[1] * 2)
    run.append(element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    run.append(element("w:sz", val=size))
    run.append(element("w:szCs", val=size))
    run.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    paragraph = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
    if paragraph is not None:
        for child in list(paragraph):
            paragraph.remove(child)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)


def _paragraph_style(document: Document, name: str, style_id: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return cast("ParagraphStyle", style)


def _dress(style: ParagraphStyle, component: Component, rule: TextRule, form: Form) -> None:
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(rule.sizes[1]), rule.is_bold, rule.is_italic
    if rule.is_underlined:
        font.underline = True
    shape.alignment = _ALIGNMENT[rule.align] if rule.align else None
    shape.space_before, shape.space_after = Pt(_BEFORE.get(component, 0)), Pt(_AFTER.get(component, 0))
    shape.keep_with_next = True if component in _KEPT_WITH_NEXT else None
    if component in _RUNNING:
        shape.space_after = Pt(form.gap)
        if form.multiple is None:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_line_height(form))
        else:
            shape.line_spacing = 1.15
    if component in _INDENTED:
        shape.first_line_indent = Mm(form.first_line[1])
    if component in _OUTLINE:
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=_OUTLINE[component]))
    if component is Component.ANNEX_LABEL:
        shape.page_break_before = True


def _line_height(form: Form) -> float:
    return sum(form.line) / 2


def _rule_style(document: Document) -> None:
    """A line drawn as the upper border of a low paragraph: Word and LibreOffice both keep it."""
    style = _paragraph_style(document, RULE_STYLE, "vbRule")
    style.font.size = Pt(4)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    shape.space_before = Pt(2)
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz=6, space=1, color="000000"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
