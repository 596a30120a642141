"""Rolling figures up: 200 indicators, 36 months, 99 communes of 50 units, against the plain SQL that is its floor.

Run alone: `make bench ARGS="--only figures"`. The floor adds the same rows as the owner, without policies, chart or
heirs. `BENCH_FIGURES=20` loads that many indicators instead (the whole takes a few minutes and 6 GB:
the table is filled without log, keys and indexes, which are built afterwards).
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from operate.environment import app_environment, owner_environment
from operate.places import ROOT
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, Times, app_backend, description, fresh_database, measured
from tests.performance.bench.tree import known_world

INDICATORS = int(os.environ.get("BENCH_FIGURES", "200"))
MONTHS, COMMUNES, UNITS = 36, 99, 50
RUNS = 5
AIM, AGAINST_FLOOR = 1000.0, 1.5
_FIRST = 1_000_000
_FLOOR = (
    "SELECT indicator_id, first_day, sum(value) FROM indicators_standing"
    " WHERE indicator_id = ANY(%s) AND first_day = ANY(%s) GROUP BY 1, 2"
)


def load_figures(owner: psycopg.Connection[Any], root: int, office: int, person: int) -> None:
    """The chart, the indicators, and a figure of each unit for each indicator and month."""
    total = COMMUNES * (UNITS + 1)
    owner.execute(
        "INSERT INTO directory_organization (id, code, official_code, kind, layout_profile, name, short_name, symbol,"
        " is_office, name_key, name_folded, valid_from, parent_id)"
        " SELECT %(first)s + n, 'B.' || n, '', CASE WHEN n < %(communes)s THEN 'commune_committee' ELSE 'unit' END,"
        " 'PARTY', 'Đơn vị ' || n, 'Đơn vị ' || n, '', false, 'don vi ' || n, 'don vi ' || n, '2020-01-01',"
        " CASE WHEN n < %(communes)s THEN %(root)s ELSE %(first)s + n %% %(communes)s END"
        " FROM generate_series(0, %(total)s - 1) n",
        {"first": _FIRST, "communes": COMMUNES, "root": root, "total": total},
    )
    owner.execute(
        "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
        " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
        " FROM directory_organization WHERE id >= %s",
        [_FIRST],
    )
    owner.execute(
        "INSERT INTO indicators_indicator (id, code, name, definition, unit, decimals, source, frequency, roll_up,"
        " owner_id, is_open, measure, created_at) SELECT n, 'B.' || n, 'Chỉ tiêu ' || n, '', '', 0, '', 'M', 'sum', %s,"
        " false, '', now() FROM generate_series(1, %s) n",
        [office, INDICATORS],
    )
    owner.execute(
        "INSERT INTO indicators_observation (id, indicator_id, organization_id, first_day, value, origin, words, url,"
        " by_id, by_label, at) VALUES (1, 1, %s, '2023-01-01', 1, 'import', '', '', %s, 'Bench', now())",
        [_FIRST, person],
    )
    owner.execute("TRUNCATE indicators_standing")
    rebuilt = bare(owner, "indicators_standing")
    owner.execute(
        "INSERT INTO indicators_standing (indicator_id, organization_id, first_day, value, observation_id)"
        " SELECT i, %(first)s + %(communes)s + u, ('2023-01-01'::date + make_interval(months => m))::date,"
        " (i * 31 + u * 7 + m) %% 1000, 1"
        " FROM generate_series(1, %(indicators)s) i, generate_series(0, %(months)s - 1) m,"
        " generate_series(0, %(units)s - 1) u",
        {
            "first": _FIRST, "communes": COMMUNES, "indicators": INDICATORS, "months": MONTHS,
            "units": COMMUNES * UNITS,
        },
    )  # fmt: skip
    for index in rebuilt:
        owner.execute(index)
    for table in ("directory_organization", "directory_organizationversion", "indicators_standing"):
        owner.execute(f"VACUUM (ANALYZE) {table}")


def bare(owner: psycopg.Connection[Any], table: str, *, is_referenced: bool = False) -> list[str]:
    """Make the table quick to fill: no log, no keys, no indexes. Returns the statements that build its indexes again.

    The rows fit by construction; a bench's table need not outlive a crash. Whoever measures reads the same pages.
    `is_referenced`: other tables point at it, so its own key and its log stay.
    """
    name = sql.Identifier(table)
    for (constraint,) in owner.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table]
    ).fetchall():
        owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(constraint)))
    rebuilt = []
    for index, definition, constraint in owner.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), conname FROM pg_index"
        " LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u')"
        " WHERE indrelid = %s::regclass AND NOT (indisprimary AND %s)",
        [table, is_referenced],
    ).fetchall():
        rebuilt.append(definition)
        if constraint:
            owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(constraint)))
        else:
            owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    if not is_referenced:
        owner.execute(sql.SQL("ALTER TABLE {} SET UNLOGGED").format(name))
    owner.execute("SET maintenance_work_mem = '1GB'")
    return rebuilt


def measure(world: Any, owner: psycopg.Connection[Any]) -> dict[str, tuple[Times, Times]]:
    """Each question as the chief of the province's office, and its floor."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.indicators.models import Indicator
    from congso.kernel.indicators.periods import Frequency, Period
    from congso.kernel.indicators.queries import rolled_up

    months = [Period(date(2023 + n // 12, n % 12 + 1, 1), Frequency.MONTH) for n in range(MONTHS)]
    root, found = world.organizations["TU"], {}
    with acting_as(Actor.person(world.chief)):
        indicators = list(Indicator.objects.filter(code__startswith="B."))
        asked = {
            f"{len(indicators)} indicators, one month": (indicators, months[-1:]),
            "one indicator, 36 months": (indicators[:1], months),
            "20 indicators, three months": (indicators[:20], months[-3:]),
            f"{len(indicators)} indicators, 36 months, one commune": (indicators, months),
            f"{len(indicators)} indicators, 36 months, the province": (indicators, months),
        }
        for question, (some, periods) in asked.items():
            below = _FIRST if "commune" in question else root
            plain = _floor(owner, [one.pk for one in some], [one.start for one in periods])
            floor = measured([plain] * RUNS, lambda: owner.info.backend_pid)
            for with_parts in (True, False):
                ours = partial(rolled_up, some, periods, below, months[-1].end, with_parts=with_parts)
                name = question + ("" if with_parts else ", in all")
                found[name] = measured([ours] * RUNS, app_backend), floor
                print(f"figures: {name}: {found[name]}", file=sys.stderr, flush=True)  # noqa: T201
    return found


def _floor(owner: psycopg.Connection[Any], ids: list[int], days: list[date]) -> Callable[[], object]:
    return lambda: owner.execute(_FLOOR, [ids, days]).fetchall()


def section(found: dict[str, tuple[Times, Times]]) -> str:
    """The bench page's part."""
    about = f"""## Rolling figures up

{INDICATORS} indicators × {MONTHS} months × {COMMUNES} communes of {UNITS} units:
{INDICATORS * MONTHS * COMMUNES * UNITS:,} figures that stand. Live, over the chart of a day, by what stands directly
below and in all, or in all alone, with a person's rights; the floor adds the same rows up as the owner, without rights,
chart or what stands below.
p50 / p95 ms by the clock · of computing. Aim: {AIM:.0f} ms, {AGAINST_FLOOR} × the floor.

| question | ms | floor, ms | |
|---|---|---|---|
"""
    rows = []
    for name, (ours, floor) in found.items():
        is_good = ours.p50 <= AIM and ours.p50 <= AGAINST_FLOOR * floor.p50
        ratios = f"{ours.p50 / floor.p50:.1f} × · {ours.cpu50 / floor.cpu50:.1f} ×"
        rows.append(f"| {name} | {ours} | {floor} | {ratios} {'' if is_good else '**missed**'} |\n")
    return about + "".join(rows)


def run_figures(path: Path) -> None:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "tests.performance.bench.figures", "--out", str(path)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True)


def main() -> None:
    """Make the database, load the figures, add them up; write the section down."""
    parser = argparse.ArgumentParser(prog="figures")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    print(f"figures: {description()}", file=sys.stderr)  # noqa: T201
    server = fresh_database("bench_figures")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    owner = os.environ | owner_environment(PLACES, server) | settings
    subprocess.run([sys.executable, "-m", "tests.performance.bench.tree", "world"], env=owner, check=True)
    os.environ |= app_environment(PLACES, server) | settings
    import django

    django.setup()
    world = known_world()
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        begun = time.monotonic()
        load_figures(connection, world.organizations["TU"], world.organizations["VPTU"], world.chief)
        print(f"figures: loaded in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)  # noqa: T201
        put_section(options.out, section(measure(world, connection)))


if __name__ == "__main__":
    main()
