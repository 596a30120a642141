"""One part of the bench that needs a database of its own: `python -m tests.performance.bench.stage acts`."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from operate.environment import MANAGE, app_environment, owner_environment
from tests.performance.bench.machine import PLACES, fresh_database


def run_stage(name: str) -> Any:
    """Make the stage's database afresh, fill it, measure in a process of its own, return what it found."""
    connections = fresh_database(f"bench_{name}")
    owner, app = owner_environment(PLACES, connections), app_environment(PLACES, connections)
    world: list[int] = []
    if name == "acts":
        world = json.loads(_run(owner, "-m", "tests.performance.bench.stage", "world").splitlines()[-1])
    else:
        _run(owner, MANAGE, "starter", "--demo")
        _run(app, MANAGE, "demo")
    return json.loads(_run(app, "-m", "tests.performance.bench.stage", name, *map(str, world)).splitlines()[-1])


def _run(environment: dict[str, str], *arguments: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment | settings, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _measure(name: str, *world: str) -> Any:
    import django

    django.setup()
    if name == "world":
        from congso.kernel.directory.testing import build_world

        built = build_world()
        return [built.clerk, built.organizations["VPTU"]]
    if name == "acts":
        from tests.performance.bench.acts import measure_acts

        return measure_acts(*map(int, world))
    if name == "scans":
        from tests.performance.bench.scans import measure_scans

        return measure_scans()
    from tests.performance.bench.pages import measure_pages

    return [asdict(page) for page in measure_pages()]


if __name__ == "__main__":
    print(json.dumps(_measure(*sys.argv[1:])))  # noqa: T201 - read by run_stage
