"""REST for published documents: what the caller may read, as of a day."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.party_papers import queries
from congso.apps.party_papers.queries import Related
from congso.kernel.accounts.requests import OfficeRequest

router = Router()


class EditionOut(Schema):
    """A published document as lists give it."""

    id: int
    symbol: str
    title: str
    document_type: str
    issuer_name: str
    issued_on: date
    effective_from: date
    effective_to: date | None
    volume: str
    readers: str


class PassageOut(Schema):
    """A piece of the text with its address, and what was done to it by the day."""

    anchor: str
    label: str
    depth: int
    text: str
    done: str


class RelationOut(Schema):
    """What one document does to another; an end the caller may not read has no id."""

    bond: str
    direction: str
    other: int | None
    symbol: str
    target_anchor: str
    effective_on: date


class EditionDetailOut(EditionOut):
    """The whole document as it stands on the day."""

    day: date
    effect: str
    passages: list[PassageOut]
    relations: list[RelationOut]


class EditionFilter(Schema):
    """What a list is narrowed to."""

    q: str = Field("", max_length=200)
    document_type: str = Field("", max_length=60)


@router.get("/editions", response=list[EditionOut])
@paginate(LimitOffsetPagination)
def list_editions(request: OfficeRequest, narrow: Query[EditionFilter]) -> Any:
    """Documents one may read, newest first."""
    found = queries.narrowed(queries.editions(), narrow.q)
    return found.filter(document_type=narrow.document_type) if narrow.document_type else found


@router.get("/editions/{pk}", response=EditionDetailOut)
def get_edition(request: OfficeRequest, pk: int, day: date | None = None) -> dict[str, Any]:
    """One document with its text, its standing on the day (today when left out) and its relations."""
    one = get_object_or_404(queries.editions(), pk=pk)
    on = day or timezone.localdate()
    standing = queries.standings([one], on)[one.pk]
    outgoing, incoming = queries.relations_of(one)
    passages = queries.passages_of(one)
    return {
        **EditionOut.from_orm(one).dict(), "day": on, "effect": standing.effect.value,
        "passages": [
            {"anchor": row.anchor, "label": row.label, "depth": row.depth, "text": row.text,
             "done": standing.passages.get(row.anchor, "")}
            for row in passages
        ],
        "relations": [
            *(_related(row, "out", row.relation.target_symbol) for row in outgoing),
            *(_related(row, "in", "") for row in incoming),
        ],
    }  # fmt: skip


def _related(row: Related, direction: str, symbol: str) -> dict[str, Any]:
    relation, other = row.relation, row.other
    return {
        "bond": relation.bond, "direction": direction, "other": other.pk if other else None,
        "symbol": other.symbol if other else symbol, "target_anchor": relation.target_anchor,
        "effective_on": relation.effective_on,
    }  # fmt: skip
