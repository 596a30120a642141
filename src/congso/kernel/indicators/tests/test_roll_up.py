"""Roll-ups equal brute force over random trees, periods and mergers; each figure counts once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, OrganizationVersion, Succession, valid_on
from congso.kernel.directory.services import (
    Decision,
    NewOrganization,
    Part,
    abolish_organization,
    establish_organization,
    merge_organizations,
    place_under,
    split_organization,
)
from congso.kernel.directory.services.building import DirectoryRefused
from congso.kernel.directory.testing import World
from congso.kernel.indicators.models import Indicator, Origin, RollUp
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.indicators.queries import Figure, parts_of, rolled_up
from congso.kernel.indicators.services import Seen, define_indicator, observe_all

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MONTHS = [Period(date(2026, month, 1), Frequency.MONTH) for month in (1, 2, 4)]
ASKED = [*MONTHS[:2], Period.parse("2026-Q1"), Period.parse("2026-H1")]
ACTS = ("merge_new", "merge_into", "split", "abolish", "move")


@dataclass
class Book:
    """A small chart under the province's committee, and every figure given."""

    by: dict[str, object]
    root: Organization
    made: list[Organization] = field(default_factory=list)
    day: date = FIRST
    figures: dict[tuple[str, int, date], Decimal] = field(default_factory=dict)

    def new(self, parent: Organization) -> NewOrganization:
        return NewOrganization(
            code=f"R.{len(self.made)}", kind="agency", name=f"Đơn vị số {len(self.made)}", parent=parent
        )

    def decided(self) -> Decision:
        return Decision(f"Quyết định ngày {self.day}", self.day)

    def living(self) -> list[Organization]:
        return list(
            Organization.objects.filter(valid_on(self.day), pk__in=[one.pk for one in self.made]).order_by("pk")
        )


@pytest.mark.timeout(600)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(0, 9), min_size=3, max_size=6),
    chain=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 9)), max_size=5),
    figures=st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.sampled_from(MONTHS), st.integers(-5, 50)), max_size=40
    ),
)
def test_a_roll_up_equals_brute_force(world: World, parents, chain, figures) -> None:
    admin = Actor.person(world.administrator)
    with acting_as(admin), transaction.atomic():
        book = Book({"by": world.administrator, "at": AT}, Organization.objects.get(pk=world.organizations["TU"]))
        for parent in parents:
            under = [book.root, *book.made][parent % (len(book.made) + 1)]
            book.made.append(establish_organization(book.new(under), decision=book.decided(), **book.by))
        for act, first, second in chain:
            book.day += timedelta(days=40)
            _change(book, act, first, second)
        with acting_as(Actor.person(world.chief)):
            indicators = _indicators(world)
            _observe(book, indicators, figures, world)
            for day in (FIRST, FIRST + timedelta(days=60), book.day):
                for root in (book.root, book.made[0]):
                    _compare(book, list(indicators.values()), root.pk, day)
        transaction.set_rollback(True)


def _change(book: Book, act: str, first: int, second: int) -> None:
    living = book.living()
    if len(living) < 2:
        return
    one = living[first % len(living)]
    other = [each for each in living if each.pk != one.pk][second % (len(living) - 1)]
    try:
        with transaction.atomic():
            made = _do(book, act, one, other)
    except DirectoryRefused:
        return
    book.made += [each for each in made if each.pk not in {known.pk for known in book.made}]


def _do(book: Book, act: str, one: Organization, other: Organization) -> Iterable[Organization]:
    if act == "merge_new":
        moved = merge_organizations([one, other], into=book.new(book.root), decision=book.decided(), **book.by)
        return [moved.organization]
    if act == "merge_into":
        return [merge_organizations([one], into=other, decision=book.decided(), **book.by).organization]
    if act == "split":
        return split_organization(
            one, parts=[Part(book.new(book.root)), Part(other)], decision=book.decided(), **book.by
        )
    if act == "abolish":
        abolish_organization(one, decision=book.decided(), with_units=True, **book.by)
        return []
    place_under(one, parent=other, decision=book.decided(), **book.by)
    return []


def _indicators(world: World) -> dict[str, Indicator]:
    owner, actor = Organization.objects.get(pk=world.organizations["VPTU"]), Actor.person(world.chief)
    made: dict[str, Indicator] = {}

    def define(key: str, roll_up: RollUp, unit: str = "", **more: Indicator) -> None:
        made[key] = define_indicator(
            Indicator(code=f"t.{key}", name=key, roll_up=roll_up, owner=owner, unit=unit, decimals=0, **more),
            by=actor, at=AT,
        )  # fmt: skip

    define("a", RollUp.SUM)
    define("b", RollUp.SUM)
    define("c", RollUp.LAST)
    define("mean", RollUp.MEAN, weight=made["b"])
    define("count", RollUp.COUNT)
    define("ratio", RollUp.RATIO, unit="%", numerator=made["a"], denominator=made["b"])
    return made


