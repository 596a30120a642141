"""Names are known by their family name and syllables; titles do not belong to them."""

import pytest

from congso.lib.person_names import name_likelihood, ordinary_name, respelled_name, without_titles


@pytest.mark.parametrize(
    "printed",
    ["TS. Nguyễn Văn Mẫu", "PGS.TS. Nguyễn Văn Mẫu", "Đại tá Nguyễn Văn Mẫu", "Thiếu tá, ThS. Nguyễn Văn Mẫu"],
)
def test_titles_before_a_name_are_left_out(printed):
    assert without_titles(printed) == "Nguyễn Văn Mẫu"


def test_names_are_likelier_than_posts_and_sentences():
    assert name_likelihood("Giàng A Thí") > 0.9
    assert name_likelihood("Trần Thị Thí Dụ") > 0.9
    assert name_likelihood("Phó Chủ tịch") == 0
    assert name_likelihood("như trên") == 0


def test_a_misread_family_name_is_mended_only_when_one_has_its_letters():
    assert respelled_name("vi Nguyến Văn Mẫu") == "Nguyễn Văn Mẫu"
    assert respelled_name("Bùi ïhị Mô Hình") == "Bùi Thị Mô Hình"
    assert respelled_name("Trần Thị Thí Dụ") == "Trần Thị Thí Dụ"


def test_a_name_in_capitals_is_written_ordinarily():
    assert ordinary_name("NGUYỄN VĂN THUỶ") == "Nguyễn Văn Thủy"
