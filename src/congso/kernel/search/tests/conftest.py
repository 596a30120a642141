from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from congso.kernel.directory.testing import World
    from congso.kernel.records.models import Record
    from congso.kernel.search.queries import Filters, Results

Make = Callable[..., "Record"]
Ask = Callable[..., "Results"]


@pytest.fixture
def make(world: "World") -> Make:
    """A findable record of the clerk's: `make("title", number=, body=, seen_by=[person ids], day=, type=)`."""
    from congso.kernel.access import principals
    from congso.kernel.access.principals import Role
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.records.models import Record
    from congso.kernel.search.services import index_record

    def make_record(
        title: str,
        *,
        number: str = "",
        body: str = "",
        seen_by: tuple[int, ...] = (),
        day: date = date(2026, 5, 4),
        record_type: str = "paper",
        unit: str | None = None,
    ) -> "Record":
        audience = [principals.person(p) for p in (world.clerk, *seen_by)] + [principals.role(Role.READER)]
        with acting_as(Actor.person(world.clerk)):
            record = Record.objects.create(
                type=record_type,
                title=title,
                number=number,
                state="open",
                owner_id=world.organizations["VPTU"],
                unit_id=world.organizations[unit] if unit else None,
                opened_on=day,
                created_by_id=world.clerk,
                created_at=timezone.now(),
                updated_at=timezone.now(),
                audience=audience,
                handlers=[principals.person(world.clerk)],
            )
            index_record(record, body=body)
        return record

    return make_record


class InventedModel:
    """A model that knows a few synonyms: texts are near when they share meanings, however they are said."""

    MEANINGS = (
        ("giải cứu", "trục vớt", "vớt"),
        ("xe đạp", "phương tiện hai bánh"),
        ("sách", "ấn phẩm"),
        ("mưa", "giáng thủy"),
        ("bò", "gia súc"),
    )

    def query(self, text: str) -> list[float]:
        """A vector of what it is about, long enough to compare."""
        said = text.lower()
        vector = [0.05] + [0.0] * 383
        for place, words in enumerate(self.MEANINGS, start=1):
            vector[place] = float(any(word in said for word in words))
        length = sum(value * value for value in vector) ** 0.5
        return [value / length for value in vector]

    def passage(self, texts: list[str]) -> list[list[float]]:
        """The same of many."""
        return [self.query(text) for text in texts]


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Learn what waits, by an invented model; returns how many passages."""
    from congso.kernel.access.principals import System
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.search import meaning
    from congso.kernel.search.learning import learn_meanings

    monkeypatch.setattr(meaning, "_model", InventedModel)
    meaning.of_question.cache_clear()

    def learn_all() -> int:
        with acting_as(Actor.system(System.REMINDERS)):
            return learn_meanings(1_000)

    return learn_all


@pytest.fixture
def ask(world: "World") -> Ask:
    """What somebody (the clerk) gets for a question."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.search.queries import Filters, search

    def ask_as(text: str, *, who: int | None = None, filters: "Filters | None" = None, **page: int) -> "Results":
        with acting_as(Actor.person(who or world.clerk)):
            return search(text, filters=filters or Filters(), **page)

    return ask_as
