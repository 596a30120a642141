"""A board of twelve charts over a million records, and work handed out to five thousand units.

Run alone: `make bench ARGS="--only directing"`. The floor of the board answers the same twelve groupings as the owner,
without policies; that of the hand-out writes the same rows of the spine, its tasks and notices in one statement each.
`BENCH_RECORDS=100000` and `BENCH_UNITS=200` make it smaller.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from operate.environment import app_environment, owner_environment
from operate.places import ROOT
from tests.performance.bench.figures import bare
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, Times, app_backend, description, fresh_database, measured, shown
from tests.performance.bench.tree import known_world

RECORDS = int(os.environ.get("BENCH_RECORDS", "1000000"))
UNITS = int(os.environ.get("BENCH_UNITS", "5000"))
RUNS = 5
AIM = 3_000.0  # milliseconds for the whole board
_FIRST = 1_000_000
_DAY = date(2026, 11, 23)
_AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
# title: split, measure, standing, chart: what leaders ask.
CHARTS = (
    ("Theo loại", "type", "count", "all", "columns"),
    ("Theo trạng thái", "state", "count", "all", "columns"),
    ("Theo cơ quan quản lý", "owner", "count", "all", "columns"),
    ("Theo đơn vị chủ trì", "unit", "count", "all", "columns"),
    ("Theo tháng", "period", "count", "all", "line"),
    ("Quá hạn theo đơn vị", "unit", "late", "open", "columns"),
    ("Quá hạn theo loại", "type", "late", "open", "columns"),
    ("Đúng hạn theo loại", "type", "in_time", "closed", "columns"),
    ("Đúng hạn theo tháng", "period", "in_time", "closed", "line"),
    ("Số ngày theo loại", "type", "days", "closed", "columns"),
    ("Đang mở", "none", "count", "open", "number"),
    ("Quá hạn", "none", "late", "open", "number"),
)
_GROUPED = (
    "SELECT {split}, count(*), count(*) FILTER (WHERE closed_at IS NULL AND due_on < '2026-11-23')"
    " FROM records_record{standing} GROUP BY 1"
)
_SPLITS = {
    "type": "type", "state": "(type, state)", "owner": "owner_id", "unit": "unit_id",
    "period": "date_trunc('month', opened_on)", "none": "1",
}  # fmt: skip
_STANDINGS = {"all": "", "open": " WHERE closed_at IS NULL", "closed": " WHERE closed_at IS NOT NULL"}


def load_units(owner: psycopg.Connection[Any], root: int) -> None:
    """So many communes' committees below the root."""
    owner.execute(
        "INSERT INTO directory_organization (id, code, official_code, kind, layout_profile, name, short_name, symbol,"
        " is_office, name_key, name_folded, valid_from, parent_id)"
        " SELECT %(first)s + n, 'B.' || n, '', 'commune_committee', 'PARTY', 'Đơn vị ' || n, 'Đơn vị ' || n, '', false,"
        " 'don vi ' || n, 'don vi ' || n, '2020-01-01', %(root)s FROM generate_series(0, %(units)s - 1) n",
        {"first": _FIRST, "root": root, "units": UNITS},
    )
    owner.execute(
        "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
        " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
        " FROM directory_organization WHERE id >= %s",
        [_FIRST],
    )
    owner.execute("VACUUM (ANALYZE) directory_organization")


def load_records(owner: psycopg.Connection[Any], office: int, principals: list[int]) -> None:
    """Rows of the spine over three years: four kinds, most of them done, one in twelve late; all seen by the office."""
    rebuilt = bare(owner, "records_record", is_referenced=True)
    owner.execute(
        "INSERT INTO records_record (id, type, number, title, state, owner_id, unit_id, opened_on, due_on, closed_at,"
        " created_at, updated_at, audience, handlers, awaited, are_files_closed, version)"
        " SELECT %(first)s + n, kinds[1 + n / 4 %% 4], '', 'Việc ' || n,"
        " CASE WHEN n %% 4 = 0 THEN opened[1 + n / 4 %% 4] ELSE done[1 + n / 4 %% 4] END, %(office)s,"
        " %(first)s + n %% LEAST(%(units)s, 200), day, day + 30,"
        " CASE WHEN n %% 4 > 0 THEN day + make_interval(days => 5 + n %% 40) END,"
        " day, day, %(seen)s::bigint[], '{}', '{}', false, 1"
        " FROM (SELECT n, ('2023-12-01'::date + n %% 1080) AS day FROM generate_series(0, %(records)s - 1) n) made,"
        " (SELECT %(kinds)s::text[] AS kinds, %(opened)s::text[] AS opened, %(done)s::text[] AS done) named",
        {
            "first": _FIRST, "office": office, "units": UNITS, "records": RECORDS, "seen": principals,
            "kinds": ["task", "outgoing_document", "plan", "report"],
            "opened": ["assigned", "drafting", "in_force", "draft"],
            "done": ["completed", "issued", "closed", "locked"],
        },
    )  # fmt: skip
    for index in rebuilt:
        owner.execute(index)
    owner.execute("VACUUM (ANALYZE) records_record")


