"""Reading on the screen: chapters and pages, pictures, the reader's place and notes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_POST, require_safe

from congso.apps.library import queries, services
from congso.apps.library.forms import NoteForm, PlaceForm
from congso.apps.library.models import Book, Note, Picture
from congso.apps.library.views.catalogue import shown_bytes
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Blob
from congso.kernel.files.views import answer_file, answer_page
from congso.kernel.web.asking import found_or_404, press, who
from congso.kernel.web.detail import PAGE_WIDTH, PAGES_SHOWN, FileLine, PageImage
from congso.kernel.workflow.services import Refused

_AHEAD = 2  # chapters fetched before they are opened, where the device keeps copies


@require_safe
@found_or_404
def book(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Open the book where the reader left it; the use is counted, not whose."""
    found = _readable(pk)
    services.count_use(found, "read")
    place = queries.place_of(found, request.actor.person_id)
    if found.kind == Book.Kind.PDF:
        return redirect(f"{reverse('library:pages', args=[pk])}#trang-{place.number if place else 1}")
    number = min(place.number, found.pages) if place else 1
    return redirect(f"{reverse('library:chapter', args=[pk, number])}#cho-{place.share if place else 0}")


@require_safe
@found_or_404
def chapter(request: OfficeRequest, pk: int, number: int) -> HttpResponseBase:
    """One chapter of an EPUB."""
    found = _readable(pk)
    shown = get_object_or_404(found.chapters, number=number)
    person = request.actor.person_id
    may_be_kept = bool(person) and found.may_be_taken
    if person:
        request.shown_record = found.card_id
    context = {
        "book": found, "card": found.card, "chapter": shown, "number": number,
        "previous": number - 1 if number > 1 else None, "next": number + 1 if number < found.pages else None,
        "contents": found.contents, "is_reader": bool(person), "may_be_kept": may_be_kept,
        "ahead": [one for one in range(number - 1, number + 1 + _AHEAD) if 0 < one <= found.pages and one != number],
        "everything": _everything(found) if may_be_kept else [],
        "place": queries.place_of(found, person), **_notes(request, found, number),
    }  # fmt: skip
    return render(request, "library/chapter.html", context)


@require_safe
@found_or_404
def pages(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A PDF in the portal's page viewer."""
    found = _readable(pk)
    if found.kind != Book.Kind.PDF:
        return redirect("library:book", pk)
    person = request.actor.person_id
    shown = [
        PageImage(number, reverse("library:page", args=[pk, number, PAGE_WIDTH]))
        for number in range(1, min(found.pages, PAGES_SHOWN) + 1)
    ]
    url = reverse("library:take", args=[pk]) if found.may_be_taken else ""
    if person:
        request.shown_record = found.card_id
    context = {
        "book": found, "card": found.card, "file": FileLine(found.name, url, found.size, pages=shown),
        "is_cut": found.pages > PAGES_SHOWN, "limit": PAGES_SHOWN, "is_reader": bool(person),
        "place": queries.place_of(found, person), **_notes(request, found, None),
    }  # fmt: skip
    return render(request, "library/pages.html", context)


@require_safe
@found_or_404
def page(request: OfficeRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    """A page of a PDF as a picture."""
    found = _readable(pk)
    if found.kind != Book.Kind.PDF:
        raise Http404
    if request.actor.person_id:
        request.shown_record = found.card_id
    return answer_page(request, shown_bytes(found), number, width)


@require_safe
@found_or_404
def picture(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """A picture of an EPUB, under a policy that lets nothing in it act."""
    found = _readable(pk)
    shown = get_object_or_404(Picture, book=found, key=key)
    if request.actor.person_id:
        request.shown_record = found.card_id
    blob = Blob(sha256=shown.sha256, media_type="image/webp", size=0)
    return answer_file(request, blob, f"{key}.webp", as_attachment=False)


@require_safe
@found_or_404
def take(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The file itself, where the librarian lets readers have it."""
    found = _readable(pk)
    if not found.may_be_taken:
        raise Http404
    services.count_use(found, "taken")
    return answer_file(request, shown_bytes(found), found.name, as_attachment=True)


@login_required
@require_POST
@found_or_404
def keep_place(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Where the reader is; told by her device, which may have been away meanwhile."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _t("Không có chỗ này trong sách.")}, status=422)
    said = form.cleaned_data
    try:
        place = services.keep_place(
            queries.book_of(pk), number=said["number"], share=said["share"], by=request.actor, at=_moment(said["at"])
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse({"number": place.number, "share": place.share, "at": int(place.at.timestamp() * 1000)})


@login_required
@require_POST
@found_or_404
def write_note(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A note at the place shown."""
    found, form = _readable(pk), NoteForm(request.POST)
    number = form.cleaned_data.get("number") if form.is_valid() else None
    back = _address(found, number or 1)
    if number is None:
        messages.error(request, _t("Hãy viết nội dung ghi chú."))
        return redirect(back)
    said = form.cleaned_data | {"share": form.cleaned_data["share"] or 0}
    return press(request, lambda: services.write_note(found, **said, **who(request)), _t("Đã ghi chú."), back)


@login_required
@require_POST
def drop_note(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A note its writer no longer wants."""
    note = get_object_or_404(Note.objects.select_related("book__card"), pk=pk, person_id=request.actor.id)
    back = _address(note.book, note.number) if request.POST.get("ve") == "sach" else reverse("library:notes")
    services.drop_note(note, by=request.actor)
    messages.success(request, _t("Đã xóa ghi chú."))
    return redirect(back)


@login_required
@require_GET
def notes(request: OfficeRequest) -> HttpResponse:
    """All one's notes, the newest first."""
    rows = list(queries.notes_of(request.actor.id)[: queries.MOST_SHOWN])
    shown = [(note, _address(note.book, note.number, note.share)) for note in rows]
    return render(request, "library/notes.html", {"notes": shown})


def _notes(request: OfficeRequest, found: Book, number: int | None) -> dict[str, Any]:
    if not request.actor.person_id:
        return {}
    rows = queries.notes_of(request.actor.id, found)
    shown = list((rows.filter(number=number) if number else rows)[: queries.MOST_SHOWN])
    return {"notes": shown, "note_form": NoteForm(initial={"number": number or 1, "share": 0})}


def _everything(found: Book) -> list[str]:
    """The addresses a device fetches to hold the whole book."""
    chapters = [reverse("library:chapter", args=[found.pk, number]) for number in range(1, found.pages + 1)]
    keys = found.pictures.order_by("id").values_list("key", flat=True)
    return [*chapters, *(reverse("library:picture", args=[found.pk, key]) for key in keys)]


def _address(found: Book, number: int, share: int = 0) -> str:
    if found.kind == Book.Kind.PDF:
        return f"{reverse('library:pages', args=[found.pk])}#trang-{number}"
    return f"{reverse('library:chapter', args=[found.pk, number])}#cho-{share}"


def _moment(milliseconds: int | None) -> datetime:
    """The device's moment, never ahead of ours: a clock that runs fast would hold the place for good."""
    now = timezone.now()
    if not milliseconds:
        return now
    told = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    return told if now - timedelta(days=60) < told < now else now


def _readable(pk: int) -> Book:
    """A book that can be opened. Raises Book.DoesNotExist."""
    found = queries.book_of(pk)
    if not found.is_readable:
        raise Book.DoesNotExist
    return found
