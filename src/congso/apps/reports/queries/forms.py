"""Forms, their versions and who reports."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.apps.reports.models import Form, FormUnit, FormVersion
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization

_DESIGNING = (Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def organizations_where(held: Collection[int], functions: Collection[Function]) -> set[int]:
    """The organizations in which somebody with these principals does one of these things."""
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in functions}


def designing_for(held: Collection[int]) -> QuerySet[Organization]:
    """Organizations whose forms somebody with these principals designs: her own, and those her office serves."""
    own = organizations_where(held, _DESIGNING)
    found = Organization.objects.filter(Q(pk__in=own) | Q(serving_offices__in=own))
    return found.distinct().order_by("name_key", "id")


def designs_anything(held: Collection[int]) -> bool:
    """Whether there is anybody whose forms she designs; asks nothing of the database, so that menus may."""
    return bool(organizations_where(held, _DESIGNING))


def published_forms() -> QuerySet[Form]:
    """Forms that are collected."""
    is_published = FormVersion.objects.filter(form=OuterRef("pk"), published_at__isnull=False)
    return Form.objects.filter(Exists(is_published)).select_related("owner", "scope")


def form_of_code(code: str) -> Form:
    """Raises Form.DoesNotExist."""
    return Form.objects.select_related("owner__serves", "scope").get(code=code)


def latest_version(form: Form) -> FormVersion | None:
    """The version in use; None before the first was published."""
    return form.versions.filter(published_at__isnull=False).order_by("-number").first()


def draft_of(form: Form) -> FormVersion | None:
    """The version being worked on; seen by the owner's people."""
    return form.versions.filter(published_at__isnull=True).first()


def active_units(form: Form, first: date, last: date) -> QuerySet[FormUnit]:
    """Who is listed when a period begins or comes onto the list in it, in Vietnamese order."""
    lasting = Q(until__isnull=True) | Q(until__gt=first)
    found = form.units.filter(lasting, since__lte=last).select_related("organization__serves", "reports_to__serves")
    return found.prefetch_related("organization__serving_offices", "reports_to__serving_offices").order_by(
        "organization__name_key", "id"
    )