def measure_board(world: Any, owner: psycopg.Connection[Any]) -> tuple[Times, Times, list[tuple[str, Times]]]:
    """The whole board as the chief sees it, its floor, and each chart alone."""
    from congso.apps.analytics import services
    from congso.apps.analytics.queries import answer, board_of
    from congso.apps.analytics.services import BoardFacts, QuestionFacts
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Organization

    chief = Actor.person(world.chief)
    with acting_as(chief):
        office = Organization.objects.get(pk=world.organizations["VPTU"])
        made = services.make_board(BoardFacts("Đo"), owner=office, by=chief, at=_AT)
        for title, split, kind, standing, chart in CHARTS:
            facts = QuestionFacts(title, split_by=split, measure=kind, standing=standing, chart=chart, since="all")
            services.ask_question(board_of(made.pk), facts, by=chief, at=_AT)
        questions = list(board_of(made.pk).questions.all())

        def whole() -> None:
            for one in questions:
                answer(one, day=_DAY, is_foreign=False)

        ours = measured([whole] * RUNS, app_backend)
        alone = []
        for question in questions:
            act = _asking(question)
            alone.append((question.title, measured([act] * RUNS, app_backend)))

    def plain() -> None:
        for statement in _floor():
            owner.execute(statement).fetchall()

    return ours, measured([plain] * RUNS, lambda: owner.info.backend_pid), alone


def _asking(question: Any) -> Any:
    from congso.apps.analytics.queries import answer

    return lambda: answer(question, day=_DAY, is_foreign=False)


def _floor() -> Iterator[str]:
    for _title, split, _kind, standing, _chart in CHARTS:
        yield _GROUPED.format(split=_SPLITS[split], standing=_STANDINGS[standing])


def measure_hand_out(world: Any) -> tuple[float, int]:
    """Seconds of one hand-out to every unit, in one transaction, and how many tasks it made."""
    from congso.apps.directives.models import Task
    from congso.apps.directives.services import NewTask, assign_tasks
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Organization

    chief = Actor.person(world.chief)
    with acting_as(chief):
        units = list(Organization.objects.filter(pk__gte=_FIRST).order_by("pk")[:UNITS])
        owner = Organization.objects.get(pk=world.organizations["VPTU"])
        new = [NewTask(content="Rà soát, báo cáo", lead=one, due_on=date(2026, 12, 31)) for one in units]
        begun = time.perf_counter()
        assign_tasks(new, owner=owner, source_symbol="16-KH/TU", by=chief, at=_AT)
        return time.perf_counter() - begun, Task.objects.filter(source_symbol="16-KH/TU").count()


def section(board: tuple[Times, Times, list[tuple[str, Times]]], handed: tuple[float, int]) -> str:
    """The bench page's part."""
    ours, floor, alone = board
    seconds, tasks = handed
    note = "" if ours.p50 <= AIM else " **missed**"
    lines = "".join(f"| {title} | {times} |\n" for title, times in alone)
    return f"""## Boards and handing out

A board of {len(CHARTS)} charts over {RECORDS:,} records of the spine, answered live with row-level security: {ours} ms
(aim {AIM:.0f} ms{note}); the same groupings as the owner without policies: {floor} ms, {ours.p50 / floor.p50:.1f} ×.
p50 / p95 ms by the clock · of computing.

| chart | ms |
|---|---|
{lines}
Handed out to {tasks:,} units in one transaction, each task with its timeline, journal line, notices and search entry:
{seconds:.0f} s, {shown(seconds * 1000 / max(1, tasks))} ms a unit.
"""


def run_directing(path: Path) -> None:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "tests.performance.bench.directing", "--out", str(path)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True)


def main() -> None:
    """Make the database, hand out, load the records, answer the board; write the section down."""
    parser = argparse.ArgumentParser(prog="directing")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    print(f"directing: {description()}", file=sys.stderr)  # noqa: T201
    server = fresh_database("bench_directing")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    owner = os.environ | owner_environment(PLACES, server) | settings
    subprocess.run([sys.executable, "-m", "tests.performance.bench.tree", "world"], env=owner, check=True)
    os.environ |= app_environment(PLACES, server) | settings
    import django

    django.setup()
    from congso.kernel.access.principals import Function, office

    world = known_world()
    vptu = world.organizations["VPTU"]
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        load_units(connection, world.organizations["TU"])
        handed = measure_hand_out(world)
        print(f"directing: handed out to {handed[1]} in {handed[0]:.0f} s", file=sys.stderr, flush=True)  # noqa: T201
        begun = time.monotonic()
        load_records(connection, vptu, [office(vptu, one) for one in (Function.STAFF, Function.CHIEFS)])
        print(f"directing: loaded in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)  # noqa: T201
        put_section(options.out, section(measure_board(world, connection), handed))


if __name__ == "__main__":
    main()
