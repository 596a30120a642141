"""Excel out, filled somewhere, and back: what it changes is seen first, what cannot be taken is told."""

import io
import zipfile

import openpyxl
import pytest

from congso.apps.reports import services
from congso.apps.reports.models import Sheet
from congso.apps.reports.queries import board_of, report_of
from congso.apps.reports.rules import Schema
from congso.apps.reports.services.sheets import FACTS
from congso.apps.reports.tests.factories import as_one, bring, changed, do, fill, make_report, report_in
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db


def away(world, report, who: str = "commune_clerk") -> bytes:
    with as_one(world, who):
        return services.write_sheet(report_of(report.pk))


def changes(world, sheet: Sheet, report) -> dict[str, tuple[str, str]]:
    with as_one(world, "commune_clerk"):
        return {one.key: (one.now, one.new) for one in services.changes_of(sheet, report_of(report.pk))}


def take(world, sheet: Sheet, report):
    return do(world, "commune_clerk", lambda fresh, **who: services.take_sheet(sheet, fresh, **who), report)


def texts(world, report) -> dict[str, str]:
    with as_one(world, "commune_clerk"):
        fresh = report_of(report.pk)
        return board_of(fresh, Schema.parse(fresh.version_of_form.schema)).texts


def test_a_file_goes_and_comes_back_the_same_and_its_changes_are_seen_before_they_are_taken(world, clock):
    report = make_report(world)
    fill(world, report, ct__den="1.234", ct__diem="7,25", bang__tinh__truc="3", kk="Dòng một\nDòng hai")
    same = bring(world, report)
    assert changes(world, same, report) == {}
    brought = bring(
        world, report,
        ct__den=1300, ct__han="1.200,0", ct__diem=8.5, bang__xa__tuyen=4, kk="=1+1 không phải công thức",
    )  # fmt: skip
    found = changes(world, brought, report)
    assert found["ct.den"] == ("1.234", "1.300")
    assert found["ct.diem"] == ("7,25", "8,5")
    assert found["bang.xa.tuyen"] == ("", "4")
    assert "kk" not in found
    assert len(brought.notes) == 1
    assert texts(world, report)["ct.den"] == "1.234"
    take(world, brought, report)
    now = texts(world, report)
    assert (now["ct.den"], now["ct.han"], now["ct.diem"], now["bang.xa.tuyen"]) == ("1.300", "1.200", "8,5", "4")
    with as_one(world, "commune_clerk"):
        brought.refresh_from_db()
    with pytest.raises(Refused, match="đã được ghi"):
        take(world, brought, report)


def test_formulas_errors_and_days_are_not_taken_and_text_in_a_number_cell_is_kept_with_its_reproach(world, clock):
    report = make_report(world)
    brought = bring(world, report, ct__den="=SUM(1,2)", ct__han="mười", ct__dv=True)
    assert [note for note in brought.notes if "công thức" in note]
    assert [note for note in brought.notes if "không phải số" in note]
    with as_one(world, "commune_clerk"):
        (only,) = services.changes_of(brought, report_of(report.pk))
    assert (only.key, only.new) == ("ct.han", "mười")
    assert "không phải là số" in only.problem
    take(world, brought, report)
    assert texts(world, report)["ct.han"] == "mười"


def test_copies_that_come_back_in_the_wrong_order_lose_nothing(world, clock):
    report = make_report(world)
    fill(world, report, ct__den="10", ct__han="9")
    first = away(world, report)
    take(world, bring(world, report, "commune_clerk", changed(first, ct__den=20)), report)
    saved = take(world, bring(world, report, "commune_clerk", changed(first, ct__den=30, ct__han=8)), report)
    assert (saved.written, saved.contested) == (["ct.han"], ["ct.den"])
    assert texts(world, report)["ct.den"] == "20"


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"period": "2026-M10"}, "kỳ khác"), ({"unit": "T.BTC"}, "đơn vị khác"), ({"form": "khac"}, "mẫu báo cáo khác")],
)
def test_last_months_anothers_and_other_forms_files_are_refused(world, clock, facts, words):
    report = make_report(world)
    book = openpyxl.load_workbook(io.BytesIO(away(world, report)))
    for row in book[FACTS].iter_rows(max_col=2):
        row[1].value = facts.get(row[0].value, row[1].value)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match=words):
        bring(world, report, content=out.getvalue())


def _with(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


def test_macros_bombs_and_what_is_no_workbook_are_refused(world, clock):
    report = make_report(world)
    good = away(world, report)
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    hostile = {
        "macro": _with(good, "xl/vbaProject.bin", b"x"),
        "quá nhiều dữ liệu": _with(good, "xl/bomb.xml", b" " * (45 << 20)),
        "không đọc được": b"PK\x03\x04 not a workbook",
        "không phải tệp đã tải": empty.getvalue(),
    }
    for words, content in hostile.items():
        with pytest.raises(Refused, match=words):
            bring(world, report, content=content)
    broken = _with(good[: len(good) // 2], "xl/workbook.xml", b"<no")
    with pytest.raises(Refused):
        bring(world, report, content=broken)


def test_a_sheet_is_its_bringers_alone(world, clock):
    report = make_report(world)
    bring(world, report, ct__den=5)
    for who in ("commune_leader", "chief", "agency_leader"):
        with acting_as(Actor.person(getattr(world, who))):
            assert not Sheet.objects.exists()


def test_the_gathered_workbook_names_every_figures_source(world, clock):
    report = make_report(world)
    fill(world, report)
    do(world, "commune_clerk", services.submit_report, report)
    with as_one(world, "chief"):
        fresh = report_of(report.pk)
        schema = Schema.parse(fresh.version_of_form.schema)
        made = services.gathered_sheet(
            fresh.form, schema, fresh.period, root=fresh.form.scope, chart_day=fresh.period.end
        )
    book = openpyxl.load_workbook(io.BytesIO(made))
    totals = {row[0]: row[2] for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True) if row[2] is not None}
    sources = list(book["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    for title, total in totals.items():
        assert sum(row[2] for row in sources if row[0] == title) == total
    assert all(row[1] and all(row[4:9]) for row in sources)
    assert report_in(world).pk == fresh.pk
