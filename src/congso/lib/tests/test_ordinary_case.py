"""Capitals become what a clerk would type."""

import pytest

from congso.lib.ordinary_case import is_in_capitals, known_spelling, ordinary_case


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("UỶ BAN NHÂN DÂN XÃ Y TÝ", "Ủy ban nhân dân xã Y Tý"),
        ("BAN CHỈ HUY QUÂN SỰ XÃ Y TÝ", "Ban Chỉ huy Quân sự xã Y Tý"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("SỞ NỘI VỤ", "Sở Nội vụ"),
        ("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH LÀO CAI", "Đảng ủy các cơ quan Đảng tỉnh Lào Cai"),
        ("CHI BỘ THÔN BẢN MẠC", "Chi bộ thôn Bản Mạc"),
        ("UBND TỈNH NINH THUẬN", "UBND tỉnh Ninh Thuận"),
        ("T/M BAN THƯỜNG VỤ", "T/M Ban Thường vụ"),
        ("PHÓ BÍ THƯ THƯỜNG TRỰC", "Phó Bí thư Thường trực"),
        ("KHO BẠC NHÀ NƯỚC KHU VỰC VIII", "Kho bạc Nhà nước Khu vực VIII"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_names_of_offices_and_posts(printed, expected):
    assert ordinary_case(printed) == expected


def test_an_abstract_in_capitals_is_a_sentence():
    printed = "QUY CHẾ PHÒNG CHÁY, CHỮA CHÁY TRÊN ĐỊA BÀN TỈNH LÀO CAI NĂM 2026"
    expected = "Quy chế phòng cháy, chữa cháy trên địa bàn tỉnh Lào Cai năm 2026"
    assert ordinary_case(printed, is_sentence=True) == expected


def test_a_place_may_end_a_name_without_its_kind():
    assert ordinary_case("TRƯỜNG TIỂU HỌC BÁT XÁT", places=("Bát Xát",)) == "Trường Tiểu học Bát Xát"


def test_lost_accents_come_back_where_only_one_phrase_has_the_letters():
    assert known_spelling("TINH ÚY LÀO CẢI") == "TỈNH ỦY LÀO CAI"
    assert known_spelling("UBND XÃ BẢO THĂNG", ("Bảo Thắng",)) == "UBND XÃ BẢO THẮNG"
    assert known_spelling("XÃ BẢO THĂNG", ("Bảo Thắng", "Bảo Thăng")) == "XÃ BẢO THĂNG"


def test_an_abbreviation_with_a_small_letter_is_still_in_capitals():
    assert is_in_capitals("THỦ TƯỚNG CHÍNH PHỦ (TTg)")
    assert not is_in_capitals("Về việc")
