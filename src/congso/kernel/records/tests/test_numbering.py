"""Numbers: gap-free, never twice, by term or by year, taken by those who may (office.md 1.4, 2.1)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import Error, connection, connections

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Number, Record, Term
from congso.kernel.records.numbering import (
    ARRIVALS,
    NoTerm,
    next_number,
    reserve_number,
    series_period,
    year_period,
)

REGISTRATIONS, FAILURES, AT_ONCE = 200, 22, 50
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def registered(world: World, who: int) -> Record:
    """A record its maker may act on; inside her transaction."""
    mine = [principals.person(who)]
    return Record.objects.create(
        type="paper",
        title="Công văn",
        state="registered",
        owner_id=world.organizations["VPTU"],
        opened_on=date(2026, 11, 23),
        created_by_id=who,
        created_at=AT,
        updated_at=AT,
        audience=mine,
        handlers=mine,
    )


def take(world: World, *, organization: Organization, series: str = ARRIVALS, period: str = "2026") -> int:
    record = registered(world, world.clerk)
    return next_number(record, organization=organization, series=series, period=period, at=AT)


@pytest.fixture
def _own_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread connects by itself; the office's pool would let only eight in at once."""
    options = {key: value for key, value in connections.settings["default"]["OPTIONS"].items() if key != "pool"}
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)


def register(world: World, together: Barrier, which: int) -> int | None:
    """One registration that commits; every tenth fails after it had taken its number."""
    if which < AT_ONCE:
        together.wait(timeout=30)
    try:
        with acting_as(Actor.person(world.clerk)):
            number = take(world, organization=world.organization("VPTU"))
            return number if which % 10 != 9 else number // 0
    except ZeroDivisionError:
        return None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_own_connections")
def test_200_registrations_at_once_leave_no_gap_and_no_repeat(world: World) -> None:
    together = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = list(pool.map(lambda which: register(world, together, which), range(REGISTRATIONS + FAILURES)))
        list(pool.map(lambda _: (together.wait(timeout=30), connection.close()), range(AT_ONCE)))
    kept = sorted(number for number in given if number is not None)
    assert kept == list(range(1, REGISTRATIONS + 1))
    with acting_as(Actor.person(world.clerk)):
        stored = Number.objects.filter(series=ARRIVALS, period="2026", record__isnull=False)
        assert sorted(stored.values_list("value", flat=True)) == kept
        assert stored.values("record_id").distinct().count() == REGISTRATIONS


@pytest.mark.django_db
def test_each_organization_series_and_period_counts_for_itself(world: World) -> None:
    with acting_as(Actor.person(world.clerk)):
        office, agency = world.organization("VPTU"), world.organization("BTC")
        given = [
            take(world, organization=organization, series=series, period=period)
            for organization, series, period in (
                (office, ARRIVALS, "2026"),
                (office, ARRIVALS, "2026"),
                (office, "CV", "2026"),
                (office, ARRIVALS, "2027"),
                (agency, ARRIVALS, "2026"),
                (office, ARRIVALS, "2026"),
            )
        ]
    assert given == [1, 2, 1, 1, 1, 3]


@pytest.mark.django_db
def test_a_failed_act_gives_its_number_back(world: World) -> None:
    with pytest.raises(ZeroDivisionError), acting_as(Actor.person(world.clerk)):
        take(world, organization=world.organization("VPTU")) // 0
    with acting_as(Actor.person(world.clerk)):
        assert take(world, organization=world.organization("VPTU")) == 1


@pytest.mark.django_db
def test_a_classified_paper_takes_a_number_and_tells_nothing_else(world: World) -> None:
    with acting_as(Actor.person(world.clerk)):
        office = world.organization("VPTU")
        reserve = {"organization": office, "series": ARRIVALS, "period": "2026", "reason": "classified", "at": AT}
        given = [take(world, organization=office), reserve_number(**reserve), take(world, organization=office)]
        assert given == [1, 2, 3]
        held = Number.objects.get(value=2)
        assert (held.record_id, held.reservation) == (None, "classified")
    for who in (world.specialist, world.agency_clerk, world.reader):
        with pytest.raises(Error), acting_as(Actor.person(who)):
            reserve_number(**reserve)


@pytest.mark.django_db
def test_only_who_may_act_on_a_record_numbers_it(world: World) -> None:
    with acting_as(Actor.person(world.clerk)):
        office = world.organization("VPTU")
        record = registered(world, world.clerk)
    for who in (world.stranger, world.reader, world.chief):
        with pytest.raises(Error), acting_as(Actor.person(who)):
            next_number(record, organization=office, series=ARRIVALS, period="2026", at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT last FROM records_counter",
        "UPDATE records_number SET value = 7",
        "DELETE FROM records_number",
        "INSERT INTO records_number (organization_id, series, period, value) VALUES (1, 'arrivals', '2026', 9)",
    ],
)
def test_no_sql_of_the_application_touches_numbers(world: World, statement: str) -> None:
    with acting_as(Actor.person(world.clerk)):
        take(world, organization=world.organization("VPTU"))
    with pytest.raises(Error), acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def terms(world: World) -> World:
    """The committee's years of 2025: before its first congress, and the term from the congress on."""
    with acting_as(Actor.person(world.administrator)):
        committee = world.organization("TU")
        Term.objects.create(
            organization=committee,
            name="Đến hết Đại hội lần thứ I",
            valid_from=date(2025, 7, 1),
            valid_to=date(2025, 9, 30),
        )
        Term.objects.create(organization=committee, name="Nhiệm kỳ 2025 - 2030", valid_from=date(2025, 9, 30))
    return world


@pytest.mark.django_db
def test_party_series_run_by_term_and_restarted_in_2025(terms: World) -> None:
    with acting_as(Actor.person(terms.clerk)):
        committee = terms.organization("TU")
        before, closing, after = (
            series_period(committee, day) for day in (date(2025, 8, 11), date(2025, 9, 29), date(2025, 9, 30))
        )
        periods = (before, closing, after, after)
        given = [take(terms, organization=committee, series="KH", period=period) for period in periods]
    assert before == closing != after
    assert given == [1, 2, 1, 2]  # two different 01-KH/TU of one year


@pytest.mark.django_db
def test_a_body_of_the_committee_counts_in_the_committee_s_term_across_the_new_year(terms: World) -> None:
    with acting_as(Actor.person(terms.clerk)):
        office, committee = terms.organization("VPTU"), terms.organization("TU")
        assert series_period(office, date(2026, 1, 5)) == series_period(committee, date(2025, 12, 31))


@pytest.mark.django_db
def test_front_and_state_series_run_by_year(terms: World) -> None:
    with acting_as(Actor.person(terms.clerk)):
        front = terms.organization("MT")
        assert series_period(front, date(2025, 12, 31)) == year_period(date(2025, 1, 1)) == "2025"
        assert series_period(front, date(2026, 1, 1)) == "2026"


@pytest.mark.django_db
def test_without_a_term_a_party_series_refuses_and_says_why(terms: World) -> None:
    with acting_as(Actor.person(terms.clerk)), pytest.raises(NoTerm, match="chưa có nhiệm kỳ vào ngày 30/06/2025"):
        series_period(terms.organization("TU"), date(2025, 6, 30))
