"""The same questions put otherwise: the engine without permissions, and what a Django programmer writes first."""

from collections.abc import Callable

import psycopg
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import Error, connection
from django.db.models import Count, F

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Record
from congso.kernel.search.models import Entry
from congso.kernel.search.reading import read_question
from tests.performance.bench.machine import Times, app_backend, measured

RAW = "the engine underneath: same statement as owner, no audience"
LONGEST = 30_000  # milliseconds after which a rival is stopped
_PERSON, _READER = 12, 35
_ASKED = 3


def measure_rivals(owner: psycopg.Connection, words: dict[str, list[str]]) -> dict[str, dict[str, Times]]:
    """Times of each rival by class of word."""
    _make_raw_search(owner)
    rivals: dict[str, Callable[[str], object]] = {
        RAW: lambda word: _ask_raw(owner, word),
        "ORM SearchVectorField + GIN under plain RLS, ordinary": lambda word: _ask_entries(_PERSON, word),
        "ORM SearchVectorField + GIN under plain RLS, reader": lambda word: _ask_entries(_READER, word),
        "ORM icontains on the title under plain RLS, ordinary": lambda word: _ask_titles(_PERSON, word),
    }
    result: dict[str, dict[str, Times]] = {}
    for name, ask in rivals.items():
        result[name] = {}
        for kind, asked in words.items():
            some = asked if name == RAW else asked[:_ASKED]
            acts = [lambda word=word, ask=ask: ask(word) for word in some]
            backend = (lambda: owner.info.backend_pid) if name == RAW else app_backend
            if name == RAW:
                measured(acts, backend)
            result[name][kind] = measured(acts, backend)
    return result


def _make_raw_search(owner: psycopg.Connection) -> None:
    """The product's own functions, the audience taken out of every statement they make."""
    _copy_function(
        owner,
        "choose_spans",
        ("congso.choose_spans", "congso.bench_spans"),
        ("congso.search_scan('tsv', '1', filters, spans[2:3])",
         "replace(congso.search_scan('tsv', '1', filters, spans[2:3]), ' AND audience && $2', '')"),
    )  # fmt: skip
    statement = "congso.search_statement(cardinality(groups), pairs, quoted, filters, spans, title_spans)"
    _copy_function(
        owner,
        "search_records",
        ("congso.search_records", "congso.bench_raw"),
        ("congso.choose_spans", "congso.bench_spans"),
        ("cardinality(held) = 0 OR ", ""),
        (f"EXECUTE {statement}", f"EXECUTE replace({statement}, ' AND audience && $2', '')"),
    )


def _copy_function(owner: psycopg.Connection, name: str, *changes: tuple[str, str]) -> None:
    source = owner.execute(f"SELECT pg_get_functiondef('congso.{name}'::regproc)").fetchone()[0]
    for old, new in changes:
        if old not in source:
            raise RuntimeError(f"{name} has changed: {old}")
        source = source.replace(old, new)
    owner.execute(source)


def _ask_raw(owner: psycopg.Connection, word: str) -> object:
    reading = read_question(word)
    answer = owner.execute(
        "SELECT congso.bench_raw(%s, %s, %s, '', %s, '{}', 0, 20)",
        [
            [group.query for group in reading.groups],
            [group.lead for group in reading.groups],
            reading.pairs,
            len(reading.groups),
        ],
    ).fetchone()[0]
    return owner.execute("SELECT * FROM records_record WHERE id = ANY (%s)", [answer["hits"]]).fetchall()


def _limited(person: int, ask: Callable[[], object]) -> object:
    try:
        with acting_as(Actor.person(person)):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {LONGEST}")
            return ask()
    except Error:
        return None


def _ask_entries(person: int, word: str) -> object:
    query = SearchQuery(
        read_question(word).groups[0].query + " & " + read_question(word).groups[-1].query,
        search_type="raw",
        config="simple",
    )
    found = Entry.objects.filter(tsv=query)
    return _limited(
        person,
        lambda: (
            list(found.annotate(rank=SearchRank(F("tsv"), query)).order_by("-rank")[:20].values("record_id", "rank")),
            list(found.values("type").annotate(n=Count("*"))),
            list(found.values("unit").annotate(n=Count("*"))),
        ),
    )


def _ask_titles(person: int, word: str) -> object:
    found = Record.objects.filter(title__icontains=word)
    return _limited(
        person,
        lambda: (
            list(found.order_by("-opened_on", "-id")[:20]),
            list(found.values("type").annotate(n=Count("*"))),
            list(found.values("unit").annotate(n=Count("*"))),
        ),
    )
