"""What a form may ask and what is a good answer; the browser's script gives the same verdicts."""

import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.reports.rules import (
    NotANumber,
    Schema,
    SchemaErrors,
    check,
    closing_day,
    due_day,
    parse_number,
    show_number,
)
from congso.apps.reports.tests.factories import SCHEMA
from congso.apps.reports.views.filling import rules_for_browser
from congso.lib.workdays import Calendar

_SCRIPT = Path(__file__).parent.parent / "static/reports/js/rules.js"


@pytest.mark.parametrize(
    ("raw", "decimals", "value"),
    [
        ("", 0, None), ("  ", 2, None), ("0", 0, "0"), ("1234", 0, "1234"), ("1.234", 0, "1234"),
        ("1.234.567", 0, "1234567"), ("1.234,5", 1, "1234.5"), ("1234,5", 1, "1234.5"), ("12.5", 1, "12.5"),
        ("0.500", 1, "0.5"), ("1,234.5", 1, "1234.5"), ("1,234,567", 0, "1234567"), ("-3", 0, "-3"),
        ("−3,5", 1, "-3.5"), ("1 234", 0, "1234"), ("1\u00a0234,50", 1, "1234.5"), ("1,0", 0, "1"), ("007", 0, "7"),
        ("-0", 0, "0"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(raw: str, decimals: int, value: str | None):
    assert parse_number(raw, decimals) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("raw", "decimals", "code"),
    [
        ("=1+1", 0, "formula"), ("abc", 0, "not_a_number"), ("12 người", 0, "not_a_number"), ("45%", 0, "not_a_number"),
        ("1,234", 0, "ambiguous"), ("1,5", 0, "decimals"), ("1.234.5", 1, "not_a_number"), ("1e5", 0, "not_a_number"),
        ("--1", 0, "not_a_number"), ("1" * 16, 0, "too_large"), ("NaN", 0, "not_a_number"), ("١٢", 0, "not_a_number"),
        (",5", 1, "not_a_number"), ("1,23", 1, "decimals"),
    ],
)  # fmt: skip
def test_what_is_no_number_says_why(raw: str, decimals: int, code: str):
    with pytest.raises(NotANumber) as told:
        parse_number(raw, decimals)
    assert told.value.code == code


@settings(max_examples=50, deadline=None)
@given(st.decimals(min_value=-(10**14), max_value=10**14, places=3, allow_nan=False, allow_infinity=False))
def test_a_shown_number_is_read_back(value: Decimal):
    assert parse_number(show_number(value), 3) == value


def test_a_schema_tells_every_mistake():
    wrong = {
        "sections": [
            {"key": "a", "title": "", "kind": "figures"},
            {"key": "B!", "title": "B", "kind": "text"},
            {
                "key": "c",
                "title": "C",
                "kind": "figures",
                "figures": [{"key": "x", "title": "X", "least": "5", "most": "1"}],
            },
            {"key": "c", "title": "C2", "kind": "table", "rows": [], "columns": []},
            {"key": "d", "title": "D", "kind": "nonsense"},
            7,
        ],
        "rules": [{"kind": "at_most", "left": ["c.x"], "right": ["no.such"]}, {"kind": "what"}],
    }
    with pytest.raises(SchemaErrors) as told:
        Schema.parse(wrong)
    assert len(told.value.mistakes) == 8


_KEYS = st.sampled_from(["sections", "rules", "key", "title", "kind", "figures", "rows", "columns", "left"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(_JSON)
def test_any_json_is_a_schema_or_a_list_of_mistakes(raw: Any):
    told: list[str] = []
    try:
        Schema.parse(raw)
    except SchemaErrors as wrong:
        told = wrong.mistakes
    assert told or isinstance(raw, dict)


def test_rules_between_cells_and_against_the_last_period():
    schema = Schema.parse(SCHEMA)
    good = {"ct.den": "120", "ct.han": "100", "kk": "Không"}
    assert check(schema, good, {}) == []
    (late,) = check(schema, good | {"ct.han": "121"}, {})
    assert (late.key, late.severity) == ("ct.han", "error")
    assert "“Xử lý đúng hạn” = 121, lớn hơn “Văn bản đến” = 120" in late.message
    (moved,) = check(schema, good, {"ct.den": Decimal(10)})
    assert (moved.key, moved.severity) == ("ct.den", "warning")
    assert {one.key for one in check(schema, {}, {})} == {"ct.den", "ct.han", "kk"}
    assert [one.key for one in check(schema, good | {"ct.diem": "11"}, {})] == ["ct.diem"]


def test_due_days_are_working_days_after_the_closing_day():
    days_off = Calendar()
    assert closing_day(date(2026, 11, 30), 14) == date(2026, 11, 14)
    assert closing_day(date(2026, 2, 28), 31) == date(2026, 2, 28)
    assert due_day(date(2026, 11, 30), closes_on=0, working_days=3, calendar=days_off) == date(2026, 12, 3)
    assert due_day(date(2026, 10, 31), closes_on=0, working_days=0, calendar=days_off) == date(2026, 11, 2)


class _Board:
    """What `rules_for_browser` reads of a board."""

    def __init__(self, schema: Schema, last: dict[str, Decimal]) -> None:
        self.schema, self.last = schema, last


_WRITTEN = st.one_of(
    st.sampled_from(
        ["", " ", "0", "1,5", "1.234", "1,234", "1,234.5", "-2", "=A1", "12 con", "9" * 16, "0,30", "−7", "1 000"]
    ),
    st.integers(-500, 500).map(str),
    st.decimals(0, 2000, places=2).map(lambda value: str(value).replace(".", ",")),
)


def test_the_browser_and_the_server_say_the_same():
    schema = Schema.parse(SCHEMA | {"rules": [*SCHEMA["rules"], {
        "kind": "equals", "left": ["bang.tinh.truc", "bang.tinh.tuyen"], "right": ["ct.diem"], "message": "Phải khớp",
    }]})  # fmt: skip
    last = {"ct.den": Decimal("100"), "ct.dv": Decimal("-3")}
    cases: list[dict[str, str]] = []

    @settings(max_examples=50, deadline=None, database=None)
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys((*schema.numbers, "kk"), _WRITTEN)))
    def gather(filled: dict[str, str]) -> None:
        cases.append(filled)

    gather()
    form = rules_for_browser(_Board(schema, last))  # type: ignore[arg-type]
    program = (
        f"import {{check}} from {json.dumps(str(_SCRIPT))};"
        "const {form, cases} = JSON.parse(await new Promise((done) => { let all = '';"
        " process.stdin.on('data', (part) => all += part).on('end', () => done(all)); }));"
        "console.log(JSON.stringify(cases.map((one) => check(form, one))));"
    )
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", program], input=json.dumps({"form": form, "cases": cases}),
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    for filled, said in zip(cases, json.loads(ran.stdout), strict=True):
        ours = [
            {"key": one.key, "severity": str(one.severity), "message": one.message}
            for one in check(schema, filled, last)
        ]
        assert said == ours, filled
