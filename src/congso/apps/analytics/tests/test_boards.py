"""Dashboards: who sees them, that every figure is counted with the rights of who looks, and the pages."""

import io
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.apps.analytics import services
from congso.apps.analytics.models import Dashboard, MeasureKind, Question
from congso.apps.analytics.queries import answer, board_of, drilled, read_series
from congso.apps.analytics.services import BoardFacts, QuestionFacts
from congso.apps.analytics.tests.factories import CODE, NOW, TABLE, board, by, indicator, months, observed, question
from congso.kernel.access import principals
from congso.kernel.access.services import acting_as
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = NOW.date()


def page(client, address: str, **facts) -> str:
    response = client.get(address, facts)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def changed(statement: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except Error:
        return 0


def test_a_board_is_seen_by_its_office_and_who_it_is_shared_with_and_changed_by_its_keepers(world):
    made = board(world, shared=("BTC",))
    question(world, made)
    office = {"chief", "clerk", "secrecy_officer", "tracker", "head", "specialist", "other_head", "administrator",
              "second_administrator"}  # fmt: skip
    sees = office | {"agency_leader", "agency_clerk", "agency_specialist", "reader"}
    for who in world.people():
        with acting_as(by(world, who)):
            assert Dashboard.objects.exists() is (who in sees), who
            assert Question.objects.exists() is (who in sees), who
            touched = changed("UPDATE analytics_question SET title = 'x'")
            assert bool(touched) is (who in {"tracker", "chief"}), who
            if who not in {"tracker", "chief"}:
                assert changed("UPDATE analytics_dashboard SET audience = '{}'") == 0
    with acting_as(by(world, "clerk")), pytest.raises(Refused):
        services.change_board(board_of(made.pk), BoardFacts("Khác"), by=by(world, "clerk"), at=NOW)
    with acting_as(by(world, "stranger")), pytest.raises(Refused):
        services.make_board(BoardFacts("X"), owner=world.organization("VPTU"), by=by(world, "stranger"), at=NOW)


def test_figures_are_the_lookers_own_and_open_exactly_what_they_count(world):
    made = board(world)
    for split in ("none", "type", "state", "owner", "unit", "period"):
        one = question(world, made, types=(), split_by=split, title=split)
        for who in ("tracker", "clerk", "head", "reader"):
            with acting_as(by(world, who)):
                told = answer(one, day=DAY, is_foreign=False)
                counted = sum(cell.value or 0 for cell in told.cells)
                assert counted == Record.objects.count()
                for cell in told.cells:
                    assert drilled(one, cell.key, day=DAY).count() == cell.count


def test_a_total_is_what_all_records_together_give(world):
    seen = [principals.person(world.tracker)]
    facts = {"title": "Việc", "owner_id": world.organizations["VPTU"], "audience": seen, "handlers": seen}
    with acting_as(by(world, "tracker")):
        for place in range(14):
            Record.objects.create(
                type=("task", "plan")[place % 2], state="x", opened_on=DAY - timedelta(days=40 * (place % 3)),
                unit_id=world.organizations["TH"] if place % 3 else None, due_on=DAY + timedelta(days=3 * place - 20),
                closed_at=None if place % 4 == 0 else NOW + timedelta(days=place * place % 11),
                created_at=NOW, updated_at=NOW, created_by_id=world.tracker, **facts,
            )  # fmt: skip
        made, totals = board(world), set()
        for measure in MeasureKind.values:
            alone = answer(question(world, made, types=(), split_by="none", measure=measure), day=DAY, is_foreign=False)
            for split in ("type", "owner", "unit", "period"):
                one = question(world, made, types=(), split_by=split, measure=measure)
                with CaptureQueriesContext(connection) as asked:
                    told = answer(one, day=DAY, is_foreign=False)
                assert told.total == alone.cells[0].value, (measure, split)
                assert sum("records_record" in query["sql"] for query in asked) == 1
            totals.add(alone.cells[0].value)
    assert len(totals) == len(MeasureKind.values)
    assert None not in totals


def test_hostile_keys_drill_to_nothing(world):
    made = board(world)
    for split, keys in (("owner", ("x", "1 OR 1", "9" * 30, "-1")), ("period", ("2026-13-01", "x")),
                        ("state", ("a", "a:b:c"))):  # fmt: skip
        one = question(world, made, split_by=split)
        with acting_as(by(world, "tracker")):
            for key in keys:
                assert drilled(one, key, day=DAY).count() == 0, key


def test_an_indicator_is_drawn_compared_and_forecast_with_its_error(world, signed_in):
    one = indicator(world)
    observed(world, one)
    with acting_as(by(world, "secretary")):
        series = read_series(one, world.organization("TU"), last=months(1)[0], count=12, day=DAY)
        assert series.values[-1] == 26
        assert [(line.now, line.year_ago) for line in series.units] == [(23, 11), (3, 3)] or len(series.units) == 2
        assert len(series.unbroken) == 12
    client = signed_in("secretary")
    with acting_as(by(world, "secretary")):
        root = world.organization("TU").pk
    address = reverse("analytics:indicator", args=[CODE])
    shown = page(client, address, **{"don-vi": root, "du-bao": "1"})
    for words in ("sai trung bình", "kéo dài đường thẳng", "Ban Tổ chức Tỉnh ủy Thử Nghiệm", 'role="img"', "Cùng kỳ"):
        assert words in shown, words
    answer_file = client.get(address, {"don-vi": root, "format": "xlsx"})
    _adds_up(openpyxl.load_workbook(io.BytesIO(b"".join(answer_file.streaming_content))))
    assert client.get(reverse("analytics:indicator", args=["KHONG"])).status_code == 404
    assert page(client, address, **{"don-vi": "x' OR 1", "so-ky": "9999"})


def _adds_up(book: openpyxl.Workbook) -> None:
    """Each number of the series is the sum of its lines behind it, each line with whose it is, by whom, when."""
    series = [row[:3] for row in book.worksheets[0].iter_rows(min_row=6, values_only=True) if row[1] is not None]
    lines = list(book["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    assert len(series) >= 12
    for period, value, figures in series:
        mine = [line for line in lines if line[0] == period]
        assert (sum(line[3] for line in mine), len(mine)) == (value, figures)
    assert all(line[1] and line[2] and line[5] and line[7] and line[8] for line in lines)


def test_a_board_asks_a_bounded_number_of_queries(world, signed_in):
    made = board(world)
    client = signed_in("tracker")
    address = reverse("analytics:board", args=[made.pk])
    page(client, address)
    with CaptureQueriesContext(connection) as none:
        page(client, address)
    for place in range(12):
        question(world, made, split_by="owner" if place % 2 else "state", types=())
    with CaptureQueriesContext(connection) as twelve:
        page(client, address)
    assert len(twelve) - len(none) <= 12 * 4


def test_a_board_is_made_asked_and_shown_on_a_wall(world, signed_in):
    client = signed_in("tracker")
    with acting_as(by(world, "tracker")):
        owner = world.organization("VPTU").pk
    response = client.post(reverse("analytics:board-new"), {"owner": owner, "title": "Bảng thử"})
    assert response.status_code == 302
    with acting_as(by(world, "tracker")):
        made = Dashboard.objects.get()
    asked = {"title": "Nhiệm vụ", "source": "records", "types": ["task"], "standing": "all", "since": "year",
             "measure": "count", "periods": "12", "split_by": "unit", "chart": "columns"}  # fmt: skip
    add = reverse("analytics:question-new", args=[made.pk])
    assert client.post(add, asked | {"types": ["không có"]}).status_code == 422
    assert client.post(add, asked | {"source": "indicator"}).status_code == 422
    assert client.post(add, asked | {"periods": "100"}).status_code == 422
    assert client.post(add, asked).status_code == 302
    assert "trong phạm vi bạn được xem" in page(client, reverse("analytics:board", args=[made.pk]))
    assert "trong phạm vi người mở được xem" in page(client, reverse("analytics:screen", args=[made.pk]))
    assert signed_in("stranger").get(reverse("analytics:board", args=[made.pk])).status_code == 404
    assert signed_in("clerk").get(reverse("analytics:board-edit", args=[made.pk])).status_code == 404


def test_an_indicator_is_defined_and_filled_through_the_pages(world, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("chief")
    with acting_as(by(world, "chief")):
        owner = world.organization("VPTU").pk
    told = {"owner": owner, "code": CODE, "name": "Số hộ", "frequency": "M", "roll_up": "sum", "decimals": "0"}
    assert client.post(reverse("analytics:indicator-new"), told | {"code": "có dấu"}).status_code == 422
    assert client.post(reverse("analytics:indicator-new"), told | {"roll_up": "ratio_of_sums"}).status_code == 422
    assert client.post(reverse("analytics:indicator-new"), told).status_code == 302
    upload = SimpleUploadedFile("so.csv", TABLE.replace("Đảng ủy xã Mẫu", "Văn phòng lạ").encode())
    response = client.post(reverse("analytics:files"), {"file": upload})
    assert response.status_code == 302
    shown = page(client, response["Location"])
    assert "Ghép cột và xem thử" in shown
    mapping = {"indicator": CODE, "unit": "0", "period": "1", "value": "2"}
    shown = unescape(client.post(response["Location"], mapping).content.decode())
    assert "không có đơn vị “Văn phòng lạ”" in shown
    assert page(client, reverse("analytics:indicators"))


@pytest.mark.parametrize("facts", [{"title": " "}, {"source": "indicator", "indicator": "KHONG"}])
def test_a_question_that_asks_nothing_is_refused(world, facts):
    made = board(world)
    with acting_as(by(world, "tracker")), pytest.raises(Refused):
        services.ask_question(
            board_of(made.pk), QuestionFacts(**({"title": "x"} | facts)), by=by(world, "tracker"), at=NOW
        )
