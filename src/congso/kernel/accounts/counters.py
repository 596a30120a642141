"""Counts of attempts that all web processes share: Django's cache, in a table.

allauth counts sign-ins and remembers used codes in the cache. A cache in each process's memory would give an
attacker as many tries as there are processes. Django's own database cache stores pickles, which would turn
a written row into running code; here values are JSON. A count belongs to the request's transaction, so two
attempts on one account wait for each other, and an attempt that fails whole is not counted twice.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
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
        live = Counter.objects.filter(key=self._stored(key, version), expires_at__gt=timezone.now())
        found = live.values_list("value", flat=True).first()
        return default if found is None else found

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:  # fmt: skip
        """Keep the value for `timeout` seconds."""
        Counter.objects.update_or_create(
            key=self._stored(key, version), defaults={"value": value, "expires_at": self._end(timeout)}
        )

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:  # fmt: skip
        """Keep the value if there is none. One statement: of two at once exactly one succeeds."""
        seconds = timeout if timeout is None or timeout is DEFAULT_TIMEOUT else max(timeout, SHORTEST_MEMORY)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_counter AS kept (key, value, expires_at) VALUES (%s, %s::jsonb, %s)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
                " WHERE kept.expires_at <= %s",
                [self._stored(key, version), json.dumps(value), self._end(seconds), timezone.now()],
            )
            return bool(cursor.rowcount)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; whether there was one."""
        return bool(Counter.objects.filter(key=self._stored(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget everything. Asked by nobody in particular, so done as the sign-in desk."""
        with acting_as(Actor.system(System.SIGN_IN)):
            Counter.objects.all().delete()

    def _stored(self, key: str, version: int | None) -> str:
        # Keys hold names and addresses people typed; a hash does not.
        return hashlib.sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _end(self, timeout: float | None) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def forget_old_counters() -> int:
    """Remove what is over; returns how many."""
    with acting_as(Actor.system(System.SIGN_IN)):
        return Counter.objects.filter(expires_at__lte=timezone.now()).delete()[0]
