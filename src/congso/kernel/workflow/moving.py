"""Carrying a transition out on the record as it stands at this moment, whatever its page showed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Move, NotYours, act, check

Kept = TypeVar("Kept", bound=Record)


def read_anew(record: Kept, read: Callable[[int], Kept], *, refusal: str) -> None:
    """Lock the record for the running transaction and take over what somebody did to it meanwhile.

    `read` finds it by its number, with all that its flow asks of it. Raises NotYours with the refusal, in Vietnamese,
    when the actor does not see it any more.
    """
    # Who sees the record and may not act on it gets no lock here; `check` tells her why.
    version = Record.objects.select_for_update().filter(pk=record.pk).values_list("version", flat=True).first()
    if version is None or version != record.version:  # every act gives the record a new version
        fresh = _found(record.pk, read, refusal)
        record.__dict__.pop("_prefetched_objects_cache", None)
        record.__dict__.update(fresh.__dict__)


@contextmanager
def moved(
    record: Kept,
    key: str,
    *,
    read: Callable[[int], Kept],
    refusal: str,
    by: Actor,
    at: datetime,
    note: str = "",
    then: Callable[[Kept], None] | None = None,
) -> Iterator[Move]:
    """Lock the record and carry out the transition on it as it stands; `read` and `refusal` as in `read_anew`.

    `then` gathers again what the flow asks of the record after the caller changed it, before it is handed to those who
    see its new state. Raises what `read_anew`, `check` and `act` raise.
    """
    with transaction.atomic():
        read_anew(record, read, refusal=refusal)
        check(record, flow_of(record.type).transition(key), at=at, note=note)
        with act(record, key, by=by, at=at, note=note) as move:
            yield move
            if then is not None:
                then(record)


@contextmanager
def moved_copy(
    record: Kept, key: str, *, read: Callable[[int], Kept], refusal: str, by: Actor, at: datetime, note: str = ""
) -> Iterator[Move]:
    """The same on a copy always read anew with what hangs on it: `move.record`. Its state is told to the record."""
    with transaction.atomic():
        if Record.objects.select_for_update().filter(pk=record.pk).first() is None:
            raise NotYours(refusal)
        fresh = _found(record.pk, read, refusal)
        with act(fresh, key, by=by, at=at, note=note) as move:
            yield move
        record.state, record.version = fresh.state, fresh.version


def save(record: Record, **changes: object) -> None:
    """Write the named columns; spine and own columns go to their tables."""
    for name, value in changes.items():
        setattr(record, name, value)
    record.save(update_fields=list(changes))


def _found(pk: int, read: Callable[[int], Kept], refusal: str) -> Kept:
    try:
        return read(pk)
    except ObjectDoesNotExist:
        raise NotYours(refusal) from None
