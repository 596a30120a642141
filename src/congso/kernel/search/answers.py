"""What a question is narrowed by, and what answers it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType, record_types
from congso.kernel.search.fields import Narrowing
from congso.kernel.search.highlights import Piece
from congso.kernel.search.models import Entry
from congso.kernel.search.reading import Reading

_SHOWN_UNITS = 10

Counted = tuple[str, str, int]
"""One bucket as the database counts: kind of facet, value, how many."""


@dataclass(frozen=True)
class Filters:
    """What narrows a question: kinds of record, owners, lead units (organization ids), years, states, days of opening.

    `marks` is a tsquery over the index tokens of issuers, signers and kinds of paper (`marks.py`).
    """

    types: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    marks: str = ""

    def as_json(self) -> str:
        """As the database takes them; what is not narrowed is left out."""
        named: dict[str, Any] = {
            "type": list(self.types),
            "owner": list(self.owners),
            "unit": list(self.units),
            "year": list(self.years),
            "state": list(self.states),
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
            "marks": self.marks,
        }
        return json.dumps({name: value for name, value in named.items() if value})

    def and_typed(self, typed: Narrowing) -> "Filters":
        """Narrowed by what was typed into the question as well."""
        marks = [f"({marks})" for marks in (self.marks, typed.marks) if marks]
        return replace(
            self,
            types=_both(self.types, typed.types),
            years=_both(self.years, typed.years),
            states=_both(self.states, typed.states),
            since=max((day for day in (self.since, typed.since) if day), default=None),
            until=min((day for day in (self.until, typed.until) if day), default=None),
            marks=" & ".join(marks),
        )


def _both(clicked: tuple[Any, ...], typed: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was clicked narrows what was typed; where they exclude each other what was typed last holds."""
    return tuple(one for one in clicked if one in typed) or clicked if clicked and typed else clicked or typed


@dataclass(frozen=True)
class Hit:
    """One record found, its title and number with what was asked for marked. Scores compare hits of one question."""

    record: Record
    type: RecordType | None
    title: tuple[Piece, ...]
    number: tuple[Piece, ...]
    score: float = 0.0
    likeness: float = 0.0
    """How near the meaning of its best passage is; 0 where that was not asked."""
    is_by_meaning_alone: bool = False


@dataclass(frozen=True)
class Bucket:
    """How many of the hits share a value; `value` is what a filter takes."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """How the hits divide, most first; years newest first; the ten first owners and units."""

    types: tuple[Bucket, ...] = ()
    owners: tuple[Bucket, ...] = ()
    units: tuple[Bucket, ...] = ()
    years: tuple[Bucket, ...] = ()


@dataclass(frozen=True)
class Results:
    """The answer: rows, facets, how many, and a sentence when the question was read otherwise than typed.

    `ranked` of the hits were put in order (newest and best titles); pages end there, and more words help more.
    """

    rows: tuple[Hit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    total: int = 0
    ranked: int = 0
    is_more: bool = False
    message: str = ""
    milliseconds: float = 0.0
    question: str = ""
    """Its words without filters."""
    reading: Reading = field(default_factory=Reading)
    """The question as it was understood, for marking and explaining."""
    by_meaning: int = 0
    """How many of the hits have none of the words and were found by meaning alone."""

    @property
    def total_label(self) -> str:
        """`1.234`, or `5.000+` when there are more than were counted."""
        return f"{self.total:,}".replace(",", ".") + ("+" if self.is_more else "")


def counted_with(counted: Iterable[Counted], extra: Iterable[Entry]) -> list[Counted]:
    """Facets with those records counted in."""
    sums: Counter[tuple[str, str]] = Counter({(kind, key): count for kind, key, count in counted})
    for entry in extra:
        sums["type", entry.type] += 1
        sums["owner", str(entry.owner_id)] += 1
        sums["year", str(entry.day.year)] += 1
        if entry.unit_id:
            sums["unit", str(entry.unit_id)] += 1
    return [(kind, key, count) for (kind, key), count in sums.items()]


def facets_of(counted: Iterable[Counted]) -> Facets:
    """The buckets with their labels."""
    buckets: dict[str, list[tuple[str, int]]] = {"type": [], "owner": [], "unit": [], "year": []}
    for kind, key, count in sorted(counted, key=lambda row: (-row[2], row[1])):
        buckets[kind].append((key, count))
    owners, units = buckets["owner"][:_SHOWN_UNITS], buckets["unit"][:_SHOWN_UNITS]
    names = _names({int(key) for key, _ in (*owners, *units)})
    types = {each.key: str(each.label) for each in record_types()}
    return Facets(
        types=tuple(Bucket(key, types.get(key, key), count) for key, count in buckets["type"]),
        owners=tuple(Bucket(key, names.get(key, key), count) for key, count in owners),
        units=tuple(Bucket(key, names.get(key, key), count) for key, count in units),
        years=tuple(Bucket(key, key, count) for key, count in sorted(buckets["year"], reverse=True)),
    )


def _names(ids: set[int]) -> dict[str, str]:
    found = Organization.objects.filter(id__in=ids).values_list("id", "short_name") if ids else ()
    return {str(key): name for key, name in found}
