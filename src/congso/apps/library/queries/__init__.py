"""What can be asked about the library. Row-level security has already taken away what is not the asker's."""

from congso.apps.library.queries.catalogue import (
    NARROWED_BY,
    card_of,
    cards,
    collections,
    keeping_for,
    kept_collections,
    narrowed,
    new_cards,
    search_text,
    work_of,
    works,
)
from congso.apps.library.queries.lending import (
    copies_kept,
    copy_numbered,
    differences,
    holds_of,
    lending_rules,
    loans_kept,
    loans_of,
    open_holds,
    queue_of,
    shelf_of,
)
from congso.apps.library.queries.reading import (
    MOST_SHOWN,
    MonthRow,
    book_of,
    books_of,
    may_stay_on_devices,
    notes_of,
    place_of,
    places_of,
    usage_by_collection,
    usage_by_month,
    usage_by_work,
)

__all__ = [
    "MOST_SHOWN", "NARROWED_BY", "MonthRow", "book_of", "books_of", "card_of", "cards", "collections", "copies_kept",
    "copy_numbered", "differences", "holds_of", "keeping_for", "kept_collections", "lending_rules", "loans_kept",
    "loans_of", "may_stay_on_devices", "narrowed", "new_cards", "notes_of", "open_holds", "place_of", "places_of",
    "queue_of", "search_text", "shelf_of", "usage_by_collection", "usage_by_month", "usage_by_work", "work_of", "works",
]  # fmt: skip
