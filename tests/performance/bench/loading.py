"""Filling the bench's own database as its owner: people through real posts, papers by COPY, indexes afterwards."""

import os
import random
import subprocess
import sys
from datetime import UTC, datetime

import psycopg
from psycopg import sql

from congso.kernel.access.principals import Role
from tests.performance.bench.corpus import (
    BLOCS,
    FIRST_DAY,
    ORGANIZATIONS,
    PEOPLE,
    PROVINCE,
    Corpus,
    Paper,
    pick,
    zipf,
)

ORDINARY, LEADERS, WIDE, READERS = range(1, 25), range(25, 31), range(31, 35), range(35, 37)
LOADERS = 2
_BATCH = 4_000
_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_RECORD = "id, type, number, title, state, owner_id, unit_id, opened_on, created_at, updated_at, audience, handlers"
_ENTRY = "record_id, type, owner_id, unit_id, day, indexed_at, audience, ttsv, tsv"


def load_people(owner_url: str) -> None:
    """Organizations, and the people who ask: 24 ordinary ones of 5–60 principals, leaders, very wide ones, readers."""
    chance = random.Random(16)  # noqa: S311
    weights = zipf(ORGANIZATIONS - 6, 0.8)
    with psycopg.connect(owner_url) as connection:
        _let_the_database_fill_in(connection)
        _copy(
            connection,
            "directory_organization",
            "id, code, official_code, kind, layout_profile, name, short_name, symbol, is_office, name_key, "
            "name_folded, valid_from",
            (
                (o, f"B{o}", "", "agency", "PARTY", f"Cơ quan {o}", f"CQ {o}", "", True, "", "", FIRST_DAY)
                for o in range(1, ORGANIZATIONS + 1)
            ),
        )
        _copy(
            connection,
            "directory_person",
            "id, full_name, name_key, name_folded, email, phone",
            ((p, f"Người {p}", "", "", "", "") for p in range(1, PEOPLE + 100)),
        )
        posts, held = [], []
        for who in range(1, READERS.stop):
            for organization, functions in _posts_of(who, chance, weights):
                posts.append((len(posts) + 1, organization, "Chuyên viên", functions, 100, FIRST_DAY))
                held.append((len(posts), who, "holder", FIRST_DAY))
        _copy(connection, "directory_post", "id, organization_id, name, functions, rank, valid_from", posts)
        _copy(connection, "directory_assignment", "post_id, person_id, kind, valid_from", held)
        _copy(
            connection,
            "access_grant",
            "role, person_id, reason, valid_from",
            ((int(Role.READER), who, "Đo hiệu năng", FIRST_DAY) for who in READERS),
        )


def _let_the_database_fill_in(connection: psycopg.Connection) -> None:
    """The model's defaults become the bench database's, for the columns COPY does not name."""
    from django.db import connection as django_connection

    from congso.kernel.records.models import Record  # imported here: the loading processes need no Django

    for field in Record._meta.concrete_fields:
        if field.has_default():
            statement = sql.SQL("ALTER TABLE records_record ALTER COLUMN {} SET DEFAULT {}")
            value = sql.Literal(field.get_db_prep_save(field.get_default(), django_connection))
            connection.execute(statement.format(sql.Identifier(field.column), value))


def _posts_of(who: int, chance: random.Random, weights: list[float]) -> list[tuple[int, list[str]]]:
    """An ordinary person's posts in the province, her bloc and some units; a leader's; a very wide person's."""
    bloc = BLOCS[who % 5]
    if who in READERS:
        return []
    if who in LEADERS:
        return [(PROVINCE, ["staff", "leaders"]), (bloc, ["staff", "leaders"])]
    units = 330 if who in WIDE else (who - 1) * 55 // 23 // 3
    kinds = (["staff", "clerks"], ["staff", "leaders"])
    chosen = [(7 + pick(chance, weights), chance.choice(kinds)) for _ in range(units)]
    return [(PROVINCE, ["staff"]), (bloc, ["staff"]), *chosen]


def load_papers(owner_url: str, first: int, past: int) -> None:
    """Papers `first`..`past` by as many processes as the machine has cores, and everything counted afterwards."""
    indexes = take_indexes_away(owner_url)
    step = -(-(past - first) // LOADERS)
    children = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.performance.bench.loading",
                *map(str, (start, min(start + step, past), past)),
            ],
            env=os.environ | {"BENCH_OWNER_URL": owner_url},
        )
        for start in range(first, past, step)
    ]
    if any(child.wait() for child in children):
        raise RuntimeError("loading failed")
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '2GB'")
        for index in indexes:
            connection.execute(index)
        connection.execute("VACUUM (ANALYZE) search_entry")
        connection.execute("VACUUM (ANALYZE) records_record")
        connection.execute("SELECT congso.weigh_terms()")
        connection.execute("CHECKPOINT") if _may_checkpoint(connection) else None


def _may_checkpoint(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'USAGE')").fetchone()
    return bool(row and row[0])


def take_indexes_away(owner_url: str) -> list[str]:
    """Foreign keys go for good (the rows fit by construction), indexes until the rows are in."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for table, name in connection.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f' "
            "AND conrelid IN ('records_record'::regclass, 'search_entry'::regclass)"
        ).fetchall():
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        connection.execute("ALTER TABLE search_entry SET UNLOGGED, SET (autovacuum_enabled = off)")
        found = connection.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid IN ('records_record'::regclass, 'search_entry'::regclass) AND NOT indisprimary"
        ).fetchall()
        for name, _ in found:
            connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


def _copy(connection: psycopg.Connection, table: str, columns: str, rows) -> None:
    with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _load_part(owner_url: str, first: int, past: int, corpus_size: int) -> None:
    with psycopg.connect(owner_url) as connection:
        spans = dict(
            connection.execute(
                "SELECT day::date, congso.search_slice(day::date)::text "
                "FROM generate_series(%s::date, %s::date, '1 day') AS day",
                [FIRST_DAY, FIRST_DAY.replace(year=FIRST_DAY.year + 11)],
            ).fetchall()
        )
        corpus, batch = Corpus(), []
        for paper in corpus.papers(range(first, past), corpus_size):
            batch.append(paper)
            if len(batch) == _BATCH:
                _store(connection, batch, spans)
                batch = []
        _store(connection, batch, spans)


def _store(connection: psycopg.Connection, batch: list[Paper], spans) -> None:
    _copy(
        connection,
        "records_record",
        _RECORD,
        (
            (
                p.id,
                p.type,
                p.number,
                p.title,
                "open",
                p.owner,
                p.unit,
                p.day,
                _NOW,
                _NOW,
                p.audience,
                p.audience[:2],
            )
            for p in batch
        ),
    )
    _copy(
        connection,
        "search_entry",
        _ENTRY,
        (
            (
                p.id,
                p.type,
                p.owner,
                p.unit,
                p.day,
                _NOW,
                p.audience,
                f"{p.title_vector} {spans[p.day]}",
                f"{p.text_vector} {spans[p.day]}",
            )
            for p in batch
        ),
    )
    connection.commit()


if __name__ == "__main__":
    _load_part(os.environ["BENCH_OWNER_URL"], *map(int, sys.argv[1:4]))
