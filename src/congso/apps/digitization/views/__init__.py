"""Screens: batches, pages, documents, progress."""
