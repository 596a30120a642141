"""Counts of attempts that all web processes share: Django's cache, in a table.

allauth counts sign-ins and remembers used codes in the cache. A cache in each process's memory would give an
attacker as many tries as there are processes. Django's own database cache stores pickles, which would turn
a written row into running code; here values are JSON. Only the sign-in desk reads or writes them, so SQL
injected into a person's request can neither reset a count nor read a code of the identity provider. A count
belongs to the request's transaction, and what is read is locked: two attempts on one account, or two uses of
one code, wait for each other.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from congso.kernel.access.services import acting_as
from congso.kernel.accounts.journaling import DESK
from congso.kernel.accounts.models import Counter

# A code of an authenticator app is good for a minute and a half with a tolerance of one step; allauth would
# forget after half a minute that it was used. Nothing added here is forgotten sooner.
SHORTEST_MEMORY = 120
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class Counters(BaseCache):
    """get, set, add and delete over `accounts_counter`, in the caller's own transaction."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` when there is none or its time is over."""
        with _at_the_desk():
            kept = Counter.objects.select_for_update().filter(key=self._stored(key, version))
            found = kept.filter(expires_at__gt=timezone.now()).values_list("value", flat=True).first()
        return default if found is None else found

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:  # fmt: skip
        """Keep the value for `timeout` seconds."""
        self._write(key, value, self._end(timeout), version)

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:  # fmt: skip
        """Keep the value if there is none. One statement: of two at once exactly one succeeds."""
        seconds = timeout if timeout is None or timeout is DEFAULT_TIMEOUT else max(timeout, SHORTEST_MEMORY)
        return self._write(key, value, self._end(seconds), version, only_if_over=True)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; whether there was one."""
        with _at_the_desk():
            return bool(Counter.objects.filter(key=self._stored(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget everything."""
        with _at_the_desk():
            Counter.objects.all().delete()

    def _write(
        self, key: str, value: Any, end: datetime, version: int | None, *, only_if_over: bool = False
    ) -> bool:  # fmt: skip
        replaced = timezone.now() if only_if_over else FOREVER
        with _at_the_desk(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_counter AS kept (key, value, expires_at) VALUES (%s, %s::jsonb, %s)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
                " WHERE kept.expires_at <= %s",
                [self._stored(key, version), json.dumps(value), end, replaced],
            )
            return bool(cursor.rowcount)

    def _stored(self, key: str, version: int | None) -> str:
        # Keys hold names and addresses people typed; a hash does not.
        return hashlib.sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _end(self, timeout: float | None) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


@contextmanager
def _at_the_desk() -> Iterator[None]:
    """Work as the sign-in desk; at the door the request already does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.is_sign_in()")
        (is_desk,) = cursor.fetchone()
    if is_desk:
        yield
        return
    with acting_as(DESK):
        yield


def count_one_more(what: str, *, within: timedelta) -> int:
    """How often this happened since its window began, this time included. One statement, so none is lost.

    Called by the sign-in desk.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_counter AS kept (key, value, expires_at) VALUES (%s, '1', %s)"
            " ON CONFLICT (key) DO UPDATE SET"
            " value = CASE WHEN kept.expires_at <= %s THEN '1' ELSE to_jsonb(kept.value::int + 1) END,"
            " expires_at = CASE WHEN kept.expires_at <= %s THEN excluded.expires_at ELSE kept.expires_at END"
            " RETURNING value::int",
            [hashlib.sha256(what.encode()).hexdigest(), now + within, now, now],
        )
        return int(cursor.fetchone()[0])


def forget_old_counters() -> int:
    """Remove what is over; returns how many."""
    with _at_the_desk():
        return Counter.objects.filter(expires_at__lte=timezone.now()).delete()[0]
