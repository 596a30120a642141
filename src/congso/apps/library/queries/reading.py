"""Books, the reader's own places and notes, and figures of use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from congso.apps.library.models import Book, Card, Note, Place, Readers, Usage, Work
from congso.apps.library.rules.counting import folded, folded_sum
from congso.kernel.records.models import Record

MOST_SHOWN = 200


def books_of(card: Card) -> list[Book]:
    """The card's books, in the order they came."""
    return list(card.books.exclude(state=Book.State.REMOVED).order_by("id"))


def book_of(pk: int) -> Book:
    """A book the asker may read. Raises Book.DoesNotExist."""
    found: Book = Book.objects.select_related("card__collection").exclude(state=Book.State.REMOVED).get(pk=pk)
    return found


def place_of(book: Book, person: int | None) -> Place | None:
    """Where the reader is."""
    return Place.objects.filter(book=book, person_id=person).first() if person else None


def places_of(person: int, *, most: int = 6) -> list[Place]:
    """What the reader reads now, the latest first; books she may no longer read are left out by the database."""
    found = Place.objects.filter(person_id=person, book__state=Book.State.READY)
    return list(found.select_related("book__card").order_by("-at")[:most])


def notes_of(person: int, book: Book | None = None) -> QuerySet[Note]:
    """The reader's notes: of one book in its order, of all the newest first."""
    found = Note.objects.filter(person_id=person).select_related("book__card")
    return found.filter(book=book).order_by("number", "share", "id") if book else found.order_by("-at")


def may_stay_on_devices(record: Record) -> bool:
    """Whether pages of the work may stay on a reader's device: what is open to all of staff or to everybody, and
    whose file may be taken home; never what is for listed bodies alone."""
    work = Work.objects.select_related("collection").filter(pk=record.pk).first()
    if work is None or work.state != "available" or work.collection.readers == Readers.LISTED:
        return False
    return not Book.objects.filter(card_id=work.pk, may_be_taken=False).exists()


@dataclass(frozen=True)
class MonthRow:
    """Figures of a month, a collection or a work as they are told: None stands for “fewer than five”."""

    label: str
    read: int | None
    taken: int | None
    lent: int | None


def _rows(found: Iterable[tuple[str, str, int]]) -> list[MonthRow]:
    told: dict[str, dict[str, int]] = {}
    for label, kind, count in found:
        told.setdefault(label, {})[kind] = count
    return [
        MonthRow(label, *(folded(kinds.get(kind, 0)) for kind in ("read", "taken", "lent")))
        for label, kinds in told.items()
    ]


def usage_by_month(libraries: Iterable[int], since: date) -> list[MonthRow]:
    """Use of the libraries' works month by month, latest first."""
    found = Usage.objects.filter(card__library__in=libraries, month__gte=since).order_by("-month")
    counted = found.values_list("month", "kind").annotate(total=Sum("count"))
    return _rows((f"{month:%m/%Y}", kind, total) for month, kind, total in counted)


def usage_by_collection(libraries: Iterable[int], since: date) -> list[MonthRow]:
    """Use by collection. A sum from which one small part would follow is told rounded."""
    found = Usage.objects.filter(card__library__in=libraries, month__gte=since).order_by("card__collection__name")
    parts: dict[tuple[str, str], list[int]] = {}
    for name, kind, total in (
        found.values_list("card__collection__name", "kind", "card")
        .annotate(total=Sum("count"))
        .values_list("card__collection__name", "kind", "total")
    ):
        parts.setdefault((name, kind), []).append(total)
    names = list(dict.fromkeys(name for name, _kind in parts))
    return [
        MonthRow(name, *(folded_sum(parts.get((name, kind), [])) for kind in ("read", "taken", "lent")))
        for name in names
    ]


def usage_by_work(libraries: Iterable[int], since: date) -> list[MonthRow]:
    """The most used works, the figures of small ones folded."""
    found = Usage.objects.filter(card__library__in=libraries, month__gte=since)
    most = found.values("card").annotate(total=Sum("count")).order_by("-total", "card")[:50]
    order = [row["card"] for row in most]
    counted = found.filter(card__in=order).values_list("card", "card__title", "kind").annotate(total=Sum("count"))
    by_card = sorted(counted, key=lambda row: order.index(row[0]))
    told: dict[int, tuple[str, dict[str, int]]] = {}
    for card, title, kind, total in by_card:
        told.setdefault(card, (title, {}))[1][kind] = total
    return [
        MonthRow(title, *(folded(kinds.get(kind, 0)) for kind in ("read", "taken", "lent")))
        for title, kinds in told.values()
    ]
