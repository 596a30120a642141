"""The command palette (Ctrl+K, “/”): where to go, what to start, which record, as one types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.finding import find_organizations
from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of, url_of
from congso.kernel.search.queries import Hit, search
from congso.kernel.search.saving import saved_searches
from congso.kernel.search.suggesting import suggested_records
from congso.kernel.web.navigation import entries_for, quick_acts_for
from congso.lib.vietnamese import fold

RECORDS = 8
RECENT = 8
_LONGEST = 200
_NARROWINGS = 3
_SHORTEST_NAME = 3
_SESSION = "recent"


@dataclass(frozen=True)
class Option:
    """One line of the palette: where it leads, its words, and what stands beside them."""

    url: str
    icon: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class OptionGroup:
    """Lines under one heading."""

    label: str
    options: list[Option]


def remember(request: Any, record: Record) -> None:
    """The person opened the record: it stands first among the recent ones until she signs out."""
    before = recent_ids(request)
    after = [record.pk, *(pk for pk in before if pk != record.pk)][:RECENT]
    if after != before:
        request.session[_SESSION] = after


def recent_ids(request: Any) -> list[int]:
    """The records opened last in this session, newest first."""
    kept: list[int] = request.session.get(_SESSION, [])
    return kept


@login_required
@require_GET
def options(request: OfficeRequest) -> HttpResponse:
    """The lines for what was typed; for nothing typed, recent records and what one often starts."""
    typed = " ".join(request.GET.get("q", "")[:_LONGEST].split())
    groups = [
        OptionGroup(_("Hồ sơ mở gần đây"), [] if typed else _recent(request)),
        OptionGroup(_("Bắt đầu việc"), _acts(request, typed)),
        OptionGroup(_("Đi tới"), _places(request, typed)),
        OptionGroup(_("Hồ sơ"), _records(typed) if typed else []),
        OptionGroup(_("Tìm theo cơ quan, câu đã lưu"), _narrowings(request, typed) if typed else []),
    ]
    shown = [group for group in groups if group.options]
    context = {
        "groups": shown,
        "typed": typed,
        "count": sum(len(group.options) for group in shown),
        "search_url": reverse("web:search"),
    }
    return render(request, "web/_palette_options.html", context)


def _recent(request: OfficeRequest) -> list[Option]:
    ids = recent_ids(request)
    found = Record.objects.select_related("owner").in_bulk(ids)
    return [_record_option(found[pk]) for pk in ids if pk in found]


def _acts(request: OfficeRequest, typed: str) -> list[Option]:
    return [Option(url, act.icon, str(act.label)) for act, url in quick_acts_for(request) if _fits(typed, [act.label])]


def _places(request: OfficeRequest, typed: str) -> list[Option]:
    return [
        Option(url, item.icon, str(item.label), _(item.group.value))
        for item, url in entries_for(request)
        if _fits(typed, [item.label, _(item.group.value)])
    ]


def _records(typed: str) -> list[Option]:
    """Records by number, symbol or words. Who stopped inside a word is looked for without it, if that finds nothing."""
    hits = _hits(typed)
    found = {hit.record.pk: hit.record for hit in hits}
    if len(found) < RECORDS:
        found |= {record.pk: record for record in suggested_records(typed, most=RECORDS) if record.pk not in found}
    whole, _space, _begun = typed.rpartition(" ")
    if not found and whole:
        found = {hit.record.pk: hit.record for hit in _hits(whole)}
    return [_record_option(record) for record in list(found.values())[:RECORDS]]


def _hits(typed: str) -> Sequence[Hit]:
    return search(typed, limit=RECORDS, by_meaning=False, with_facets=False).rows


def _narrowings(request: OfficeRequest, typed: str) -> list[Option]:
    """Kept questions with such words, and organizations by whose name the search is narrowed."""
    page = reverse("web:search")
    kept = [
        Option(f"{page}?{one.query}", "flag", one.label, _("Câu tìm đã lưu"))
        for one in saved_searches(request.actor.id)
        if _fits(typed, [one.label])
    ]
    if len(typed) < _SHORTEST_NAME:
        return kept[:_NARROWINGS]
    found = find_organizations(typed, day=timezone.localdate(), most=_NARROWINGS)
    named = [
        Option(page + "?" + urlencode({"q": f'cơ quan: "{one.name}"'}), "building", one.name, _("Hồ sơ của cơ quan"))
        for one in found
    ]
    return [*kept, *named][: 2 * _NARROWINGS]


def _record_option(record: Record) -> Option:
    kind = type_of(record)
    note = " · ".join(part for part in (str(kind.label), record.number, record.owner.short_name) if part)
    return Option(url_of(record), kind.icon, record.title[:160], note)


def _fits(typed: str, words: Iterable[object]) -> bool:
    """Every typed word begins a word of the entry, accents or not."""
    known = fold(" ".join(str(word) for word in words)).lower().split()
    return all(any(word.startswith(wanted) for word in known) for wanted in fold(typed).lower().split())
