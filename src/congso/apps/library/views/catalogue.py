"""The catalogue: found, looked at. Visitors see what is for everybody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from congso.apps.library import queries
from congso.apps.library.forms import BookForm
from congso.apps.library.models import Author, Book, Card, Heading, Hold
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Blob
from congso.kernel.files.queries import uploads_of
from congso.kernel.files.views import answer_file
from congso.kernel.web.asking import found_or_404
from congso.kernel.web.detail import acts_of
from congso.kernel.web.palette import remember
from congso.kernel.workflow.services import possible_transitions

SHOWN = 24
KINDS = (("doc", _("Đọc trên màn hình")), ("giay", _("Có bản giấy")))
LANGUAGES = {"vie": _("Tiếng Việt"), "eng": _("Tiếng Anh"), "fre": _("Tiếng Pháp"), "rus": _("Tiếng Nga"),
             "chi": _("Tiếng Trung"), "hmn": _("Tiếng Mông"), "tyz": _("Tiếng Tày")}  # fmt: skip


def language_name(code: str) -> Any:
    """The language in words where it is a usual one."""
    return LANGUAGES.get(code, code)


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """What one may read, by words, collection, heading, author, language and kind."""
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    by = {name: request.GET.get(name, "")[:20].replace("\x00", "") for name in queries.NARROWED_BY}
    found = queries.narrowed(queries.new_cards(), words, by)
    page = _page(request)
    rows = list(found[(page - 1) * SHOWN : page * SHOWN + 1])
    person = request.actor.person_id
    context = {
        "rows": rows[:SHOWN], "has_more": len(rows) > SHOWN, "page": page, "words": words, "by": by, "kinds": KINDS,
        "collections": list(queries.collections()[:100]), "languages": LANGUAGES.items(), "language": by["ngon-ngu"],
        "narrowed_to": _narrowed_to(by), "is_narrowed": bool(words or any(by.values())),
        "reading": queries.places_of(person) if person and not words else [],
    }  # fmt: skip
    return render(request, "library/index.html", context)


@require_safe
@found_or_404
def card(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One work: its card, books to read, copies; for who keeps it, what may be done with it."""
    found = queries.card_of(pk)
    person = request.actor.person_id
    kept = _kept(request, found)
    context = {
        "card": found, "language": language_name(found.language), "books": queries.books_of(found),
        "copies": queries.shelf_of(found), "waiting": queries.queue_of(found) if person else 0,
        "is_reader": bool(person),
        "hold": Hold.objects.filter(card=found, reader_id=person, state__in=Hold.OPEN).first() if person else None,
        **kept,
    }  # fmt: skip
    if person:
        request.shown_record = found.pk
    return render(request, "library/card.html", context)


@require_safe
@found_or_404
def cover(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The card's cover."""
    found = queries.card_of(pk)
    if not found.cover:
        raise Http404
    if request.actor.person_id:
        request.shown_record = pk
    blob = Blob(sha256=found.cover, media_type="image/jpeg", size=0)
    return answer_file(request, blob, "bia.jpg", as_attachment=False)


def shown_bytes(book: Book) -> Blob:
    """The bytes of a book as the files' answers take them. The book's own row has decided that they may be read; the
    row of the bytes is not for visitors."""
    media_type = "application/pdf" if book.kind == Book.Kind.PDF else "application/epub+zip"
    return Blob(sha256=book.sha256, media_type=media_type, size=book.size, pages=book.pages)


def _kept(request: OfficeRequest, found: Card) -> dict[str, Any]:
    """What a librarian of the work sees besides."""
    work = queries.works().prefetch_related("owner__serving_offices").filter(pk=found.pk).first()
    if work is None or not request.actor.person_id:
        return {"is_keeper": False}
    remember(request, work)
    keys = {one.key for one in possible_transitions(work, held=request.principals)}
    if not keys:
        return {"is_keeper": False, "work": work}
    acts = [one for one in acts_of(request, work, url_name="library:act", primary="publish") if one.key != "edit"]
    uploads = uploads_of(request.actor.id).filter(details__record=found.pk).exclude(state="ready")[:20]
    return {
        "is_keeper": True, "work": work, "record": work, "acts": acts, "may_edit": "edit" in keys,
        "book_form": BookForm(),
        "uploads": list(uploads), "timeline": list(work.timeline.order_by("-at", "-id")[:20]),
    }  # fmt: skip


def _narrowed_to(by: dict[str, str]) -> list[tuple[str, Any]]:
    """What an address narrows to that no field of the form shows, with the parameter to take off."""
    told: list[tuple[str, Any]] = []
    for name, model in (("chu-de", Heading), ("tac-gia", Author)):
        if by[name].isascii() and by[name].isdigit() and len(by[name]) < 10:
            told.append((name, model.objects.filter(pk=int(by[name])).first() or by[name]))
    return told


def _page(request: OfficeRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
