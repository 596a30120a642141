"""Asking the organization chart as of a day."""

from datetime import date

import pytest

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import (
    assignments_of,
    name_on,
    office_of,
    people_in,
    successors_of,
    title_of,
    units_of,
)
from congso.kernel.directory.services import (
    DirectoryRefused,
    found_organization,
    relieve,
    rename_organization,
    succeed_organizations,
)
from congso.kernel.directory.testing import START, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _administrator(world: World):
    with acting_as(Actor.person(world.administrator)):
        yield


def found(code: str, *, name: str = "", valid_from: date = START) -> Organization:
    return found_organization(code=code, kind="commune", name=name or f"Xã {code}", valid_from=valid_from)


def test_yesterday_it_bore_its_old_name() -> None:
    commune = found("C1", name="Xã Cũ")
    rename_organization(commune, name="Phường Mới", on=date(2026, 1, 1))
    assert name_on(commune, date(2025, 12, 31)) == "Xã Cũ"
    assert name_on(commune, date(2026, 1, 1)) == "Phường Mới"


def test_a_name_cannot_end_before_it_began() -> None:
    commune = found("C1")
    with pytest.raises(DirectoryRefused):
        rename_organization(commune, name="Phường Mới", on=START)


def test_a_merger_of_mergers_leads_to_who_carries_on_today() -> None:
    first, second, between, last = (found(code) for code in ("A", "B", "C", "D"))
    succeed_organizations(predecessors=[first, second], successor=between, on=date(2025, 8, 1), decision="1")
    succeed_organizations(predecessors=[between], successor=last, on=date(2025, 9, 1), decision="2")
    assert successors_of(first) == [last]
    first.refresh_from_db()
    assert first.valid_to == date(2025, 8, 1)


def test_an_office_serves_its_committee_and_the_units_of_both(world: World) -> None:
    office = world.organization("VPTU")
    assert office_of(world.organization("TU")) == office
    assert office_of(world.organization("TH")) == office
    assert office_of(world.organization("XA")) == world.organization("VPX")
    inside = set(units_of(office, date(2026, 1, 1)))
    assert {world.organization(code) for code in ("TH", "CDS", "BTC", "XA")} <= inside
    assert office not in inside


def test_who_leaves_a_post_is_no_longer_asked(world: World) -> None:
    held = assignments_of(world.head, date(2026, 1, 1)).get()
    relieve(held.person, post=held.post, on=date(2026, 2, 1))
    unit = world.organization("TH")
    assert world.head in {person.pk for person in people_in(unit, date(2026, 1, 31), ["leaders"])}
    assert not people_in(unit, date(2026, 2, 1), ["leaders"]).exists()
    assert title_of(world.head, date(2026, 1, 31)) == "Phạm Mẫu Trưởng, Trưởng phòng"
    assert title_of(world.head, date(2026, 2, 1)) == "Phạm Mẫu Trưởng"


def test_people_stand_in_the_order_of_their_given_names(world: World) -> None:
    names = [person.full_name.split()[-1] for person in people_in(world.organization("VPTU"), date(2026, 1, 1))]
    assert names == ["Chánh", "Dụ", "Kín", "Nhắc"]


def test_only_an_administrator_changes_the_chart(world: World) -> None:
    from django.db import Error, transaction

    with acting_as(Actor.person(world.secretary)), pytest.raises(Error), transaction.atomic():
        found("X")
