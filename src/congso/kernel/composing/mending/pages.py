"""Paper size, margins, page number."""

from lxml import etree

from congso.kernel.composing.forms import FONT, Form
from congso.kernel.composing.mending.elements import changed, new, put
from congso.kernel.composing.paper import Paper
from congso.kernel.composing.word.package import R_NS, W_NS, Package, W, parse

_TWIPS_A_MM = 1440 / 25.4
_EDGE = 10.0
_HEADER = "word/headerSoTrang.xml"
_RELATION = "rIdSoTrang"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION_TYPE = f"{R_NS}/header"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"


def mend_size(paper: Paper) -> None:
    """A4, lying where it lay."""
    for sheet in paper.sheets:
        short, long = round(210 * _TWIPS_A_MM), round(297 * _TWIPS_A_MM)
        width, height = (long, short) if sheet.is_landscape else (short, long)
        changed(sheet.handle, "pgSz", w=width, h=height)


def mend_margin(paper: Paper, form: Form, side: str) -> None:
    """One side of every upright section."""
    for sheet in paper.sheets:
        if not sheet.is_landscape:
            changed(sheet.handle, "pgMar", **{side: round(form.margins()[side].made * _TWIPS_A_MM)})


def mend_number(package: Package, paper: Paper, form: Form) -> None:
    """The number at the top, in the middle, from page two on: one header of ours for all sections."""
    _put_header(package, form)
    for place, sheet in enumerate(paper.sheets):
        section = sheet.handle
        for reference in list(section):
            is_header = reference.tag == f"{W}headerReference"
            is_numbered_foot = reference.tag == f"{W}footerReference" and sheet.number_place == "footer"
            if is_header or (is_numbered_foot and reference.get(f"{W}type", "default") != "first"):
                section.remove(reference)
        if place == 0:
            reference = etree.Element(f"{W}headerReference")
            reference.set(f"{W}type", "default")
            reference.set(f"{{{R_NS}}}id", _RELATION)
            section.insert(0, reference)
            put(section, new("titlePg"))
        changed(section, "pgMar", header=round(_EDGE * _TWIPS_A_MM))


def _put_header(package: Package, form: Form) -> None:
    size = round(form.page_number[1] * 2)
    look = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:sz w:val="{size}"/></w:rPr>'
    package.put(
        _HEADER,
        parse(
            f'<w:hdr xmlns:w="{W_NS}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r>{look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
            f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{look}<w:t>2</w:t></w:r>'
            f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'.encode()
        ),
    )
    relations = package.tree("word/_rels/document.xml.rels")
    if relations is None:
        relations = parse(f'<Relationships xmlns="{_RELATIONS_NS}"/>'.encode())
        package.put("word/_rels/document.xml.rels", relations)
    if not any(one.get("Id") == _RELATION for one in relations):
        relations.append(
            etree.Element(
                f"{{{_RELATIONS_NS}}}Relationship",
                Id=_RELATION,
                Type=_RELATION_TYPE,
                Target=_HEADER.removeprefix("word/"),
            )
        )
    types = package.tree("[Content_Types].xml")
    if types is not None and not any(one.get("PartName") == f"/{_HEADER}" for one in types):
        types.append(etree.Element(f"{{{_TYPES_NS}}}Override", PartName=f"/{_HEADER}", ContentType=_HEADER_TYPE))
