"""The page: size, margins, number at the top from page two on, contact line at the foot of page one."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congso.kernel.composing.contents import PaperContent
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.making.styles import style_name
from congso.kernel.composing.making.xml import add_field, element

NUMBER_FROM_EDGE = 10.0
"""Millimetres from the page's upper edge to its number (office 1.6)."""

_WORD = "http://schemas.microsoft.com/office/word"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def set_page(document: Document, content: PaperContent, form: Form) -> None:
    """The first section; annexes' sections copy it."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(form.top.made), Mm(form.bottom.made)
    section.left_margin, section.right_margin = Mm(form.left.made), Mm(form.right.made)
    section.header_distance = section.footer_distance = Mm(NUMBER_FROM_EDGE)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = document.styles["Header"]
    document.styles["Header"].font.size = Pt(form.page_number[1])
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    section.first_page_header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    foot = section.first_page_footer
    foot.is_linked_to_previous = False
    if content.contact:
        foot.paragraphs[0].style = style_name(Component.CONTACT, form)
        foot.paragraphs[0].add_run(content.contact)


def set_properties(document: Document, content: PaperContent) -> None:
    """Who and what by the office alone: no person's name, machine or time of work stays in the file."""
    properties = document.core_properties
    fixed = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    properties.author = properties.last_modified_by = ""
    properties.title, properties.subject = content.title, content.printed_type.capitalize()
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = fixed
    properties.revision, properties.language = 1, "vi-VN"


def set_mode(document: Document) -> None:
    """Laid out as Word does today; without this it opens the file in a mode of 2007 and says so in its title."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        later = ("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")
        following = next((one for name in later if (one := settings.find(qn(name))) is not None), None)
        settings.append(compat) if following is None else following.addprevious(compat)
    compat.append(element("w:compatSetting", name="compatibilityMode", uri=_WORD, val=15))


def saved(document: Document) -> bytes:
    """The file; same document, same bytes."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]  # python-docx's template brings a picture of itself
    raw, made = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as container, ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for name in container.namelist():
            packed.writestr(ZipInfo(name, _EPOCH), container.read(name), ZIP_DEFLATED)
    return made.getvalue()
