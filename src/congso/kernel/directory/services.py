"""Acts on the organization chart. They run as the owner (set-up, import) or an administrator."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from congso.kernel.directory.models import (
    Assignment,
    Organization,
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
    _write_version(organization, valid_from, valid_to)
    return organization


@transaction.atomic
def rename_organization(
    organization: Organization, *, name: str, on: date, short_name: str = "", symbol: str = ""
) -> None:
    """From the day on the organization bears another name; the old one stays on yesterday's records."""
    current = OrganizationVersion.objects.get(organization=organization, valid_to__isnull=True)
    if on <= current.valid_from:
        raise DirectoryRefused("Ngày đổi tên phải sau ngày bắt đầu của tên hiện tại.")
    OrganizationVersion.objects.filter(id=current.id).update(valid_to=on)
    organization.name, organization.short_name = name, short_name or name
    organization.symbol = symbol or organization.symbol
    organization.rekey()
    organization.save()
    _write_version(organization, on, None)


@transaction.atomic
def succeed_organizations(
    *, predecessors: Iterable[Organization], successor: Organization, on: date, decision: str
) -> None:
    """The predecessors end on the day and the successor carries on their work."""
    for predecessor in predecessors:
        Succession.objects.create(predecessor=predecessor, successor=successor, effective_on=on, decision=decision)
        Organization.objects.filter(id=predecessor.id, valid_to__isnull=True).update(valid_to=on)
        OrganizationVersion.objects.filter(organization=predecessor, valid_to__isnull=True).update(valid_to=on)


def create_person(*, full_name: str, email: str = "", phone: str = "") -> Person:
    """A person with the keys by which Vietnamese names sort."""
    person = Person(full_name=full_name, email=email, phone=phone)
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


def _write_version(organization: Organization, valid_from: date, valid_to: date | None) -> None:
    OrganizationVersion.objects.create(
        organization=organization,
        name=organization.name,
        short_name=organization.short_name,
        symbol=organization.symbol,
        parent=organization.parent,
        valid_from=valid_from,
        valid_to=valid_to,
    )
