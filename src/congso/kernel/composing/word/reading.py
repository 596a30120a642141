"""A DOCX as a paper. Guarded child only. Of tracked changes insertions count and deletions do not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from congso.kernel.composing.forms import Align
from congso.kernel.composing.paper import Carried, Look, Paper, Para, Sheet
from congso.kernel.composing.word.looks import Looks, Properties
from congso.kernel.composing.word.package import DOCUMENT, R_NS, Package, W
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.lib.vietnamese import nfc

_MM_A_TWIP = 25.4 / 1440
_MM_A_POINT = 25.4 / 72
_MOSTLY = 0.8
_MOST_PARAGRAPHS = 60_000
_DEEPEST = 12
_GONE = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delText", f"{W}txbxContent"}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = {f"{W}drawing", f"{W}pict", f"{_MC}AlternateContent", f"{W}object"}
_CHANGES = {
    f"{W}{name}"
    for name in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "cellIns",
        "cellDel",
    )
}
_BLACK = {None, "auto", "000000", "windowText"}
_ALIGN = {"left": Align.LEFT, "start": Align.LEFT, "center": Align.CENTRE, "both": Align.BOTH, "distribute": Align.BOTH}


def read_paper(package: Package) -> Paper:
    """The paper with its elements as handles. Raises Refused for a file without a body."""
    root = package.tree(DOCUMENT)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        raise refusals.damaged(FACTS[FileKind.DOCX].label)
    reader = _Reader(Looks(package))
    reader.walk(body, None, 0)
    return Paper(
        paragraphs=reader.found,
        sheets=list(_sheets(package, root, reader.looks)),
        carried=_carried(package, root),
    )


class _Reader:
    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.found: list[Para] = []
        self._tables = 0

    def walk(self, parent: etree._Element, cell: tuple[int, int, int] | None, depth: int) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                if len(self.found) >= _MOST_PARAGRAPHS:
                    raise refusals.too_heavy()
                self.found.append(self._para(child, cell))
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif (
                child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo")
                and depth < _DEEPEST
            ):
                self.walk(child, cell, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> None:
        number = self._tables
        self._tables += 1
        if depth >= _DEEPEST:
            return
        for row_number, row in enumerate(table.iterchildren(f"{W}tr")):
            for column, cell in enumerate(row.iterchildren(f"{W}tc")):
                self.walk(cell, (number, row_number, column), depth + 1)

    def _para(self, element: etree._Element, cell: tuple[int, int, int] | None) -> Para:
        shape = self.looks.of_paragraph(element.find(f"{W}pPr"))
        tally, texts = _Tally(), []
        has_drawing = False
        for run, text in _runs(element):
            has_drawing = has_drawing or any(child.tag in _DRAWN for child in run)
            texts.append(text)
            tally.add(text, self.looks.of_run(run.find(f"{W}rPr"), shape))
        text = nfc("".join(texts))
        return Para(
            number=len(self.found) + 1,
            text=text,
            look=tally.look(shape),
            cell=cell,
            fonts=dict(tally.fonts),
            has_rule=bool(shape.border) or has_drawing,
            is_listed=bool(shape.listed),
            is_upper_by_look=tally.is_mostly(tally.caps),
            has_colour=tally.coloured > 0,
            has_highlight=tally.highlighted > 0,
            has_hidden=tally.hidden > 0,
            handle=element,
        )


def _runs(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The runs with what they print, in order; those of deletions and text boxes left out."""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{W}r":
            yield child, "".join(_printed(child))
        else:
            yield from _runs(child)


def _printed(run: etree._Element) -> Iterator[str]:
    for piece in run:
        if piece.tag == f"{W}t":
            yield piece.text or ""
        elif piece.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif piece.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif piece.tag == f"{W}noBreakHyphen":
            yield "-"


@dataclass
class _Tally:
    """Counts letters by how they look."""

    def __post_init__(self) -> None:
        self.letters = self.bold = self.italic = self.underlined = self.caps = 0
        self.coloured = self.highlighted = self.hidden = 0
        self.sizes: Counter[float] = Counter()
        self.fonts: Counter[str] = Counter()

    def add(self, text: str, look: Properties) -> None:
        count = sum(not letter.isspace() for letter in text)
        if not count:
            return
        if look.hidden:
            self.hidden += count
            return
        self.letters += count
        self.bold += count * bool(look.bold)
        self.italic += count * bool(look.italic)
        self.underlined += count * bool(look.underline)
        self.caps += count * bool(look.caps)
        self.coloured += count * (look.colour not in _BLACK)
        self.highlighted += count * (look.highlight not in (None, "none"))
        self.sizes[look.size or 10.0] += count
        self.fonts[look.font or ""] += count

    def is_mostly(self, count: int) -> bool:
        return self.letters > 0 and count >= _MOSTLY * self.letters

    def _judged(self, count: int) -> bool | None:
        if self.is_mostly(count):
            return True
        return False if count <= (1 - _MOSTLY) * self.letters else None

    def look(self, shape: Properties) -> Look:
        gap = 0.0 if shape.contextual else (shape.before or 0.0) + (shape.after or 0.0)
        return Look(
            size=self.sizes.most_common(1)[0][0] if self.sizes else shape.size,
            is_bold=self._judged(self.bold),
            is_italic=self._judged(self.italic),
            is_underlined=self._judged(self.underlined),
            align=_ALIGN.get(shape.align or "left"),
            first_line=(shape.first_line or 0.0) * _MM_A_POINT,
            left=(shape.left or 0.0) * _MM_A_POINT,
            line=shape.line if shape.line is not None else 1.0,
            line_rule=shape.line_rule or "auto",
            gap=gap,
        )


