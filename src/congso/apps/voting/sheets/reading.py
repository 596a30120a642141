"""Reading a scan of many sheets in the guarded child: what the service calls."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from congso.kernel.files.reading.isolation import Progress, run_task, silent
from congso.kernel.files.reading.limits import Limits

SECONDS_A_PAGE = 3.0
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Expected:
    """What the scan should hold: the form as a PDF, how many names are on it, the sheets printed for the ballot."""

    ballot: int
    form: bytes
    names: int
    printed: frozenset[str]


@dataclass(frozen=True)
class SheetFound:
    """A page of the scan: its code, why it is set aside, names surely struck, pictures of doubtful names by place.

    `whole`: the page's picture where the page as a whole is doubtful (set aside, or ink outside the names).
    """

    number: int
    code: str
    problem: str
    struck: list[int]
    doubtful: dict[int, bytes]
    whole: bytes


def read_sheets(
    pdf: Path, expected: Expected, *, pages: int, limits: Limits, work: Path, on_progress: Progress = silent
) -> list[SheetFound]:  # fmt: skip
    """Every page of the scan, in order. Raises the files' Refused, or Crashed."""
    into, blank = work / "pictures", work / "form.pdf"
    into.mkdir()
    blank.write_bytes(expected.form)
    found: list[SheetFound] = []

    def keep(told: dict[str, Any]) -> None:
        doubtful = {int(place): (into / name).read_bytes() for place, name in told["doubtful"].items()}
        whole = (into / told["whole"]).read_bytes() if told["whole"] else b""
        found.append(
            SheetFound(told["number"], told["code"], told["problem"], list(told["struck"]), doubtful, whole)
        )  # fmt: skip

    order = {
        "path": str(pdf), "form": str(blank), "names": expected.names, "ballot": expected.ballot,
        "printed": sorted(expected.printed), "into": str(into),
    }  # fmt: skip
    patient = replace(limits, seconds_per_file=limits.seconds_per_file + SECONDS_A_PAGE * pages)
    run_task(
        "read_sheets", order, limits=patient, work=work, on_progress=on_progress, child=_CHILD, on_part=keep
    )  # fmt: skip
    return found
