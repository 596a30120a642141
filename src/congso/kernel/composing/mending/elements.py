"""Small changes to WordprocessingML that keep the schema's order of elements."""

from collections.abc import Iterator

from lxml import etree

from congso.kernel.composing.word.package import W

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
    "specVanish", "oMath", "rPrChange",
)  # fmt: skip
_SECTION_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
    "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
    "rtlGutter",
    "docGrid", "printerSettings", "sectPrChange",
)  # fmt: skip


def new(name: str, /, **attributes: object) -> etree._Element:
    """`new("jc", val="center")`, in the namespace of Word."""
    made = etree.Element(f"{W}{name}", nsmap=None)
    for key, value in attributes.items():
        made.set(f"{W}{key}", str(value))
    return made


def properties_of(element: etree._Element, name: str) -> etree._Element:
    """`pPr` or `rPr`, made at its place when there is none."""
    found = element.find(f"{W}{name}")
    if found is None:
        found = new(name)
        element.insert(0, found)
    return found


def put(properties: etree._Element, child: etree._Element) -> None:
    """The child in its place, instead of one of its kind."""
    kind = etree.QName(properties).localname
    order = {"pPr": _PARAGRAPH_ORDER, "rPr": _RUN_ORDER, "sectPr": _SECTION_ORDER}[kind]
    for old in properties.findall(child.tag):
        properties.remove(old)
    rank = order.index(etree.QName(child).localname)
    for place, other in enumerate(properties):
        name = etree.QName(other).localname
        if name in order and order.index(name) > rank:
            properties.insert(place, child)
            return
    properties.append(child)


def changed(properties: etree._Element, name: str, /, **attributes: object) -> None:
    """Set attributes of a child, the others stay; made when there is none."""
    child = properties.find(f"{W}{name}")
    if child is None:
        child = new(name)
    for key, value in attributes.items():
        child.set(f"{W}{key}", str(value))
    put(properties, child)


def runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Its runs, inside links and insertions too."""
    yield from paragraph.iter(f"{W}r")


def set_text(paragraph: etree._Element, text: str) -> None:
    """Other words in the look of the first run; bookmarks and properties stay."""
    runs = [run for run in runs_of(paragraph) if run.find(f"{W}t") is not None]
    if not runs:
        run = new("r")
        paragraph.append(run)
        runs = [run]
    for place, run in enumerate(runs):
        for piece in run.findall(f"{W}t") + run.findall(f"{W}tab") + run.findall(f"{W}br"):
            run.remove(piece)
        if place == 0:
            run.append(text_piece(text))


def text_piece(text: str) -> etree._Element:
    piece = new("t")
    piece.text = text
    piece.set(XML_SPACE, "preserve")
    return piece


def paragraph_like(model: etree._Element, text: str) -> etree._Element:
    """A paragraph of the same look with other words."""
    made = new("p")
    properties = model.find(f"{W}pPr")
    if properties is not None:
        copied = etree.fromstring(etree.tostring(properties))
        for kind in ("sectPr", "numPr"):
            for old in copied.findall(f"{W}{kind}"):
                copied.remove(old)
        made.append(copied)
    run = new("r")
    made.append(run)
    first = next((one for one in runs_of(model) if one.find(f"{W}rPr") is not None), None)
    if first is not None:
        run.append(etree.fromstring(etree.tostring(first.find(f"{W}rPr"))))
    if text:
        run.append(text_piece(text))
    return made


def remove(paragraph: etree._Element) -> None:
    """Take a paragraph out; the last one of a cell is emptied, because a cell needs one."""
    parent = paragraph.getparent()
    if parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
        set_text(paragraph, "")
    else:
        parent.remove(paragraph)
