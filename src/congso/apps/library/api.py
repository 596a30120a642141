"""REST of the library: the catalogue one may read, its files, one's own loans; and the catalogue as OPDS for an
e-reader that brings a personal token (as the password of a basic header).
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.library import queries, services
from congso.apps.library.models import Book, Card
from congso.apps.library.services.feeds import SEARCH, Addresses, search_description
from congso.apps.library.services.shelves import MOST_PAGES, TITLE, NoShelf, feed
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Blob
from congso.kernel.files.views import answer_file

router = Router()
_BASE = "/api/v1/library/"


class LibraryCardOut(Schema):
    """A work as the catalogue tells it."""

    id: int
    title: str
    subtitle: str
    authors: list[str]
    publisher: str
    year: int | None
    language: str
    isbn: str
    collection: str
    summary: str

    @staticmethod
    def resolve_id(card: Card) -> int:
        """The work's number."""
        return int(card.pk)

    @staticmethod
    def resolve_authors(card: Card) -> list[str]:
        """The names, in their order on the title page."""
        return [one.author.name for one in card.contributions.all()]

    @staticmethod
    def resolve_collection(card: Card) -> str:
        """The collection's name."""
        return card.collection.name


class LibraryFilter(Schema):
    """What the catalogue is narrowed to."""

    q: str = Field("", max_length=200)
    collection: int | None = None


class LibraryLoanOut(Schema):
    """A copy one has at home."""

    id: int
    number: str
    title: str
    due_on: date
    renewals: int


@router.get("/works", response=list[LibraryCardOut])
@paginate(LimitOffsetPagination)
def list_works(request: OfficeRequest, narrow: Query[LibraryFilter]) -> Any:
    """Works one may read, newest first."""
    by = {"bst": str(narrow.collection)} if narrow.collection else {}
    return queries.narrowed(queries.new_cards(), narrow.q, by)


@router.get("/works/{pk}", response=LibraryCardOut)
def get_work(request: OfficeRequest, pk: int) -> Card:
    """One work."""
    return get_object_or_404(queries.cards(), pk=pk)


@router.get("/works/{pk}/cover")
def get_cover(request: OfficeRequest, pk: int) -> Any:
    """Its cover as JPEG."""
    card = get_object_or_404(queries.cards(), pk=pk)
    if not card.cover:
        raise Http404
    blob = Blob(sha256=card.cover, media_type="image/jpeg", size=0)
    return answer_file(request, blob, "bia.jpg", as_attachment=False)


@router.get("/books/{pk}/file")
def get_file(request: OfficeRequest, pk: int) -> Any:
    """The file, where readers may take it."""
    book = queries.book_of(pk)
    if not (book.is_readable and book.may_be_taken):
        raise Http404
    services.count_use(book, "taken")
    media_type = "application/pdf" if book.kind == Book.Kind.PDF else "application/epub+zip"
    blob = Blob(sha256=book.sha256, media_type=media_type, size=book.size, pages=book.pages)
    return answer_file(request, blob, book.name, as_attachment=True)


@router.get("/loans", response=list[LibraryLoanOut])
def my_loans(request: OfficeRequest) -> Any:
    """What one has at home."""
    return [
        {
            "id": one.pk, "number": one.copy.number, "title": one.card.title, "due_on": one.due_on,
            "renewals": one.renewals,
        }
        for one in queries.loans_of(request.actor.id)
    ]  # fmt: skip


@router.get("/opds/", operation_id="library_opds_root")
def opds_root(request: OfficeRequest) -> HttpResponse:
    """The catalogue's root as an OPDS feed."""
    return _feed(request, "", "", 1)


@router.get("/opds/search-description", operation_id="library_opds_description")
def opds_description(request: OfficeRequest) -> HttpResponse:
    """How an e-reader searches."""
    template = f"{request.build_absolute_uri(_BASE + 'opds/')}tim/?q={{searchTerms}}"
    return HttpResponse(search_description(TITLE, template), content_type=f"{SEARCH};charset=utf-8")


@router.get("/opds/bo-suu-tap/{number}/", operation_id="library_opds_collection")
def opds_collection(request: OfficeRequest, number: int, trang: int = 1) -> HttpResponse:
    """One collection's works as an OPDS feed."""
    return _feed(request, f"bo-suu-tap/{number}", "", trang)


@router.get("/opds/{name}/", operation_id="library_opds_feed")
def opds_feed(request: OfficeRequest, name: str, q: str = "", trang: int = 1) -> HttpResponse:
    """The newest works (`moi`), the collections (`bo-suu-tap`) or what is found (`tim`) as an OPDS feed."""
    return _feed(request, name, q, trang)


def _feed(request: HttpRequest, name: str, words: str, page: int) -> HttpResponse:
    try:
        body, kind = feed(
            name, _addresses(request), words=words[:200], page=min(max(1, page), MOST_PAGES), at=timezone.now()
        )
    except NoShelf as missing:
        raise Http404 from missing
    return HttpResponse(body, content_type=f"{kind};charset=utf-8")


def _addresses(request: HttpRequest) -> Addresses:
    base = request.build_absolute_uri(_BASE)
    return Addresses(
        host=request.get_host().partition(":")[0], root=f"{base}opds/", search=f"{base}opds/search-description",
        work=request.build_absolute_uri("/thu-vien/tl/%d/"), cover=f"{base}works/%d/cover", file=f"{base}books/%d/file",
    )  # fmt: skip
