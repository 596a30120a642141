"""A card is read by whom its collection is for, once it is published: everybody, staff, or listed bodies; what hangs on
it follows it. Loans and holds are seen by their reader and by who keeps the library; places and notes by their
reader alone. Counts of use have no names and are written by `congso.library_count` alone.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import EVERYBODY, Table, child_of_record, registry_of

_ARCHIVISTS = 8
_KEEPS = registry_of("library_id", _ARCHIVISTS)
_HELD = "(SELECT congso.principals())::bigint[]"
_REMINDS = f"(SELECT congso.actor()) = 'system:{System.REMINDERS.value}'"
_OWN = "person_id = (SELECT congso.person())"
_MINE = "reader_id = (SELECT congso.person())"
_CARD = "EXISTS (SELECT 1 FROM library_card c WHERE c.work_id = {}{})"
_SEES_CARD = _CARD.format("card_id", "")
_KEEPS_CARD = _CARD.format("card_id", f" AND {registry_of('c.library_id', _ARCHIVISTS)}")
_BOOK = "EXISTS (SELECT 1 FROM library_book b WHERE b.id = book_id)"
_KEEPS_BOOK = (
    "EXISTS (SELECT 1 FROM library_book b JOIN library_card c ON c.work_id = b.card_id"
    f" WHERE b.id = book_id AND {registry_of('c.library_id', _ARCHIVISTS)})"
)
_STOCKTAKE = (
    "EXISTS (SELECT 1 FROM library_stocktake s WHERE s.id = stocktake_id"
    f" AND {registry_of('s.library_id', _ARCHIVISTS)})"
)
_LIBRARIAN = "(SELECT congso.is_librarian())"
_SIGNED = "{} = (SELECT congso.person())"
_CARD_COLUMNS = (
    *("collection_id", "title", "subtitle", "statement", "edition", "published_in", "publisher", "year", "language"),
    *("isbn", "extent", "series", "classification", "call_number", "summary", "sort_key", "words", "cover"),
    *("published_at", "withdrawn_at", "changed_at"),
)

TABLES = (
    Table(
        "library_collection",
        read="readers = 'public'"
        f" OR (readers = 'staff' AND 4000000000000000 = ANY ({_HELD})) OR (readers = 'listed' AND bodies && {_HELD})"
        f" OR {_KEEPS} OR EXISTS (SELECT 1 FROM library_work w WHERE w.collection_id = library_collection.id)",
        insert=_KEEPS,
        update=_KEEPS,
        columns=("name", "description", "readers", "listed", "bodies", "position"),
    ),
    Table(
        "library_author",
        read="(SELECT congso.is_known())"
        " OR EXISTS (SELECT 1 FROM library_contribution t WHERE t.author_id = library_author.id)",
        insert=_LIBRARIAN,
        update=_LIBRARIAN,
        columns=("name", "sort_key", "is_body"),
    ),
    Table("library_heading", read=EVERYBODY, insert=_LIBRARIAN),  # words of a thesaurus, of no work and no person
    child_of_record("library_work", columns=("collection_id",)),
    Table(
        "library_card",
        read="(published_at IS NOT NULL AND withdrawn_at IS NULL"
        " AND EXISTS (SELECT 1 FROM library_collection k WHERE k.id = collection_id))"
        " OR EXISTS (SELECT 1 FROM records_record r WHERE r.id = work_id)",
        insert=f"congso.may_act(work_id) AND {_KEEPS}",
        update="congso.may_act(work_id)",
        columns=_CARD_COLUMNS,
    ),
    Table("library_contribution", read=_SEES_CARD, insert=_KEEPS_CARD, delete=_KEEPS_CARD),
    Table("library_subject", read=_SEES_CARD, insert=_KEEPS_CARD, delete=_KEEPS_CARD),
    Table(
        "library_importrun",
        read=_KEEPS,
        insert=f"{_KEEPS} AND {_SIGNED.format('by_id')}",
        update=_KEEPS,
        columns=("total", "done", "made", "refusals", "message", "finished_at", "job_id"),
    ),
    Table(
        "library_book",
        read=_SEES_CARD,
        insert=_KEEPS_CARD,
        update=_KEEPS_CARD,
        columns=("sha256", "pages", "contents", "state", "message", "may_be_taken"),
    ),
    Table("library_chapter", read=_BOOK, insert=_KEEPS_BOOK, delete=_KEEPS_BOOK),
    Table("library_picture", read=_BOOK, insert=_KEEPS_BOOK, delete=_KEEPS_BOOK),
    Table(
        "library_place", read=_OWN, insert=f"{_OWN} AND {_BOOK}", update=_OWN, delete=_OWN,
        columns=("number", "share", "at"),
    ),
    Table("library_note", read=_OWN, insert=f"{_OWN} AND {_BOOK}", update=_OWN, delete=_OWN, columns=("text", "at")),
    Table(
        "library_copy",
        read=_SEES_CARD,
        insert=f"{_KEEPS} AND {_KEEPS_CARD}",
        update=f"{_KEEPS} OR {_REMINDS}",
        columns=(
            "shelf", "state", "source", "acquired_on", "paper", "price", "is_for_loan", "note", "withdrawn_on",
            "withdrawn_by_paper",
        ),
    ),
    Table(
        "library_loan",
        read=f"{_MINE} OR {_KEEPS} OR {_REMINDS}",
        insert=f"{_KEEPS} AND {_SIGNED.format('lent_by_id')}",
        update=f"{_KEEPS} OR {_REMINDS}",
        columns=("reader_id", "reader_label", "due_on", "renewals", "ended_at", "ending", "note"),
    ),
    Table(
        "library_hold",
        read=f"{_MINE} OR {_KEEPS} OR {_REMINDS}",
        insert=f"{_SEES_CARD} AND state = 'waiting' AND copy_id IS NULL AND ({_MINE} OR {_KEEPS})",
        update=f"({_MINE} AND state IN ('waiting', 'ready')) OR {_KEEPS} OR {_REMINDS}",
        check=f"state = 'cancelled' OR {_KEEPS} OR {_REMINDS}",
        columns=("reader_id", "reader_label", "copy_id", "until", "state", "ended_at"),
    ),
    Table("library_usage", read=_KEEPS_CARD),
    Table(
        "library_stocktake",
        read=_KEEPS,
        insert=f"{_KEEPS} AND {_SIGNED.format('started_by_id')}",
        update=_KEEPS,
        columns=("closed_at", "expected"),
    ),
    Table("library_sighting", read=_STOCKTAKE, insert=_STOCKTAKE, delete=_STOCKTAKE),
)  # fmt: skip
