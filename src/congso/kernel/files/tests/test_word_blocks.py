"""Word and Excel files as blocks: numbers, merges, changes, boxes, and files made to hurt."""

import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.reading.word_blocks import blocks_of
from congso.lib.layout import Block, Paragraph, Table


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return tmp_path / "plan.docx"


def read(path: Path, kind: FileKind = FileKind.DOCX) -> list[Block]:
    return list(blocks_of(path, kind, Limits()))


def texts(path: Path) -> list[str]:
    return [block.text for block in read(path) if isinstance(block, Paragraph)]


def only_table(path: Path, kind: FileKind = FileKind.DOCX) -> Table:
    [table] = [block for block in read(path, kind) if isinstance(block, Table)]
    return table


def grid(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in table.cells}


def numbered(document: "docx.document.Document", text: str, level: int, number: int = 88) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def add_list(document: "docx.document.Document", *levels: str, legal: bool = False) -> None:
    part = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.split("|")[0]}"/>'
        f'{"<w:isLgl/>" if legal and place else ""}<w:lvlText w:val="{level.split("|")[1]}"/></w:lvl>'
        for place, level in enumerate(levels)
    )
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="88">{written}</w:abstractNum>'))
    for number, override in ((88, ""), (89, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')):
        part.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="88"/>{override}</w:num>')
        )


def test_numbers_are_counted_as_word_counts_them(word: Path) -> None:
    document = docx.Document()
    add_list(document, "upperRoman|%1.", "decimal|%2.", "lowerLetter|%3)")
    for text, level in [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1)]:
        numbered(document, text, level)
    numbered(document, "g", 0, number=89)
    document.save(str(word))
    assert texts(word) == ["I. a", "1. b", "2. c", "a) d", "II. e", "1. f", "I. g"]


def test_legal_numbers_are_arabic_at_every_level(word: Path) -> None:
    document = docx.Document()
    add_list(document, "upperRoman|%1.", "decimal|%1.%2.", legal=True)
    for text, level in [("a", 0), ("b", 0), ("c", 1)]:
        numbered(document, text, level)
    document.save(str(word))
    assert texts(word) == ["I. a", "II. b", "2.1. c"]


def test_a_column_of_automatic_numbers_is_filled(word: Path) -> None:
    document = docx.Document()
    add_list(document, "decimal|%1")
    table = document.add_table(2, 2)
    for row in range(2):
        table.cell(row, 1).text = "việc"
        properties = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="88"/></w:numPr>'))
    document.save(str(word))
    assert [cell.text for cell in only_table(word).cells] == ["1", "việc", "2", "việc"]


def test_merged_cells_stand_once_with_their_spans(word: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "ngang"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "dọc"
    document.save(str(word))
    read_grid = grid(only_table(word))
    assert read_grid[0, 0] == ("ngang", 1, 2)
    assert read_grid[1, 2] == ("dọc", 2, 1)
    assert sum(down * right for _, down, right in read_grid.values()) == 9


def test_inserted_text_counts_and_deleted_text_does_not(word: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Hạn ")._p
    paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>15/9</w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>30/8</w:delText></w:r></w:del>'))
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "giữ", "bỏ"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="3"/>'))
    document.save(str(word))
    assert texts(word) == ["Hạn 15/9"]
    assert [cell.text for cell in only_table(word).cells] == ["giữ"]


def test_text_boxes_are_read_once_and_headers_not_at_all(word: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    run = document.add_paragraph("ngoài")._p
    run.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict>'
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.save(str(word))
    assert texts(word) == ["ngoài", "trong khung"]


def test_bold_size_and_centring_come_from_run_and_style(word: Path) -> None:
    document = docx.Document()
    document.styles["Heading 1"].font.size = None
    document.add_paragraph("TIÊU ĐỀ", style="Heading 1").alignment = 1
    document.add_paragraph().add_run("thường").bold = False
    document.save(str(word))
    title, plain = [block for block in read(word) if isinstance(block, Paragraph)]
    assert (title.is_bold, title.is_centred) == (True, True)
    assert (plain.is_bold, plain.is_centred) == (False, False)


def test_a_table_within_a_cell_becomes_lines_and_a_frame_around_one_vanishes(word: Path) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "một", "hai"
    frame = document.add_table(1, 1).cell(0, 0).add_table(2, 2)
    frame.cell(1, 1).text = "trong khung"
    document.save(str(word))
    tables = [block for block in read(word) if isinstance(block, Table)]
    assert tables[0].cells[1].text == "một, hai"
    assert (tables[1].rows, tables[1].columns, tables[1].cells[3].text) == (2, 2, "trong khung")


def test_a_workbook_gives_its_visible_sheets_with_merged_cells_and_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục 1"
    sheet.append(["TT", "Nhiệm vụ", "Hạn"])
    sheet.append([1, "Số hóa", date(2025, 9, 15)])
    sheet.merge_cells("A3:C3")
    sheet["A3"] = "II"
    book.create_sheet("ẩn").sheet_state = "hidden"
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert isinstance(read(path, FileKind.XLSX)[0], Paragraph)
    read_grid = grid(only_table(path, FileKind.XLSX))
    assert read_grid[1, 2] == ("15/9/2025", 1, 1)
    assert read_grid[2, 0] == ("II", 1, 3)


@pytest.mark.parametrize("part", ["", "<w:document/>", "<a>" * 2000, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_broken_document_is_refused_in_words(part: str, word: Path) -> None:
    with zipfile.ZipFile(word, "w") as container:
        container.writestr("word/document.xml", part)
    with pytest.raises(Refused):
        read(word)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), put=st.binary(min_size=1, max_size=20))
def test_mutated_parts_end_in_blocks_or_a_refusal(at: int, put: bytes, tmp_path: Path) -> None:
    """The parts are mutated inside the container: a changed container is `sniff`'s business."""
    source, mutated = tmp_path / "whole.docx", tmp_path / "mutated.docx"
    if not source.exists():
        document = docx.Document()
        add_list(document, "upperRoman|%1.", "decimal|%1.%2.")
        numbered(document, "a", 0)
        document.add_table(2, 2).cell(0, 0).merge(document.tables[0].cell(1, 0)).text = "b"
        document.save(str(source))
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(mutated, "w") as into:
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            data = bytearray(whole.read(name))
            place = at % len(data)
            data[place : place + len(put)] = put
            into.writestr(name, bytes(data))
    with suppress(Refused):
        assert len(read(mutated)) <= 20
