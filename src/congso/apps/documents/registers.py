"""Whose registers the person of a request keeps or follows: asked of the directory once, however many places ask."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import timezone

from congso.apps.documents import queries
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization


def kept_registers(request: OfficeRequest) -> list[Organization]:
    """The offices whose register she keeps today as a clerk."""
    return _once(request, "kept_registers", queries.registry_offices)


def followed_registers(request: OfficeRequest) -> list[Organization]:
    """The offices all of whose documents she sees today."""
    return _once(request, "followed_registers", queries.followed_offices)


def _once(
    request: OfficeRequest, name: str, ask: Callable[[Iterable[int], date], list[Organization]]
) -> list[Organization]:
    known: list[Organization] | None = request.__dict__.get(name)
    if known is None:
        known = request.__dict__[name] = ask(request.principals, timezone.localdate())
    return known
