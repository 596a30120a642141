"""The catalogue: collections, cards, works."""

from collections.abc import Collection as Held
from collections.abc import Mapping
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from congso.apps.library.models import Book, Card, Collection, Contribution, Copy, Work
from congso.apps.library.rules.numbers import NoIsbn, isbn13
from congso.apps.library.rules.searching import asked_words
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.files.queries import text_of

NARROWED_BY = ("bst", "chu-de", "tac-gia", "ngon-ngu", "loai")
"""Parameters the catalogue can be narrowed by: collection, heading, author, language, kind."""
_MOST_INDEXED = 2_000_000


def keeping_for(held: Held[int], day: date) -> QuerySet[Organization]:
    """Organizations whose library somebody with these principals keeps."""
    told = (describe(principal) for principal in held)
    own = {pk for kind, pk, function in told if kind is Kind.OFFICE and function == Function.ARCHIVISTS}
    return organizations_on(day).filter(pk__in=own).exclude(kind="unit")


def collections() -> QuerySet[Collection]:
    """The collections one may read, in their order."""
    return Collection.objects.order_by("position", "name", "id")


def kept_collections(libraries: QuerySet[Organization]) -> QuerySet[Collection]:
    """The collections of these libraries."""
    return Collection.objects.filter(library__in=libraries).select_related("library").order_by("position", "name", "id")


def cards() -> QuerySet[Card]:
    """What is open to the asker: never joined with the library's own tables, which visitors do not see."""
    parts = Prefetch("contributions", Contribution.objects.select_related("author"))
    books = Prefetch("books", Book.objects.filter(state=Book.State.READY).order_by("id").defer("contents"))
    found = Card.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return found.select_related("collection").prefetch_related(parts, books).defer("words")


def new_cards() -> QuerySet[Card]:
    """The newest first."""
    return cards().order_by("-published_at", "-work")


def narrowed(found: QuerySet[Card], words: str, by: Mapping[str, str]) -> QuerySet[Card]:
    """Those that hold every typed word, with or without accents, or have the typed ISBN; and narrowed as asked."""
    plain = asked_words(words)
    if plain:
        found = found.filter(Q(words=SearchQuery(plain, config="simple")) | _of_isbn(words))
    numbers = {name: int(told) for name, told in by.items() if told.isascii() and told.isdigit() and len(told) < 10}
    if "bst" in numbers:
        found = found.filter(collection_id=numbers["bst"])
    if "chu-de" in numbers:
        found = found.filter(subjects__heading_id=numbers["chu-de"])
    if "tac-gia" in numbers:
        found = found.filter(Exists(Contribution.objects.filter(card=OuterRef("pk"), author_id=numbers["tac-gia"])))
    if (language := by.get("ngon-ngu", "")[:3]).isalpha():
        found = found.filter(language=language)
    match by.get("loai"):
        case "doc":
            found = found.filter(Exists(Book.objects.filter(card=OuterRef("pk"), state=Book.State.READY)))
        case "giay":
            found = found.filter(Exists(Copy.objects.filter(card=OuterRef("pk")).exclude(state="withdrawn")))
    return found


def _of_isbn(words: str) -> Q:
    try:
        number = isbn13(words[:40])
    except NoIsbn:
        return Q(pk__in=())
    return Q(isbn=number) if number else Q(pk__in=())


def card_of(pk: int) -> Card:
    """One card the asker may see, open or kept by her. Raises Card.DoesNotExist."""
    parts = Prefetch("contributions", Contribution.objects.select_related("author"))
    rows = Card.objects.select_related("collection").prefetch_related(parts, "headings").defer("words")
    found: Card = rows.get(pk=pk)
    return found


def works() -> QuerySet[Work]:
    """Works as records, for who keeps them."""
    return Work.objects.select_related("owner", "collection", "card")


def work_of(pk: int) -> Work:
    """One work as a record. Raises Work.DoesNotExist."""
    found: Work = works().prefetch_related("owner__serving_offices").get(pk=pk)
    return found


def search_text(work: Work) -> str:
    """What the portal's search finds a work by, beyond its title: the card's words and the text of its books."""
    card = Card.objects.prefetch_related("contributions__author", "headings").get(pk=work.pk)
    names = [one.author.name for one in card.contributions.all()]
    told = [
        card.subtitle, card.statement, card.publisher, card.series, card.isbn, card.summary, *names,
        *(one.label for one in card.headings.all()),
    ]  # fmt: skip
    return "\n".join([*(part for part in told if part), text_of(work, limit=_MOST_INDEXED)])
