"""Sight in an emergency: asked by one, agreed to by one of the owner's, of what is not sealed, for hours, and told."""

from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.granting import RightRefused
from congso.kernel.access.models import Opening, OpeningUse
from congso.kernel.access.openings import (
    agree_to_opening,
    ask_opening,
    close_openings,
    end_opening,
    holds_opening,
    matches_of,
    may_answer,
    note_use,
    refuse_opening,
)
from congso.kernel.access.principals import Function, Role, System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db

NUMBER = "12-CV/BTCTU"


def record(world: World, *, sealed: bool = False, number: str = NUMBER, owner: str = "BTC") -> int:
    """A paper of the agency, seen by its clerks and, unless sealed, by who reads everything."""
    now, office = timezone.now(), world.organizations[owner]
    clerk = world.agency_clerk if owner == "BTC" else world.clerk
    audience = [principals.person(clerk), principals.office(office, Function.CLERKS)]
    with acting_as(Actor.person(clerk)):
        made = Record.objects.create(
            type="thử", number=number, title="Việc gấp", state="mở", owner_id=office, opened_on=now.date(),
            created_by_id=clerk, created_at=now, updated_at=now, handlers=[principals.person(clerk)],
            audience=audience if sealed else [*audience, principals.role(Role.READER)],
        )  # fmt: skip
        return made.pk


def asked(world: World, who: str = "stranger", *, number: str = NUMBER, owner: str = "BTC") -> Opening:
    with acting_as(Actor.person(getattr(world, who))):
        return ask_opening(world.organization(owner), number=number, hours=4, reason="Người phụ trách đi vắng")


def agreed(world: World, opening: Opening, who: str = "agency_leader") -> Opening:
    by = getattr(world, who)
    with acting_as(Actor.person(by)):
        chosen = matches_of(opening)[0].record if opening.number else None
        agree_to_opening(opening, record=chosen, words="", by=by)
        opening.refresh_from_db()
    return opening


def seen(world: World, who: str) -> set[int]:
    with acting_as(Actor.person(getattr(world, who))):
        return set(Record.objects.values_list("pk", flat=True))


def test_one_record_is_seen_while_it_is_open_and_no_other(world: World) -> None:
    wanted, other = record(world), record(world, number="13-CV/BTCTU")
    opening = asked(world)
    assert seen(world, "stranger") == set()
    agreed(world, opening)
    assert seen(world, "stranger") == {wanted}
    assert other not in seen(world, "stranger")
    assert seen(world, "specialist") == set()
    with acting_as(Actor.person(world.stranger)):
        end_opening(opening)
    assert seen(world, "stranger") == set()


def test_an_organizations_records_are_seen_and_nobody_elses(world: World) -> None:
    wanted = {record(world), record(world, number="13-CV/BTCTU")}
    record(world, number="1-CV/VPTU", owner="VPTU")
    agreed(world, asked(world, number=""))
    wanted.add(record(world, number="14-CV/BTCTU"))
    assert seen(world, "stranger") == wanted


def test_what_is_sealed_no_opening_shows(world: World) -> None:
    sealed = record(world, sealed=True)
    opening = asked(world)
    with acting_as(Actor.person(world.agency_leader)):
        assert matches_of(opening) == []
        with pytest.raises(RightRefused, match="niêm phong"):
            agree_to_opening(opening, record=None, words="", by=world.agency_leader)
        with pytest.raises(RightRefused, match="không còn phù hợp"):
            agree_to_opening(opening, record=sealed, words="", by=world.agency_leader)
    agreed(world, asked(world, number=""))
    assert seen(world, "stranger") == set()


def test_it_is_sight_alone(world: World) -> None:
    wanted = record(world)
    agreed(world, asked(world))
    with acting_as(Actor.person(world.stranger)) as held:
        assert holds_opening(held)
        assert Record.objects.filter(pk=wanted).update(title="x") == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT congso.may_act(%s)", [wanted])
            assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("who", ["stranger", "agency_specialist", "agency_clerk", "chief", "administrator", "reader"])
def test_only_the_owners_leaders_and_auditors_answer(world: World, who: str) -> None:
    wanted = record(world)
    opening = asked(world)
    by = getattr(world, who)
    with acting_as(Actor.person(by)):
        assert not may_answer(opening, by=by)
        assert matches_of(opening) == []
        for answer in (
            lambda: agree_to_opening(opening, record=wanted, words="", by=by),
            lambda: refuse_opening(opening, reason="Không", by=by),
        ):
            with pytest.raises(RightRefused):
                answer()
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute("SELECT congso.answer_opening(%s, true, '', %s)", [opening.pk, wanted])
    assert seen(world, "stranger") == set()


