"""Syllables, keystrokes without an input method, and old fonts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.lib.keystrokes import typed_variants
from congso.lib.legacy_fonts import LegacyEncoding, detect_legacy_encoding, to_unicode
from congso.lib.syllables import split_syllable

SYLLABLES = [
    "quý", "thủy", "hòa", "nghiêng", "giếng", "gì", "giữ", "khuya", "khuỷu", "xoong", "thuở", "quốc",
    "quyết", "huỳnh", "ươn", "iếc", "yêu", "ỉa", "uống", "oằn", "ngoèo", "bướu", "rượu", "khuynh",
    "quanh", "đảng", "ủy", "ban", "việt", "nam", "điều",
]  # fmt: skip


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_syllable_taken_apart_is_put_together_with_the_tone_in_place(word: str) -> None:
    assert str(split_syllable(word.upper())) == word


@pytest.mark.parametrize("word", ["hello", "cinéma", "tàc", "ngxa", "", "16", "été", "kế hoạch", "hòá"])
def test_foreign_words_are_no_syllables(word: str) -> None:
    assert split_syllable(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("uyr ban", "ủy ban"), ("ddangr", "đảng"), ("u3y", "ủy"), ("vietj nam", "việt nam"),
        ("vieetj", "việt"), ("truwowngf", "trường"), ("tuowngf", "tường"), ("thuowr", "thuở"),
        ("nghij quyeets", "nghị quyết"), ("d9a3ng u3y", "đảng ủy"), ("quawng", "quăng"),
        ("hoawcj", "hoặc"), ("nha6n da6n", "nhân dân"), ("tru7o7ng2", "trường"),
    ],
)  # fmt: skip
def test_keys_typed_without_an_input_method_are_understood(typed: str, meant: str) -> None:
    assert meant in typed_variants(typed)


@pytest.mark.parametrize("query", ["ủy ban nhân dân", "uy ban nhan dan", "16-KH/TU", "154/2026/NĐ-CP", ""])
def test_ordinary_queries_have_no_other_reading(query: str) -> None:
    assert typed_variants(query) == ()


@given(st.text(max_size=60))
def test_any_query_can_be_read(query: str) -> None:
    assert query not in typed_variants(query)


TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc, n\u00adíc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc, nöôùc"
MEANT = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc, nước"


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, LegacyEncoding.TCVN3), (VNI, LegacyEncoding.VNI)])
def test_old_font_text_is_recognized_and_converted(text: str, encoding: LegacyEncoding) -> None:
    assert detect_legacy_encoding(text) is encoding
    assert to_unicode(text) == MEANT


@pytest.mark.parametrize(
    "text",
    [
        MEANT, "Bà già và có tôi là bé", "Le cinéma français était très réussi à la fête", "plain ASCII", "",
        "© 2025 Größe über Straße Mädchen",
    ],
)  # fmt: skip
def test_other_text_stays_as_it_is(text: str) -> None:
    assert to_unicode(text) == text


def test_unicode_lines_inside_an_old_file_stay() -> None:
    stamp = "Sao y bản chính: Nguyễn Văn Mẫu"
    assert to_unicode(f"{TCVN3}\n{stamp}") == f"{MEANT}\n{stamp}"
