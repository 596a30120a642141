"""Batches, their scans and pages, the documents cut from them, and how much paper there is."""

from congso.apps.digitization.models.batches import BATCH, Folder, Scan, ScanBatch, Stock
from congso.apps.digitization.models.copies import COPY, Check, DigitalCopy, Need
from congso.apps.digitization.models.pages import Correction, Page, PageState, PageWords

__all__ = [
    "BATCH",
    "COPY",
    "Check",
    "Correction",
    "DigitalCopy",
    "Folder",
    "Need",
    "Page",
    "PageState",
    "PageWords",
    "Scan",
    "ScanBatch",
    "Stock",
]  # fmt: skip
