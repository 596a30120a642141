"""What a record is called when it lies in a dossier, and after which of its acts filing rules are tried.

A system announces it for its records in its manifest (`filable`); for others what the spine knows must do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from congso.kernel.records.models import Record


@dataclass(frozen=True)
class FiledFacts:
    """The columns of the list of documents (mục lục văn bản), as the record has them.

    `type_key` is a code of the list `document_types`; `source` is “in”, “out” or empty for work inside the office.
    """

    title: str
    type_key: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    pages: int = 0
    source: str = ""
    is_electronic: bool = True


@dataclass(frozen=True)
class Filable:
    """How records of a type are filed: their facts, and the acts of their flow after which rules may file them."""

    record_type: str
    facts: Callable[[Any], FiledFacts]
    after: frozenset[str] = frozenset()


_filable: dict[str, Filable] = {}


def register_filable(filables: Iterable[Filable]) -> None:
    """Announce how records are filed; done once at start-up by the manifests."""
    for one in filables:
        _filable[one.record_type] = one


def filable(record_type: str) -> Filable | None:
    """How records of this type are filed, if their system says."""
    return _filable.get(record_type)


def facts_of(record: Record) -> FiledFacts:
    """What the list of documents says of the record; `record` may be the spine's row."""
    known = filable(record.type)
    return known.facts(record) if known else _facts_on_the_spine(record)


def _facts_on_the_spine(record: Record) -> FiledFacts:
    return FiledFacts(title=record.title, number=record.number, issued_on=record.opened_on, issuer=record.owner.name)
