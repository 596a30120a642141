"""Who looked at a person's data, and the rows of a person in a declared place."""

from typing import Any

from django.db.models import Q, QuerySet

from congso.kernel.personal.declared import model_of
from congso.kernel.personal.models import Disclosure
from congso.lib.personal import PersonalData


def disclosures_to(person_id: int) -> QuerySet[Disclosure]:
    """Who else saw the acting person's data, the latest first; the database gives her only rows that concern her."""
    found = Disclosure.objects.filter(Q(subject=person_id) | Q(subject=None)).exclude(viewer=person_id)
    return found.select_related("organization").order_by("-last_at", "-id")


def rows_of(declared: PersonalData, person_id: int) -> QuerySet[Any]:
    """The person's rows in a declared place, as far as the acting person sees them; none where nobody is in the
    directory."""
    rows = model_of(declared)._default_manager.order_by("pk")
    if not declared.subject:
        return rows.none()
    wanted = f"person:{person_id}" if declared.subject == "actor" else person_id
    return rows.filter(**{declared.subject: wanted})
