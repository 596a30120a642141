"""Editions, and what is published of them on a day."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from congso.apps.procedures.models import Procedure, Publication
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.lib.vietnamese import fold

_KEEPING = (Function.CLERKS, Function.CHIEFS, Function.TRACKERS, Function.LEADERS)
_RECEIVING = (Function.CLERKS, Function.CHIEFS)


def _where(held: Collection[int], functions: Collection[Function]) -> set[int]:
    told = (describe(principal) for principal in held)
    return {pk for kind, pk, function in told if kind is Kind.OFFICE and function in functions}


def keeping_for(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations in whose name somebody with these principals drafts and publishes procedures."""
    own = _where(held, _KEEPING)
    found = organizations_on(day).filter(Q(pk__in=own) | Q(serving_offices__in=own, is_office=False))
    return found.exclude(kind="unit").distinct()


def may_receive(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations at whose desk somebody with these principals takes cases in."""
    own = _where(held, _RECEIVING)
    found = organizations_on(day).filter(Q(pk__in=own) | Q(serving_offices__in=own, is_office=False))
    return found.exclude(kind="unit").distinct()


def procedures() -> QuerySet[Procedure]:
    """Every edition one may see, for those who keep them."""
    return Procedure.objects.select_related("owner", "performer", "replaces")


def procedure_of(pk: int) -> Procedure:
    """One edition with its steps and papers. Raises Procedure.DoesNotExist."""
    found = procedures().prefetch_related("steps__organization", "papers__form", "owner__serving_offices")
    return found.get(pk=pk)


def published(day: date) -> QuerySet[Publication]:
    """What is in force on the day, by field and name; for everybody."""
    live = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Publication.objects.filter(live, valid_from__lte=day).order_by("field", "code", "id")


def in_force(code: str, day: date) -> Publication:
    """The edition in force on the day. Raises Publication.DoesNotExist."""
    return published(day).filter(code=code).order_by("-edition")[0:1].get()


def editions_of(code: str) -> QuerySet[Publication]:
    """All published editions of a procedure, newest first."""
    return Publication.objects.filter(code=code).order_by("-edition")


def narrowed(found: QuerySet[Publication], words: str) -> QuerySet[Publication]:
    """Those that hold every typed word, with or without accents."""
    for word in fold(words).lower().split()[:10]:
        found = found.filter(words__contains=word)
    return found


def fields_in_use(day: date) -> list[str]:
    """The fields of what is published, for filters."""
    return list(published(day).order_by("field").values_list("field", flat=True).distinct())


def receivers_of(publication: Publication, day: date) -> QuerySet[Organization]:
    """Who takes cases of the procedure in: one body, or each of a kind."""
    performer: dict[str, Any] = publication.content["performer"]
    if performer["code"]:
        return organizations_on(day).filter(code=performer["code"])
    return organizations_on(day).filter(kind=performer["kind"])
