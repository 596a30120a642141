"""The search page: one box over every system, the places that answer, how the hits divide, questions one keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words, record_types, url_of
from congso.kernel.search.answers import Bucket, Hit
from congso.kernel.search.explaining import Found, Place, explained
from congso.kernel.search.highlights import Piece
from congso.kernel.search.models import SavedSearch
from congso.kernel.search.queries import PAGE, search
from congso.kernel.search.saving import (
    ASKED,
    Question,
    SearchRefused,
    forget_search,
    save_search,
    saved_searches,
    stop_watching,
    watch_search,
)
from congso.kernel.search.texts import state_words
from congso.kernel.web.views import error_page
from congso.lib.document_types import DOCUMENT_TYPES

PAGES = 50
_FACETS = (
    ("type", _("Loại"), "types"),
    ("owner", _("Cơ quan"), "owners"),
    ("unit", _("Đơn vị chủ trì"), "units"),
    ("year", _("Năm"), "years"),
)
# Fields of the form “Tìm kỹ hơn”, and the words by which the same is typed.
TYPED = (
    ("loai", "loại", _("Loại văn bản")),
    ("co_quan", "cơ quan", _("Cơ quan ban hành")),
    ("don_vi", "đơn vị", _("Đơn vị")),
    ("nguoi_ky", "người ký", _("Người ký")),
    ("trang_thai", "trạng thái", _("Trạng thái")),
    ("tu", "từ", _("Từ ngày")),
    ("den", "đến", _("Đến ngày")),
    ("tai", "tại", _("Tại ngày")),
)
_LONGEST_FIELD = 200


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


@dataclass(frozen=True)
class PlaceLine:
    """A passage that answers, and where it opens."""

    pieces: Sequence[Piece]
    where: str
    url: str


@dataclass(frozen=True)
class Line:
    """One record of the page."""

    hit: Hit
    url: str
    places: list[PlaceLine]
    why: Sequence[str]
    copies: list[tuple[Hit, str]]


@login_required
@require_GET
def find(request: OfficeRequest) -> HttpResponse:
    """Search over every record the person may see: accents or not, symbols, quotation marks, filters, meanings."""
    params = request.GET
    if any(params.get(name) for name, _word, _label in TYPED):
        return redirect(f"{reverse('web:search')}?{urlencode({'q': _with_fields(params)})}")
    page = _page(params)
    asked = Question.of(params)
    results = search(asked.words, filters=asked.filters, offset=(page - 1) * PAGE)
    last = min(PAGES, -(-results.ranked // PAGE))
    kept = list(saved_searches(request.actor.id))
    address = _address(params)
    context = {
        "results": results,
        "lines": [_line(found) for found in explained(results)],
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
        "fields": [(name, label, _suggested(name)) for name, _word, label in TYPED],
        "kept": kept,
        "kept_here": next((one for one in kept if one.query == address), None),
        "address": [(name, value) for name in ASKED for value in params.getlist(name) if value],
    }
    return render(request, "web/search.html", context)


@login_required
@require_POST
def save(request: OfficeRequest) -> HttpResponse:
    """Keep the question the page shows; with `watch`, tell each morning what is new in it."""
    try:
        save_search(request.POST, by=request.actor, at=timezone.now(), is_watching=bool(request.POST.get("watch")))
    except SearchRefused as refusal:
        return error_page(400, _now("Chưa lưu được"), str(refusal), back_url=reverse("web:search"))
    return redirect(f"{reverse('web:search')}?{_address(request.POST)}")


@login_required
@require_POST
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Watch a kept question, stop watching it, or keep it no more; what is not one's own does not exist."""
    saved = get_object_or_404(SavedSearch, pk=pk, person_id=request.actor.id)
    act = request.POST.get("act", "")
    if act == "watch":
        watch_search(saved, at=timezone.now())
    elif act == "rest":
        stop_watching(saved)
    elif act == "forget":
        forget_search(saved)
    return redirect(f"{reverse('web:search')}?{saved.query}" if act in {"watch", "rest"} else reverse("web:search"))


def _with_fields(params: QueryDict) -> str:
    """The question with what the form's fields say typed behind it."""
    said = " ".join(params.get("q", "").split())
    for name, word, _label in TYPED:
        value = " ".join(params.get(name, "").replace('"', " ").split())[:_LONGEST_FIELD]
        if value:
            said = f'{said} {word}: "{value}"'.strip()
    return said


def _suggested(name: str) -> list[str]:
    """What may stand in a field of the form."""
    if name == "loai":
        return [str(kind.label) for kind in record_types()] + [kind.name for kind in DOCUMENT_TYPES]
    return state_words() if name == "trang_thai" else []


def _line(found: Found) -> Line:
    url = url_of(found.hit.record)
    return Line(
        found.hit,
        url,
        [PlaceLine(place.pieces, _where(place), _place_url(url, place)) for place in found.places],
        found.why,
        [(copy, url_of(copy.record)) for copy in found.copies],
    )


def _where(place: Place) -> str:
    page = _now("trang %(page)d") % {"page": place.page} if place.page else ""
    return ", ".join(part for part in (place.clause, page) if part)


def _place_url(url: str, place: Place) -> str:
    """The record's page, its viewer open at the page of the passage."""
    return f"{url}?tep={place.file}#trang-{place.page}" if place.file and place.page else url


def _page(params: QueryDict) -> int:
    asked = params.get("page", "1")
    return min(max(int(asked), 1), PAGES) if asked.isascii() and asked.isdigit() else 1


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


def _address(params: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in ASKED:
        kept.setlist(name, [value for value in params.getlist(name) if value])
    return kept.urlencode()
