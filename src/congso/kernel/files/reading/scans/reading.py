"""Scanned pages read, drawn and bound in the guarded child: what the service calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.secrecy import Grade

SECONDS_A_PAGE = 90.0


@dataclass(frozen=True)
class Pose:
    """How a page is to be seen: `turn` clockwise in degrees, `skew` in degrees taken out of it, the `dpi` it has."""

    number: int
    turn: int
    skew: float
    dpi: int


@dataclass(frozen=True)
class PageFound:
    """What was found on a page; sizes and boxes in points of the straightened page.

    `words`: [text, left, top, right, bottom, confidence, line]. With a `grade` of secrecy there are none.
    """

    pose: Pose
    width: float
    height: float
    codes: tuple[str, ...]
    is_blank: bool
    words: list[list[Any]]
    grade: Grade | None


@dataclass(frozen=True)
class SheetToBind:
    """One page of a paper to be made: the stored PDF it comes from, its pose, its words as in `PageFound`."""

    path: Path
    pose: Pose
    words: Sequence[Sequence[Any]]


def read_scan(
    pdf: Path,
    pages: Sequence[int],
    *,
    engine: str,
    separator: str,
    tell: Callable[[PageFound], None],
    limits: Limits,
    work: Path,
    heed_marks: bool = True,
) -> None:
    """Read the pages (from 1) of a stored PDF; each is told as soon as it is done. `tell` may raise to stop.

    A page with a square code that begins with `separator` is not read for words. Raises Refused, Crashed.
    """
    order = {
        "path": str(pdf), "pages": list(pages), "engine": engine, "separator": separator, "work": str(work),
        "heed_marks": heed_marks,
    }  # fmt: skip
    run_task(
        "read_scan", order, limits=_patient(limits, len(pages)), work=work, on_progress=silent,
        on_part=lambda part: tell(_found(part)),
    )  # fmt: skip


def draw_scan(pdf: Path, pose: Pose, *, width: int, into: Path, limits: Limits, work: Path) -> None:
    """Draw the straightened page as WebP. Raises Refused; IndexError when there is no such page."""
    order = {"path": str(pdf), "pose": asdict(pose), "width": width, "into": str(into)}
    if not run_task("draw_scan", order, limits=limits, work=work, on_progress=silent):
        raise IndexError(pose.number)


def bind_sheets(
    sheets: Sequence[SheetToBind],
    into: Path,
    *,
    title: str,
    facts: Mapping[str, str] | None = None,
    limits: Limits,
    work: Path,
) -> int:
    """Write the sheets as one PDF/A-2b of two layers; how many pages it has. Raises Refused, Crashed."""
    plain = [[str(one.path), asdict(one.pose), [list(word) for word in one.words]] for one in sheets]
    order = {"sheets": plain, "into": str(into), "title": title, "facts": dict(facts or {})}
    return int(run_task("bind_sheets", order, limits=_patient(limits, len(sheets)), work=work, on_progress=silent))


def _patient(limits: Limits, pages: int) -> Limits:
    return replace(limits, seconds_per_file=limits.seconds_per_file + SECONDS_A_PAGE * pages)


def _found(part: Mapping[str, Any]) -> PageFound:
    return PageFound(
        Pose(**part["pose"]), part["width"], part["height"], tuple(part["codes"]), part["is_blank"], part["words"],
        Grade(part["grade"]) if part["grade"] else None,
    )  # fmt: skip
