"""Catalogue records in and out by files."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.library import queries, services
from congso.apps.library.forms import ImportForm
from congso.apps.library.models import Card, Contribution, ImportRun
from congso.apps.library.services.importing import HEADS, rows_of
from congso.apps.library.services.marc import marc_bytes, marc_record, marc_xml
from congso.apps.library.views.keeping import libraries_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.web.asking import fill, posted, who
from congso.lib.csv_tables import csv_lines

MOST_EXPORTED = 20_000


@login_required
@require_http_methods(["GET", "POST"])
def take_in(request: OfficeRequest) -> HttpResponseBase:
    """A file of records; what was taken in before."""
    libraries = libraries_of(request)
    keys = [one.pk for one in libraries]
    kept = queries.kept_collections(Organization.objects.filter(pk__in=keys))
    form = ImportForm(posted(request), request.FILES or None, collections=kept)
    runs = ImportRun.objects.filter(library__in=keys).defer("content", "refusals").order_by("-id")[:20]
    return fill(
        request, form, title=_t("Nhập biểu ghi"), act=_t("Nhập"), icon="upload", template="library/import.html",
        do=lambda f: services.start_import(
            f.cleaned_data["file"], name=f.cleaned_data["file"].name or "", collection=f.cleaned_data["collection"],
            **who(request),
        ),
        done=lambda run: reverse("library:import-run", args=[run.pk]), back_url=reverse("library:works"), runs=runs,
    )  # fmt: skip


@login_required
@require_GET
def run(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """How far a file is, and what of it was refused; as a table to mend and bring again (`?format=csv`)."""
    found = get_object_or_404(
        ImportRun.objects.select_related("collection", "job").defer("content"), pk=pk, library__in=libraries_of(request)
    )
    if request.GET.get("format") == "csv":
        heads = ("Dòng, biểu ghi", "Nhan đề", "Lý do")
        answer = HttpResponse("".join(csv_lines(heads, found.refusals)), content_type="text/csv")
        answer["Content-Disposition"] = f'attachment; filename="khong-nhan-{pk}.csv"'
        return answer
    return render(request, "library/import_run.html", {"run": found, "refusals": found.refusals[:200]})


@login_required
@require_GET
def export(request: OfficeRequest, form: str) -> HttpResponseBase:
    """The whole catalogue of one's libraries as MARC21, MARCXML or CSV."""
    parts = Prefetch("contributions", Contribution.objects.select_related("author"))
    found = Card.objects.filter(library__in=libraries_of(request), withdrawn_at__isnull=True).defer("words")
    cards = found.prefetch_related(parts, "headings", "copies").order_by("pk")[:MOST_EXPORTED].iterator(chunk_size=500)
    match form:
        case "csv":
            body, kind, name = "".join(csv_lines(HEADS, rows_of(cards))).encode(), "text/csv", "muc-luc.csv"
        case "xml":
            body, kind, name = b"".join(_xml(cards)), "application/marcxml+xml", "muc-luc.xml"
        case _:
            body, kind, name = b"".join(_marc(cards)), "application/marc", "muc-luc.mrc"
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _marc(cards: Iterator[Card]) -> Iterator[bytes]:
    for card in cards:
        yield marc_bytes(marc_record(card, [one.number for one in card.copies.all() if one.state != "withdrawn"]))


def _xml(cards: Iterator[Card]) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8"?><collection xmlns="http://www.loc.gov/MARC21/slim">'
    for card in cards:
        yield marc_xml(marc_record(card, [one.number for one in card.copies.all() if one.state != "withdrawn"]))
    yield b"</collection>"
