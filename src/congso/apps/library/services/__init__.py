"""The acts of the library: one function, one transaction, one line in the journal."""

from congso.apps.library.services.books import OPEN_BOOK, PURPOSE, add_book, open_book, receive_book, remove_book
from congso.apps.library.services.cataloguing import (
    CardFacts,
    CollectionFacts,
    catalogue_work,
    change_collection,
    edit_work,
    found_collection,
    move_work,
)
from congso.apps.library.services.copies import (
    Acquisition,
    add_copies,
    change_copy,
    close_stocktake,
    see_copies,
    start_stocktake,
    withdraw_copies,
)
from congso.apps.library.services.importing import IMPORT, carry_on, start_import
from congso.apps.library.services.lending import close_damaged, lend_copy, renew_loan, return_copy
from congso.apps.library.services.mornings import look_after
from congso.apps.library.services.reading import count_use, drop_note, keep_place, write_note
from congso.apps.library.services.waiting import cancel_hold, keep_copy, place_hold

__all__ = [
    "IMPORT", "OPEN_BOOK", "PURPOSE", "Acquisition", "CardFacts", "CollectionFacts", "add_book", "add_copies",
    "cancel_hold", "carry_on", "catalogue_work", "change_collection", "change_copy", "close_damaged",
    "close_stocktake", "count_use", "drop_note", "edit_work", "found_collection", "keep_copy", "keep_place",
    "lend_copy", "look_after", "move_work", "open_book", "place_hold", "receive_book", "remove_book", "renew_loan",
    "return_copy", "see_copies", "start_import", "start_stocktake", "withdraw_copies", "write_note",
]  # fmt: skip
