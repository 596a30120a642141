"""Learning what passages mean: a few at a time, from where it stopped."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from congso.kernel.search import meaning

BATCH = 8  # about a second of one core


@dataclass(frozen=True)
class Progress:
    """How far it is; `is_possible` is false where the database has no pgvector or the operator wants words alone."""

    waiting: int
    known: int
    is_possible: bool


def learn_meanings(most: int = BATCH) -> int:
    """Learn the meaning of the next passages, beginnings of the newest papers first; returns how many, 0 when done.

    Runs in the transaction of one of the machine's actors or as owner; raises DatabaseError for anybody else.
    """
    if not settings.SEARCH_BY_MEANING:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, title, clause, said FROM congso.waiting_passages(%s, %s)", [most, _horizon()])
        waiting = cursor.fetchall()
        if not waiting:
            return 0
        vectors = meaning.of_passages([(title, clause, said) for _id, title, clause, said in waiting])
        cursor.execute("SELECT congso.learn_meanings(%s, %s)", [[row[0] for row in waiting], vectors])
    return len(waiting)


def progress() -> Progress:
    """How many passages wait; asked by the machine's actors and the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, known FROM congso.meanings_progress(%s)", [_horizon()])
        waiting, known = cursor.fetchone()
        cursor.execute("SELECT to_regtype('public.halfvec') IS NOT NULL")
        return Progress(waiting, known, bool(cursor.fetchone()[0]) and settings.SEARCH_BY_MEANING)


def _horizon() -> int:
    return int(settings.SEARCH_PASSAGES_UNDERSTOOD)
