"""Cataloguing: collections with their readers, works with their cards."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Func, Value
from django.utils import timezone

from congso.apps.library.flow import librarian_principals
from congso.apps.library.models import (
    RECORD_TYPE,
    Author,
    Card,
    Collection,
    Contribution,
    Heading,
    Readers,
    Subject,
    Work,
)
from congso.apps.library.rules.numbers import NoIsbn, isbn13
from congso.apps.library.rules.searching import author_key, is_body_name, search_words, title_key
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on, title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start
from congso.lib.vietnamese import clean_line, clean_text, fold, sort_key

MOST_NAMES = 50
_LINES = {
    "title": 1000, "subtitle": 1000, "statement": 1000, "edition": 200, "published_in": 200, "publisher": 300,
    "extent": 200, "series": 300, "classification": 60, "call_number": 80,
}  # fmt: skip


@dataclass(frozen=True)
class CardFacts:
    """What a librarian says of a work. `contributions` are (name, part), `headings` labels."""

    title: str
    subtitle: str = ""
    statement: str = ""
    edition: str = ""
    published_in: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = "vie"
    isbn: str = ""
    extent: str = ""
    series: str = ""
    classification: str = ""
    call_number: str = ""
    summary: str = ""
    contributions: Sequence[tuple[str, str]] = ()
    headings: Sequence[str] = ()


def check_librarian(library: Organization) -> None:
    """Raises NotYours unless the running transaction's actor keeps the library."""
    if not current_principals() & librarian_principals(library):
        raise NotYours(f"Bạn không phải cán bộ thư viện của {library.short_name}.")


def note_act(
    act_name: str, *, library: Organization, by: Actor, at: datetime, record_id: int | None = None, **facts: Any
) -> None:
    """One journal line of the library. It never names a reader: the journal outlives what is kept about them."""
    label = title_of(by.person_id, timezone.localdate(at)) if by.person_id else "Hệ thống"
    write_entry(
        act=f"library.{act_name}", actor=str(by), actor_label=label, at=at, organization_id=library.pk,
        record_id=record_id, facts=facts,
    )  # fmt: skip


@dataclass(frozen=True)
class CollectionFacts:
    """A collection and for whom it is."""

    name: str
    readers: str = Readers.STAFF
    description: str = ""
    position: int = 100
    listed: Sequence[Organization] = ()


@transaction.atomic
def found_collection(facts: CollectionFacts, *, library: Organization, by: Actor, at: datetime) -> Collection:
    """A new collection. Raises NotYours, Refused (a name twice, listed bodies missing)."""
    check_librarian(library)
    try:
        with transaction.atomic():
            made = Collection.objects.create(library=library, **_collection_columns(facts))
    except IntegrityError:
        raise Refused("Thư viện đã có bộ sưu tập tên này.") from None
    note_act(
        "found_collection", library=library, by=by, at=at, collection=made.pk, name=made.name, readers=made.readers
    )
    return made


@transaction.atomic
def change_collection(collection: Collection, facts: CollectionFacts, *, by: Actor, at: datetime) -> int:
    """Another name, order or other readers. Readers change for every work at once, in the portal's search too; returns
    for how many works."""
    check_librarian(collection.library)
    for name, told in _collection_columns(facts).items():
        setattr(collection, name, told)
    try:
        with transaction.atomic():
            collection.save(update_fields=list(_collection_columns(facts)))
    except IntegrityError:
        raise Refused("Thư viện đã có bộ sưu tập tên này.") from None
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.library_regrant(%s)", [collection.pk])
        reached = int(cursor.fetchone()[0])
    note_act(
        "change_collection", library=collection.library, by=by, at=at, collection=collection.pk,
        readers=collection.readers, works=reached,
    )  # fmt: skip
    return reached


def _collection_columns(facts: CollectionFacts) -> dict[str, Any]:
    if facts.readers == Readers.LISTED and not facts.listed:
        raise Refused("Hãy ghi các cơ quan được đọc bộ sưu tập.")
    listed = sorted(one.pk for one in facts.listed) if facts.readers == Readers.LISTED else []
    return {
        "name": clean_line(facts.name)[:200], "readers": facts.readers, "position": facts.position,
        "description": clean_line(facts.description)[:1000], "listed": listed, "bodies": _bodies(listed),
    }  # fmt: skip


def _bodies(listed: Sequence[int]) -> list[int]:
    """The principals of listed bodies: staff and leaders of each and of its units today."""
    units = organizations_on(timezone.localdate()).filter(parent__in=listed, kind="unit").values_list("pk", flat=True)
    return sorted({office(pk, function) for pk in {*listed, *units} for function in (Function.STAFF, Function.LEADERS)})


