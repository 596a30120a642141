"""What is shipped ready to use: every form is whole, goes to Excel and back, and the demo runs on it."""

from datetime import date

import pytest

from congso.apps.reports import services
from congso.apps.reports.queries import board_of, report_of
from congso.apps.reports.rules import Schema
from congso.apps.reports.services.starting import starter_forms
from congso.apps.reports.tests.factories import as_one, bring, changed, make_form, open_due, report_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", list(starter_forms()))
def test_a_shipped_form_is_whole_and_makes_the_round_trip_through_excel(world, clock, key):
    starter = starter_forms()[key]
    schema = Schema.parse(starter.schema)
    assert schema.numbers
    assert schema.texts
    make_form(
        world, code=key, schema=starter.schema, units=("XA",), frequency=starter.frequency,
        closes_on=starter.closes_on, due_working_days=starter.due_working_days,
    )  # fmt: skip
    open_due()
    first = {"M": date(2026, 11, 1), "Q": date(2026, 10, 1), "H": date(2026, 7, 1), "Y": date(2026, 1, 1)}
    report = report_in(world, first_day=first[starter.frequency])
    with as_one(world, "commune_clerk"):
        away = services.write_sheet(report_of(report.pk))
    cells = {cell.replace(".", "__"): 7 for cell in schema.numbers} | dict.fromkeys(schema.texts, "Lời")
    sheet = bring(world, report, content=changed(away, **cells))
    with as_one(world, "commune_clerk") as _:
        assert {one.key for one in services.changes_of(sheet, report_of(report.pk))} == {*schema.numbers, *schema.texts}
        assert sheet.notes == []
        fresh = report_of(report.pk)
        assert set(board_of(fresh, schema).texts.values()) == {""}
