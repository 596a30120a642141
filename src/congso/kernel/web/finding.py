"""The search page: one box over every system, with how the hits divide."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words
from congso.kernel.search.queries import PAGE, Bucket, Filters, search

PAGES = 50
_FACETS = (
    ("type", _("Loại"), "types"),
    ("owner", _("Cơ quan"), "owners"),
    ("unit", _("Đơn vị chủ trì"), "units"),
    ("year", _("Năm"), "years"),
)


@dataclass(frozen=True)
class FacetValue:
    """One way to narrow the answer; a chosen one leads back to the answer without it."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One question the hits are divided by."""

    label: Words
    values: list[FacetValue]


@login_required
@require_GET
def find(request: OfficeRequest) -> HttpResponse:
    """Search over every record the person may see: accents or not, symbols, quotation marks."""
    params = request.GET
    page = _page(params)
    results = search(params.get("q", ""), filters=_filters(params), offset=(page - 1) * PAGE)
    last = min(PAGES, -(-results.ranked // PAGE))
    context = {
        "results": results,
        "facets": [
            Facet(label, _values(params, name, getattr(results.facets, group)))
            for name, label, group in _FACETS
            if getattr(results.facets, group)
        ],
        "is_narrowed": any(params.get(name) for name, _label, _group in _FACETS),
        "whole_url": f"?{urlencode({'q': params.get('q', '')})}",
        "page": page,
        "last": last,
        "previous_url": _url(params, page=page - 1) if page > 1 else "",
        "next_url": _url(params, page=page + 1) if page < last else "",
    }
    return render(request, "web/search.html", context)


def _page(params: QueryDict) -> int:
    asked = params.get("page", "1")
    return min(max(int(asked), 1), PAGES) if asked.isascii() and asked.isdigit() else 1


def _numbers(params: QueryDict, name: str) -> tuple[int, ...]:
    given = (value for value in params.getlist(name) if value.isascii() and value.isdigit())
    return tuple(int(value) for value in given if len(value) < 10)


def _filters(params: QueryDict) -> Filters:
    return Filters(
        types=tuple(params.getlist("type")),
        owners=_numbers(params, "owner"),
        units=_numbers(params, "unit"),
        years=_numbers(params, "year"),
    )


def _values(params: QueryDict, name: str, buckets: Iterable[Bucket]) -> list[FacetValue]:
    chosen = params.getlist(name)
    return [
        FacetValue(
            bucket.label,
            bucket.count,
            _url(params, **{name: "" if bucket.value in chosen else bucket.value}),
            bucket.value in chosen,
        )
        for bucket in buckets
    ]


def _url(params: QueryDict, **changes: str | int) -> str:
    kept = {name: value for name, value in params.items() if name != "page"} | changes
    return f"?{urlencode({name: value for name, value in kept.items() if value})}"
