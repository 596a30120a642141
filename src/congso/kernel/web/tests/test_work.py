"""“Việc của tôi” holds what waits for the person, by how near its deadline is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from congso.kernel.records.work import Nearness, nearness_of
from congso.kernel.web.tests.sample import make_slip

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("due_on", "nearness"),
    [
        (None, Nearness.OPEN_ENDED),
        (date(2026, 11, 22), Nearness.OVERDUE),
        (date(2026, 11, 23), Nearness.TODAY),
        (date(2026, 11, 24), Nearness.THIS_WEEK),
        (date(2026, 11, 29), Nearness.THIS_WEEK),
        (date(2026, 11, 30), Nearness.LATER),
    ],
)
def test_a_week_ends_on_sunday(due_on, nearness):
    assert nearness_of(due_on, TODAY) is nearness


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_a_later_deadline_never_stands_before_an_earlier_one(today, days):
    order = list(Nearness)
    first, second = (nearness_of(today + timedelta(days=n), today) for n in (days, days + 1))
    assert order.index(first) <= order.index(second)


def test_the_unit_leader_finds_the_slip_and_a_stranger_does_not(signed_in, world, clock):
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], number="01-PGV/VPTU", due_on=TODAY)

    shown = signed_in("head").get("/").content.decode()
    assert "01-PGV/VPTU" in shown
    assert Nearness.TODAY in shown
    assert "01-PGV/VPTU" not in signed_in("stranger").get("/").content.decode()


def test_an_empty_list_says_what_will_stand_here(signed_in):
    assert "Không có việc nào đang chờ bạn" in signed_in("stranger").get("/").content.decode()


def test_more_work_costs_no_more_questions(signed_in, world, django_assert_max_num_queries):
    client = signed_in("head")
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    client.get("/")
    with CaptureQueriesContext(connection) as one_slip:
        client.get("/")
    for _ in range(8):
        make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    with django_assert_max_num_queries(len(one_slip)):
        client.get("/")
