"""Every shipped form goes out as Excel and comes back the same, saved by openpyxl and by LibreOffice."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from congso.apps.reports import services
from congso.apps.reports.models import Report, Sheet
from congso.apps.reports.queries import board_of, report_of
from congso.apps.reports.rules import Schema
from congso.apps.reports.services.starting import StarterForm, starter_forms
from congso.apps.reports.tests.factories import as_one, bring, changed, make_form, open_due
from congso.kernel.files.reading.office import libreoffice

FORMS = starter_forms()
WORDS = "Dòng một, có “ngoặc” và dấu: 1.234,5\nDòng hai"

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(world, clock) -> dict[str, Report]:
    """The commune's report of each shipped form."""
    for key, one in FORMS.items():
        make_form(
            world, code=key, schema=one.schema, units=("XA",), frequency=one.frequency, closes_on=one.closes_on,
            due_working_days=one.due_working_days, starts_on=date(2026, 11, 1),
        )  # fmt: skip
    open_due()
    with as_one(world, "commune_clerk"):
        found = {one.form.code: report_of(one.pk) for one in Report.objects.filter(form__code__in=FORMS)}
    assert set(found) == set(FORMS)
    return found


def resaved(folder: Path) -> dict[str, bytes]:
    """All files of the folder after LibreOffice has opened and saved them, in one run of it."""
    program = libreoffice()
    assert program, "LibreOffice is needed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(map(str, folder.glob("*.xlsx")))
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {path.stem: path.read_bytes() for path in (folder / "out").glob("*.xlsx")}


def filled(form: StarterForm) -> dict[str, object]:
    """Every cell: whole numbers large and small, decimals where there are some, words of two lines."""
    schema = Schema.parse(form.schema)
    values: dict[str, object] = dict.fromkeys(schema.texts, WORDS)
    for place, (key, cell) in enumerate(schema.numbers.items()):
        values[key] = [1_234_567, 0, 7][place % 3] if not cell.decimals else 7.25
    return {key.replace(".", "__"): value for key, value in values.items()}


def test_every_shipped_form_is_whole_and_makes_the_round_trip_through_openpyxl(world, reports) -> None:
    for key, report in reports.items():
        schema = Schema.parse(FORMS[key].schema)
        assert schema.numbers
        assert schema.texts
        with as_one(world, "commune_clerk"):
            away = services.write_sheet(report)
        assert brought(world, report, away) == ({}, [])
        changes, notes = brought(world, report, changed(away, **filled(FORMS[key])))
        assert (set(changes), notes) == ({*schema.numbers, *schema.texts}, [])
        with as_one(world, "commune_clerk"):
            assert set(board_of(report_of(report.pk), schema).texts.values()) == {""}  # seen before it is taken


@pytest.mark.skipif(libreoffice() is None and not os.environ.get("CI"), reason="LibreOffice is not installed")
def test_every_shipped_form_comes_back_from_libreoffice_as_it_went(world, reports, tmp_path: Path) -> None:
    for key, report in reports.items():
        with as_one(world, "commune_clerk"):
            away = services.write_sheet(report)
        if key == next(iter(reports)):  # one goes as it is: a trip of LibreOffice is what costs here
            (tmp_path / f"{key}.xlsx").write_bytes(away)
        (tmp_path / f"{key}-filled.xlsx").write_bytes(changed(away, **filled(FORMS[key])))
    saved = resaved(tmp_path)
    for key, report in reports.items():
        if key in saved:
            assert brought(world, report, saved[key]) == ({}, [])
        told = brought(world, report, (tmp_path / f"{key}-filled.xlsx").read_bytes())
        assert brought(world, report, saved[f"{key}-filled"]) == told


def brought(world, report: Report, content: bytes) -> tuple[dict[str, str], list[str]]:
    """What the file would change, and what it was told."""
    sheet: Sheet = bring(world, report, content=content)
    with as_one(world, "commune_clerk"):
        changes = services.changes_of(sheet, report_of(report.pk))
        assert not any(one.clashes or one.problem for one in changes), [one for one in changes if one.problem][:3]
        return {one.key: one.new for one in changes}, list(sheet.notes)
