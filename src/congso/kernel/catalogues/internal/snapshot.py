"""Each process keeps the published lists in memory, list by list, and reads one anew when the token has changed.

The token is asked once a transaction (one row by key): a page that names fifty types costs one question. What was
published inside the transaction is forgotten with it when it is rolled back.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from congso.kernel.catalogues.models import Catalogue, Item, Revision, Version


@dataclass(frozen=True)
class Code:
    """One code as a version has it."""

    code: str
    name: str
    parent: str
    place: int
    attributes: dict[str, Any]
    valid_from: date | None
    valid_to: date | None
    replaced_by: str

    def is_live(self, day: date) -> bool:
        """Whether it may be chosen on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Published:
    """One published version: in force from a day to the next one's."""

    number: int
    valid_from: date
    valid_to: date | None
    source: str
    codes: dict[str, Code]


_kept: dict[str, tuple[UUID, tuple[Published, ...]]] = {}


def versions_kept(catalogue: str) -> tuple[Published, ...]:
    """The list's published versions, newest first; empty for a list that does not exist."""
    token = _token()
    held = _kept.get(catalogue)
    if held is None or held[0] != token:
        _kept[catalogue] = held = (token, _read(catalogue))
    return held[1]


def forget_token() -> None:
    """A list was just published here: the next question asks again."""
    connection.run_on_commit = [one for one in connection.run_on_commit if not isinstance(one[1], _Asked)]


class _Asked:
    """The token as this transaction saw it, kept where Django forgets what belongs to a transaction when it ends."""

    def __init__(self, token: UUID) -> None:
        self.token = token

    def __call__(self) -> None:
        """Nothing to do at the end."""


def _token() -> UUID:
    for _savepoints, hook, *_ in connection.run_on_commit:
        if isinstance(hook, _Asked):
            return hook.token
    token: UUID = Revision.objects.values_list("token", flat=True).get(id=1)
    if connection.in_atomic_block:
        transaction.on_commit(_Asked(token))
    return token


def _read(catalogue: str) -> tuple[Published, ...]:
    found = Catalogue.objects.filter(code=catalogue).first()
    if found is None:
        return ()
    versions = Version.objects.filter(catalogue=found, state=Version.State.PUBLISHED).order_by("-number")
    codes: dict[int, dict[str, Code]] = {version.pk: {} for version in versions}
    for item in Item.objects.filter(version__in=codes).order_by("place", "code").iterator(2000):
        codes[item.version_id][item.code] = Code(
            item.code, item.name, item.parent_code, item.place, item.attributes, item.valid_from, item.valid_to,
            item.replaced_by,
        )  # fmt: skip
    return tuple(
        Published(one.number, one.valid_from, one.valid_to, one.source, codes[one.pk])
        for one in versions
        if one.valid_from is not None
    )
