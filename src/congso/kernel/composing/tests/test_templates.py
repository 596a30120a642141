"""Every type in every form; what Word and LibreOffice do to the file changes nothing that matters."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.composing.contents import Annex, Authority, Block, Grid, Layout, Level, Passage, Signature
from congso.kernel.composing.drafting import body_from_text, skeleton, text_of_body
from congso.kernel.composing.findings import Expected
from congso.kernel.composing.rendering import places_in, to_pdf
from congso.kernel.composing.templates import make_docx
from congso.kernel.composing.tests import samples
from congso.kernel.composing.tests.libreoffice import resaved
from congso.kernel.composing.tests.opened import codes, findings, paper_of
from congso.lib.document_types import ADMINISTRATIVE_TYPES, PARTY_TYPES

KINDS = [kind.key for kind in (*PARTY_TYPES, *ADMINISTRATIVE_TYPES)]
ADDRESSED = {"letter": ("Các đảng ủy xã, phường",), "submission": ("Ban Thường vụ Tỉnh ủy",)}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("kind", KINDS)
def test_every_type_in_every_form_passes_its_own_preflight(kind: str, layout: Layout) -> None:
    addressees = ADDRESSED.get(kind, ())
    recipients = ("Như trên", "Lưu Văn phòng") if addressees else ("Các đảng ủy xã, phường", "Lưu Văn phòng")
    content = replace(samples.PLAN, layout=layout, doc_type=kind, addressees=addressees, recipients=recipients)
    assert findings(make_docx(content), Expected.of(content)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_is_a_paper_with_open_places_only(kind: str) -> None:
    addressees = ADDRESSED.get(kind, ())
    body = skeleton(kind, Layout.PARTY, body="Ban Thường vụ Tỉnh ủy", name="Kế hoạch")
    content = replace(
        samples.PLAN, doc_type=kind, addressees=addressees, recipients=("Như trên", "Lưu Văn phòng"), body=body
    )
    assert codes(make_docx(content), Expected.of(content, is_final=False)) <= {"body.end", "recipients.as_above"}


def test_same_content_same_bytes() -> None:
    assert make_docx(samples.PLAN) == make_docx(samples.PLAN)


def test_a_mandate_is_not_signed_in_the_partys_form() -> None:
    signed = Signature("Nguyễn Văn An", "TRƯỞNG PHÒNG", Authority.BY_MANDATE, "CHÁNH VĂN PHÒNG")
    with pytest.raises(ValueError, match="by_mandate"):
        make_docx(replace(samples.PLAN, signatures=(signed,)))
    assert make_docx(replace(samples.FRONT_LETTER, signatures=(signed,)))


@pytest.mark.parametrize("name", ["plan", "front letter", "minutes", "issued"])
def test_a_trip_through_libreoffice_keeps_form_and_anchors(name: str, tmp_path: Path) -> None:
    content = samples.ALL[name]
    again = resaved(make_docx(content), tmp_path)
    assert findings(again, Expected.of(content)) == []
    places = places_in(to_pdf(again))
    assert {one.key for one in places.signatures} == {one.key for one in content.signatures}
    assert [one.seal is not None for one in places.signatures] == [one.has_seal for one in content.signatures]
    blanks = set() if content.number else {"number", "day", "month", "year"}
    assert {one.name for one in places.blanks} == blanks


def test_people_find_real_styles_headers_and_tables_in_word() -> None:
    document = docx.Document(BytesIO(make_docx(samples.PLAN)))
    names = {style.name for style in document.styles}
    assert {"VB Nội dung", "VB Cơ quan ban hành", "VB Nơi nhận"} <= names
    assert document.sections[0].different_first_page_header_footer
    assert "PAGE" in document.sections[0].header._element.xml
    assert document.core_properties.author == ""


def test_an_annex_on_a_wide_page_begins_a_page_of_its_own() -> None:
    annexes = (
        Annex("Danh mục nhiệm vụ", samples.body(1), "I"),
        Annex("Biểu tổng hợp", samples.passages("Nội dung biểu."), "II", is_landscape=True),
    )
    content = replace(samples.PLAN, annexes=annexes)
    file = make_docx(content)
    assert findings(file, Expected.of(content)) == []
    assert [sheet.is_landscape for sheet in paper_of(file, Expected.of(content)).sheets] == [False, False, True]


_CELL = st.text("aăâđêôơư1|. -", max_size=12)
_GRIDS = st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[_CELL] * wide), min_size=2, max_size=4))
_BLOCKS = st.one_of(st.text("Mộtđoạn. ", min_size=1, max_size=30).map(Passage), _GRIDS.map(lambda rows: Grid((*rows,))))


@settings(max_examples=30, deadline=None)
@given(st.lists(_BLOCKS, max_size=5))
def test_a_body_told_as_text_is_read_back_the_same(blocks: list[Block]) -> None:
    """Spaces are told as Word shows them, a bar inside a cell as a slash."""

    def plain(block: Block) -> object:
        if isinstance(block, Passage):
            return " ".join(block.text.split())
        return tuple(tuple(" ".join(cell.replace("|", "/").split()) for cell in row) for row in block.rows)

    read = body_from_text(text_of_body(blocks))
    assert [plain(block) for block in read] == [told for told in map(plain, blocks) if told]


def test_typed_text_becomes_passages_by_how_lines_begin() -> None:
    text = (
        "- Căn cứ Điều lệ Đảng;\nI- MỤC ĐÍCH\n1. Mục đích\nMột đoạn.\n| TT | Việc |\n| 1 | A |\n"
        "BAN THƯỜNG VỤ QUYẾT ĐỊNH\nĐiều 1. A."
    )
    blocks = body_from_text(text)
    levels = [block.level for block in blocks if isinstance(block, Passage)]
    assert levels == [Level.BASIS, Level.SECTION, Level.HEADING, Level.PARAGRAPH, Level.ENACTING, Level.ARTICLE]
    assert len(blocks) == 7
