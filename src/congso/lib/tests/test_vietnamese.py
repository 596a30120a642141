import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.lib.vietnamese import (
    MAX_FILENAME,
    canonical_tones,
    clean_filename,
    clean_line,
    clean_text,
    fold,
    index_form,
    nfc,
    person_sort_key,
    sort_key,
    spelling_variants,
)

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ "
vietnamese_text = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper())


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(vietnamese_text)
def test_folded_vietnamese_is_plain_ascii_however_it_was_composed(text: str) -> None:
    assert fold(text).isascii()
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize("written", ["Đảng", "Ðảng", "Ɖảng", unicodedata.normalize("NFD", "Đảng")])
def test_all_looks_of_d_with_stroke_fold_to_d(written: str) -> None:
    assert fold(written) == "Dang"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("HOÀ BÌNH", "HÒA BÌNH"), ("Thuý", "Thúy"),
        ("uỷ ban", "ủy ban"), ("quý", "quý"), ("hoàn toán", "hoàn toán"), ("huỳnh", "huỳnh"),
        ("khuỷu", "khuỷu"), ("ngoài", "ngoài"), (unicodedata.normalize("NFD", "hoà"), "hòa"),
    ],
)  # fmt: skip
def test_tones_have_one_place_in_open_syllables(written: str, canonical: str) -> None:
    assert canonical_tones(written) == canonical


@given(vietnamese_text)
def test_the_index_form_keeps_offsets_and_is_stable(text: str) -> None:
    form = index_form(text)
    assert len(form) == len(nfc(text))
    assert index_form(form) == form


def test_the_index_form_keeps_offsets_even_where_lower_case_is_longer() -> None:
    assert len(index_form("İstanbul Đảng")) == len("İstanbul Đảng")


@pytest.mark.parametrize(
    ("syllable", "other"), [("lý", "lí"), ("kĩ", "kỹ"), ("Mỹ", "Mĩ"), ("quý", "quí"), ("ly", "li")]
)
def test_i_and_y_are_variants_of_each_other(syllable: str, other: str) -> None:
    assert spelling_variants(syllable) == (other,)
    assert spelling_variants(other) == (syllable,)


@pytest.mark.parametrize("syllable", ["thủy", "tin", "ý", "an", "nghị"])
def test_other_syllables_have_no_variant(syllable: str) -> None:
    assert spelling_variants(syllable) == ()


def test_words_sort_as_in_a_vietnamese_dictionary() -> None:
    ordered = [
        "1", "a", "ă", "â", "b", "ba", "bà", "bả", "bã", "bá", "bạ", "ca", "da", "dân", "đ", "đá", "đảng",
        "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v", "x", "y",
    ]  # fmt: skip
    assert sorted(set(ordered), key=lambda word: sort_key(word).encode()) == ordered


def test_letters_decide_before_tones_and_spaces_before_letters() -> None:
    ordered = ["bà con", "ba lô", "bạ lô", "bac", "Bảo Hà", "Bảo Thắng"]
    assert sorted(set(ordered), key=sort_key) == ordered


@given(vietnamese_text)
def test_sort_keys_ignore_case_and_stay_short(text: str) -> None:
    assert sort_key(text.upper()) == sort_key(text.lower())
    assert len(sort_key(text)) <= 1.5 * len(text) + 2


def test_people_sort_by_given_name_then_family_then_middle_name() -> None:
    ordered = ["Lê An", "Lê Ân", "Nguyễn Thị Ha", "Đỗ An Hà", "Đỗ Văn Hà", "Trần Văn Hà", "Hoàng"]
    assert sorted(set(ordered), key=person_sort_key) == ordered


def test_a_person_without_a_name_has_an_empty_key() -> None:
    assert person_sort_key("  ") == ""


def test_cleaning_removes_what_cannot_be_seen_and_keeps_lines() -> None:
    assert clean_text("\ufeffa\u00a0b\u200b\r\nc\x07\x00\td\u202e") == "a b\nc\td"
    assert clean_line("  Kế\u00a0 hoạch \n số 16 ") == "Kế hoạch số 16"


@given(st.text())
def test_cleaned_text_is_nfc_without_control_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned == nfc(cleaned)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in cleaned if c not in "\n\t")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Kế hoạch 16-KH/TU.pdf", "Kế hoạch 16-KH-TU.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\tạm\\báo cáo.docx", "C-tạm-báo cáo.docx"),
        ("quét\x00\x1f\n01.pdf", "quét-01.pdf"),
        (unicodedata.normalize("NFD", "Nghị quyết.pdf"), "Nghị quyết.pdf"),
        ("...", "tệp không tên"),
        ("", "tệp không tên"),
    ],
)
def test_file_names_lose_paths_and_control_characters(name: str, clean: str) -> None:
    assert clean_filename(name) == clean


@given(st.text(max_size=400))
def test_file_names_are_short_harmless_and_stable(name: str) -> None:
    clean = clean_filename(name)
    assert 0 < len(clean) <= MAX_FILENAME
    assert not set(clean) & set('/\\:*?"<>|\n\t\0')
    assert clean == clean.strip(" .")
    assert clean_filename(clean) == clean


def test_a_long_file_name_keeps_its_extension() -> None:
    assert clean_filename("a" * 300 + ".pdf") == "a" * 196 + ".pdf"
