"""The kinds of record the installed systems announce, so shared screens can name and open any of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from congso.kernel.records.models import Record

Words = str | Promise  # text for people, translated when it is shown


@dataclass(frozen=True)
class RecordType:
    """What the portal must know of a kind of record: its word, its icon, its page (`url_name` takes pk)."""

    key: str
    label: Words
    model: type[Record]
    url_name: str
    icon: str
    external_ids: Callable[[Iterable[int]], dict[int, str]] | None = None
    """Of which of the records the id in the system they were taken over from is known, by primary key."""
    kept_offline: Callable[[Record], bool] | None = None
    """Whether a copy of the record may stay on the device of a person who sees it; None: never."""


_types: dict[str, RecordType] = {}


def register_type(record_type: RecordType) -> None:
    """Announce a kind of record; done once at start-up by the manifests."""
    _types[record_type.key] = record_type


def record_types() -> list[RecordType]:
    """Every kind of record, in the order the systems announced them."""
    return list(_types.values())


def type_of(record: Record) -> RecordType:
    """The kind of one record."""
    return _types[record.type]


def url_of(record: Record) -> str:
    """The address of the record's page."""
    return reverse(type_of(record).url_name, args=[record.pk])
