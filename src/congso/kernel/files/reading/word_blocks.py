"""Word and Excel files as blocks: paragraphs with their automatic numbers, tables with their merged cells.

Runs in the guarded child only. Of tracked changes the insertions count and the deletions do not; page headers
and footers are left out. Containers were checked for bombs before (`sniff.py`).
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.sheet_blocks import sheet_blocks
from congso.kernel.files.reading.word_numbering import Numbering, W
from congso.kernel.files.reading.word_styles import Look, Styles, look_of, numbering_of
from congso.kernel.files.reading.word_tables import table_of
from congso.lib.layout import Block, Paragraph, Table
from congso.lib.vietnamese import clean_text

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PART = "word/document.xml"
_PART_BYTES = 200 * 2**20
_BLOCKS = 100_000
_DEEPEST = 12  # of tables within tables
_GONE = {f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr"}
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
_MOSTLY = 0.8


def blocks_of(path: Path, kind: FileKind, limits: Limits) -> tuple[Block, ...]:
    """The blocks of a DOCX or XLSX in reading order, without places. Raises Refused when it cannot be read."""
    try:
        if kind is FileKind.XLSX:
            return sheet_blocks(path, limits)
        return _Document(path, limits).blocks()
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise refusals.damaged(FACTS[kind].label) from error


@dataclass
class _Text:
    """The text of a paragraph while it is gathered, with how many of its letters are bold and italic."""

    pieces: list[str]
    letters: int = 0
    bold: int = 0
    italic: int = 0
    size: float = 0.0


class _Document:
    """One Word file while it is read."""

    def __init__(self, path: Path, limits: Limits) -> None:
        with zipfile.ZipFile(path) as container:
            self._body = _xml(container, _PART)
            self._styles = Styles(_xml_if_there(container, "word/styles.xml"))
            self._numbering = Numbering(_xml_if_there(container, "word/numbering.xml"))
        self._length = limits.text_per_file
        self._begun = ""

    def blocks(self) -> tuple[Block, ...]:
        body = self._body.find(f"{W}body")
        found: list[Block] = []
        if body is None:
            raise ValueError("no body")
        for block in self._blocks(body, 0):
            self._length -= _size(block)
            if len(found) >= _BLOCKS or self._length < 0:
                break
            found.append(block)
        return tuple(found)

    def _blocks(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif child.tag in _CONTAINERS:
                yield from self._blocks(child, depth)

    def _table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        if depth >= _DEEPEST:
            return
        inner = self._wrapped_tables(element)
        if inner:
            for cell in element.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tbl")) is element:
                    yield from self._blocks(cell, depth + 1)
            return
        table = table_of(element, lambda cell: self._cell(cell, depth))
        if table is not None:
            yield table

    @staticmethod
    def _wrapped_tables(element: etree._Element) -> bool:
        """A frame of one column around whole tables: its content counts, not the frame."""
        cells = element.findall(f"{W}tr/{W}tc")
        rows = element.findall(f"{W}tr")
        held = (len(inner.findall(f"{W}tr")) for inner in element.iterfind(f".//{W}tbl"))
        return len(cells) == len(rows) and any(rows_inside > 1 for rows_inside in held)

    def _cell(self, cell: etree._Element, depth: int) -> str:
        lines: list[str] = []
        for block in self._blocks(cell, depth + 1):
            lines += [block.text] if isinstance(block, Paragraph) else _flat(block)
        return "\n".join(line for line in lines if line)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        style = _style(properties, "pStyle")
        look = (look_of(element) if properties is not None else Look()).over(self._styles.of(style))
        text = _Text([])
        boxes: list[etree._Element] = []
        self._gather(element, look, text, boxes)
        written = clean_text("".join(text.pieces)).replace("\t", " ")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._begun += written  # its end was deleted: it goes on in the next paragraph
        else:
            yield from self._finished(self._begun + written, look, self._number(properties, style, look, written), text)
            self._begun = ""
        for box in boxes:
            yield from (block for block in self._blocks(box, _DEEPEST - 1) if isinstance(block, Paragraph))

    def _finished(self, written: str, look: Look, number: str, text: _Text) -> Iterator[Paragraph]:
        line = "\n".join(" ".join(part.split()) for part in written.split("\n")).strip()
        if not line and not number:
            return
        yield Paragraph(
            f"{number} {line}".strip(),
            is_bold=text.letters > 0 and text.bold >= _MOSTLY * text.letters,
            is_italic=text.letters > 0 and text.italic >= _MOSTLY * text.letters,
            is_centred=bool(look.is_centred),
            size=text.size,
            indent=look.indent or 0.0,
        )

    def _number(self, properties: etree._Element | None, style: str, look: Look, written: str) -> str:
        """The automatic number. Word numbers empty paragraphs too: so the first column of a table is often made."""
        numbered = numbering_of(properties) if properties is not None else None
        if numbered is None:
            bound = (self._numbering.of_style(name) for name in self._styles.chain(style))
            numbered = next(filter(None, bound), look.numbering)
        if numbered is None or numbered[0] in ("", "0"):
            return ""
        number = self._numbering.next(*numbered)
        return "" if number == "-" and not written.strip() else number

    def _gather(self, element: etree._Element, look: Look, text: _Text, boxes: list[etree._Element]) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child, look, text, boxes)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                self._gather(child, look, text, boxes)

    def _run(self, run: etree._Element, look: Look, text: _Text, boxes: list[etree._Element]) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            own = look_of(run).over(self._styles.of_run(_style(properties, "rStyle")))
            look = own.over(look)
        if look.is_hidden:
            return
        piece = "".join(_characters(run, boxes))
        letters = sum(not character.isspace() for character in piece)
        text.pieces.append(piece)
        text.letters += letters
        text.bold += letters if look.is_bold else 0
        text.italic += letters if look.is_italic else 0
        if letters and look.size:
            text.size = max(text.size, look.size)


def _characters(run: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag in (f"{_MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object"):
            _find_boxes(child, boxes)


def _find_boxes(drawing: etree._Element, boxes: list[etree._Element]) -> None:
    """Text boxes are kept twice, for new and for old readers: only one of them counts."""
    for box in drawing.iter(f"{W}txbxContent"):
        inside = list(box.iterancestors(f"{_MC}Fallback", f"{W}txbxContent"))
        if not inside:
            boxes.append(box)


def _flat(table: Table) -> list[str]:
    """A table within a cell as lines of text, its cells apart by commas."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    return [", ".join(rows[number]) for number in sorted(rows)]


def _style(properties: etree._Element | None, name: str) -> str:
    child = properties.find(f"{W}{name}") if properties is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def _size(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)


def _xml(container: zipfile.ZipFile, name: str) -> etree._Element:
    with container.open(name) as entry:
        data = entry.read(_PART_BYTES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)


def _xml_if_there(container: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part that only adorns the text: a missing or broken one costs numbers and looks, not the file."""
    try:
        return _xml(container, name)
    except (KeyError, etree.XMLSyntaxError):
        return None
