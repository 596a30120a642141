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


@pytest.fixture
def ask(world: "World") -> Ask:
    """What somebody (the clerk) gets for a question."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.search.queries import Filters, search

    def ask_as(text: str, *, who: int | None = None, filters: "Filters | None" = None, **page: int) -> "Results":
        with acting_as(Actor.person(who or world.clerk)):
            return search(text, filters=filters or Filters(), **page)

    return ask_as
