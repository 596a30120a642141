"""Installations of their own for the tests of the tooling."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from operate.locks import wait_until_free
from operate.places import Places
from operate.postgres import release

NewPlaces = Callable[[str], Places]


@pytest.fixture
def new_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewPlaces]:
    """Makes empty installations; their servers are stopped and their folders removed at the end."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATA_DIR", "SECRET_DIR", "CONGSO_ROLE"):
        monkeypatch.delenv(name, raising=False)
    made: list[Places] = []

    def make(name: str) -> Places:
        made.append(Places(tmp_path / name))
        return made[-1]

    yield make
    for places in made:
        remove(places)


@pytest.fixture
def places(new_places: NewPlaces) -> Places:
    """One empty installation."""
    return new_places("data")


def remove(places: Places) -> None:
    """Stop an installation's server and remove what lies outside the test's own folder."""
    release(places)
    if places.run.exists():
        wait_until_free(places.run / "keeper.lock", seconds=15)
    if places.postgres.is_symlink():  # the server's user could not pass into the test's folder
        shutil.rmtree(places.postgres.resolve())


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be noticed as dead does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def processes_mentioning(text: str) -> list[int]:
    """The live processes with this text in their command line, ourselves excepted."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if text.encode() in (entry / "cmdline").read_bytes() and alive(int(entry.name)):
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found
