"""A small journal of two organizations and the system, written by its people."""

import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.journal.closing import make_checkpoint
from congso.kernel.journal.exporting import export_journal
from congso.kernel.journal.models import Checkpoint
from congso.kernel.journal.queries import Verdict, verify_journal
from congso.kernel.journal.services import write_entry

KEEPER = Actor.system(System.JOURNAL)
TOOL = settings.ROOT / "tools/verify_journal.py"


def write(person: int, *, organization: int = 0, times: int = 1, **facts: object) -> None:
    """Lines with letters, marks and numbers that are easily told differently."""
    for _ in range(times):
        with acting_as(Actor.person(person)):
            write_entry(
                act="thử.ghi",
                actor=f"person:{person}",
                actor_label="Lê Mẫu “Nháy”\n\\",
                at=timezone.now(),
                organization_id=organization,
                facts={"đ": 'ộ\u0001"', "n": 1.5, "null": None, **facts},
            )


def close_book() -> Checkpoint:
    """A checkpoint, made by the keeper."""
    with acting_as(KEEPER):
        return make_checkpoint(actor=str(KEEPER), at=timezone.now())


def verdict() -> Verdict:
    """What the keeper finds."""
    with acting_as(KEEPER):
        return verify_journal()


def exported(path: Path, **chosen: Any) -> Path:
    """The book as a file."""
    with acting_as(KEEPER), path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in export_journal(**chosen))
    return path


def checked(*arguments: object) -> tuple[int, str]:
    """What the separate program says: its exit code and its words. Nothing but the standard library is in reach."""
    command = [sys.executable, "-I", "-S", str(TOOL), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def command(*arguments: str) -> str:
    """`./congso journal …` in this process."""
    out = StringIO()
    call_command("journal", *arguments, stdout=out, stderr=out)
    return out.getvalue()
