"""The law of outgoing documents by example."""

import pytest

from congso.apps.outgoing import rules


@pytest.mark.parametrize(
    ("told", "symbol"),
    [
        (("PARTY", 16, "KH", "TU", ""), "16-KH/TU"),
        (("PARTY", 5, "NQ", "ĐU", ""), "05-NQ/ĐU"),
        (("PARTY", 1, "CTr", "BTGDVTU", "MTTQ"), "01-CTr/BTGDVTU-MTTQ"),
        (("STATE", 15, "BC", "MTTQ-BTT", ""), "15/BC-MTTQ-BTT"),
        (("YOUTH", 367, "QĐ", "TĐTN-VP", ""), "367-QĐ/TĐTN-VP"),
    ],
)
def test_symbols_are_made_of_their_parts(told, symbol):
    profile, number, kind, agency, joint = told
    assert rules.printed_symbol(profile, number, rules.symbol_tail(profile, kind, agency, joint)) == symbol


def test_a_state_letter_prints_no_type():
    assert rules.symbol_tail("STATE", "CV", "MTTQ-BTT", is_letter=True) == "MTTQ-BTT"


@pytest.mark.parametrize(
    ("kind", "authority", "profile", "is_wrong"),
    [
        ("committee", "deputy", "PARTY", True), ("committee", "on_behalf", "PARTY", False),
        ("committee", "", "PARTY", True), ("agency", "on_behalf", "PARTY", True), ("agency", "deputy", "PARTY", False),
        ("agency", "", "PARTY", False), ("agency", "by_mandate", "PARTY", True),
        ("front", "by_mandate", "STATE", False),
        ("committee", "by_order", "PARTY", False),
    ],
)  # fmt: skip
def test_authorities_fit_the_issuer(kind, authority, profile, is_wrong):
    assert bool(rules.authority_problem(kind, authority, profile)) == is_wrong


def test_names_stand_above_each_other():
    assert rules.own_name("Văn phòng Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai") == "Văn phòng"
    assert rules.superior_line("Tỉnh ủy Lào Cai", "") == "Đảng bộ tỉnh Lào Cai"
    assert rules.place_of("Văn phòng Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai") == "Lào Cai"
    assert rules.place_of("Đảng ủy xã Mẫu") == "Mẫu"


@pytest.mark.parametrize(
    ("current", "new", "moves"),
    [
        ("", "01", True),
        ("03", "01", False),
        ("03", "05", True),
        ("06", "02", False),
        ("06", "15", True),
        ("15", "03", False),
    ],
)
def test_statuses_move_forward_only(current, new, moves):
    assert rules.status_moves(current, new) == moves