def catalogue_work(facts: CardFacts, *, collection: Collection, by: Actor, at: datetime) -> Work:
    """Begin a work in the catalogue; readers do not see it yet. Raises NotYours, Refused."""
    check_librarian(collection.library)
    columns = card_columns(facts)
    work = Work(
        type=RECORD_TYPE, owner=collection.library, collection=collection, title=columns["title"],
        number=columns["call_number"], opened_on=timezone.localdate(at),
    )  # fmt: skip
    with start(work, by=by, at=at, label="Biên mục") as move:
        card = Card(work=work, collection=collection, library=collection.library, changed_at=at, **columns)
        card.words = _vector(facts)
        card.save(force_insert=True)
        _name_parts(card, facts)
        move.facts |= {"collection": collection.pk, "isbn": card.isbn}
        index_record(work)
    return work


def edit_work(work: Work, facts: CardFacts, *, collection: Collection, by: Actor, at: datetime) -> None:
    """Change a card; in another collection the work has that one's readers from now on. Raises NotYours, Refused."""
    if collection.library_id != work.owner_id:
        raise Refused("Bộ sưu tập thuộc thư viện khác.")
    columns = card_columns(facts)
    with act(work, "edit", by=by, at=at) as move:
        card = work.card
        for name, told in columns.items():
            setattr(card, name, told)
        card.collection, card.changed_at, card.words = collection, at, _vector(facts)
        card.save(update_fields=[*columns, "collection", "changed_at", "words"])
        card.contributions.all().delete()
        card.subjects.all().delete()
        _name_parts(card, facts)
        work.title, work.number, work.collection = columns["title"], columns["call_number"], collection
        work.save(update_fields=["title", "number", "collection"])
        move.facts |= {"collection": collection.pk}
        index_record(work)


def move_work(work: Work, key: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Open a work to its readers, take it out with a reason, or bring it back to be catalogued again."""
    with act(work, key, by=by, at=at, note=note):
        card = work.card
        card.published_at = at if key == "publish" else None if key == "restore" else card.published_at
        card.withdrawn_at = at if key == "withdraw" else None
        card.changed_at = at
        card.save(update_fields=["published_at", "withdrawn_at", "changed_at"])


def card_columns(facts: CardFacts) -> dict[str, Any]:
    """The card's own columns, cleaned. Raises Refused: no title, a wrong ISBN, language or year."""
    told: dict[str, Any] = {one.name: getattr(facts, one.name) for one in fields(facts)
                            if one.name not in ("contributions", "headings")}  # fmt: skip
    for name, most in _LINES.items():
        told[name] = clean_line(told[name])[:most]
    told["summary"] = clean_text(told["summary"]).strip()[:5000]
    if not told["title"]:
        raise Refused("Thiếu nhan đề.")
    try:
        told["isbn"] = isbn13(facts.isbn)
    except NoIsbn as wrong:
        raise Refused(str(wrong)) from None
    language = facts.language.strip().lower()
    if len(language) != 3 or not (language.isascii() and language.isalpha()):
        raise Refused("Mã ngôn ngữ gồm ba chữ cái theo ISO 639-2, ví dụ vie, eng.")
    if facts.year is not None and not 1000 <= facts.year <= 2200:
        raise Refused("Năm xuất bản từ 1000 đến 2200.")
    return told | {"language": language, "sort_key": title_key(told["title"])}


def _name_parts(card: Card, facts: CardFacts) -> None:
    """Authors and headings: one row each for all libraries, found by their names or made."""
    for position, (name, part) in enumerate(facts.contributions[:MOST_NAMES], 1):
        plain = clean_line(name)[:300]
        if plain:
            Contribution.objects.get_or_create(
                card=card, author=_author(plain), part=part, defaults={"position": position}
            )
    for label in dict.fromkeys(facts.headings[:MOST_NAMES]):
        plain = clean_line(label)[:200]
        if plain:
            Subject.objects.get_or_create(card=card, heading=_heading(plain))


def _author(name: str) -> Author:
    is_body = is_body_name(name)
    key = author_key(name, is_body=is_body)
    return Author.objects.get_or_create(name=name, defaults={"sort_key": key, "is_body": is_body})[0]


def _heading(label: str) -> Heading:
    told = {"label": label, "sort_key": sort_key(label)[:1000]}
    return Heading.objects.get_or_create(folded=fold(label).lower()[:200], defaults=told)[0]


def _vector(facts: CardFacts) -> Func:
    names = [name for name, _part in facts.contributions]
    words = search_words(
        facts.title, facts.subtitle, facts.statement, facts.publisher, facts.series, facts.isbn.replace("-", ""),
        facts.call_number, facts.summary, *names, *facts.headings,
    )  # fmt: skip
    return Func(Value(words), template="strip(to_tsvector('simple', %(expressions)s))")
