"""Opening a transaction for an actor. Nothing else can make rows visible."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from congso.kernel.access.principals import System


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, a named system, or nobody (an anonymous request)."""

    kind: str
    id: int

    @classmethod
    def person(cls, person_id: int) -> Self:
        return cls("person", person_id)

    @classmethod
    def system(cls, name: System) -> Self:
        return cls("system", int(name))

    @property
    def person_id(self) -> int | None:
        """The acting person, or None for a system and for nobody."""
        return self.id if self.kind == "person" else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


NOBODY = Actor("nobody", 0)


class OutsideTransaction(Exception):
    """Principals live in a transaction; entering without one would silently see nothing."""


def enter(actor: Actor, *, day: date | None = None) -> frozenset[int]:
    """Set the principals of the running transaction to the actor's of the day and return them.

    They are computed by the database from the posts held that day and vanish with the transaction.
    Raises OutsideTransaction when there is none.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    connection.ensure_connection()
    when = day or timezone.localdate()
    message = f"{actor}:{when.isoformat()}:{connection.connection.info.backend_pid}"
    mac = hmac.new(settings.ACCESS_KEY, message.encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.enter(%s)", [f"{message}:{mac}"])
        return frozenset(cursor.fetchone()[0] or ())


@contextmanager
def acting_as(actor: Actor, *, day: date | None = None) -> Iterator[frozenset[int]]:
    """A transaction in which the actor works; inside another one, a savepoint after which the outer actor is back."""
    with transaction.atomic():
        outer = _settings()
        held = enter(actor, day=day)
        yield held
        _restore(outer)


def current_principals() -> frozenset[int]:
    """The principals of the running transaction as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.principals()")
        return frozenset(cursor.fetchone()[0] or ())


def _settings() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('congso.actor', true), ''),"
            " coalesce(current_setting('congso.principals', true), ''),"
            " coalesce(current_setting('congso.seal', true), '')"
        )
        actor, held, seal = cursor.fetchone()
        return str(actor), str(held), str(seal)


def _restore(settings_before: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('congso.actor', %s, true), set_config('congso.principals', %s, true),"
            " set_config('congso.seal', %s, true)",
            settings_before,
        )
