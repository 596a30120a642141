"""The test world with somebody who protects personal data: the other head, in a post of the office's."""

from datetime import date
from typing import Any

import pytest


@pytest.fixture
def protected(world: Any, db: None) -> Any:
    """The world after the office opened the post of data protection and appointed `other_head`."""
    from django.utils import timezone

    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Person
    from congso.kernel.directory.services import appoint_person, open_post

    now, day = timezone.now(), date(2026, 1, 5)
    with acting_as(Actor.person(world.administrator)):
        post = open_post(
            world.organization("VPTU"), name="Phụ trách bảo vệ dữ liệu", functions=["data_protection"], on=day,
            by=world.administrator, at=now,
        )  # fmt: skip
        appoint_person(Person.objects.get(pk=world.other_head), post=post, on=day, by=world.administrator, at=now)
    return world
