"""The cast every test may call on: a small province, made once by the owner (congso.kernel.directory.testing)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from congso.kernel.directory.testing import World


@pytest.fixture
def world(django_db_setup: "World") -> "World":
    """The ids of the test world's people and organizations."""
    return django_db_setup


@pytest.fixture
def acting(world: "World", db: None) -> "Callable[[str], AbstractContextManager[frozenset[int]]]":
    """A transaction in which one of the cast works, for packages below `access`: `with acting("clerk"):`."""
    from congso.kernel.access.services import Actor, acting_as

    return lambda who: acting_as(Actor.person(getattr(world, who)))


@pytest.fixture
def signed_in(db: None) -> "Callable[[str], Client]":
    """A browser-like client signed in as one of the cast: `signed_in("clerk")`."""
    from django.test import Client

    from congso.kernel.accounts.models import User

    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=who))
        return client

    return sign_in
