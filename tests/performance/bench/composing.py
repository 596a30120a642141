"""Papers made, checked, mended, compared and printed: by the clock and of computing, for a short and a long paper.

`python -m tests.performance.bench.composing [--out docs/benchmarks.md]`
"""

import argparse
import os
import re
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx
from django.conf import settings
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

HEADING = "Official papers"
FLOOR = "python-docx alone"
LONG_PARAGRAPHS = 820  # of each of the sample body's two halves: about 150 pages
ROUNDS = 9


def measure() -> list[str]:
    """The section's lines."""
    from congso.kernel.composing.comparing import differences
    from congso.kernel.composing.contents import Passage
    from congso.kernel.composing.findings import Expected
    from congso.kernel.composing.preflight import check, repair
    from congso.kernel.composing.rendering import places_in, to_pdf
    from congso.kernel.composing.templates import make_docx
    from congso.kernel.composing.tests import samples
    from congso.kernel.composing.tests.faults import FAULTS
    from congso.kernel.composing.tests.opened import edited, findings

    short, long = samples.PLAN, replace(samples.PLAN, body=samples.body(LONG_PARAGRAPHS))
    planted = ("margins.left", "size.body", "symbol.padding", "authority.prefix", "page_number.missing")
    rows = []
    for name, content in (("short", short), ("long", long)):
        made, expected = make_docx(content), Expected.of(content)
        spoilt = made
        for fault in FAULTS:
            if fault.code in planted:
                spoilt = edited(spoilt, fault.plant)
        printed = to_pdf(made)
        pages = places_in(printed).pages
        changed = (
            Passage("Một đoạn mới được thêm vào giữa hai dự thảo."),
            *content.body[:-1],
            Passage("Đoạn cuối đã sửa."),
        )
        later = make_docx(replace(content, body=changed))
        found = check(spoilt, expected)
        acts: dict[str, Callable[[], object]] = {
            "made (DOCX)": lambda: make_docx(content),  # noqa: B023 - measured before the loop goes on
            FLOOR: lambda: _words_of(made),  # noqa: B023
            "preflight, rules alone": lambda: findings(made, expected),  # noqa: B023
            "preflight in the guarded child": lambda: check(made, expected),  # noqa: B023
            f"mending {len(found)} findings in the child": lambda: repair(spoilt, found, expected),  # noqa: B023
            "two versions compared in the child": lambda: differences(made, later),  # noqa: B023
            "printed by LibreOffice (PDF/A-2b)": lambda: to_pdf(made),  # noqa: B023
            "places found on the PDF": lambda: places_in(printed),  # noqa: B023
        }
        taken = {act: _taken(run, ROUNDS if name == "short" else 3) for act, run in acts.items()}
        for act, (clock, computing) in taken.items():
            against = f"{computing / taken[FLOOR][1]:.1f}×" if act.startswith("preflight") else ""
            rows.append(f"| {act} | {pages} | {_shown(clock)} | {_shown(computing)} | {against} |")
    load = os.getloadavg()[0]
    return [
        f"Median of {ROUNDS} runs of the short paper, 3 of the long one; load {load:.1f} on {os.cpu_count()} cores.",
        "Computing is this process and its children, LibreOffice among them. What preflight costs a document is told",
        "against the least that looks at all of it: python-docx opens the file and reads every paragraph's words.", "",
        "| act | pages | by the clock | of computing | against python-docx |", "|---|---:|---:|---:|---:|", *rows,
    ]  # fmt: skip


def _words_of(file: bytes) -> int:
    """Bare python-docx over the body's paragraphs, those of tables too."""
    document = docx.Document(BytesIO(file))
    return sum(len(Paragraph(one, document).text) for one in document.element.body.iter(qn("w:p")))


def _taken(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds by the clock and of computing."""
    run()
    found = []
    for _ in range(rounds):
        begun, spent = time.perf_counter(), _computing()
        run()
        found.append((time.perf_counter() - begun, _computing() - spent))
    return median(clock for clock, _ in found), median(computing for _, computing in found)


def _computing() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def main() -> None:
    """Measure and put the section into the page."""
    parser = argparse.ArgumentParser(prog="bench.composing")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    out = parser.parse_args().out
    with TemporaryDirectory() as folder:
        settings.configure(FILES_DIR=folder, UPLOAD_MAX_BYTES=200 * 2**20, OCR_JOBS=1)
        section = f"## {HEADING}\n\n" + "\n".join(measure()) + "\n"
    kept = out.read_text(encoding="utf-8")
    known = re.compile(rf"^## {HEADING}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    made = known.sub(lambda _: section + "\n", kept) if known.search(kept) else f"{kept.rstrip()}\n\n{section}"
    out.write_text(made.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
