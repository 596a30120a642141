"""Reading on the screen: uses counted without names, the reader's place and notes, which are hers alone."""

from datetime import datetime

from django.db import connection
from django.db.models import Q

from congso.apps.library.models import Book, Note, Place
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import NotYours, Refused
from congso.lib.vietnamese import clean_text

MOST_NOTES = 2_000


def count_use(book: Book, kind: str) -> None:
    """One more use of the work this month; nobody's name goes with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.library_count(%s, %s)", [book.card_id, kind])


def keep_place(book: Book, *, number: int, share: int, by: Actor, at: datetime) -> Place:
    """Where the reader is now, at her device's moment: an older moment than the one kept changes nothing, so that a
    device that was away does not lead her back. Raises NotYours for visitors, Refused: no such place."""
    if by.person_id is None:
        raise NotYours("Hãy đăng nhập để giữ chỗ đang đọc.")
    if not (1 <= number <= max(1, book.pages) and 0 <= share <= 1000):
        raise Refused("Không có chỗ này trong sách.")
    place, is_new = Place.objects.get_or_create(
        book=book, person_id=by.person_id, defaults={"number": number, "share": share, "at": at}
    )
    if not is_new and place.at < at:
        Place.objects.filter(Q(at__lt=at), pk=place.pk).update(number=number, share=share, at=at)
        place.refresh_from_db()
    return place


def write_note(book: Book, *, number: int, share: int, quote: str, text: str, by: Actor, at: datetime) -> Note:
    """A note at a place of the book, for its writer alone. Raises NotYours for visitors, Refused: no words."""
    if by.person_id is None:
        raise NotYours("Hãy đăng nhập để ghi chú.")
    words = clean_text(text).strip()[:5000]
    if not words:
        raise Refused("Hãy viết nội dung ghi chú.")
    if not (1 <= number <= max(1, book.pages) and 0 <= share <= 1000):
        raise Refused("Không có chỗ này trong sách.")
    if Note.objects.filter(person_id=by.person_id, book=book).count() >= MOST_NOTES:
        raise Refused("Sách này đã có quá nhiều ghi chú.")
    return Note.objects.create(
        book=book, person_id=by.person_id, number=number, share=share, quote=clean_text(quote).strip()[:1000],
        text=words, at=at,
    )  # fmt: skip


def drop_note(note: Note, *, by: Actor) -> None:
    """The writer no longer wants it; it is hers, so it is gone."""
    Note.objects.filter(pk=note.pk, person_id=by.id).delete()
