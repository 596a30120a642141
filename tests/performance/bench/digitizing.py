"""Which recogniser reads scans of Party papers best: letters, words, fields, seconds a page, beside bare ocrmypdf.

`python -m tests.performance.bench.digitizing [--papers 12] [--out docs/benchmarks.md]`: generated papers at 200 and
300 dpi with noise and skew (`tests/reading`), each read by every way; truth is the paper's text before it was scanned.
All texts are laid out by the same reader, so that the order of columns is not counted as an error.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from congso.kernel.files.reading import confidences
from congso.kernel.files.reading.engines import ASTER, TESSERACT, Engine, engine_named
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import Zone, read_layout, read_zones
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.scans import pages as scanned_pages
from congso.kernel.files.reading.scans.two_layers import Sheet, make
from congso.kernel.papers.fields import read_fields
from congso.kernel.papers.proposals import FieldName, PaperFields
from congso.lib.layout import Line
from congso.lib.vietnamese import nfc
from tests.reading.papers import Medium, Specimen
from tests.reading.printing import pdf
from tests.reading.scanning import scanned
from tests.reading.scoring import score
from tests.reading.specimens import known, unseen

HEADING = "## Recognisers of scanned pages"
FIELDS = (
    FieldName.NUMBER_SYMBOL, FieldName.ISSUED_DATE, FieldName.ISSUING_AGENCY, FieldName.DOC_TYPE, FieldName.TITLE,
    FieldName.SIGNER,
)  # fmt: skip
LIMITS = Limits()


@dataclass
class Way:
    """One way of reading and what came of it."""

    name: str
    read: Callable[[Path, Path], Path]
    """Make a searchable PDF of the scan in the folder."""
    letters: int = 0
    wrong_letters: int = 0
    words: int = 0
    wrong_words: int = 0
    lost_words: int = 0
    pages: int = 0
    seconds: float = 0.0
    fields: list[tuple[Specimen, PaperFields]] = field(default_factory=list)


def ways() -> list[Way]:
    """Bare ocrmypdf, then each engine with and without cleaning of the picture."""
    tesseract, aster = engine_named(TESSERACT), engine_named(ASTER)
    return [
        Way("ocrmypdf, bare", _bare),
        Way("tesseract", lambda scan, work: _ours(scan, work, tesseract, is_clean=False)),
        Way("tesseract, cleaned picture", lambda scan, work: _ours(scan, work, tesseract, is_clean=True)),
        Way("aster on lines, cleaned picture", lambda scan, work: _ours(scan, work, aster, is_clean=True)),
    ]


def _bare(scan: Path, work: Path) -> Path:
    made = work / "bare.pdf"
    command = [sys.executable, "-m", "ocrmypdf", "-q", "-l", "vie", "--jobs", "1", str(scan), str(made)]
    subprocess.run(command, check=True)
    return made


def _ours(scan: Path, work: Path, engine: Engine, *, is_clean: bool) -> Path:
    found: list[scanned_pages.ScannedPage] = []
    with _cleaning(is_on=is_clean):
        desk = scanned_pages.Desk(engine, LIMITS, work, "CSH1:", heed_marks=False)
        scanned_pages.read_pages(scan, range(1, 100), desk, found.append)
    made = work / "ours.pdf"
    make([Sheet(scan, page.posed, page.words) for page in found], made, LIMITS, title="", facts={})
    confidences.keep(made, [[(word[0], word[5]) for word in page.words] for page in found])
    return made


@contextmanager
def _cleaning(*, is_on: bool) -> Iterator[None]:
    before = scanned_pages.for_reading

    def plain(page: Image.Image, _dpi: int) -> Image.Image:
        return page

    scanned_pages.for_reading = before if is_on else plain
    try:
        yield
    finally:
        scanned_pages.for_reading = before


def papers(count: int) -> list[Specimen]:
    """Scans of the set, unseen ones first, as many at 200 as at 300 dpi."""
    all_scans = [one for one in (*unseen(), *known()) if one.medium in (Medium.SCAN_200, Medium.SCAN_300)]
    coarse = [one for one in all_scans if one.medium is Medium.SCAN_200]
    fine = [one for one in all_scans if one.medium is Medium.SCAN_300]
    return [one for pair in zip(coarse, fine, strict=False) for one in pair][:count]


def measure(count: int) -> list[Way]:
    """Read every paper by every way."""
    found = ways()
    for specimen in papers(count):
        truth_lines = _lines(pdf(specimen))
        scan = scanned(specimen)
        for way in found:
            _one(way, specimen, scan, truth_lines)
            print(specimen.name, way.name, f"{way.wrong_letters}/{way.letters}", file=sys.stderr)  # noqa: T201
    return found


def _one(way: Way, specimen: Specimen, scan: bytes, truth: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        path = work / "scan.pdf"
        path.write_bytes(scan)
        begun = time.monotonic()
        made = way.read(path, work)
        way.seconds += time.monotonic() - begun
        layout = read_layout(made, FileKind.PDF, limits=LIMITS, work=work)
        read = " ".join(nfc(line.text) for page in layout.pages for line in page.lines)

        def reread(zones: Sequence[Zone]) -> Sequence[Sequence[Line]]:
            return read_zones(made, zones, limits=LIMITS, work=work)

        way.fields.append((specimen, read_fields(layout, reread=reread)))
        way.pages += len(layout.pages)
    way.letters += len(truth)
    way.wrong_letters += distance(truth, read)
    way.words += len(truth.split())
    way.wrong_words += distance(truth.split(), read.split())
    way.lost_words += (Counter(truth.split()) - Counter(read.split())).total()


def _lines(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "truth.pdf")
        path.write_bytes(content)
        return _text(path, Path(folder))


def _text(path: Path, work: Path) -> str:
    layout = read_layout(path, FileKind.PDF, limits=LIMITS, work=work)
    return " ".join(nfc(line.text) for page in layout.pages for line in page.lines)


def distance(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Levenshtein's, row by row in numpy: pages of thousands of letters in a blink."""
    codes: dict[Any, int] = {}
    left = [codes.setdefault(item, len(codes)) for item in one]
    right = np.array([codes.setdefault(item, len(codes)) for item in other], dtype=np.int64)
    steps = np.arange(len(right) + 1)
    row = steps.copy()
    for place, item in enumerate(left, 1):
        fresh = np.empty_like(row)
        fresh[0] = place
        fresh[1:] = np.minimum(row[1:] + 1, row[:-1] + (right != item))
        row = np.minimum.accumulate(fresh - steps) + steps
    return int(row[-1])


