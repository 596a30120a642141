"""Roles for tests of the packages above, granted as everywhere by two people."""

from datetime import date, timedelta

from django.utils import timezone

from congso.kernel.access.granting import agree_to_grant, propose_grant
from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, Person

TERM = timedelta(days=300)


def grant_role(
    role: Role,
    person: int,
    *,
    proposed_by: int,
    agreed_by: int,
    organization: int | None = None,
    on: date | None = None,
) -> Grant:
    """The person holds the role from today (or the day) on, proposed and agreed to by these two administrators."""
    starts = on or timezone.localdate()
    with acting_as(Actor.person(proposed_by)):
        request = propose_grant(
            role=role, person=Person.objects.get(pk=person), valid_from=starts, valid_to=starts + TERM, reason="Thử",
            organization=Organization.objects.get(pk=organization) if organization else None, by=proposed_by,
        )  # fmt: skip
    with acting_as(Actor.person(agreed_by)):
        return agree_to_grant(request, by=agreed_by)
