"""500 open pages on one web process, measured by `make bench` or by hand: pytest -m bench tests/live -s."""

import asyncio
import sys
from typing import Any

import psycopg
import pytest

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.session_store import SessionStore
from tests.live.bench import measure
from tests.live.serving import web_server

STREAMS = 500


def session_of(user: User) -> str:
    """The key of a new session of hers; asked as the sign-in desk."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store.create()
    return str(store.session_key)


def sessions(count: int) -> list[str]:
    """Sessions of the whole cast in turn; the portal lets one person have a few streams, so many are needed."""
    users = list(User.objects.filter(is_active=True).order_by("id"))
    with acting_as(Actor.system(System.SIGN_IN)):
        return [session_of(users[place % len(users)]) for place in range(count)]


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(400)
def test_five_hundred_open_pages(world: Any, as_owner: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIVE_STREAMS", str(STREAMS))
    keys = sessions(STREAMS)

    def say() -> None:
        as_owner.execute(
            "INSERT INTO notify_notice (person_id, text, sender, at, key) "
            "SELECT DISTINCT person_id, 'Có việc', '', now(), '' FROM accounts_user"
        )

    with web_server(None) as (port, process):
        figures = asyncio.run(measure(port, keys, process.pid, say, rounds=5))
    sys.stdout.write(f"\n{figures.told()}\n")
    assert len(figures.delays) == STREAMS * 5
