"""Cases, with what their flow asks about them."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet, Sum, prefetch_related_objects

from congso.apps.procedures.flow import OPEN
from congso.apps.procedures.models import Case, Satisfaction
from congso.apps.procedures.rules import mean_score
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import organizations_on, people_in

_PARTS = ("steps__organization__serving_offices", "papers", "owner__serving_offices", "unit__serving_offices")
_OFFICE_WORK = (Function.CLERKS, Function.CHIEFS, Function.LEADERS)
LEAST_ANSWERS = 5  # fewer would tell who said what


def cases() -> QuerySet[Case]:
    """Every case one may see, with what lists show."""
    return Case.objects.select_related("owner", "unit", "handler", "publication")


def case_of(pk: int) -> Case:
    """One case with its parts at hand, so that the flow asks nothing more. Raises Case.DoesNotExist."""
    case = cases().get(pk=pk)
    gather(case)
    return case


def gather(case: Case) -> None:
    """(Re)read the parts, after they changed."""
    for name in ("steps", "papers"):
        getattr(case, "_prefetched_objects_cache", {}).pop(name, None)
    prefetch_related_objects([case], *_PARTS)


def mine(found: QuerySet[Case], person_id: int) -> QuerySet[Case]:
    """What the person herself applied for."""
    return found.filter(applicant_id=person_id)


def of_my_bodies(found: QuerySet[Case], held: Collection[int]) -> QuerySet[Case]:
    """What lies at the desks and with the bodies the person works for, and what she is in charge of."""
    told = [describe(principal) for principal in held]
    offices = {pk for kind, pk, function in told if kind is Kind.OFFICE and function in _OFFICE_WORK}
    own = {pk for kind, pk, _function in told if kind is Kind.PERSON}
    served = Organization.objects.filter(serving_offices__in=offices).values("pk")
    return found.exclude(state="draft", applicant__isnull=False).filter(
        Q(owner__in=offices) | Q(unit__in=offices) | Q(owner__in=served) | Q(unit__in=served) | Q(handler__in=own)
    )


def overdue(found: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Open cases past their promised day whose clock runs."""
    return found.filter(state__in=OPEN, due_on__lt=today).exclude(state__in=("awaiting_additions", "paused"))


def people_for(organization: Organization, day: date) -> list[Person]:
    """Who may be put in charge: people of the body, of its units and of the office serving it."""
    units = organizations_on(day).filter(Q(parent=organization, kind="unit") | Q(serves=organization))
    found = {person.pk: person for one in (organization, *units) for person in people_in(one, day)}
    return sorted(found.values(), key=lambda person: person.name_key)


def satisfaction_of(code: str) -> tuple[int, float | None]:
    """How many answered about a procedure and the mean, which is None while too few did."""
    rows = Satisfaction.objects.filter(code=code).values("score").order_by("score").annotate(given=Sum(F("answers")))
    counts = [(row["score"], row["given"]) for row in rows]
    return sum(number for _score, number in counts), mean_score(counts, LEAST_ANSWERS)
