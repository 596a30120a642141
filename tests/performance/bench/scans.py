"""Fifty scanned pages until registered and found by their words, beside bare ocrmypdf on the same pages."""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from django.core.management import call_command

from congso.apps.documents.samples.catalogue import any_paper
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.files import purposes
from congso.kernel.search.queries import search

PAGES = 50
SETS = {"50 files of 1 page": 1, "10 files of 5 pages": 5, "1 file of 50 pages": 50}
CLERK, OFFICE = "vanthu1.vptu", "LC.VPTU"
WAYS = ("ocrmypdf -l vie", "ingest without fields", "ingest with fields")


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of computing by this process and all it started (not the database)."""

    clock: float
    computing: float


def measure_scans() -> dict[str, dict[str, tuple[float, float]]]:
    """Each way over each set; the sets differ in their pictures, so no file is known when it comes."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as made:
        for place, (name, length) in enumerate(SETS.items()):
            found[name] = {}
            for turn, (way, act) in enumerate(_ways().items()):
                # Same papers for each way, other noise: nothing is a duplicate, nothing comes from a cache.
                files = _files(Path(made) / f"{place}-{turn}", length, seed=100 * place + turn)
                took = _timed(lambda act=act, files=files: act(files))
                found[name][way] = (took.clock, took.computing)
                print(name, way, took, file=sys.stderr)  # noqa: T201 - who watches wants to see it go on
    _check_found()
    return found


def _ways() -> dict[str, Callable[[list[Path]], None]]:
    return dict(zip(WAYS, (_bare, _without_study, _ingest), strict=True))


def _files(folder: Path, length: int, seed: int) -> list[Path]:
    folder.mkdir()
    sheets = [
        sheet
        for number in range(PAGES)
        for sheet in _first_page(scanned_pdf(any_paper(number), seed, Scanner(dpi=200)))
    ]
    files = []
    for number in range(0, PAGES, length):
        path = folder / f"bản quét {number}.pdf"
        with pikepdf.new() as bound:
            for sheet in sheets[number : number + length]:
                with pikepdf.open(io.BytesIO(sheet)) as single:
                    bound.pages.extend(single.pages)
            bound.save(path)
        files.append(path)
    return files


def _first_page(data: bytes) -> Iterator[bytes]:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        del document.pages[1:]
        document.save(out)
    yield out.getvalue()


def _bare(files: list[Path]) -> None:
    """One after the other with its own defaults, which use all cores for one file."""
    environment = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    for path in files:
        command = [sys.executable, "-m", "ocrmypdf", "-l", "vie", "-q", str(path), str(path.with_suffix(".out.pdf"))]
        subprocess.run(command, check=True, env=environment)


def _ingest(files: list[Path]) -> None:
    out = io.StringIO()
    call_command("ingest", *map(str, files), "--as", CLERK, "--org", OFFICE, "--json", stdout=out)
    told = json.loads(out.getvalue())
    if len(told) != len(files) or not all(one["record"] for one in told):
        raise RuntimeError("not every file was registered")


def _without_study(files: list[Path]) -> None:
    with _no_study():
        _ingest(files)


@contextmanager
def _no_study() -> Iterator[None]:
    handler, study = purposes.handler_for(PURPOSE), purposes.study_for(PURPOSE)
    purposes.register_purpose(PURPOSE, handler)
    try:
        yield
    finally:
        purposes.register_purpose(PURPOSE, handler, study)


def _timed(act: Callable[[], None]) -> Took:
    begun, before = time.perf_counter(), _computing()
    act()
    return Took(time.perf_counter() - begun, _computing() - before)


def _computing() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _check_found() -> None:
    """What both ways of ours took in is found by words that every paper bears."""
    person = User.objects.get(username=CLERK).person_id
    taken_in = 2 * sum(PAGES // length for length in SETS.values())
    with acting_as(Actor.person(person)):
        if search("Lào Cai").total < taken_in:
            raise RuntimeError("what was ingested is not found by its words")
