"""Every figure of the dashboard against a recount of raw rows, and against the list it opens."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.apps.directives.queries import counts_by, standings, tasks, totals
from congso.apps.directives.rules import Span, is_overdue, on_time_rate, soon_until
from congso.apps.directives.services import (
    ask_confirmation,
    cancel_task,
    confirm_completion,
    open_next_occurrences,
    pause_task,
    send_reminders,
)
from congso.apps.directives.tests.factories import NOW, do, make_task, moment
from congso.apps.directives.tests.test_reminding import monthly, run
from congso.kernel.access.services import Actor, acting_as
from congso.lib.workdays import Calendar

TODAY = date(2026, 11, 23)
SOON = date(2026, 11, 27)

pytestmark = pytest.mark.django_db

lives = st.lists(
    st.tuples(
        st.sampled_from(["BTC", "MT", "TH", "XA"]),
        st.sampled_from(["01-KH/TU", "02-TB/TU"]),
        st.sampled_from(["I.1", "II.2", ""]),
        st.integers(-20, 20),  # due, days from today
        st.sampled_from(["assigned", "awaiting", "completed", "paused", "cancelled"]),
        st.integers(0, 30),  # days of work until completion
    ),
    min_size=1, max_size=7,
)  # fmt: skip
_WORKER = {"BTC": "agency_leader", "MT": None, "TH": "head", "XA": "commune_leader"}


def live(world, life) -> None:
    """One task's life up to today."""
    lead, symbol, clause, due, fate, worked = life
    start = TODAY - timedelta(days=40)
    task = make_task(
        world,
        lead=lead,
        symbol=symbol,
        clause=clause,
        due_on=TODAY + timedelta(days=due),
        at=moment(start),
        deadline_kind="fixed",
    )
    worker = _WORKER[lead]
    done = moment(start + timedelta(days=worked))
    if fate == "paused":
        do(world, "chief", pause_task, task, note="Chờ", at=done)
    elif fate == "cancelled":
        do(world, "chief", cancel_task, task, note="Thôi", at=done)
    elif fate in ("awaiting", "completed") and worker:
        do(world, worker, ask_confirmation, task, at=done)
        if fate == "completed":
            do(world, "secretary", confirm_completion, task, at=done)


def raw_rows(world) -> list[dict]:
    """The rows themselves, by plain SQL, as the leader sees them."""
    with acting_as(Actor.person(world.secretary)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.unit_id, r.state, r.due_on, t.completed_on, t.source_symbol, t.chapter, t.deadline_kind"
            " FROM records_record r JOIN directives_task t ON t.record_ptr_id = r.id"
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def standing_of(row: dict) -> str:
    """How a row stands, by the rules alone."""
    if row["state"] == "cancelled" or row["deadline_kind"] == "recurring":
        return ""
    if row["state"] == "completed":
        late = row["due_on"] is not None and row["completed_on"] > row["due_on"]
        return "late_done" if late else "on_time"
    if row["state"] == "paused":
        return "resting"
    return "overdue" if is_overdue(row["due_on"], TODAY, is_running=True) else "running"


@given(told=lives)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_are_a_recount_of_the_raw_rows(world, told):
    for life in told:
        live(world, life)
    rows = raw_rows(world)
    with acting_as(Actor.person(world.secretary)):
        counted = totals(tasks(), TODAY, SOON)
        by_unit = counts_by(tasks(), ("unit_id",), TODAY)
        by_group = counts_by(tasks(), ("source_symbol", "chapter"), TODAY)
        by_state = counts_by(tasks(), ("state",), TODAY)
    stand = [standing_of(row) for row in rows]
    for key in ("on_time", "late_done", "running", "overdue", "resting"):
        assert counted[key] == stand.count(key)
    assert counted["counted"] == sum(1 for one in stand if one)
    for names, figures in ((("unit_id",), by_unit), (("source_symbol", "chapter"), by_group), (("state",), by_state)):
        for line in figures:
            mine = [standing_of(row) for row in rows if all(row[name] == line[name] for name in names)]
            for key in standings(TODAY):
                assert line[key] == (sum(1 for one in mine if one) if key == "counted" else mine.count(key))
        assert sum(line["counted"] for line in figures) == counted["counted"]
    spans = [
        Span(row["due_on"], row["completed_on"], is_cancelled=row["state"] == "cancelled")
        for row in rows
        if row["deadline_kind"] != "recurring"
    ]
    rate = on_time_rate(spans, date(2026, 1, 1), TODAY)
    assert rate == (counted["kept"] / counted["due"] if counted["due"] else None)


def figures_of(shown: str) -> list[tuple[str, int]]:
    """Every linked figure of the page with its number."""
    found = re.findall(r'<a[^>]*href="([^"]*nhiem-vu/\?[^"]*)"[^>]*>\s*(?:<b>)?([\d.]+)<', shown)
    return [(html.unescape(address), int(number.replace(".", ""))) for address, number in found]


def test_every_figure_opens_a_list_of_that_many_tasks(signed_in, world, clock):
    for life in (
        ("BTC", "01-KH/TU", "I.1", -3, "assigned", 0),
        ("BTC", "01-KH/TU", "I.2", 2, "awaiting", 35),
        ("BTC", "02-TB/TU", "", -10, "completed", 38),
        ("TH", "01-KH/TU", "II.1", -5, "completed", 5),
        ("XA", "02-TB/TU", "3", 10, "assigned", 0),
        ("MT", "01-KH/TU", "II.2", 4, "paused", 3),
        ("MT", "01-KH/TU", "II.3", 4, "cancelled", 3),
        ("BTC", "01-KH/TU", "I.3", 0, "assigned", 0),
    ):
        live(world, life)
    monthly(world)
    run(open_next_occurrences, TODAY)
    run(send_reminders, TODAY)
    client = signed_in("secretary")
    for narrowed in ({}, {"symbol": "01-KH/TU"}):
        shown = client.get(reverse("directives:dashboard"), narrowed).content.decode()
        figures = figures_of(shown)
        assert len(figures) > 20
        for address, number in figures:
            listed = client.get(address).content.decode()
            words = re.search(r"trong (\d+)</span>", listed)
            assert (int(words.group(1)) if words else 0) == number, address


def test_the_figures_of_one_person_are_not_anothers(signed_in, world, clock):
    live(world, ("BTC", "01-KH/TU", "I.1", -3, "assigned", 0))
    assert "01-KH/TU" in signed_in("secretary").get(reverse("directives:dashboard")).content.decode()
    assert "01-KH/TU" not in signed_in("stranger").get(reverse("directives:dashboard")).content.decode()


def test_soon_means_the_same_on_the_dashboard_and_in_the_rules():
    assert soon_until(TODAY, within=3, calendar=Calendar(frozenset({date(2026, 11, 24)}))) == date(2026, 11, 29)
    assert moment(TODAY) > NOW