def _observe(book: Book, indicators: dict[str, Indicator], figures, world: World) -> None:
    seen: dict[tuple[str, int, date], Seen] = {}
    for key, place, month, value in figures:
        organization = book.made[place % len(book.made)]
        # What is given for `a` is also the value of the mean and the count, so that every rule has figures.
        for name in {"a": ("a", "mean", "count"), "b": ("b",), "c": ("c",)}[key]:
            seen[name, organization.pk, month.start] = Seen(indicators[name], organization.pk, month, Decimal(value))
            book.figures[name, organization.pk, month.start] = Decimal(value)
    observe_all(list(seen.values()), origin=Origin.PERSON, by=Actor.person(world.chief), at=AT)


def _compare(book: Book, indicators: list[Indicator], root: int, day: date) -> None:
    found = rolled_up(indicators, ASKED, root, day)
    totals = rolled_up(indicators, ASKED, root, day, with_parts=False)
    assert (totals.totals, totals.parts) == (found.totals, {})
    slots = {one.pk: _slot(one.pk, root, day) for one in book.made}
    for indicator in indicators:
        for period in ASKED:
            expected = _brute(book, indicator, period, slots)
            assert found.total(indicator.pk, period) == expected.pop(None, Figure(None, 0)), (indicator.code, period)
            got = {
                organization: figure
                for (pk, organization, asked), figure in found.parts.items()
                if (pk, asked) == (indicator.pk, period)
            }
            assert got == expected, (indicator.code, period)
            parts = parts_of(indicator, period, root, day)
            if indicator.roll_up == RollUp.SUM:
                assert sum(one.value for one in parts) == (found.total(indicator.pk, period).value or 0)


def _brute(book: Book, indicator: Indicator, period: Period, slots: dict[int, int | None]) -> dict:
    """By slot, and under None in all."""
    rows = defaultdict(list)
    top, bottom = {"mean": ("mean", "b"), "ratio": ("a", "b")}.get(indicator.name, (indicator.name, None))
    for (name, organization, first_day), value in sorted(book.figures.items(), key=lambda row: row[0][2]):
        if name == top and period.start <= first_day <= period.end and slots[organization] is not None:
            beside = book.figures.get((bottom, organization, first_day)) if bottom else None
            if bottom is None or beside is not None:
                rows[slots[organization]].append((organization, value, beside))
    rows[None] = [row for found in list(rows.values()) for row in found]
    return {slot: _figure(indicator, found) for slot, found in rows.items() if found}


def _figure(indicator: Indicator, rows: list) -> Figure:
    if indicator.roll_up in (RollUp.LAST, RollUp.COUNT):
        latest = {organization: value for organization, value, _ in rows}
        total = Decimal(len(latest)) if indicator.roll_up == RollUp.COUNT else sum(latest.values())
        return Figure(total, len(latest))
    if indicator.roll_up == RollUp.SUM:
        return Figure(sum(value for _, value, _ in rows), len(rows))
    weight = sum(beside for _, _, beside in rows)
    if not weight:
        return Figure(None, len(rows))
    if indicator.roll_up == RollUp.MEAN:
        return Figure(sum(value * beside for _, value, beside in rows) / weight, len(rows))
    return Figure(sum(value for _, value, _ in rows) * 100 / weight, len(rows))


def _slot(organization: int, root: int, day: date) -> int | None:
    """Below which of the root's own its figures count; the root for what is not one's alone; None: not below it."""
    slots = set()
    for place in _places(organization, day, set()):
        path = [place]
        while path[-1] != root:
            above = OrganizationVersion.objects.filter(valid_on(day), organization=path[-1]).first()
            if above is None or above.parent_id is None:
                return None
            path.append(above.parent_id)
        slots.add(path[-2] if len(path) > 1 else root)
    if not slots:
        return None
    return slots.pop() if len(slots) == 1 else root


def _places(pk: int, day: date, seen: set[int]) -> set[int]:
    """Where an organization is on the day: itself, its heirs, those it came from, or its superior."""
    if pk in seen:
        return set()
    seen.add(pk)
    one = Organization.objects.get(pk=pk)
    if one.valid_from <= day and (one.valid_to is None or one.valid_to > day):
        return {pk}
    if one.valid_to is not None and one.valid_to <= day:
        on = list(Succession.objects.filter(predecessor=pk).values_list("successor", flat=True))
    else:
        on = list(Succession.objects.filter(successor=pk).values_list("predecessor", flat=True))
    on = on or ([one.parent_id] if one.parent_id else [])
    return {place for each in on for place in _places(each, day, seen)}
