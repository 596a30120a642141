"""Run on a small disk of its own: `python -m tests.faults.full_disk FOLDER` tells, as JSON, what an office met there.

A program and not a test, because only a process of its own can be given a file system of its own.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_test_environment

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
LITTLE = 48 * 1024


@contextmanager
def filled(*, but: int) -> Iterator[None]:
    """Somebody else takes the space, all but so many bytes."""
    filler = FOLDER / "của người khác"
    free = os.statvfs(FOLDER).f_bavail * os.statvfs(FOLDER).f_frsize
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - but)
    try:
        yield
    finally:
        filler.unlink()


def main() -> dict[str, Any]:
    """The story, told step by step."""
    from tests.faults.small_office import SmallOffice, papers

    office = SmallOffice(FOLDER / "files")
    told: dict[str, Any] = {}
    before = office.send("trước.pdf")
    with filled(but=100 * 2**20):
        told["nearly full"] = office.send("khi gần đầy.pdf")
        told["left of it"] = office.left()
        told["what came before"] = office.read(before["id"])
    told["the rest of the batch"] = office.read(office.send("sau.pdf")["id"])

    office.believe_there_is_room()
    with filled(but=LITTLE):
        told["full in the middle"] = office.send("khi đầy.pdf", bytes(5 * LITTLE))
    for kind, content in papers().items():
        sent = office.send(kind, content)
        told[f"full while reading {kind}"] = office.read(sent["id"], filled(but=LITTLE))
        told[f"{kind} with space again"] = office.read_again(sent["id"])
    told["numbers"], told["left at the end"] = office.numbers_used(), office.left()
    return told


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    with contextlib.redirect_stdout(sys.stderr):
        answer = main()
    sys.stdout.write(json.dumps(answer))
