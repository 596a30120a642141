"""Figures are given by who answers for them, never overwritten, read where they belong."""

from collections import Counter
from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.indicators import measures
from congso.kernel.indicators.models import Indicator, Observation, Origin, Readership, RollUp, Standing
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.indicators.queries import history, latest, rolled_up
from congso.kernel.indicators.services import InvalidFigure, Seen, define_indicator, let_read, observe, stop_reading

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NOVEMBER = Period(date(2026, 11, 1), Frequency.MONTH)


def define(world, who: str = "chief", owner: str = "VPTU", **facts) -> Indicator:
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        indicator = Indicator(
            **(
                {
                    "code": "VB.DEN",
                    "name": "Văn bản đến",
                    "owner": Organization.objects.get(pk=world.organizations[owner]),
                }
                | facts
            )
        )
        return define_indicator(indicator, by=actor, at=AT)


def give(world, indicator: Indicator, value: str | None, who: str = "commune_clerk", unit: str = "XA", **facts):
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        seen = Seen(indicator, world.organizations[unit], NOVEMBER, None if value is None else Decimal(value), **facts)
        return observe(seen, origin=Origin.PERSON, by=actor, at=AT)


def who_reads(world) -> set[str]:
    found = set()
    for who, person in world.people().items():
        with acting_as(Actor.person(person)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM indicators_observation")
            observations = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM indicators_standing")
            assert observations >= cursor.fetchone()
            if observations != (0,):
                found.add(who)
    return found


def test_a_correction_adds_and_the_latest_stands(world):
    indicator = define(world)
    first = give(world, indicator, "10")
    assert give(world, indicator, "10") is None  # as it stands already
    second = give(world, indicator, "12", words="Đếm lại")
    with acting_as(Actor.person(world.commune_leader)):
        assert latest(indicator, world.organizations["XA"], NOVEMBER) == second
        assert [one.value for one in history(indicator, world.organizations["XA"], NOVEMBER)] == [12, 10]
    assert first is not None
    give(world, indicator, None)
    with acting_as(Actor.person(world.commune_leader)):
        assert latest(indicator, world.organizations["XA"], NOVEMBER) is None
        assert Observation.objects.count() == 3


def test_figures_flow_up_and_not_sideways(world):
    give(world, define(world), "10")
    commune, top = {"commune_leader", "commune_clerk"}, {"secretary", "chief", "clerk", "secrecy_officer", "tracker"}
    rooms = {"head", "specialist", "other_head", "administrator", "second_administrator"}
    assert who_reads(world) == commune | top | rooms | {"reader"}


def test_who_collects_an_indicator_reads_it_for_every_unit_and_open_ones_are_for_all(world):
    indicator = define(world, is_open=False)
    give(world, indicator, "10")
    assert "agency_specialist" not in who_reads(world)
    chief, at = Actor.person(world.chief), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    with acting_as(chief):
        for _ in range(2):
            let_read(indicator, Organization.objects.get(pk=world.organizations["BTC"]), by=chief, at=at)
    assert "agency_specialist" in who_reads(world)
    with acting_as(Actor.person(world.agency_specialist)):
        assert Readership.objects.all().delete()[0] == 0  # its owner's people alone
    with acting_as(chief):
        stop_reading(indicator, Organization.objects.get(pk=world.organizations["BTC"]), by=chief, at=at)
    assert "agency_specialist" not in who_reads(world)
    give(world, define(world, code="MO", is_open=True), "1")
    assert "stranger" in who_reads(world)


def test_a_roll_up_adds_what_its_asker_reads_and_nothing_more(world):
    agencys = define(world, who="agency_leader", owner="BTC", code="BTC.RIENG", is_open=False)
    indicators = [define(world, is_open=False), define(world, code="MO", is_open=True), agencys]
    for worth, indicator in enumerate(indicators, 1):
        give(world, indicator, str(worth))
        give(world, indicator, str(10 * worth), who="agency_leader", unit="BTC")
    root, seen = world.organizations["TU"], set()
    for person in (*world.people().values(), None):
        with acting_as(Actor.person(person)) if person else nullcontext():
            read = {one.pk: Decimal(0) for one in indicators}
            for standing in Standing.objects.all():
                read[standing.indicator_id] += standing.value
            for with_parts in (True, False):
                found = rolled_up(indicators, [NOVEMBER], root, date(2026, 11, 30), with_parts=with_parts)
                added = {one.pk: found.total(one.pk, NOVEMBER).value or 0 for one in indicators}
                assert added == read, person
                by_unit = Counter({pk: Decimal(0) for pk in read})
                for (indicator, _unit, _period), figure in found.parts.items():
                    by_unit[indicator] += figure.value
                assert not with_parts or by_unit == read, person
            with connection.cursor() as cursor:  # whatever organizations one asks for
                cursor.execute(
                    "SELECT coalesce(sum(top), 0) FROM congso.added_up(%s, '{2026-11-01}', '{2026-11-30}', %s)",
                    [list(read), list(world.organizations.values())],
                )
                assert cursor.fetchone() == (sum(read.values()),)
            seen.add(tuple(map(int, read.values())))
    assert {(0, 0, 0), (0, 22, 0), (11, 22, 33)} <= seen


@pytest.mark.parametrize("who", ["stranger", "agency_leader", "reader"])
def test_nobody_gives_a_figure_for_a_unit_she_does_not_answer_for(world, who):
    indicator = define(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        give(world, indicator, "10", who)


def test_a_figure_is_given_in_ones_own_name_and_nothing_is_changed(world):
    indicator = define(world)
    give(world, indicator, "10")
    with acting_as(Actor.person(world.commune_clerk)):
        for statement in (
            "UPDATE indicators_observation SET value = 1",
            "UPDATE indicators_standing SET value = 1",
            "DELETE FROM indicators_standing",
            "INSERT INTO indicators_standing SELECT * FROM indicators_standing",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        with pytest.raises(DatabaseError), transaction.atomic():
            Observation.objects.create(
                indicator=indicator, organization_id=world.organizations["XA"], first_day=NOVEMBER.start, value=1,
                origin=Origin.PERSON, by_id=world.chief, by_label="x", at=AT,
            )  # fmt: skip
    with acting_as(Actor.person(world.chief)):
        assert Standing.objects.get().value == 10


@pytest.mark.parametrize(
    ("value", "words"), [("1.5", "thập phân"), ("1e17", "quá lớn"), ("NaN", "quá lớn"), ("Infinity", "quá lớn")]
)
def test_figures_that_are_none_are_refused(world, value, words):
    indicator = define(world)
    with pytest.raises(InvalidFigure, match=words):
        give(world, indicator, value)


def test_wrong_periods_and_ratios_are_refused(world):
    yearly, a = define(world, code="Y", frequency="Y"), define(world, code="A")
    with pytest.raises(InvalidFigure, match="theo năm"):
        give(world, yearly, "1")
    ratio = define(world, code="R", roll_up=RollUp.RATIO, numerator=a, denominator=define(world, code="B"))
    with pytest.raises(InvalidFigure, match="tử số"):
        give(world, ratio, "1")


def test_only_its_owners_people_define_an_indicator(world):
    with pytest.raises(DatabaseError), transaction.atomic():
        define(world, "agency_leader", "VPTU")


def test_a_measure_gives_a_number_or_a_share():
    assert measures.Counted(3).value == 3
    assert measures.Counted(1, 4).value == 25
    assert measures.Counted(0, 0).value is None
    one = measures.Measure("t.one", "Một", "%", lambda organization, day: measures.Counted(1, 2, "/x/"))
    measures.register_measures([one])
    try:
        assert measures.measure_of("t.one") is one
        assert one in measures.measures()
    finally:
        del measures._measures["t.one"]
