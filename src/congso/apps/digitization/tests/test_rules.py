"""The rules: codes, cutting, corrections that outlive a recogniser, accuracy."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.digitization import rules
from congso.apps.digitization.rules import Piece, Placed, Side

HEX = "47ff9bdb75454c20a0c1b91a0e068735"


@settings(max_examples=30)
@given(st.booleans(), st.integers(1, 999_999))
def test_a_sheet_says_what_was_printed_on_it(is_folder, number):
    sheet = rules.sheet_of(rules.code_of(HEX, is_folder=is_folder, number=number))
    assert sheet == rules.Sheet(HEX, is_folder, number)


@pytest.mark.parametrize(
    "code", ["", "CSH1:", "CSH1:xyz:H1", f"CSH1:{HEX}:D1", f"CSH1:{HEX}:H0000000", f"CSH2:{HEX}:H1"]
)
def test_other_codes_are_none_of_ours(code):
    assert rules.sheet_of(code) is None


def sides(plan: str, scans: str = "") -> list[Side]:
    """`r` a page, `b` blank, `v` a document's sheet, 1–9 a folder's sheet, `x` a sheet of another batch."""
    found = []
    for pk, letter in enumerate(plan, 1):
        scan = int(scans[pk - 1]) if scans else 1
        if letter == "v":
            code = rules.code_of(HEX, is_folder=False, number=1)
        elif letter == "x":
            code = rules.code_of("0" * 32, is_folder=True, number=7)
        else:
            code = rules.code_of(HEX, is_folder=True, number=int(letter)) if letter.isdigit() else ""
        state = {"r": "read", "b": "blank", "f": "failed"}.get(letter, "separator")
        found.append(Side(pk, scan, state, code))
    return found


@pytest.mark.parametrize(
    ("plan", "scans", "cut"),
    [
        ("rr", "", [(0, (1, 2))]),
        ("vrrvr", "", [(0, (2, 3)), (0, (5,))]),
        ("1vrrvr2vr", "", [(1, (3, 4)), (1, (6,)), (2, (9,))]),
        ("rr", "12", [(0, (1,)), (0, (2,))]),
        ("1rbrvv", "", [(1, (2, 4))]),
        ("1rxr", "", [(1, (2,)), (1, (4,))]),
        ("vv", "", []),
        ("", "", []),
    ],
)
def test_a_stack_is_cut_at_its_sheets(plan, scans, cut):
    found = rules.pieces(sides(plan, scans), batch_hex=HEX, cuts_at_files=True)
    assert [(one.folder, one.pages) for one in found] == cut


@settings(max_examples=30)
@given(st.text(alphabet="rbfv12x", max_size=40), st.booleans())
def test_every_read_page_lies_in_one_document_in_its_order(plan, cuts_at_files):
    stack = sides(plan)
    found = list(rules.pieces(stack, batch_hex=HEX, cuts_at_files=cuts_at_files))
    assert [pk for one in found for pk in one.pages] == [one.pk for one in stack if one.state == "read"]
    assert all(isinstance(one, Piece) and one.pages for one in found)


def test_a_document_over_two_files_stays_whole_when_told_so():
    found = rules.pieces(sides("vrr", "112"), batch_hex=HEX, cuts_at_files=False)
    assert [one.pages for one in found] == [(2, 3)]


def word(text: str, left: float, line: int = 0) -> list:
    return [text, left, 10.0, left + 20.0, 22.0, 0.5, line]


def test_a_correction_holds_whatever_is_read_there_later():
    fix = Placed((10.0, 10.0, 30.0, 22.0), "hoạch")
    assert [one[0] for one in rules.corrected([word("hoach", 10), word("sưu", 40)], [fix])] == ["hoạch", "sưu"]
    # Another engine sees the place a little off, in two pieces, or not at all.
    split = [["ho", 11.0, 11.0, 19.0, 21.0, 0.9, 0], ["ach", 20.0, 11.0, 29.0, 21.0, 0.9, 0], word("sưu", 40)]
    assert [one[0] for one in rules.corrected(split, [fix])] == ["hoạch", "sưu"]
    assert [one[0] for one in rules.corrected([word("sưu", 40)], [fix])] == ["sưu", "hoạch"]
    assert rules.text_of(rules.corrected([word("sưu", 40)], [fix])) == "hoạch sưu"


def test_the_last_correction_of_a_place_counts_and_an_empty_one_removes():
    box = (10.0, 10.0, 30.0, 22.0)
    assert [one[0] for one in rules.corrected([word("a", 10)], [Placed(box, "b"), Placed(box, "c")])] == ["c"]
    assert rules.corrected([word("a", 10)], [Placed(box, "")]) == []


@settings(max_examples=30)
@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=5), max_size=8))
def test_nothing_corrected_changes_nothing(texts):
    words = [word(text, 30.0 * nth) for nth, text in enumerate(texts)]
    assert rules.corrected(words, []) == words


@settings(max_examples=30)
@given(st.text("aăâbc ", max_size=12), st.text("aăâbc ", max_size=12))
def test_wrong_letters_count_the_same_both_ways(one, other):
    assert rules.letters_wrong(one, other) == rules.letters_wrong(other, one)
    assert (rules.letters_wrong(one, other) == 0) == (one.split() == other.split())


def test_letters_are_compared_line_by_line():
    assert (
        rules.letters_wrong_in_words([word("hoach", 10), word("tâm", 10, 1)], [word("hoạch", 10), word("tầm", 10, 1)])
        == 2
    )


def test_two_people_differ_in_words_not_in_blanks():
    assert rules.differences({"title": "Kế  hoạch"}, {"title": "Kế hoạch"}) == []
    assert rules.differences({"number": "16-KH/TU"}, {"number": "15-KH/TU"}) == ["number"]


def test_files_are_named_by_dossier_and_place():
    assert rules.file_name("VPTU.2005.01", 3) == "VPTU.2005.01.003.pdf"
    assert rules.file_name("Hồ sơ 01/ĐU", 12) == "Ho-so-01-DU.012.pdf"
    assert rules.file_name("", 1, batch_number="01/SH-2026") == "01-SH-2026.001.pdf"


def test_the_sample_is_drawn_about_as_often_as_asked():
    drawn = sum(rules.is_in_sample("mầm", f"{nth}", percent=10) for nth in range(2_000))
    assert 140 < drawn < 260
    assert not any(rules.is_in_sample("mầm", f"{nth}", percent=0) for nth in range(50))
    assert all(rules.is_in_sample("mầm", f"{nth}", percent=100) for nth in range(50))


def test_what_the_machine_doubts_takes_two_people():
    sure = dict.fromkeys(rules.COUNTED, 0.95)
    assert not rules.needs_two(sure, {}, 0.95, threshold=0.85)
    assert rules.needs_two(sure | {"number": 0.5}, {}, 0.95, threshold=0.85)
    assert rules.needs_two(sure, {"issuer": "Không có trong danh mục"}, 0.95, threshold=0.85)
    assert rules.needs_two(sure, {}, 0.6, threshold=0.85)
    assert rules.needs_two({}, {}, None, threshold=0.85)
