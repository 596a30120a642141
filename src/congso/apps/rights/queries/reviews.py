"""The list one organization reviews, and how far a campaign is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.apps.rights.models import Campaign, Decision, UnitReview
from congso.kernel.access.models import Delegation, Grant
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Assignment, Organization, valid_on

MOST_RIGHTS = 500
MOST_UNITS = 100


@dataclass(frozen=True)
class Right:
    """One line of the list: what somebody holds here today, and what was decided about it."""

    kind: Decision.Kind
    target_id: int
    holder: str
    words: str
    decision: Decision | None = None

    @property
    def sentence(self) -> str:
        """The line as it is kept with a decision."""
        return f"{self.holder}: {self.words}"[:500]


def rights_of(campaign: Campaign, organization: Organization, day: date) -> list[Right]:
    """Posts with holders, stand-ins, roles of the people and administrations of the organization. Four queries."""
    decided = {(one.kind, one.target_id): one for one in decisions_of(campaign, organization)}
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization=organization)
    assignments = list(held.select_related("post", "person").order_by("post__rank", "post_id", "id")[:MOST_RIGHTS])
    lent = Delegation.objects.filter(post__organization=organization, valid_from__lte=day, valid_to__gt=day)
    theirs = Q(person__in={one.person_id for one in assignments}) | Q(organization=organization)
    granted = Grant.objects.filter(valid_on(day), theirs).select_related("person", "organization")
    rows = [
        *((Decision.Kind.ASSIGNMENT, one.pk, one.person.full_name, _post_words(one)) for one in assignments),
        *(
            (
                Decision.Kind.DELEGATION,
                one.pk,
                one.person.full_name,
                f"thay {one.post.name} ({one.work}), {one.valid_from:%d/%m/%Y} – {one.last_day:%d/%m/%Y}, {one.reason}",
            )
            for one in lent.select_related("post", "person").order_by("id")[:MOST_RIGHTS]
        ),
        *(
            (Decision.Kind.GRANT, one.pk, one.person.full_name, _grant_words(one))
            for one in granted.order_by("id")[:MOST_RIGHTS]
        ),
    ]
    return [Right(kind, pk, who, words, decided.get((kind, pk))) for kind, pk, who, words in rows]


def decisions_of(campaign: Campaign, organization: Organization) -> list[Decision]:
    """What was decided for the organization in the review, in order."""
    rows = Decision.objects.filter(campaign=campaign, organization=organization)
    return list(rows.select_related("decided_by", "done_by").order_by("id"))


def review_of(campaign: Campaign, organization: Organization) -> UnitReview | None:
    """The organization's confirmation, once it is given."""
    return (
        UnitReview.objects.filter(campaign=campaign, organization=organization).select_related("confirmed_by").first()
    )


def units_on(day: date) -> QuerySet[Organization]:
    """The organizations with people on the day: those that have something to review."""
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization=OuterRef("pk"))
    return Organization.objects.filter(valid_on(day)).filter(Exists(held)).order_by("name_key", "id")


def with_progress(units: QuerySet[Organization], campaign: Campaign) -> QuerySet[Organization]:
    """Each with `is_confirmed`."""
    confirmed = UnitReview.objects.filter(campaign=campaign, organization=OuterRef("pk"))
    return units.annotate(is_confirmed=Exists(confirmed))


def open_first(units: QuerySet[Organization], campaign: Campaign) -> QuerySet[Organization]:
    """The same, those that have not confirmed first."""
    confirmed = UnitReview.objects.filter(campaign=campaign, organization=OuterRef("pk"))
    return with_progress(units, campaign).order_by(Exists(confirmed).asc(), "name_key", "id")


def own_units(principals: Iterable[int], campaign: Campaign, day: date) -> list[Organization]:
    """The organizations the person leads, and those directly below them, with their progress."""
    led = {
        pk
        for kind, pk, function in map(describe, principals)
        if kind is Kind.OFFICE and function in (Function.LEADERS, Function.CHIEFS)
    }
    if not led:
        return []
    return list(with_progress(units_on(day).filter(Q(pk__in=led) | Q(parent__in=led)), campaign)[:MOST_UNITS])


def waiting_revocations(campaign: Campaign) -> list[Decision]:
    """Revocations decided that nobody has carried out yet, oldest first."""
    rows = Decision.objects.filter(campaign=campaign, verdict="revoke", done_at__isnull=True)
    return list(rows.select_related("organization", "decided_by").order_by("id")[:MOST_UNITS])


def _post_words(held: Assignment) -> str:
    acting = f", {held.get_kind_display().lower()}" if held.kind == Assignment.Kind.ACTING else ""
    return f"{held.post.name} ({held.post.work}){acting}, từ {held.valid_from:%d/%m/%Y}"


def _grant_words(grant: Grant) -> str:
    scope = f" {grant.organization.short_name}" if grant.organization else ""
    until = f"đến hết {grant.last_day:%d/%m/%Y}" if grant.last_day else "không thời hạn"
    return f"vai trò {grant.role_name}{scope}, {until}, {grant.reason}"
