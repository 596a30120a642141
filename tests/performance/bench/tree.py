"""A tree of 10,000 organizations and 130,000 people: what each page of the portal costs whom, and typing a name.

Run alone: `make bench ARGS="--only tree"`. The test world's office works at the root of the tree; every page
the URL conf knows is opened by an administrator, a clerk and a leader, where they may.
"""

import argparse
import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from operate.environment import app_environment, owner_environment
from operate.places import ROOT
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, Times, app_backend, description, fresh_database, measured

PEOPLE, ORGANIZATIONS = 130_000, 10_000
VISITS = 5
AIM = 200.0  # milliseconds of computing a page; TYPING of what is asked with each letter
TYPING = 50.0
WHO = ("administrator", "clerk", "chief")
# The tree: the committee, 200 below it, each with its offices below; the last level has most.
_FIRST = 200


def load_tree(owner: psycopg.Connection[Any], root: int) -> None:
    """Organizations in three levels under the root, thirteen posts with their holders in each."""
    from congso.kernel.directory.testing import START
    from tests.performance.bench.province import _copy, _organization, _person

    chance = random.Random(5)  # noqa: S311 - repeatable on purpose
    columns = (
        "id, code, official_code, kind, layout_profile, name, short_name, symbol, is_office, name_key, name_folded"
    )
    first = 1_000_000
    rows = []
    for place in range(ORGANIZATIONS):
        parent = root if place < _FIRST else first + place % _FIRST if place < 4_000 else first + _FIRST + place % 3_800
        rows.append((first + place, *_organization(chance, place), parent))
    _copy(owner, "directory_organization", f"{columns}, valid_from, parent_id", rows)
    owner.execute(
        "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
        " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
        " FROM directory_organization WHERE id >= %s",
        [first],
    )
    people = ((first + n, *_person(chance)) for n in range(PEOPLE))
    _copy(owner, "directory_person", "id, full_name, name_key, name_folded, email, phone", people)
    each = PEOPLE // ORGANIZATIONS
    owner.execute(
        "INSERT INTO directory_post (id, organization_id, name, functions, rank, valid_from) SELECT %(first)s + n,"
        " %(first)s + n / %(each)s, 'Chức vụ ' || n %% %(each)s, CASE WHEN n %% %(each)s = 0 THEN"
        " ARRAY['leaders', 'staff'] ELSE ARRAY['staff'] END, 10 + n %% %(each)s, %(day)s FROM"
        " generate_series(0, %(people)s - 1) n",
        {"first": first, "each": each, "day": START, "people": PEOPLE},
    )
    owner.execute(
        "INSERT INTO directory_assignment (post_id, person_id, kind, valid_from) SELECT id, id, 'holder', %s"
        " FROM directory_post WHERE id >= %s",
        [START, first],
    )
    for table in ("person", "organization", "organizationversion", "post", "assignment"):
        owner.execute(f"VACUUM (ANALYZE) directory_{table}")


def measure_pages(addresses: dict[str, str]) -> dict[str, dict[str, Times]]:
    """Each address as each of the three; whom it is closed to is left out."""
    from tests.attacks.asking import signed_in

    clients = {who: signed_in(who, SERVER_NAME="localhost") for who in WHO}
    found: dict[str, dict[str, Times]] = {}
    for name, address in addresses.items():
        for who, client in clients.items():
            if client.get(address).status_code == 200:
                times = measured([partial(client.get, address)] * VISITS, app_backend)
                found.setdefault(name, {})[who] = times
                print(f"tree: {name} as {who}: {times}", file=sys.stderr, flush=True)  # noqa: T201
    return found


