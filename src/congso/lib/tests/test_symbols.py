import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.lib.document_types import (
    PARTY_TYPES,
    canonical_abbreviation,
    document_type,
    type_named,
    types_abbreviated,
)
from congso.lib.symbols import (
    Symbol,
    SymbolForm,
    find_symbols,
    normalise_symbol,
    parse_symbol,
    render,
    search_parts,
)

PARTY, STATE = SymbolForm.PARTY, SymbolForm.STATE


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("16-KH/TU", Symbol(16, "", None, "KH", "TU", "", PARTY)),
        ("05-NQ/ĐU", Symbol(5, "", None, "NQ", "ĐU", "", PARTY)),
        ("23-QĐ/UBKTTW", Symbol(23, "", None, "QĐ", "UBKTTW", "", PARTY)),
        ("3709-CV/VPTW/nb", Symbol(3709, "", None, "CV", "VPTW", "nb", PARTY)),
        ("367-QĐ/TWĐTN-VP", Symbol(367, "", None, "QĐ", "TWĐTN-VP", "", PARTY)),
        ("15/BC-UBND", Symbol(15, "", None, "BC", "UBND", "", STATE)),
        ("154/2026/NĐ-CP", Symbol(154, "", 2026, "NĐ", "CP", "", STATE)),
        ("91/HD-MTTW-BTT", Symbol(91, "", None, "HD", "MTTW-BTT", "", STATE)),
        ("117/2025/QH15", Symbol(117, "", 2025, "", "QH15", "", STATE)),
        ("123/UBND-VP", Symbol(123, "", None, "", "UBND-VP", "", STATE)),
        ("16a-KH/TU", Symbol(16, "a", None, "KH", "TU", "", PARTY)),
    ],
)
def test_symbols_are_read_and_printed_again(written: str, symbol: Symbol) -> None:
    assert parse_symbol(written) == symbol
    assert render(symbol) == written


@pytest.mark.parametrize(
    "written",
    [
        "Số: 05-NQ/ĐU", "số 5 - NQ / ĐU", "05\u2013NQ/ĐU", "5-nq/đu", "05-NQ/DU", "Số, ký hiệu: 05-NQ/ĐU.",
        unicodedata.normalize("NFD", "Số 05-NQ/ĐU"), "\u00a005-NQ/ĐU ", "so 5-nq/du",
    ],
)  # fmt: skip
def test_spellings_of_one_symbol_share_a_key(written: str) -> None:
    assert normalise_symbol(written) == "5-NQ/DU"


def test_lost_accents_of_a_type_are_restored() -> None:
    assert str(parse_symbol("154/2026/ND-CP")) == "154/2026/NĐ-CP"
    assert str(parse_symbol("7-qd/tu")) == "07-QĐ/TU"


@pytest.mark.parametrize("text", ["", "3/5", "abc", "5/2/2026", "16", "KH/TU", "2025", "16-KH"])
def test_other_texts_are_no_symbols(text: str) -> None:
    assert parse_symbol(text) is None


def test_a_text_that_is_no_symbol_still_compares() -> None:
    assert normalise_symbol("Số: 12 \u2013 abc") == normalise_symbol("12-ABC")


@given(
    st.integers(1, 99999), st.sampled_from([kind.abbreviation for kind in PARTY_TYPES if kind.abbreviation]),
    st.sampled_from(["TU", "ĐU", "VPTW", "UBKTTU", "BTGDVTU", "TWĐTN-VP"]), st.sampled_from(["", "nb"]),
)  # fmt: skip
def test_every_party_symbol_survives_printing(number: int, kind: str, agency: str, suffix: str) -> None:
    symbol = Symbol(number, "", None, kind, agency, suffix, PARTY)
    assert parse_symbol(render(symbol)) == symbol
    assert normalise_symbol(f"Số: {render(symbol)}".lower()) == normalise_symbol(render(symbol))


@given(st.text(max_size=50))
def test_normalising_is_stable_for_any_text(text: str) -> None:
    key = normalise_symbol(text)
    assert normalise_symbol(key) == key or parse_symbol(text) is None


def test_symbols_are_found_in_a_running_text_with_their_places() -> None:
    text = (
        "Kế hoạch số 16-KH/TU - Ban, ngày 11/8/2025; Nghị định 154/2026/NĐ-CP - về; (05-NQ/ĐU) 3/5, 24/24, "
        "1/HN, 2-Vitamin/B và 15/BC-UBND."
    )
    found = list(find_symbols(text))
    assert [str(symbol) for symbol, _, _ in found] == ["16-KH/TU", "154/2026/NĐ-CP", "05-NQ/ĐU", "15/BC-UBND"]
    assert [text[start:end] for _, start, end in found] == [str(symbol) for symbol, _, _ in found]


def test_the_index_holds_the_whole_symbol_and_its_parts() -> None:
    symbol = parse_symbol("05-NQ/ĐU")
    assert symbol is not None
    parts = search_parts(symbol)
    assert {"05-nq/đu", "5-nq/đu", "5-nq/du", "5", "5-nq", "nq", "đu"} == set(parts)
    decree = parse_symbol("154/2026/NĐ-CP")
    assert decree is not None
    assert {"154/2026", "2026", "cp", "154/2026/nd-cp"} <= set(search_parts(decree))


def test_there_are_the_25_types_of_regulation_399() -> None:
    assert len(PARTY_TYPES) == 25


def test_one_abbreviation_may_stand_for_two_types() -> None:
    assert [kind.key for kind in types_abbreviated("QĐ")] == ["decision", "regulation"]
    assert types_abbreviated("qd") == types_abbreviated("QĐ")
    assert [kind.key for kind in types_abbreviated("QyĐ")] == ["regulation"]


def test_spelled_out_types_are_told_apart_by_their_d() -> None:
    assert [kind.key for kind in types_abbreviated("ĐA")] == ["scheme"]
    assert [kind.key for kind in types_abbreviated("DA")] == ["project"]


def test_types_are_found_by_name_and_key() -> None:
    assert type_named("ke hoach") == document_type("plan")
    assert type_named("văn bản lạ") is None
    assert canonical_abbreviation("ctr") == "CTr"
    assert canonical_abbreviation("XYZ") is None
