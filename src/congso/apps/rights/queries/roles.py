"""Who holds which role, what is proposed, what may be opened in an emergency."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from congso.kernel.access.models import Grant, GrantRequest, Opening
from congso.kernel.directory.finding import typed_words
from congso.kernel.directory.models import valid_on

SHOWN = 100
_PEOPLE = ("person", "organization", "granted_by", "agreed_by", "ended_by")


def roles_on(day: date, typed: str = "") -> QuerySet[Grant]:
    """Roles held on the day or to come, those over everything first; of people whose names have these words."""
    live = valid_on(day) | Q(valid_from__gt=day, valid_to__gt=day)
    found = Grant.objects.filter(live).select_related(*_PEOPLE)
    for word in typed_words(typed):
        found = found.filter(Q(person__name_folded__contains=word) | Q(organization__name_folded__contains=word))
    return found.order_by("organization__name_key", "role", "person__name_key", "id")


def ended_roles(day: date) -> QuerySet[Grant]:
    """Roles that have ended, the latest first."""
    return Grant.objects.filter(valid_to__lte=day).select_related(*_PEOPLE).order_by("-valid_to", "-id")


def requests_seen(at: datetime) -> list[GrantRequest]:
    """What is proposed and the person may see: first what waits, then the latest answers."""
    rows = GrantRequest.objects.select_related("person", "organization", "asked_by", "answered_by")
    found = list(rows.order_by("-asked_at", "-id")[:SHOWN])
    return sorted(found, key=lambda one: not one.is_open(at))


def openings_seen(at: datetime) -> list[Opening]:
    """The emergency openings the person has a part in: what waits and what runs first, then the latest."""
    found = list(
        Opening.objects.select_related("organization", "asked_by", "answered_by").order_by("-asked_at", "-id")[:SHOWN]
    )
    return sorted(found, key=lambda one: not (one.is_open(at) or one.is_running(at)))
