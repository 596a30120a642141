"""Looking through the lines of the journal; one line with its place in the book and its proof."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.apps.security import queries
from congso.apps.security.forms import Narrowing
from congso.apps.security.views.requests import auditors_only
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.journal.models import Entry
from congso.kernel.journal.printing import grouped
from congso.kernel.journal.proving import NotProvable, checkpoint_over, proof_file
from congso.kernel.records.models import Record
from congso.kernel.records.types import url_of
from congso.kernel.web.htmx import render_page

_QUESTIONS = ("tu", "den", "to-chuc", "nguoi", "viec", "ho-so")


@auditors_only
@require_GET
def listed(request: OfficeRequest) -> HttpResponse:
    """A page of lines, narrowed by day, organization, act, person, record."""
    asked = Narrowing.of(request.GET)
    page = queries.page_of(
        asked.apply(), older_than=request.GET.get("truoc", ""), newer_than=request.GET.get("sau", "")
    )
    context = _shown(request, asked, page) | {"acts": queries.known_acts(), "tab": "entries"}
    return render_page(request, "security/entries.html", "security/_entries.html", context)


@auditors_only
@require_GET
def printed(request: OfficeRequest) -> HttpResponse:
    """The same lines on paper, from the place of the page on."""
    asked = Narrowing.of(request.GET)
    page = queries.page_of(asked.apply(), older_than=request.GET.get("truoc", ""), size=queries.PRINTED)
    context = _shown(request, asked, page) | {"most": queries.PRINTED, "printed_at": timezone.now()}
    return render(request, "security/entries_printed.html", context)


@auditors_only
@require_GET
def entry(request: OfficeRequest, pk: int) -> HttpResponse:
    """One line: what it says, where it stands, which checkpoint closes it."""
    found = get_object_or_404(Entry, pk=pk)
    seal = queries.seal_of(found)
    record = Record.objects.filter(pk=found.record_id).first() if found.record_id else None
    context = {
        "entry": found,
        "words": queries.act_words().get(found.act, ""),
        "chain": queries.chain_names([found.organization_id]).get(found.organization_id, ""),
        "facts": json.dumps(found.facts, ensure_ascii=False, indent=2) if found.facts else "",
        "seal": seal,
        "digest": grouped(seal.digest) if seal else "",
        "previous": grouped(seal.previous) if seal else "",
        "checkpoint": checkpoint_over(seal) if seal else None,
        "record": record,
        "record_url": url_of(record) if record else "",
        "tab": "entries",
    }
    return render(request, "security/entry.html", context)


@auditors_only
@require_GET
def proof(request: OfficeRequest, pk: int) -> HttpResponse:
    """The proof of one line, to be checked by tools/verify_journal.py or anybody."""
    seal = queries.seal_of(get_object_or_404(Entry, pk=pk))
    try:
        text = proof_file(seal) if seal else ""
    except NotProvable:
        text = ""
    if not text:
        messages.error(request, _("Dòng này chưa được biên bản nào chốt; chờ lần chốt sổ sắp tới."))
        return redirect("security:entry", pk)
    return download(text, f"chung-minh-{pk}.json")


def download(text: str, name: str) -> HttpResponse:
    """A JSON file to keep."""
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(request: OfficeRequest, asked: Narrowing, page: queries.Page) -> dict[str, Any]:
    names = queries.chain_names(one.organization_id for one in page.entries)
    words = queries.act_words()
    rows = [
        (
            one,
            names.get(one.organization_id, f"#{one.organization_id}"),
            words.get(one.act, ""),
            _address(request, {"ho-so": str(one.record_id)}),
        )
        for one in page.entries
    ]
    return {
        "asked": asked,
        "page": page,
        "rows": rows,
        "open_choices": [
            (what, choice.typed, [(pk, name, _address(request, {key: f"#{pk} {name}"})) for pk, name in choice.options])
            for key, what, choice in (
                ("to-chuc", _("cơ quan"), asked.organization),
                ("nguoi", _("người"), asked.person),
            )
            if choice.is_open
        ],
        "older_url": _address(request, {"truoc": page.older}),
        "newer_url": _address(request, {"sau": page.newer}),
        "print_url": reverse("security:entries_printed") + _address(request, {"truoc": request.GET.get("truoc", "")}),
        "list_url": reverse("security:entries") + _address(request, {}),
    }


def _address(request: OfficeRequest, changes: dict[str, str]) -> str:
    """The question put with one change; it begins at the newest line unless the change says where."""
    kept = {name: request.GET[name] for name in _QUESTIONS if request.GET.get(name)} | changes
    return "?" + urlencode({name: value for name, value in kept.items() if value})
