"""Every figure of every export says what it was made of: of which unit, which cell, typed by whom and when."""

import io
import re
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.apps.reports import services
from congso.apps.reports.models import Entry, Form
from congso.apps.reports.queries import report_of
from congso.apps.reports.rules import Schema, parse_number
from congso.apps.reports.services.papers import NOTHING, gathered_body, report_body
from congso.apps.reports.tests.factories import as_one, make_form, open_due, report_in, submitted
from congso.kernel.composing.contents import Grid, Passage
from congso.kernel.composing.drafting import body_from_text, text_of_body
from congso.kernel.indicators.models import Observation
from congso.kernel.indicators.periods import Period

pytestmark = pytest.mark.django_db
NOVEMBER, DAY = Period.parse("2026-M11"), date(2026, 11, 30)
_VALUES = st.fixed_dictionaries({"ct.den": st.integers(100, 5_000)}, optional={
    "ct.dv": st.integers(0, 900), "ct.diem": st.integers(0, 10), "bang.tinh.truc": st.integers(0, 40),
    "bang.xa.tuyen": st.integers(0, 40),
})  # fmt: skip


def grids(body: Any) -> list[Grid]:
    return [block for block in body if isinstance(block, Grid)]


def figures_in(rows: Any) -> set[str]:
    """Cells that are numbers, wherever they stand in the tables."""
    return {text for row in rows for text in row if re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?", text)}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_VALUES, second=_VALUES)
def test_no_export_holds_a_figure_without_its_source(world, first, second) -> None:
    with transaction.atomic():
        make_form(world)
        open_due()
        for unit, who, values in (("XA", "commune_clerk", first), ("BTC", "agency_clerk", second)):
            cells = {key.replace(".", "__"): str(value) for key, value in values.items()}
            submitted(world, report_in(world, unit), who, **(cells | {"ct__han": "90", "kk": "Không"}))
        with as_one(world, "chief"):
            form = Form.objects.get()
            schema = Schema.parse(report_of(report_in(world).pk).version_of_form.schema)
            _workbook(form, schema)
            _paper(form, schema)
            for unit in ("XA", "BTC"):
                _units_own(world, unit)
        transaction.set_rollback(True)


def _workbook(form: Form, schema: Schema) -> None:
    """Each total is the sum of its lines on the page of sources; each line is one observation and says all of it."""
    book = openpyxl.load_workbook(
        io.BytesIO(services.gathered_sheet(form, schema, NOVEMBER, root=form.scope, chart_day=DAY))
    )
    totals = [row for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True) if row[2] is not None]
    lines = list(book["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    assert totals
    for row in totals:
        mine = [line for line in lines if line[0] == row[0]]
        assert (sum(line[2] for line in mine), len(mine)) == (row[2], row[5])
    assert len(lines) == Observation.objects.count()
    for title, unit, _value, _beside, origin, words, by, at, report in lines:
        assert all((title, unit, origin, words, by, at, report))
    said = list(book["Phần lời"].iter_rows(min_row=2, values_only=True))
    assert all(all(row) for row in said)
    assert len(said) == 2


def _paper(form: Form, schema: Schema) -> None:
    """Each figure of the paper's tables stands in its annex with its indicator; the draft made of it says the same."""
    body, annex = gathered_body(form, schema, NOVEMBER, root=form.scope, chart_day=DAY)
    (origin,) = grids(annex.body)
    named = {row[1] for row in origin.rows[1:] if row[1] != NOTHING}
    assert figures_in(row for grid in grids(body) for row in grid.rows[1:]) == figures_in([sorted(named)])
    assert all(row[3] and (row[2] != "0") == (row[1] != NOTHING) for row in origin.rows[1:])
    written = services.gathered_paper(form, schema, NOVEMBER, root=form.scope, chart_day=DAY)
    tables = docx.Document(io.BytesIO(written)).tables
    printed = {cell.text for table in tables for cell in table._cells}
    assert named <= printed
    handed = body_from_text(text_of_body([*body, Passage("NGUỒN SỐ LIỆU"), *annex.body]))
    told = {text for grid in grids(handed) for row in grid.rows for text in row}
    assert named <= told


def _units_own(world, unit: str) -> None:
    """Each figure of a unit's own paper was put into its cell by somebody at some moment."""
    report = report_of(report_in(world, unit).pk)
    schema = Schema.parse(report.version_of_form.schema)
    entries = {one.key: one for one in Entry.objects.filter(report=report, is_contested=False)}
    printed = figures_in(row for grid in grids(report_body(report)) for row in grid.rows[1:])
    known = {one.text for key, one in entries.items() if key in schema.numbers}
    assert printed == {text for text in known if parse_number(text, 2) is not None}
    assert all(one.by_label and one.at for one in entries.values())
