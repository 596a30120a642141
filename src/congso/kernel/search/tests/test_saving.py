"""Kept questions: one's own alone, and what is new in them told once a morning."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.notify.models import Notice
from congso.kernel.search.models import SavedSearch
from congso.kernel.search.saving import SearchRefused, save_search, saved_searches, tell_news
from congso.kernel.search.tests.conftest import Make
from congso.kernel.search.tests.test_access import hand_to

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD, FOURTH = (datetime(2026, 5, day, 1, tzinfo=UTC) for day in (4, 5, 6, 7))


def morning(at: datetime) -> int:
    machine = Actor.system(System.REMINDERS)
    with acting_as(machine):
        return tell_news(by=machine, at=at)


def notices(person: int) -> list[str]:
    with acting_as(Actor.person(person)):
        return list(Notice.objects.filter(person_id=person, sender="Tìm kiếm đã lưu").values_list("text", flat=True))


def test_what_is_new_is_told_once_a_morning_and_nothing_of_what_was_taken_away(world: World, make: Make) -> None:
    make("Giám sát chuyên đề", seen_by=(world.chief,))
    chief = Actor.person(world.chief)
    with acting_as(chief):
        save_search(QueryDict("q=giám sát"), by=chief, at=FIRST, is_watching=True)
    assert (morning(FIRST), morning(SECOND), notices(world.chief)) == (0, 0, [])
    make("Giám sát thường xuyên", seen_by=(world.chief,))
    make("Giám sát của người khác")
    assert morning(SECOND) == 0  # looked at today
    assert (morning(THIRD), notices(world.chief)) == (1, ["Tìm kiếm đã lưu “giám sát” có 1 hồ sơ mới"])
    assert morning(THIRD) == 0
    taken_away = make("Giám sát rồi thu lại", seen_by=(world.chief,))
    hand_to(taken_away, world.clerk, world.head)
    assert (morning(FOURTH), len(notices(world.chief))) == (0, 1)


def test_a_kept_question_is_its_keepers_own(world: World, db: None) -> None:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        save_search(QueryDict("q=nhân sự&type=paper&evil=1"), by=clerk, at=FIRST)
        saved = save_search(QueryDict("q=nhân sự&type=paper"), by=clerk, at=SECOND)
        assert (saved_searches(world.clerk).count(), saved.label) == (1, "nhân sự")
    with acting_as(Actor.person(world.reader)):
        assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize("query", ["", "q=", "q=+", "q=" + "a" * 3000])
def test_what_cannot_be_kept_is_said(world: World, db: None, query: str) -> None:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk), pytest.raises(SearchRefused):
        save_search(QueryDict(query), by=clerk, at=FIRST)
