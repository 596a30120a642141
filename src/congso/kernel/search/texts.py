"""What each kind of record adds to its number and title: the systems announce it, search asks."""

from collections.abc import Callable
from typing import Any

from congso.kernel.records.models import Record

_texts: dict[str, Callable[[Any], str]] = {}


def register_text(record_type: str, text: Callable[[Any], str]) -> None:
    """Announce how the searchable text of a kind of record is read; done once at start-up by the manifests."""
    _texts[record_type] = text


def text_of(record: Record) -> str:
    """The searchable text of a record beyond its number and title; empty where its system names none."""
    text = _texts.get(record.type)
    return text(record) if text else ""
