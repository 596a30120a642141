"""A merger of 300 organizations with 20,000 people, at several numbers of records: its time must not follow them.

Run alone: `python -m tests.performance.bench.merger [--sizes 10000,100000,1000000]`. Each merger is undone
afterwards (the measured time ends before), so every size begins with the same chart.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from operate.environment import app_environment
from tests.performance.bench.loading import take_indexes_away
from tests.performance.bench.machine import PLACES, Times, app_backend, description, fresh_database, measured

SIZES = (10_000, 100_000, 1_000_000)
MERGED, PEOPLE_EACH = 300, 67  # 20,100 people
ORGANIZATIONS = range(1, 10_001)
FIRST_DAY, TODAY = date(2020, 1, 1), datetime.now(UTC).date()
ADMINISTRATOR = 1
_AT = datetime.now(UTC)


@dataclass(frozen=True)
class Merger:
    """What one merger took, what it wrote, and what an enter and a list cost the successor's leader afterwards."""

    records: int
    merging: Times
    rows: dict[str, int]
    entering: Times
    listing: Times
    previewing: Times


def load_directory(owner: psycopg.Connection[Any]) -> None:
    """10,000 organizations under one, 300 of them with 67 posts and holders each; an administrator of it all."""
    from congso.kernel.directory.models import folded_words
    from congso.lib.vietnamese import person_sort_key, sort_key

    def organization(number: int) -> tuple[object, ...]:
        name = f"Cơ quan số {number}"
        parent = None if number == 1 else 1
        facts = (number, f"B{number}", "", "agency", "PARTY", name, name, "", True, sort_key(name), folded_words(name))
        return (*facts, parent, FIRST_DAY)

    _copy(
        owner, "directory_organization",
        "id, code, official_code, kind, layout_profile, name, short_name, symbol, is_office, name_key, name_folded,"
        " parent_id, valid_from", map(organization, ORGANIZATIONS),
    )  # fmt: skip
    owner.execute(
        "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
        " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
        " FROM directory_organization"
    )
    people = MERGED * PEOPLE_EACH
    names = [f"Người Mẫu {number}" for number in range(1, people + 2)]
    rows = ((n, name, person_sort_key(name), folded_words(name), "", "") for n, name in enumerate(names, 1))
    _copy(owner, "directory_person", "id, full_name, name_key, name_folded, email, phone", rows)
    posts, held = [], []
    for place in range(people):
        functions = ["leaders", "staff"] if place % PEOPLE_EACH == 0 else ["staff"]
        posts.append((place + 1, 2 + place // PEOPLE_EACH, "Chuyên viên", functions, 100, FIRST_DAY))
        held.append((place + 1, place + 2, "holder", FIRST_DAY))
    _copy(owner, "directory_post", "id, organization_id, name, functions, rank, valid_from", posts)
    _copy(owner, "directory_assignment", "post_id, person_id, kind, valid_from", held)
    for table in ("organization", "organizationversion", "person", "post", "assignment"):
        owner.execute(
            f"SELECT setval(pg_get_serial_sequence('directory_{table}', 'id'),"
            f" coalesce(max(id), 1)) FROM directory_{table}"
        )
    owner.execute(
        "INSERT INTO access_grant (role, person_id, reason, valid_from) VALUES (2, %s, 'Đo hiệu năng', %s)",
        [ADMINISTRATOR, FIRST_DAY],
    )
    owner.execute("ANALYZE")


def load_records(owner_url: str, first: int, past: int) -> None:
    """Records `first`..`past`, nine in ten of them of the organizations that merge; made by the database itself."""
    indexes = take_indexes_away(owner_url)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SET maintenance_work_mem = '1GB'")
        owner.execute(_RECORDS, {"first": first + 1, "past": past, "day": TODAY, "at": _AT, "merged": MERGED})
        for index in indexes:
            owner.execute(index)
        owner.execute("VACUUM (ANALYZE) records_record")


# Who sees one: the owner's leaders and staff, the unit's leaders (principals of kind 3, functions 2 and 1).
_RECORDS = """
INSERT INTO records_record (id, type, number, title, state, owner_id, unit_id, opened_on, created_at, updated_at,
  audience, handlers, awaited, are_files_closed, version)
SELECT n, 'bench', n || '-CV', 'Công văn số ' || n, 'open', owner, unit, %(day)s, %(at)s, %(at)s,
  ARRAY[3000000000000001 + owner * 100, 3000000000000002 + owner * 100, 3000000000000002 + unit * 100],
  ARRAY[3000000000000002 + owner * 100], '{}', false, 1
FROM generate_series(%(first)s::bigint, %(past)s) AS n,
  LATERAL (SELECT CASE WHEN n %% 10 = 0 THEN 9998 ELSE %(merged)s END AS among) AS chosen,
  LATERAL (SELECT 2 + n * 7919 %% among AS owner, 2 + n * 104729 %% among AS unit) AS placed
"""


def measure_merger(records: int) -> Merger:
    """Merge as the administrator through the service the page calls, in one transaction; then undo it."""
    from django.db import connection, transaction

    from congso.apps.organizations.queries import moving_with
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Organization
    from congso.kernel.directory.services import Decision, NewOrganization, merge_organizations
    from congso.kernel.records.models import Record

    leader = Actor.person(2)
    with acting_as(Actor.person(ADMINISTRATOR)), transaction.atomic():
        merged = list(Organization.objects.filter(pk__in=range(2, 2 + MERGED)).select_related("parent"))
        top = Organization.objects.get(pk=1)
        previewing = measured([lambda: moving_with(merged, TODAY)] * 3, app_backend)
        new = NewOrganization(code="MOI", kind="agency", name="Cơ quan hợp nhất", parent=top)
        with _written(connection) as rows:
            decided = Decision("Quyết định", TODAY)
            merging = measured(
                [lambda: merge_organizations(merged, into=new, decision=decided, by=ADMINISTRATOR, at=_AT)], app_backend
            )
        with acting_as(leader) as held:
            assert len(held) > 2 * MERGED
            newest = Record.objects.order_by("-opened_on", "-id")
            listing = measured([lambda: list(newest[:50])] * 15, app_backend)
            assert len(newest[:50]) == 50
        entering = measured([lambda: _enter(leader)] * 15, app_backend)
        transaction.set_rollback(True)
    connection.close()
    return Merger(records, merging, rows, entering, listing, previewing)


def _enter(leader: Any) -> None:
    from congso.kernel.access.services import acting_as

    with acting_as(leader):
        pass


@contextmanager
def _written(connection: Any) -> Iterator[dict[str, int]]:
    """Rows inserted or changed by the block, by table, from the transaction's own statistics."""
    question = "SELECT relname, n_tup_ins + n_tup_upd FROM pg_stat_xact_user_tables"

    def counted() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return dict(cursor.fetchall())

    before, rows = counted(), {}
    yield rows
    rows |= {name: n - before.get(name, 0) for name, n in counted().items() if n > before.get(name, 0)}


def section(found: list[Merger]) -> str:
    """The bench page's part about mergers."""
    written = ", ".join(f"{n:,} {name}" for name, n in sorted(found[0].rows.items()))
    about = f"""## Mergers

{MERGED} of 10,000 organizations with {MERGED * PEOPLE_EACH:,} people become one, in one transaction, through the
service the page calls, as the application's role. Nine records in ten belong to those that merge. Rows written:
{written}; of records none, at any size. Afterwards the
successor's leader holds over {2 * MERGED} principals. Seconds and milliseconds by the clock · of computing (the clock
counts what others do on the machine; p50 / p95 where asked several times).

| records | merger, s | figures of the preview, ms | her entering, ms | her newest 50, ms |
|---|---|---|---|---|
"""
    rows = (
        f"| {one.records:,} | {one.merging.p50 / 1000:.1f} · {one.merging.cpu50 / 1000:.1f} | {one.previewing} |"
        f" {one.entering} | {one.listing} |\n"
        for one in found
    )
    return about + "".join(rows)


def _copy(owner: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    with owner.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def run_mergers() -> str:
    """The two sections, measured in a process of their own."""
    command = [sys.executable, "-m", "tests.performance.bench.merger"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return said[said.index("## Mergers") :]  # migrating also talks


def main() -> None:
    """Load, merge, load more, merge again; then finding in a whole province; print the two sections."""
    parser = argparse.ArgumentParser(prog="merger")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    print(f"merger: {description()}", file=sys.stderr)  # noqa: T201
    server = fresh_database("bench_merger")
    os.environ |= app_environment(PLACES, server) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from tests.performance.bench.province import finding_section

    found = []
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        load_directory(owner)
        for before, size in zip([0, *sizes], sizes, strict=False):
            load_records(server.owner_url, before, size)
            found.append(measure_merger(size))
            print(found[-1], file=sys.stderr, flush=True)  # noqa: T201
        print(section(found) + "\n" + finding_section(owner))  # noqa: T201


if __name__ == "__main__":
    main()