def addresses_of(office: Any) -> dict[str, str]:
    """Every page of the URL conf, and those of the chart at the root, in the middle and at a leaf of the tree."""
    from tests.crawling import pages

    root = office.world.organizations["TU"]
    found = {}
    for label, pk in (("root", root), ("middle", 1_000_003), ("leaf", 1_009_000)):
        for part in ("", "duoi/", "sap-nhap/", "chuyen/", "chia-tach/", "ket-thuc/", "chuc-vu-moi/"):
            found[f"/to-chuc/{{{label}}}/{part}"] = f"/to-chuc/{pk}/{part}"
    found["/to-chuc/?q="] = "/to-chuc/?q=phong+an"
    found["/to-chuc/?day="] = "/to-chuc/?ngay=01/08/2025"
    for typed in ("n", "nguyen", "tt", "ban ha", "phong an 12"):
        found[f"/to-chuc/goi-y.json “{typed}”"] = f"/to-chuc/goi-y.json?q={typed.replace(' ', '+')}"
        found[f"/nhiem-vu/don-vi.json “{typed}”"] = f"/nhiem-vu/don-vi.json?q={typed.replace(' ', '+')}"
    return found | {page.route.template: page.address for page in pages(office) if page.who}


def section(found: dict[str, dict[str, Times]]) -> str:
    """The bench page's part: every page by its slowest visitor, the slowest first."""
    about = f"""## Pages over a tree of 10,000 organizations

{ORGANIZATIONS:,} organizations in four levels with {PEOPLE:,} people in as many posts, and the test world's office with
its documents and tasks. Every page of the URL conf as an administrator, a clerk and a leader, {VISITS} visits each, the
slowest visitor: p50 / p95 ms by the clock · of computing. Aims: {AIM:.0f} ms a page, {TYPING:.0f} ms for what is
asked with each letter, by computing.

| page | slowest as | ms | |
|---|---|---|---|
"""
    rows = []
    for name, each in sorted(found.items(), key=lambda one: -max(times.cpu50 for times in one[1].values())):
        who = max(each, key=lambda one: each[one].cpu50)
        aim = TYPING if ".json" in name else AIM
        rows.append(f"| `{name}` | {who} | {each[who]} | {'' if each[who].cpu50 <= aim else '**missed**'} |\n")
    return about + "".join(rows)


def make_world() -> None:
    """The test world with accounts, as the owner."""
    from congso.kernel.accounts.testing import open_doors
    from congso.kernel.directory.testing import build_world

    open_doors(build_world())


def known_world() -> Any:
    """The test world's ids, read back."""
    from django.db import connection

    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.accounts.models import User
    from congso.kernel.directory.models import Organization
    from congso.kernel.directory.testing import World

    people = dict(User.objects.values_list("username", "person_id"))
    with acting_as(Actor.person(people["clerk"])):
        codes = Organization.objects.filter(code__startswith="T.").values_list("code", "pk")
        world = World(organizations={code.removeprefix("T."): pk for code, pk in codes}, **people)
    connection.close()
    return world


def run_tree(path: Path) -> None:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "tests.performance.bench.tree", "--out", str(path)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True)


def main() -> None:
    """Make the database, load the tree, open every page; write the section down."""
    if sys.argv[1:] == ["world"]:
        import django

        django.setup()
        make_world()
        return
    parser = argparse.ArgumentParser(prog="tree")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    print(f"tree: {description()}", file=sys.stderr)  # noqa: T201
    server = fresh_database("bench_tree")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    owner = os.environ | owner_environment(PLACES, server) | settings
    subprocess.run([sys.executable, "-m", "tests.performance.bench.tree", "world"], env=owner, check=True)
    os.environ |= app_environment(PLACES, server) | settings
    import django
    from django.test import override_settings

    django.setup()
    from tests.office import Office
    from tests.performance.bench.pages import _PLAIN_STATIC

    world = known_world()
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        load_tree(connection, world.organizations["TU"])
    with override_settings(STORAGES=_PLAIN_STATIC, ALLOWED_HOSTS=["localhost", "testserver"]):
        put_section(options.out, section(measure_pages(addresses_of(Office(world)))))


if __name__ == "__main__":
    main()
