"""What a line of a migration file may be, and why it may not."""

import contextlib
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.apps.documents.exchange.entries import LineRefused, parse_line
from congso.apps.documents.exchange.lines import lines
from congso.apps.documents.services.migrating import MigratedEntry, type_key

TODAY = date(2026, 11, 27)
GOOD: dict[str, Any] = {
    "id": "VB-1",
    "number_symbol": "16-KH/TU",
    "issued_date": "2025-08-11",
    "issuing_agency": "Tỉnh ủy Lào Cai",
    "parent_agency": None,
    "doc_type": "Kế hoạch",
    "title": "Kế hoạch  chuyển đổi số",
    "signer": "Nguyễn Văn Thí Dụ",
    "text": "Điều 1.\r\nToàn văn.",
    "màu": "xanh",
}


def parse(**changes: Any) -> MigratedEntry:
    return parse_line(json.dumps(GOOD | changes).encode(), today=TODAY).entry


def test_a_line_becomes_a_document_and_unknown_keys_do_not_count() -> None:
    entry = parse()
    assert (entry.external_id, entry.number, entry.issued_on) == ("VB-1", "16-KH/TU", date(2025, 8, 11))
    assert (entry.title, entry.text, entry.parent_agency) == ("Kế hoạch chuyển đổi số", "Điều 1.\nToàn văn.", "")


def test_only_the_id_and_one_of_title_text_and_file_are_needed() -> None:
    first = parse_line('{"id": 7, "text": "\\n  Dòng đầu\\nsau"}'.encode(), today=TODAY).entry
    assert (first.external_id, first.heading) == ("7", "Dòng đầu")
    assert parse_line(b'{"id": "a", "file": "x/quet 01.pdf"}', today=TODAY).entry.heading == "quet 01"
    with pytest.raises(LineRefused, match="Không có trích yếu"):
        parse_line(b'{"id": "a", "title": " ", "text": "\\n"}', today=TODAY)


@pytest.mark.parametrize("written", ["2025-08-11", "2025-08-11T09:00:00+07:00", "11/8/2025", "11.08.2025"])
def test_days_are_read_as_systems_write_them(written: str) -> None:
    assert parse(issued_date=written).issued_on == date(2025, 8, 11)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "a", "title": "x"', "JSON hỏng"),
        (b'["id"]', "không phải một đối tượng"),
        (b'{"id": "a", "title": "\xff"}', "Không phải UTF-8"),
        (b'\xff\xfe{\x00"\x00', "Không phải UTF-8"),
        (b'{"title": "x"}', "Thiếu mã"),
        (b'{"id": true, "title": "x"}', "Thiếu mã"),
        (b'{"id": "  ", "title": "x"}', "rỗng"),
        (b'{"id": "a\\nb", "title": "x"}', "ký tự điều khiển"),
        (b'{"id": "' + b"a" * 201 + b'", "title": "x"}', "dài quá 200"),
        (b'{"id": "a", "title": ["x"]}', "“title” phải là chuỗi, không phải một danh sách"),
        (b'{"id": "a", "title": "x", "signer": 5}', "“signer” phải là chuỗi"),
        (b'{"id": "a", "title": "x\\u0000"}', "NUL"),
        (b'{"id": "a", "title": "x\\ud800"}', "nửa ký tự"),
        (b'{"id": "a", "title": "x", "issued_date": "2027-01-01"}', "sau hôm nay"),
        (b'{"id": "a", "title": "x", "issued_date": "0025-01-01"}', "không thể có"),
        (b'{"id": "a", "title": "x", "issued_date": "31/02/2025"}', "không phải một ngày"),
        (b'{"id": "a", "title": "x", "issued_date": NaN}', "không đọc được"),
        (b'{"id": "a", "title": "x", "n": ' + b"9" * 5000 + b"}", "không đọc được"),
        (b'{"id": "a", "title": "x", "n": ' + b"[" * 200_000, "không đọc được"),
        (b'{"id": "a", "title": "x", "number_symbol": "' + b"1" * 81 + b'"}', "quá 80"),
        (b'{"id": "a", "text": "' + b"x" * 2_000_001 + b'"}', "quá 2000000"),
        (b'{"id": "a", "title": "x", "secrecy": "M\xe1\xba\xadt"}', "có độ mật"),
        ('{"id": "a", "title": "Báo cáo (TUYỆT MẬT)"}'.encode(), "TUYỆT MẬT"),
        ('{"id": "a", "title": "x", "text": "TỈNH ỦY\\nMẬT\\nKế hoạch"}'.encode(), "dấu hiệu độ mật MẬT"),
        ('{"id": "a", "title": "x", "text": "Độ mật: Tối mật\\nKế hoạch"}'.encode(), "TỐI MẬT"),
    ],
    ids=range(25),
)
def test_a_bad_line_is_refused_with_its_reason(line: bytes, reason: str) -> None:
    with pytest.raises(LineRefused, match=reason):
        parse_line(line, today=TODAY)


@pytest.mark.parametrize(
    "title",
    ["Kế hoạch bảo vệ bí mật nhà nước", "Tăng cường công tác Mặt trận", "Bảo mật thông tin, mật khẩu", "Mật độ dân số"],
)
def test_words_about_secrecy_are_no_marks(title: str) -> None:
    assert parse(title=title, secrecy="Không mật").title == title


def test_a_title_too_long_for_the_register_stands_whole_in_the_text() -> None:
    parsed = parse_line(json.dumps(GOOD | {"title": "dài " * 400}).encode(), today=TODAY)
    assert len(parsed.entry.title) == 1000
    assert parsed.entry.text.startswith("dài dài")
    assert "1599 ký tự" in parsed.remark


def test_old_font_encodings_become_unicode() -> None:
    assert parse(title="Céng hßa x· héi chñ nghÜa ViÖt Nam").title == "Cộng hòa xã hội chủ nghĩa Việt Nam"


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
        lambda value: json.dumps({"id": value, "title": value, "issued_date": value}).encode()
    )
)
def test_no_line_does_worse_than_being_refused(line: bytes) -> None:
    with contextlib.suppress(LineRefused):
        assert parse_line(line, today=TODAY).entry.external_id


def test_types_are_known_by_name_abbreviation_and_key() -> None:
    assert type_key("KẾ HOẠCH") == type_key("KH") == type_key("plan") == "plan"
    assert type_key("QĐ") == type_key("Thư ngỏ") == type_key("") == ""


def test_lines_have_their_numbers_whatever_they_end_with_and_long_ones_are_never_held() -> None:
    stream = io.BytesIO(b"\xef\xbb\xbfa\r\n\n" + b"x" * 50 + b"\nb\n" + b"y" * 50)
    assert list(lines(stream, limit=10)) == [(1, b"a\r\n"), (3, None), (4, b"b\n"), (5, None)]
