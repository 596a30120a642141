"""The fields of papers: rules that must hold whatever the file was. Whole papers are read in `tests/reading`."""

import pytest

from congso.kernel.papers.fields import read_fields
from congso.kernel.papers.fields.number_symbol import parse
from congso.kernel.papers.proposals import FieldName, Form
from congso.lib.layout import Cell, Layout, Paragraph, Table

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
HEADER = Table(
    1,
    2,
    (
        Cell(0, 0, "TỈNH ỦY LÀO CAI\nVĂN PHÒNG\n*\nSố 12-CV/VPTU\nvề việc rà soát\nmáy chủ"),
        Cell(0, 1, "ĐẢNG CỘNG SẢN VIỆT NAM\n\nLào Cai, ngày 05 tháng 02 năm 2026"),
    ),
)
ENDING = Table(
    1,
    2,
    (
        Cell(0, 0, "Nơi nhận:\n- Như trên,\n- Lưu Văn phòng Tỉnh ủy."),
        Cell(0, 1, "K/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\n\nTrần Thị Thí Dụ"),
    ),
)


def test_a_word_file_without_pages_gives_its_fields():
    addressed = Paragraph("Kính gửi: Đảng ủy xã Y Tý", is_centred=True)
    fields = read_fields(Layout(blocks=(HEADER, addressed, Paragraph("Văn phòng đề nghị rà soát."), ENDING)))
    assert fields.form is Form.PARTY
    assert fields.value(FieldName.NUMBER_SYMBOL) == "12-CV/VPTU"
    assert fields.value(FieldName.ISSUED_DATE) == "2026-02-05"
    assert fields.value(FieldName.ISSUING_AGENCY) == "Văn phòng"
    assert fields.value(FieldName.PARENT_AGENCY) == "Tỉnh ủy Lào Cai"
    assert fields.value(FieldName.TITLE) == "về việc rà soát máy chủ"
    assert fields.value(FieldName.SIGNER) == "Trần Thị Thí Dụ"
    assert fields.value(FieldName.AUTHORITY) == "K/T Chánh Văn phòng"
    assert fields.value(FieldName.ADDRESSEES) == "Đảng ủy xã Y Tý"


def test_an_empty_layout_gives_no_fields():
    assert read_fields(Layout()).readings == {}


@pytest.mark.parametrize(
    ("written", "party", "expected"),
    [
        ("Số 16-KH/TU", True, "16-KH/TU"),
        ("Số: 16 - KH / TU", True, "16-KH/TU"),
        ("Sô 16-KHITU", True, "16-KH/TU"),
        ("S6 l6-KH/T U", True, "16-KH/TU"),
        ("Số: 1O5/QD-UBND", False, "105/QĐ-UBND"),
        ("Số:15/KH-UBND", False, "15/KH-UBND"),
        ("Số: 2917 /SGDĐT-VP", False, "2917/SGDĐT-VP"),
        ("Số: 33/2025/QĐ-UBND", False, "33/2025/QĐ-UBND"),
        ("Số: 01/QCPH/UBND-UBMTTQ", False, "01/QCPH/UBND-UBMTTQ"),
        ("Số 3709-CV/VPTW/nb", True, "3709-CV/VPTW/nb"),
        ("Số: 367 – QĐ/TWĐTN-VP", True, "367-QĐ/TWĐTN-VP"),
        ("Số: 12/HDND-VP", False, "12/HĐND-VP"),
    ],
)
def test_symbols_are_read_through_the_slips_of_recognisers(written, party, expected):
    read = parse(written, party=party, is_certain=False)
    assert read is not None
    assert read.value == expected


def test_a_blank_number_is_told_and_not_invented():
    header = Table(
        1,
        2,
        (
            Cell(0, 0, "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố:      /KH-UBND"),
            Cell(
                0,
                1,
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLào Cai, ngày    tháng 8 năm 2025",
            ),
        ),
    )
    fields = read_fields(Layout(blocks=(header, Paragraph("KẾ HOẠCH", is_centred=True))))
    number, issued = fields.readings[FieldName.NUMBER_SYMBOL], fields.readings[FieldName.ISSUED_DATE]
    assert (number.value, bool(number.doubt)) == ("/KH-UBND", True)
    assert (issued.value, bool(issued.doubt)) == ("", True)
