"""The law of dossiers by examples and properties."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from congso.apps.dossiers import rules

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS, st.booleans(), st.integers(1, 400), st.integers(1, 5))
def test_hand_over_is_never_after_the_legal_year_nor_before_the_work_ended(ended, is_digital, days, years):
    by = rules.hand_over_by(ended, is_digital=is_digital, days=days, years=years)
    assert ended < by <= date(ended.year + years, 12, 31)
    assert is_digital or by == date(ended.year + years, 12, 31)


@given(DAYS, st.one_of(st.none(), st.integers(2, 70)), DAYS, st.booleans())
def test_permanent_is_never_reviewed_and_others_only_after_their_time(ended, years, day, is_duplicate):
    ends = rules.review_after(ended, years)
    allowed = rules.may_be_reviewed(day, ends=ends, is_duplicate=is_duplicate)
    if years is None:
        assert ends is None
        assert not allowed
    else:
        assert allowed == (is_duplicate or day.year > ended.year + years)


@given(st.integers(0, 10_000_000), st.integers(1, 10))
def test_the_nightly_share_covers_everything_within_the_years(total, years):
    assert rules.nightly_share(total, years) * 365 * years >= total


def test_codes_are_those_of_the_profile():
    assert [rules.maintenance_code(years) for years in (None, 70, 50, 30, 20, 10, 15)] == [
        "01", "02", "03", "04", "05", "06", "07",
    ]  # fmt: skip
    assert rules.type_code("conclusion") == "32"
    assert rules.file_code("P 01", 2026, "01-TH/ĐU", "3") == "P-01.2026.01-TH-DU.3"
    assert rules.document_code("A.2026.1", 7) == "A.2026.1.0000007"


@given(st.text(max_size=300), st.integers(1, 9999), st.text(max_size=80))
def test_a_code_is_short_and_safe_as_a_file_name(fonds, year, symbol):
    code = rules.file_code(fonds, year, symbol)
    assert len(code) <= 92
    assert not set(code) & set('/\\:*?"<>| \n')


def test_a_rule_matches_when_every_condition_holds():
    facts = {"type_key": "plan", "issuer": "Tỉnh ủy Lào Cai", "title": "Về chuyển đổi số", "number": "16-KH/TU",
             "source": "in", "unit": 3}  # fmt: skip
    assert rules.matches(rules.RuleWords(words="chuyen doi, SỐ", symbol="kh/tu", source="in", unit=3), facts)
    for other in (
        rules.RuleWords(type_key="report"), rules.RuleWords(issuer="Yên Bái"), rules.RuleWords(words="số, mời"),
        rules.RuleWords(source="out"), rules.RuleWords(unit=4), rules.RuleWords(symbol="CV"),
    ):  # fmt: skip
        assert not rules.matches(other, facts)


def test_what_is_missing_is_named_with_its_line():
    class Paper:
        type_key, issued_on, is_undated, subject, pages = "", None, False, " ", 0

    assert [gap.field for gap in rules.completeness([(3, Paper())], retention="")] == [
        "retention", "type_key", "issued_on", "subject", "pages",
    ]  # fmt: skip
    assert [gap.field for gap in rules.completeness([], retention="y10")] == ["documents"]
