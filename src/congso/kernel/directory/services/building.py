"""The stones of the organization chart, laid without a journal: set-up and the tests' world, run as the owner."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from congso.kernel.directory.models import (
    Assignment,
    ChartEvent,
    CodeScheme,
    Organization,
    OrganizationCode,
    OrganizationVersion,
    Person,
    Post,
    Succession,
    valid_on,
)


class DirectoryRefused(Exception):
    """The organization chart forbids the act; the message says why, in Vietnamese."""


@transaction.atomic
def found_organization(
    *,
    code: str,
    kind: str,
    name: str,
    valid_from: date,
    short_name: str = "",
    symbol: str = "",
    parent: Organization | None = None,
    serves: Organization | None = None,
    layout_profile: str = "PARTY",
    official_code: str = "",
    is_office: bool = True,
    valid_to: date | None = None,
) -> Organization:
    """An organization begins to exist, with the first version of its name."""
    organization = Organization(
        code=code,
        kind=kind,
        name=name,
        short_name=short_name or name,
        symbol=symbol,
        parent=parent,
        serves=serves,
        layout_profile=layout_profile,
        official_code=official_code,
        is_office=is_office,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    organization.rekey()
    organization.save(force_insert=True)
    version_of(organization, valid_from, valid_to).save(force_insert=True)
    if official_code:
        _keep_official_code(organization)
    return organization


def _keep_official_code(organization: Organization) -> None:
    """The official code stands among its codes too; an heir's is closed for who bore it before."""
    value = organization.official_code
    scheme = CodeScheme.objects.get(key="administrative" if value.isdigit() else "national")
    borne = OrganizationCode.objects.filter(scheme=scheme, value=value, valid_to__isnull=True)
    borne.filter(valid_from__lt=organization.valid_from).update(valid_to=organization.valid_from)
    OrganizationCode.objects.create(
        organization=organization, scheme=scheme, value=value,
        valid_from=organization.valid_from, valid_to=organization.valid_to,
    )  # fmt: skip


@transaction.atomic
def rename_organization(
    organization: Organization,
    *,
    name: str,
    on: date,
    short_name: str = "",
    symbol: str = "",
    event: ChartEvent | None = None,
) -> None:
    """From the day on the organization bears another name; the old one stays on yesterday's records."""
    current = OrganizationVersion.objects.get(organization=organization, valid_to__isnull=True)
    if on <= current.valid_from:
        raise DirectoryRefused("Ngày đổi tên phải sau ngày bắt đầu của tên hiện tại.")
    OrganizationVersion.objects.filter(pk=current.pk).update(valid_to=on)
    renamed = continued(current, on, event)
    renamed.name, renamed.short_name, renamed.symbol = name, short_name or name, symbol or current.symbol
    renamed.rekey()
    renamed.save(force_insert=True)
    bring_into_force()
    organization.refresh_from_db()


@transaction.atomic
def succeed_organizations(
    *,
    predecessors: Iterable[Organization],
    successor: Organization,
    on: date,
    decision: str,
    event: ChartEvent | None = None,
) -> None:
    """The predecessors end on the day and the successor carries on their work."""
    ended = list(predecessors)
    Succession.objects.bulk_create(
        Succession(predecessor=one, successor=successor, effective_on=on, decision=decision, event=event)
        for one in ended
    )
    end_organizations([one.pk for one in ended], on=on)


def end_organizations(ids: Iterable[int], *, on: date) -> None:
    """They end on the day, and with them their last names."""
    ended = list(ids)
    Organization.objects.filter(pk__in=ended, valid_to__isnull=True).update(valid_to=on)
    OrganizationVersion.objects.filter(organization__in=ended, valid_to__isnull=True).update(valid_to=on)
    codes = OrganizationCode.objects.filter(organization__in=ended, valid_from__lt=on, valid_to__isnull=True)
    codes.update(valid_to=on)


def bring_into_force() -> int:
    """Let every organization show the name and superior of today; returns how many changed. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.carry_chart()")
        return int(cursor.fetchone()[0])


def create_person(*, full_name: str, email: str = "", phone: str = "", code: str = "") -> Person:
    """A person with the keys by which Vietnamese names sort."""
    person = Person(full_name=full_name, email=email, phone=phone, code=code)
    person.rekey()
    person.save(force_insert=True)
    return person


def create_post(
    *, organization: Organization, name: str, functions: Iterable[str], valid_from: date, rank: int = 100
) -> Post:
    """A post of the organization. Everybody who holds one is staff."""
    held = sorted({"staff", *functions})
    return Post.objects.create(organization=organization, name=name, functions=held, valid_from=valid_from, rank=rank)


def appoint(person: Person, *, post: Post, on: date, kind: str = Assignment.Kind.HOLDER) -> Assignment:
    """The person holds the post from the day on."""
    return Assignment.objects.create(person=person, post=post, valid_from=on, kind=kind)


def relieve(person: Person, *, post: Post, on: date) -> None:
    """The person no longer holds the post from the day on; access ends with it."""
    held = Assignment.objects.filter(valid_on(on), person=person, post=post)
    if not held.update(valid_to=on):
        raise DirectoryRefused(f"{person} không giữ chức vụ {post} vào ngày {on:%d/%m/%Y}.")


def version_of(organization: Organization, valid_from: date, valid_to: date | None = None) -> OrganizationVersion:
    """The version, not yet stored, that keeps the organization's present name and superior for the period."""
    version = OrganizationVersion(organization=organization, parent=organization.parent, valid_from=valid_from)
    version.name, version.short_name, version.symbol = organization.name, organization.short_name, organization.symbol
    version.valid_to = valid_to
    version.rekey()
    return version


def continued(version: OrganizationVersion, on: date, event: ChartEvent | None) -> OrganizationVersion:
    """The version, not yet stored, that follows another one from the day on and says the same until changed."""
    following = OrganizationVersion(
        organization_id=version.organization_id, parent_id=version.parent_id, valid_from=on, event=event
    )
    following.name, following.short_name, following.symbol = version.name, version.short_name, version.symbol
    following.rekey()
    return following
