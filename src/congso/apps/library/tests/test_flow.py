"""Every act of a work, tried by everybody; who sees it in which state."""

import pytest

from congso.apps.library import services
from congso.apps.library.models import Card, Work
from congso.apps.library.queries import work_of
from congso.apps.library.services import CollectionFacts
from congso.apps.library.tests.factories import NOW, catalogued, collection, lent, move, opened, sees, shelved, who
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.records.models import Record
from congso.kernel.search.models import Entry
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = pytest.mark.django_db
CAST = ("clerk", "chief", "specialist", "agency_clerk", "commune_leader", "stranger")


def test_only_the_librarian_sees_what_is_being_catalogued(world) -> None:
    work = catalogued(world, readers="public")
    assert [name for name in (*CAST, None) if sees(world, name, work)] == ["clerk"]


@pytest.mark.parametrize(
    ("readers", "listed", "seen"),
    [
        ("public", (), (*CAST, None)),
        ("staff", (), CAST),
        ("listed", ("XA",), ("clerk", "commune_leader")),
    ],
)
def test_an_open_work_is_seen_by_the_readers_of_its_collection(world, readers, listed, seen) -> None:
    work = opened(world, readers=readers, listed=listed)
    assert tuple(name for name in (*CAST, None) if sees(world, name, work)) == seen
    for name in CAST:
        with acting_as(Actor.person(getattr(world, name))):
            assert Record.objects.filter(pk=work.pk).exists() is (name in seen)
    move(world, work, "withdraw", "Bản in sai")
    assert [name for name in (*CAST, None) if sees(world, name, work)] == ["clerk"]


def test_other_readers_of_a_collection_are_others_at_once_in_search_too(world) -> None:
    work = opened(world, readers="public")
    with acting_as(Actor.person(world.clerk)):
        kept = collection(world, "Bộ public")
        facts = CollectionFacts(kept.name, "listed", listed=(world.organization("XA"),))
        assert services.change_collection(kept, facts, **who(world, "clerk")) == 1
    assert [name for name in (*CAST, None) if sees(world, name, work)] == ["clerk", "commune_leader"]
    with acting_as(Actor.person(world.clerk)):
        row, whole = Record.objects.get(pk=work.pk), work_of(work.pk)
        expected = flow_of(row.type).audience(whole, "available")
        assert {one for one in row.audience if one < 7 * 10**15} - {4 * 10**15 + 100} == expected
    with acting_as(Actor.person(world.stranger)):
        assert not Entry.objects.filter(record_id=work.pk).exists()


def test_nobody_else_catalogues_or_moves(world) -> None:
    work = catalogued(world)
    kept = collection(world, "Bộ staff")
    for name in ("chief", "agency_clerk", "stranger"):
        with acting_as(Actor.person(getattr(world, name))), pytest.raises((NotYours, Work.DoesNotExist)):
            services.move_work(work_of(work.pk), "publish", **who(world, name))
        with acting_as(Actor.person(getattr(world, name))), pytest.raises(NotYours):
            services.catalogue_work(services.CardFacts("X"), collection=kept, **who(world, name))


def test_a_work_with_a_copy_at_a_readers_home_is_not_taken_out(world) -> None:
    work = opened(world)
    lent(world, shelved(world, work)[0])
    with pytest.raises(Refused, match="đang cho mượn"):
        move(world, work, "withdraw", "Cũ")


def test_a_wrong_card_is_refused_and_nothing_stays(world) -> None:
    kept = collection(world)
    for wrong in ({"isbn": "9780306406158"}, {"title": "  "}, {"language": "việt"}, {"year": 3}):
        facts = services.CardFacts(**({"title": "Sách"} | wrong))
        with acting_as(Actor.person(world.clerk)), pytest.raises(Refused):
            services.catalogue_work(facts, collection=kept, **who(world, "clerk"))
    with acting_as(Actor.person(world.clerk)):
        assert not Card.objects.exists()


def test_visitors_have_no_way_around_the_card(world) -> None:
    opened(world, readers="public")
    with acting_as(NOBODY):
        assert not Work.objects.exists()
        assert Card.objects.count() == 1
    assert NOW
