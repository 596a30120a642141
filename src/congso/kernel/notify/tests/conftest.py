"""A record four of the cast may see, and telling them about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

SEEING = ("clerk", "head", "specialist", "chief")


@pytest.fixture
def at() -> datetime:
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def record(world: Any, at: datetime) -> Any:
    from congso.kernel.access import principals
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.records.models import Record

    with acting_as(Actor.person(world.clerk)):
        return Record.objects.create(
            type="incoming_document",
            number="12-CV/TU",
            title="Một văn bản",
            state="registered",
            owner_id=world.organizations["VPTU"],
            opened_on=at.date(),
            created_by_id=world.clerk,
            created_at=at,
            updated_at=at,
            audience=[principals.person(getattr(world, who)) for who in SEEING],
            handlers=[principals.person(world.clerk)],
        )


@pytest.fixture
def tell(world: Any, record: Any) -> Callable[..., int]:
    """`tell("head", at=…, kind=…)`: the clerk tells somebody about the record."""
    from congso.kernel.access import principals
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.notify.services import notify

    def told(*who: str, at: datetime, text: str = "Có việc", **more: Any) -> int:
        clerk = Actor.person(world.clerk)
        people = [principals.person(getattr(world, one)) for one in who]
        with acting_as(clerk):
            return notify(record, principals=people, text=text, by=clerk, at=at, **more)

    return told
