"""What a list says on a day. Published versions are kept by each process; asking costs one query a transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from congso.kernel.catalogues.internal.snapshot import Code, Published, versions_kept
from congso.kernel.catalogues.models import Catalogue, Item, Version


def published_on(catalogue: str, day: date) -> Published | None:
    """The version in force on the day; before the first one, the first: nothing older is known."""
    versions = versions_kept(catalogue)
    for version in versions:
        if version.valid_from <= day and (version.valid_to is None or day < version.valid_to):
            return version
    return versions[-1] if versions and day < versions[-1].valid_from else None


def codes_on(catalogue: str, day: date) -> tuple[Code, ...]:
    """The codes that may be chosen on the day, in the list's order."""
    version = published_on(catalogue, day)
    return tuple(code for code in version.codes.values() if code.is_live(day)) if version else ()


def code_on(catalogue: str, code: str, day: date) -> Code | None:
    """What the code means on the day, closed or not; by another version when the day's does not have it."""
    version = published_on(catalogue, day)
    if version is not None and code in version.codes:
        return version.codes[code]
    return next((one.codes[code] for one in versions_kept(catalogue) if code in one.codes), None)


def name_of(catalogue: str, code: str, day: date) -> str:
    """The name a record of the day shows for its code; the code itself when no list has it."""
    found = code_on(catalogue, code, day)
    return found.name if found else code


def catalogues() -> QuerySet[Any]:
    """All lists by name, each with its published version of last (`last_number`, `last_from`) and size (`size`)."""
    last = Version.objects.filter(catalogue=OuterRef("pk"), state=Version.State.PUBLISHED, valid_to__isnull=True)
    sizes = last.annotate(size=Count("items"))
    found = Catalogue.objects.select_related("keeper").annotate(
        last_number=Subquery(last.values("number")[:1]),
        last_from=Subquery(last.values("valid_from")[:1]),
        size=Subquery(sizes.values("size")[:1]),
    )
    return found.order_by("name")


def versions_of(catalogue: Catalogue) -> QuerySet[Version]:
    """The list's versions, newest first; a draft only for its keepers, dropped ones for nobody's reading."""
    found = Version.objects.filter(catalogue=catalogue).exclude(state=Version.State.DROPPED)
    return found.select_related("published_by", "made_by").order_by("-number")


def draft_of(catalogue: Catalogue) -> Version | None:
    """The draft its keepers work on."""
    return Version.objects.filter(catalogue=catalogue, state=Version.State.DRAFT).select_related("catalogue").first()


def last_published(catalogue: Catalogue) -> Version | None:
    """The version published last, in force or to come."""
    found = Version.objects.filter(catalogue=catalogue, state=Version.State.PUBLISHED, valid_to__isnull=True)
    return found.select_related("catalogue").first()


def items_of(version: Version | None) -> list[Item]:
    """A version's items in their order."""
    if version is None:
        return []
    return list(Item.objects.filter(version=version).order_by("place", "code"))


def choices_on(catalogue: str, day: date) -> Iterable[tuple[str, str]]:
    """What a form's choice or a list's filter offers."""
    return [(one.code, one.name) for one in codes_on(catalogue, day)]


def version_on(catalogue: Catalogue, day: date) -> Version | None:
    """The version in force on the day, as a row with its items."""
    kept = published_on(catalogue.code, day)
    return Version.objects.filter(catalogue=catalogue, number=kept.number).first() if kept else None