def test_a_leader_does_not_open_for_herself_but_an_auditor_may_for_her(world: World) -> None:
    record(world)
    opening = asked(world, "agency_leader", number="")
    with acting_as(Actor.person(world.agency_leader)), pytest.raises(RightRefused, match="không tự đồng ý"):
        agree_to_opening(opening, record=None, words="", by=world.agency_leader)
    agreed(world, opening, "auditor")
    assert seen(world, "auditor") == set()
    assert len(seen(world, "agency_leader")) == 1


def test_a_refusal_has_a_reason_and_ends_it(world: World) -> None:
    wanted = record(world)
    opening = asked(world)
    with acting_as(Actor.person(world.agency_leader)):
        with pytest.raises(RightRefused, match="lý do"):
            refuse_opening(opening, reason=" ", by=world.agency_leader)
        refuse_opening(opening, reason="Không cần", by=world.agency_leader)
        opening.refresh_from_db()
        with pytest.raises(RightRefused, match="Từ chối"):
            agree_to_opening(opening, record=wanted, words="", by=world.agency_leader)


@pytest.mark.parametrize(("hours", "reason", "words"), [(0, "x", "1 đến 24"), (25, "x", "1 đến 24"), (2, " ", "lý do")])
def test_what_may_not_be_asked(world: World, hours: int, reason: str, words: str) -> None:
    with acting_as(Actor.person(world.stranger)):
        with pytest.raises(RightRefused, match=words):
            ask_opening(world.organization("BTC"), number="", hours=hours, reason=reason)
        statement = "SELECT congso.ask_opening(%s, '', %s, %s)"
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(statement, [world.organizations["BTC"], hours, reason])


def test_asking_does_not_tell_whether_the_record_exists_and_has_a_measure(world: World) -> None:
    for _ in range(5):
        asked(world, number="không có")
    with pytest.raises(RightRefused, match="5 đề nghị"):
        asked(world)


def test_every_look_is_kept_and_journaled_once_in_five_minutes(world: World) -> None:
    wanted = record(world)
    opening = agreed(world, asked(world))
    with acting_as(Actor.person(world.stranger)):
        assert [note_use(wanted, path="/x/1/"), note_use(wanted, path="/x/1/"), note_use(wanted, path="/tep/2/")] == [
            1,
            0,
            1,
        ]
    with acting_as(Actor.person(world.agency_clerk)):
        assert note_use(wanted, path="/x/1/") == 0
    with acting_as(Actor.person(world.agency_leader)):
        assert list(OpeningUse.objects.order_by("id").values_list("number", "path")) == [
            (NUMBER, "/x/1/"), (NUMBER, "/tep/2/"),
        ]  # fmt: skip
    with acting_as(Actor.person(world.auditor)):
        acts = list(Entry.objects.filter(record_id=wanted).order_by("id").values_list("act", flat=True))
        assert acts == ["access.opening_agreed", "access.opening_used", "access.opening_used"]
        assert opening.organization_id == world.organizations["BTC"]


def test_who_sees_a_record_anyway_uses_no_opening(world: World) -> None:
    wanted = record(world)
    agreed(world, asked(world, "reader"))
    with acting_as(Actor.person(world.reader)):
        assert note_use(wanted, path="/x/") == 0


@pytest.mark.django_db(transaction=True)
def test_it_ends_by_itself_and_is_reported_once(world: World, as_owner: Any) -> None:
    wanted = record(world)
    opening = agreed(world, asked(world))
    machine = Actor.system(System.RIGHTS)
    with acting_as(machine):
        assert close_openings() == []
    as_owner.execute(
        "UPDATE access_opening SET begins_at = now() - interval '5 hours', ends_at = now() - interval '1 hour'"
    )
    assert seen(world, "stranger") == set()
    with acting_as(machine):
        assert close_openings() == [opening.pk]
        assert close_openings() == []
    kept = as_owner.execute("SELECT audience FROM records_record WHERE id = %s", [wanted]).fetchone()[0]
    assert principals.opening(opening.pk) not in kept


def test_a_record_that_is_moved_stays_open_and_one_that_is_sealed_does_not(world: World) -> None:
    wanted = record(world)
    agreed(world, asked(world))
    agreed(world, asked(world, "specialist", number=""))
    statement = "SELECT congso.move_record(%s, 'mở', 'mở', %s, %s, NULL, now())"
    clerk = [principals.person(world.agency_clerk)]
    for audience, sees in ((sorted([*clerk, principals.role(Role.READER)]), {wanted}), (clerk, set())):
        with acting_as(Actor.person(world.agency_clerk)):
            connection.cursor().execute(statement, [wanted, audience, clerk])
        assert seen(world, "stranger") == seen(world, "specialist") == sees