def _sheets(package: Package, root: etree._Element, looks: Looks) -> Iterator[Sheet]:
    """Each section with the header in force there: one without its own takes the one before."""
    relations = _relations(package)
    in_force: dict[tuple[str, str], str] = {}
    for section in root.iter(f"{W}sectPr"):
        if section.getparent().tag == f"{W}sectPrChange":
            continue
        for reference in section:
            if reference.tag in (f"{W}headerReference", f"{W}footerReference"):
                kind = reference.tag.removeprefix(W).removesuffix("Reference")
                target = relations.get(reference.get(f"{{{R_NS}}}id", ""), "")
                in_force[kind, reference.get(f"{W}type", "default")] = target
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        sheet = Sheet(_mm(size, "w", 11906), _mm(size, "h", 16838), {}, handle=section)
        sheet.margins = {side: _mm(margins, side, 1440) for side in ("top", "bottom", "left", "right")}
        title = section.find(f"{W}titlePg")
        sheet.hides_first_number = title is not None and title.get(f"{W}val", "1") not in ("0", "false")
        _find_number(sheet, package, in_force, looks)
        yield sheet


def _find_number(sheet: Sheet, package: Package, in_force: dict[tuple[str, str], str], looks: Looks) -> None:
    sheet.number_place = "none"
    for kind in ("header", "footer"):
        for paragraph in _number_paragraphs(package, in_force.get((kind, "default"), "")):
            shape = looks.of_paragraph(paragraph.find(f"{W}pPr"))
            sizes = [
                looks.of_run(run.find(f"{W}rPr"), shape).size
                for run in paragraph.iter(f"{W}r")
                if run.find(f"{W}rPr") is not None
            ]
            sheet.number_place = kind
            sheet.number_size = next((size for size in sizes if size), shape.size)
            sheet.number_is_centred = shape.align == "center"
            break
        if sheet.number_place != "none":
            break
    if sheet.hides_first_number and any(
        True for kind in ("header", "footer") for _ in _number_paragraphs(package, in_force.get((kind, "first"), ""))
    ):
        sheet.hides_first_number = False


def _number_paragraphs(package: Package, part: str) -> Iterator[etree._Element]:
    root = package.tree(part)
    for paragraph in root.iter(f"{W}p") if root is not None else ():
        told = [(piece.text or "") for piece in paragraph.iter(f"{W}instrText")]
        told += [field.get(f"{W}instr", "") for field in paragraph.iter(f"{W}fldSimple")]
        if any(words.split()[:1] == ["PAGE"] for words in ["".join(told), *told]):
            yield paragraph


def _relations(package: Package) -> dict[str, str]:
    root = package.tree("word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {
        one.get("Id", ""): one.get("Target", "").lstrip("/")
        if one.get("Target", "").startswith("/")
        else f"word/{one.get('Target', '')}"
        for one in root
    }


def _mm(element: etree._Element | None, name: str, default: int) -> float:
    try:
        return float(element.get(f"{W}{name}", default)) * _MM_A_TWIP if element is not None else default * _MM_A_TWIP
    except ValueError:
        return default * _MM_A_TWIP


_PERSONAL_PROPERTIES = {"creator", "lastModifiedBy", "Manager", "Company", "keywords", "description", "category"}


def _carried(package: Package, root: etree._Element) -> Carried:
    tracked = sum(1 for _ in root.iter(*_CHANGES))
    comments = package.tree("word/comments.xml")
    properties = {}
    for name in ("docProps/core.xml", "docProps/app.xml"):
        part = package.tree(name)
        for one in part if part is not None else ():
            key = etree.QName(one).localname
            if key in _PERSONAL_PROPERTIES and (one.text or "").strip():
                properties[key] = (one.text or "").strip()
    custom = package.tree("docProps/custom.xml")
    if custom is not None and len(custom):
        properties["custom"] = "có"
    settings_relations = package.parts.get("word/_rels/settings.xml.rels", b"")
    return Carried(
        tracked=tracked,
        comments=len(comments) if comments is not None else 0,
        properties=properties,
        has_template=b"attachedTemplate" in settings_relations,
    )
