"""Filters typed into the question."""

from datetime import date

import pytest

from congso.kernel.directory.testing import World
from congso.kernel.search.fields import days_of, split_fields
from congso.kernel.search.tests.conftest import Ask, Make
from congso.kernel.search.tests.test_finding import titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "words", "fields"),
    [
        ("chuyển đổi số", "chuyển đổi số", []),
        ("giám sát loại: kế hoạch", "giám sát", [("kind", "kế hoạch")]),
        ('người ký: "Nguyễn Văn A" giám sát', "giám sát", [("signer", "Nguyễn Văn A")]),
        (
            "co quan: Ban A, tu: 1/2026 den: 3/2026; họp",
            "họp",
            [("issuer", "Ban A"), ("from", "1/2026"), ("to", "3/2026")],
        ),
        ("http://loại.vn từ", "http://loại.vn từ", []),
        ("loại:", "", [("kind", "")]),
    ],
)
def test_fields_are_told_from_words(typed: str, words: str, fields: list[tuple[str, str]]) -> None:
    rest, found = split_fields(typed)
    assert (rest, [(one.field, one.value) for one in found]) == (words, fields)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("5/4/2026", (date(2026, 4, 5), date(2026, 4, 5))),
        ("2/2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025", (date(2025, 1, 1), date(2025, 12, 31))),
        ("2026-04-05", (date(2026, 4, 5), date(2026, 4, 5))),
        ("31/2/2026", None),
        ("13/2026", None),
        ("0000", None),
        ("mai", None),
    ],
)
def test_days_months_years(written: str, span: tuple[date, date] | None) -> None:
    assert days_of(written) == span


def test_days_narrow_and_alone_they_list_newest_first(make: Make, ask: Ask) -> None:
    make("Rà soát tháng một", day=date(2026, 1, 10))
    make("Rà soát tháng ba", day=date(2026, 3, 10))
    make("Rà soát năm trước", day=date(2025, 3, 10))
    assert titles(ask("rà soát từ: 1/2026")) == ["Rà soát tháng ba", "Rà soát tháng một"]
    assert titles(ask("từ: 1/2026 đến: 31/1/2026")) == ["Rà soát tháng một"]
    assert titles(ask("rà soát tại: 31/12/2025")) == ["Rà soát năm trước"]
    assert titles(ask("năm: 2025")) == ["Rà soát năm trước"]
    assert ask("rà soát từ: 2027").total == 0


def test_units_are_meant_by_any_name(make: Make, ask: Ask, world: World) -> None:
    make("Lịch trực", unit="TH")
    make("Lịch trực", unit="CDS")
    assert ask("lịch trực đơn vị: Phòng Tổng hợp").total == 1
    assert ask("đơn vị: phong tong hop lịch trực").total == 1


def test_what_names_nothing_is_said_and_looked_for_as_words(make: Make, ask: Ask) -> None:
    make("Lịch trực lung tung")
    found = ask("loại: lung tung")
    assert "lung tung" in found.message
    assert found.total == 1


@pytest.mark.parametrize(
    "typed", ["loại: ", "từ:::", "người ký: '", 'cơ quan: "', "trạng thái: %", "đơn vị: \x00", "năm: 9" * 50]
)
def test_nothing_typed_is_an_error(ask: Ask, typed: str) -> None:
    ask(typed)
