"""Accents come back to a question by the syllables of the papers."""

import pytest
from django.db import Error, connection

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.search.accents import most_likely, restored
from congso.kernel.search.services import weigh_terms
from congso.kernel.search.tests.conftest import Make

COUNTS = {
    "số": 9, "sổ": 4, "so": 1, "hóa": 5, "hoa": 3, "tay": 4, "hồ": 6, "sơ": 6,
    "số hóa": 5, "sổ tay": 4, "hoa tay": 1, "hồ sơ": 6, "hóa hồ": 4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("so hoa ho so", "số hóa hồ sơ"), ("so tay", "sổ tay"), ("so xyz", "số xyz"), ("xyz", "xyz")],
)
def test_neighbours_decide(typed: str, meant: str) -> None:
    assert " ".join(most_likely(typed.split(), COUNTS)) == meant


@pytest.mark.django_db
def test_the_papers_teach_them(world: World, make: Make) -> None:
    make("Số hóa hồ sơ lưu trữ", body="Việc số hóa hồ sơ lưu trữ của cấp ủy")
    with acting_as(Actor.system(System.REMINDERS)):
        weigh_terms()
    with acting_as(Actor.person(world.clerk)):
        assert restored("so hoa ho so luu tru") == "số hóa hồ sơ lưu trữ"
        assert restored("số hoa") == "số hoa"
        assert restored("") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM search_syllablepair",
        "SELECT congso.weigh_pairs()",
        "SELECT * FROM search_meaning",
        "SELECT * FROM congso.waiting_passages(1, 1)",
        "SELECT congso.learn_meanings('{}', '{}')",
        "SELECT congso.write_passages('{}', '[]')",
        "SELECT congso.watched_searches(current_date)",
        "INSERT INTO search_passage (record_id, position, text) VALUES (1, 1, '')",
        "DELETE FROM search_passage",
    ],
)
def test_the_application_may_not_reach_around(world: World, make: Make, statement: str) -> None:
    make("Phương án nhân sự")
    with pytest.raises(Error), acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute(statement)
