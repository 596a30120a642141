"""A hundred people in one report at once lose nothing; what cannot be is told before it is sent."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from congso.apps.reports import services
from congso.apps.reports.models import Entry
from congso.apps.reports.queries import board_of, report_of
from congso.apps.reports.rules import Schema
from congso.apps.reports.services import Given, InvalidReport
from congso.apps.reports.tests.factories import NOW, as_one, do, fill, make_report
from congso.kernel.access.services import Actor, acting_as

PEOPLE, FIGURES, AT_ONCE = 100, 20, 4
SCHEMA: dict[str, Any] = {
    "sections": [
        {
            "key": "ct", "title": "Chỉ tiêu", "kind": "figures",
            "figures": [{"key": f"c{place}", "title": f"Chỉ tiêu {place}"} for place in range(FIGURES)],
        },
        {"key": "kk", "title": "Khó khăn", "kind": "text"},
    ],
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_hundred_people_in_one_report_lose_nothing(world) -> None:
    report = make_report(world, schema=SCHEMA, units=("XA",))

    def one_of_them(place: int) -> services.Saved:
        """Who has opened the empty page writes her words where all others do; some a figure of their own."""
        actor = Actor.person(world.commune_clerk if place % 2 else world.commune_leader)
        try:
            with acting_as(actor):
                given = {"kk": Given(f"Lời {place}")}
                if place < FIGURES:
                    given[f"ct.c{place}"] = Given(str(place))
                return services.save_cells(report_of(report.pk), given, by=actor, at=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as together:
        saved = list(together.map(one_of_them, range(PEOPLE)))
    assert all(f"ct.c{place}" in one.written for place, one in enumerate(saved[:FIGURES]))
    assert sum("kk" in one.contested for one in saved) == PEOPLE - 1
    with as_one(world, "commune_clerk"):
        fresh = report_of(report.pk)
        board = board_of(fresh, Schema.parse(fresh.version_of_form.schema))
        assert [board.texts[f"ct.c{place}"] for place in range(FIGURES)] == [str(place) for place in range(FIGURES)]
        words = {board.texts["kk"], *(one.text for one in board.cells["kk"].contested)}
        assert words == {f"Lời {place}" for place in range(PEOPLE)}
        chosen = board.cells["kk"].contested[-1]
    do(world, "commune_clerk", services.settle_cell, report, key="kk", chosen=chosen.pk)
    do(world, "commune_clerk", services.submit_report, report)
    with as_one(world, "commune_clerk"):
        assert Entry.objects.filter(report=report, key="kk").count() == PEOPLE + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"ct__den": "-5"}, "Không nhỏ hơn 0"),
        ({"ct__den": "9" * 16}, "Số quá lớn"),
        ({"ct__diem": "10,01"}, "Không lớn hơn 10"),
        ({"ct__den": "120 văn bản"}, "không phải là số"),
        ({"ct__den": "12,5"}, "nhiều nhất 0 chữ số thập phân"),
        ({"ct__diem": "7.125,5"}, "Không lớn hơn 10"),
        ({"ct__den": "1e3"}, "không phải là số"),
    ],
)
def test_what_cannot_be_is_kept_as_written_and_told_before_it_is_sent(world, clock, written, words) -> None:
    report = make_report(world)
    fill(world, report, **({"ct__den": "120", "ct__han": "0", "kk": "Không"} | written))
    with pytest.raises(InvalidReport) as told:
        do(world, "commune_clerk", services.submit_report, report)
    assert [one for one in told.value.findings if words in one.message], [one.message for one in told.value.findings]
    (key,) = written
    with as_one(world, "commune_clerk"):
        assert Entry.objects.get(report=report, key=key.replace("__", ".")).text
