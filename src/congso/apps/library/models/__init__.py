"""What the library stores: the catalogue, books and what readers make of them, copies and their loans."""

from congso.apps.library.models.catalogue import (
    RECORD_TYPE,
    Author,
    Card,
    Collection,
    Contribution,
    Heading,
    ImportRun,
    Readers,
    Subject,
    Work,
)
from congso.apps.library.models.lending import Copy, Hold, Loan, Sighting, Stocktake, Usage
from congso.apps.library.models.reading import Book, Chapter, Note, Picture, Place

__all__ = [
    "RECORD_TYPE", "Author", "Book", "Card", "Chapter", "Collection", "Contribution", "Copy", "Heading", "Hold",
    "ImportRun", "Loan", "Note", "Picture", "Place", "Readers", "Sighting", "Stocktake", "Subject", "Usage", "Work",
]  # fmt: skip
