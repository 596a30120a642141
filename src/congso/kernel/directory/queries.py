"""What can be asked of the organization chart, always as of a day."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from congso.kernel.directory.models import (
    Assignment,
    Organization,
    OrganizationVersion,
    Person,
    Succession,
    valid_on,
)


def organizations_on(day: date) -> QuerySet[Organization]:
    """Organizations that exist on the day, in Vietnamese order of their names."""
    return Organization.objects.filter(valid_on(day)).order_by("name_key", "id")


def offices_on(day: date) -> QuerySet[Organization]:
    """Organizations with a registry of their own on the day."""
    return organizations_on(day).filter(is_office=True)


def name_on(organization: Organization, day: date) -> str:
    """The name the organization bore on the day; its first or present one outside its life."""
    version = OrganizationVersion.objects.filter(valid_on(day), organization=organization).first()
    return version.name if version else organization.name


def units_of(office: Organization, day: date) -> QuerySet[Organization]:
    """What an office's leaders may direct within: its own units, and those of the committee it serves."""
    superiors = [office.pk, *([office.serves_id] if office.serves_id else [])]
    return organizations_on(day).filter(parent_id__in=superiors).exclude(pk=office.pk)


def office_of(organization: Organization, day: date | None = None) -> Organization | None:
    """The office whose registry serves this organization on the day: itself, the one serving it, or its superior's."""
    on = day or timezone.localdate()
    found: Organization | None = organization
    while found is not None and not found.is_office:
        found = found.serving_offices.filter(valid_on(on), is_office=True).first() or found.parent
    return found


def assignments_of(person_id: int, day: date) -> QuerySet[Assignment]:
    """The posts a person holds on the day, highest first."""
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), person_id=person_id)
    return held.select_related("post__organization__parent").order_by("post__rank", "id")


def people_in(organization: Organization, day: date, functions: Iterable[str] = ()) -> QuerySet[Person]:
    """People who hold a post in the organization on the day, optionally with one of the functions."""
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization=organization)
    wanted = list(functions)
    if wanted:
        held = held.filter(post__functions__overlap=wanted)
    return Person.objects.filter(id__in=held.values("person_id")).order_by("name_key", "id")


def title_of(person_id: int, day: date) -> str:
    """“Name, post” as papers and the timeline print it on the day. One query."""
    highest = Subquery(assignments_of(person_id, day).values("post__name")[:1])
    name, post = Person.objects.annotate(highest=highest).values_list("full_name", "highest").get(id=person_id)
    return name if post is None else f"{name}, {post}"


def successors_of(organization: Organization) -> list[Organization]:
    """Who carries on an organization's work today, following mergers of mergers."""
    found: list[Organization] = []
    rows = Succession.objects.filter(predecessor=organization).select_related("successor")
    for row in rows.order_by("id"):
        later = successors_of(row.successor)
        found.extend(later or [row.successor])
    return found


def ids_below(organization: Organization) -> list[int]:
    """The organization and everything that stands below it on the chart of today. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE down(id) AS (SELECT %s::bigint UNION"
            " SELECT o.id FROM directory_organization o JOIN down ON o.parent_id = down.id) SELECT id FROM down",
            [organization.pk],
        )
        return [row[0] for row in cursor.fetchall()]
