"""The cast every test may call on: a small province, made once by the owner (congso.kernel.directory.testing)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

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


@pytest.fixture(scope="session", autouse=True)
def _force_login_at_the_desk() -> Iterator[None]:
    """Django's `force_login` writes the session's row; like a real sign-in it does so as the sign-in desk."""
    from django.test import Client

    from congso.kernel.access.principals import System
    from congso.kernel.access.services import Actor, acting_as

    plain = Client.force_login

    def at_the_desk(client: Client, *user: Any, **more: Any) -> None:
        with acting_as(Actor.system(System.SIGN_IN)):
            plain(client, *user, **more)

    patch = pytest.MonkeyPatch()
    patch.setattr(Client, "force_login", at_the_desk)
    yield
    patch.undo()


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