def section(found: Sequence[Way], count: int) -> str:
    """Markdown of the table."""
    names = "".join(f" {name.value} |" for name in FIELDS)
    rows = []
    for way in found:
        scores = score(way.fields)
        cells = "".join(f" {scores[name].casefold}/{len(way.fields)} |" for name in FIELDS)
        rows.append(
            f"| {way.name} | {100 * way.wrong_letters / max(1, way.letters):.2f} |"
            f" {100 * way.wrong_words / max(1, way.words):.2f} | {100 * way.lost_words / max(1, way.words):.2f} |"
            f" {way.seconds / max(1, way.pages):.2f} |{cells}"
        )
    told = (
        f"{count} generated papers ({found[0].pages} pages), half at 200 and half at 300 dpi, with noise, skew, seals"
        " and arrival stamps; truth is their text before scanning. CER and WER in percent in the order the layout is"
        " read (a signature's column taken before the recipients' counts as wrong letters), *lost* without regard to"
        " order: words of the paper that nobody read. Seconds a page. Fields regardless of case, by the same reading"
        " machine from what each way made."
    )
    head = f"| way | CER | WER | lost | s/page |{names}"
    return "\n".join([HEADING, "", told, "", head, f"|---|---|---|---|---|{'---|' * len(FIELDS)}", *rows, ""])


def put_section(path: Path, text: str) -> None:
    """Put the section into the page of benchmarks, in place of an older one."""
    page = path.read_text(encoding="utf-8")
    before, found, after = page.partition(f"{HEADING}\n")
    rest = re.split(r"(?m)^(?=## )", after, maxsplit=1)[1:] if found else []
    path.write_text(before.rstrip() + "\n\n" + text + "\n" + "".join(rest), encoding="utf-8")


def run_digitizing(path: Path, count: int = 12) -> None:
    """Measure and write the section down."""
    put_section(path, section(measure(count), count))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.out:
        run_digitizing(options.out, options.papers)
    else:
        found = measure(options.papers)
        print(section(found, options.papers))  # noqa: T201
        told = {way.name: score(way.fields)[FieldName.TITLE].misses for way in found}
        print(json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
