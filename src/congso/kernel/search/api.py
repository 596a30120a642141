from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema

from congso.kernel.search.queries import PAGE, Bucket, Filters, Hit, search

router = Router()


class Found(Schema):
    """One record, as far as a list needs it."""

    id: int
    type: str
    number: str
    title: str
    state: str
    owner: str
    opened_on: str
    url: str


class Facet(Schema):
    """How many hits share a value."""

    value: str
    label: str
    count: int


class Answer(Schema):
    """The best hits, how many there are (`is_more`: more than counted) and how they divide."""

    rows: list[Found]
    total: int
    is_more: bool
    message: str
    types: list[Facet]
    owners: list[Facet]
    units: list[Facet]
    years: list[Facet]


class Question(Schema):
    """Words and what narrows them."""

    q: str
    type: list[str] = []
    owner: list[int] = []
    unit: list[int] = []
    year: list[int] = []
    limit: int = PAGE
    offset: int = 0


@router.get("/", response=Answer)
def find(request: HttpRequest, question: Query[Question]) -> dict[str, Any]:
    """Tìm trong mọi hồ sơ người gọi được xem, kèm số lượng theo loại, cơ quan, đơn vị, năm."""
    filters = Filters(tuple(question.type), tuple(question.owner), tuple(question.unit), tuple(question.year))
    found = search(question.q, filters=filters, limit=question.limit, offset=question.offset)
    facets = found.facets
    return {
        "rows": [_row(hit) for hit in found.rows],
        "total": found.total,
        "is_more": found.is_more,
        "message": found.message,
        "types": _buckets(facets.types),
        "owners": _buckets(facets.owners),
        "units": _buckets(facets.units),
        "years": _buckets(facets.years),
    }


def _row(hit: Hit) -> dict[str, Any]:
    record = hit.record
    return {
        "id": record.pk,
        "type": record.type,
        "number": record.number,
        "title": record.title,
        "state": record.state,
        "owner": record.owner.short_name,
        "opened_on": record.opened_on.isoformat(),
        "url": reverse(hit.type.url_name, args=[record.pk]) if hit.type else "",
    }


def _buckets(buckets: tuple[Bucket, ...]) -> list[dict[str, Any]]:
    return [{"value": each.value, "label": each.label, "count": each.count} for each in buckets]
