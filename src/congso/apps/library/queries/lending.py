"""Copies, loans and holds."""

from collections.abc import Collection as Held
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from congso.apps.library.models import Card, Copy, Hold, Loan, Stocktake
from congso.apps.library.rules.lending import LendingRules
from congso.kernel.regulations.queries import value

_SETTINGS = ("loan_days", "renewals", "most_loans", "keep_days", "remind_before", "remind_every", "unlink_months")


def lending_rules(on: date) -> LendingRules:
    """The settings of lending in force on the day."""
    return LendingRules(*(int(value(f"library.{name}", on=on)) for name in _SETTINGS))


def copies_kept(libraries: Held[int]) -> QuerySet[Copy]:
    """The libraries' book: every copy with its number."""
    return Copy.objects.filter(library__in=libraries).select_related("card", "library")


def copy_numbered(libraries: Held[int], number: str) -> Copy | None:
    """The copy of a scanned number, in the libraries one keeps."""
    return copies_kept(libraries).filter(number__iexact=number.strip()[:40]).first()


def shelf_of(card: Card) -> list[Copy]:
    """The card's copies that are still the library's."""
    return list(card.copies.exclude(state=Copy.State.WITHDRAWN).order_by("number", "id")[:200])


def loans_kept(libraries: Held[int]) -> QuerySet[Loan]:
    """Open loans of the libraries, those longest due first."""
    found = Loan.objects.filter(library__in=libraries, ended_at__isnull=True)
    return found.select_related("copy", "card", "reader", "library").order_by("due_on", "id")


def loans_of(person: int) -> list[Loan]:
    """What a reader has at home, those due first first."""
    found = Loan.objects.filter(reader_id=person, ended_at__isnull=True).select_related("copy", "card")
    return list(found.order_by("due_on", "id"))


def holds_of(person: int) -> list[Hold]:
    """What a reader waits for."""
    found = Hold.objects.filter(reader_id=person, state__in=Hold.OPEN).select_related("card", "copy")
    return list(found.order_by("placed_at", "id"))


def open_holds(libraries: Held[int]) -> QuerySet[Hold]:
    """Who waits for what, the longest first; those with a copy kept before."""
    found = Hold.objects.filter(library__in=libraries, state__in=Hold.OPEN)
    return found.select_related("card", "copy", "reader").order_by("state", "placed_at", "id")


def queue_of(card: Card) -> int:
    """How many readers wait for the work: a figure without names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.library_queue(%s)", [card.pk])
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Differences:
    """What a count of the shelves found against the library's book."""

    seen: int
    missing: list[Copy]
    unknown: list[str]
    unexpected: list[Copy]

    @property
    def is_clean(self) -> bool:
        """Whether book and shelves agree."""
        return not (self.missing or self.unknown or self.unexpected)


MOST_DIFFERENCES = 2_000


def differences(stocktake: Stocktake) -> Differences:
    """Copies that should stand on the shelf and were not seen; numbers in no book; copies that should not be there."""
    sightings = stocktake.sightings.all()
    seen = sightings.values("copy_id")
    here = Copy.objects.filter(library_id=stocktake.library_id).select_related("card")
    missing = here.filter(state__in=(Copy.State.SHELVED, Copy.State.KEPT), acquired_on__lte=stocktake.started_at.date())
    unexpected = here.filter(pk__in=seen).filter(Q(state__in=("lent", "lost", "withdrawn")))
    unknown = sightings.filter(copy__isnull=True).order_by("number").values_list("number", flat=True)
    return Differences(
        sightings.count(), list(missing.exclude(pk__in=seen.filter(copy__isnull=False))[:MOST_DIFFERENCES]),
        list(unknown[:MOST_DIFFERENCES]), list(unexpected[:MOST_DIFFERENCES]),
    )  # fmt: skip
