import pytest

from congso.lib.abbreviations import abbreviated_spans, abbreviations_of, expansions


def spans(query: str) -> list[tuple[int, int, tuple[str, ...]]]:
    return abbreviated_spans(query.split())


def test_ubnd_and_its_phrase_lead_to_each_other() -> None:
    assert expansions("UBND") == ("Ủy ban nhân dân",)
    assert abbreviations_of("Uỷ ban Nhân dân") == ("UBND",)


@pytest.mark.parametrize(
    ("token", "phrases"),
    [
        ("CT", {"chỉ thị", "chủ tịch", "chương trình"}),
        ("QĐ", {"quyết định", "quy định"}),
        ("ĐB", {"đảng bộ", "đại biểu", "đồng bào"}),
    ],
)
def test_ambiguous_abbreviations_give_every_reading(token: str, phrases: set[str]) -> None:
    assert set(expansions(token)) == phrases


@pytest.mark.parametrize("token", ["ubnd", "Ubnd", "qd", "QD", "ttg", "kt-xh"])
def test_case_and_accents_are_forgiven(token: str) -> None:
    assert expansions(token)


def test_a_word_is_not_taken_for_an_abbreviation_unless_in_capitals() -> None:
    assert expansions("tu") == ()
    assert expansions("TU") == ("Tỉnh ủy", "Thành ủy")
    assert expansions("không") == ()


def test_phrases_are_found_among_the_words_of_a_query() -> None:
    assert spans("kế hoạch của ủy ban nhân dân tỉnh") == [(0, 2, ("KH",)), (3, 7, ("UBND",))]
    assert spans("uy ban nhan dan tinh") == [(0, 4, ("UBND",))]
    assert spans("kiểm tra giám sát") == [(0, 4, ("KTGS",))]
    assert spans("tỉnh") == []


def test_the_longest_phrase_wins() -> None:
    assert spans("ban chấp hành trung ương") == [(0, 5, ("BCHTW",))]
