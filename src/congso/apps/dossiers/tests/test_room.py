"""The search room's catalogue: found by words, exactly what the policy lets the person know, quickly."""

from typing import Any

import pytest
from django.db import connection

from congso.apps.dossiers.models import Card
from congso.apps.dossiers.queries import cards
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world: Any) -> None:
    made.archived(world, title="Hồ sơ chuyển đổi số năm 2026")
    made.archived(world, title="Hồ sơ Đại hội, kỷ luật", symbol="02-TH", mode="02")
    made.archived(world, title="Hồ sơ đào tạo cán bộ", symbol="03-TH")


@pytest.mark.parametrize("who", ["clerk", "specialist", "agency_leader", "secretary"])
@pytest.mark.parametrize("typed", ["hồ sơ", "ho so", "chuyen doi", "ĐÀO tạo", "dai hoi", "02-TH", "không có", "&|!:*'"])
def test_a_search_finds_exactly_the_cards_the_policy_shows(world: Any, filled: None, who: str, typed: str) -> None:
    with by(world, who):
        found = set(cards(typed).values_list("pk", flat=True))
        words = [one for one in _words(typed) if one]
        shown = {one.pk for one in Card.objects.all() if all(_begins(one.words, word) for word in words)}
        assert found == shown


def test_nobody_without_a_place_finds_anything(world: Any, filled: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM congso.find_cards(%s, 10)", [["ho"]])
        assert cursor.fetchone()[0] == 0


def test_a_search_uses_the_index_of_words_or_stops_at_the_newest(world: Any, filled: None) -> None:
    with by(world, "clerk"):
        newest = list(cards("hồ sơ").order_by("-first_year", "-pk").values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM congso.find_cards(%s, 2)", [["ho", "so"]])
            assert [pk for (pk,) in cursor.fetchall()] == newest[:2]


def _words(typed: str) -> list[str]:
    from congso.lib.vietnamese import fold

    return "".join(one if one.isalnum() else " " for one in fold(typed).casefold()).split()


def _begins(words: str, wanted: str) -> bool:
    return any(one.startswith(wanted) for one in _words(words))
