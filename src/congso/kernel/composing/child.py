"""The child process that opens papers from outside: started by path under the guard, like the reader of files."""

import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from congso.kernel.files.reading.answering import Say, Task, serve
from congso.kernel.files.reading.limits import Limits


def places(arguments: dict[str, Any], limits: Limits, _say: Say) -> dict[str, Any]:
    """Where number, date, signatures and seals stand on a PDF."""
    from congso.kernel.composing.printed import places_of

    return places_of(Path(arguments["files"]["paper"]), limits)


def look(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Refuse a DOCX that is hostile or damaged."""
    from congso.kernel.composing.word.package import open_package

    open_package(Path(arguments["files"]["paper"]), limits)
    return True


def compare(arguments: dict[str, Any], limits: Limits, _say: Say) -> list[dict[str, Any]]:
    """What became of each paragraph and row."""
    from dataclasses import asdict

    from congso.kernel.composing.aligning import align
    from congso.kernel.composing.units import units_of

    old, new = (units_of(_paper(Path(arguments["files"][name]), limits)) for name in ("old", "new"))
    return [asdict(one) for one in align(old, new)]


def check(arguments: dict[str, Any], limits: Limits, _say: Say) -> list[dict[str, Any]]:
    """Findings of one file."""
    from congso.kernel.composing.judging import judge
    from congso.kernel.composing.plain import expected_from

    paper = _paper(Path(arguments["files"]["paper"]), limits)
    return [finding.as_plain() for finding in judge(paper, expected_from(arguments["expected"]))]


def _paper(path: Path, limits: Limits) -> Any:
    from congso.kernel.files.reading import refusals
    from congso.kernel.files.reading.kinds import FACTS, FileKind
    from congso.kernel.files.reading.sniff import sniff

    kind = sniff(path, "paper", limits).kind
    with refusals.whatever_fails(FACTS[kind].label):
        if kind is FileKind.PDF:
            from congso.kernel.composing.pdf_paper import read_pdf

            return read_pdf(path, limits)
        from congso.kernel.composing.word.package import open_package
        from congso.kernel.composing.word.reading import read_paper

        return read_paper(open_package(path, limits))


def repair(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Mend a DOCX."""
    from congso.kernel.composing.mending.repairing import repaired
    from congso.kernel.composing.plain import expected_from
    from congso.kernel.composing.word.package import open_package
    from congso.kernel.files.reading import refusals

    with refusals.whatever_fails("Word (DOCX)"):
        package = open_package(Path(arguments["files"]["paper"]), limits)
        expected, codes = expected_from(arguments["expected"]), arguments["codes"]
        made = repaired(package, codes, expected, accept_changes=arguments["accept_changes"])
    Path(arguments["into"]).write_bytes(made)
    return True


TASKS: dict[str, Task] = {"places": places, "look": look, "check": check, "compare": compare, "repair": repair}

if __name__ == "__main__":
    serve(TASKS)
