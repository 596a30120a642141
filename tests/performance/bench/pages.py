"""How many questions each page asks the database, on the demo's data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Record
from congso.kernel.records.types import record_types, url_of
from tests.performance.bench.machine import app_backend, measured

_WHO = "chanhvp.vptu"
_PAGES = {
    "home": "web:home",
    "search": "web:search",
    "incoming register": "documents:list",
    "register book": "documents:book",
    "tasks": "directives:list",
    "board": "directives:board",
    "dashboard": "directives:dashboard",
}
_PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_VISITS = 10


@dataclass(frozen=True)
class Page:
    """Queries (with the three that open and sign in the transaction) and milliseconds of one page."""

    name: str
    queries: int
    p50: float
    p95: float


def measure_pages() -> list[Page]:
    """Each page as the head of the office opens it."""
    with override_settings(STORAGES=_PLAIN_STATIC, ALLOWED_HOSTS=["localhost"]):
        client = Client(SERVER_NAME="localhost")
        user = get_user_model().objects.get(username=_WHO)
        with acting_as(Actor.system(System.SIGN_IN)):
            client.force_login(user)
        return [page for name, url in _addresses(user.person_id).items() if (page := _measure(client, name, url))]


def _addresses(person_id: int) -> dict[str, str]:
    found = {}
    for name, view in _PAGES.items():
        try:
            found[name] = reverse(view) + ("?q=k%E1%BA%BF+ho%E1%BA%A1ch" if name == "search" else "")
        except NoReverseMatch:
            continue
    with acting_as(Actor.person(person_id)):
        for kind in record_types():
            record = Record.objects.filter(type=kind.key).order_by("-id").first()
            if record:
                found[f"detail: {kind.key}"] = url_of(record)
    return found


def _measure(client: Client, name: str, url: str) -> Page | None:
    if client.get(url).status_code != 200:
        return None
    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(url)
    times = measured([lambda: client.get(url)] * _VISITS, app_backend)
    return Page(name, len(asked), times.p50, times.p95)
