"""Whatever is done to the bytes of a file, reading it ends in a reading or a refusal, within its limits.

Forty mutations in every run; a hundred for each of `make faults`' rounds, which makes 5,000. Every fiftieth
goes through Tesseract and LibreOffice too; the others run as on a machine without them, or it would take a day.
"""

import os
import secrets
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from congso.kernel.files.reading import ocr, office
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Refused
from congso.lib.layout import Layout
from tests.faults.mutating import mutated, samples

SHORT, A_ROUND = 40, 100
COUNT = A_ROUND * int(os.environ.get("FAULTS") or 0) or SHORT
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
WITH_TOOLS = 50
LIMITS = Limits(seconds_per_file=30, seconds_per_page=20, memory_bytes=2**30, text_per_file=200_000)
LONGEST = 4 * LIMITS.seconds_per_file  # inspection, recognition or printing, inspection again, layout
_LAID_OUT = {FileKind.PDF, FileKind.DOCX}

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3_600)]


def outcome(data: bytes, name: str, folder: Path) -> str:
    """What became of one file: how it was read, or why it was refused. Any other end is a fault of ours."""
    path, work = folder / "upload", folder / "work"
    work.mkdir(parents=True)
    path.write_bytes(data)
    try:
        reading = read(path, name, limits=LIMITS, work=work)
        assert isinstance(reading, Reading)
        if reading.mark:
            return "mark"
        layout = laid_out(reading, path, work)
    except Refused as refused:
        return str(refused.code) if refused.message_vi.endswith(".") else f"FAULT {refused}"
    return f"{reading.kind}, {'words' if layout and (layout.pages or layout.blocks) else 'no words'}"


def laid_out(reading: Reading, path: Path, work: Path) -> Layout | None:
    if reading.searchable_pdf_path:
        return read_layout(reading.searchable_pdf_path, FileKind.PDF, limits=LIMITS, work=work)
    if reading.kind in _LAID_OUT:
        return read_layout(path, reading.kind, limits=LIMITS, work=work)
    return None


def run(numbers: range, folder: Path) -> dict[int, str]:
    """The outcomes by number, several at a time; what went wrong is told with its number."""
    originals = samples()

    def one(number: int) -> str:
        random, begun = Random(f"{SEED}:{number}"), time.monotonic()  # noqa: S311 - repeatable on purpose
        name = random.choice(list(originals))
        try:
            found = outcome(mutated(originals[name], random), name, folder / str(number))
        except Exception as error:
            return f"FAULT {name}: {error!r}"[:600]
        took = time.monotonic() - begun
        return found if took < LONGEST else f"FAULT {name}: {took:.0f} s"

    with ThreadPoolExecutor(os.cpu_count()) as together:
        return dict(zip(numbers, together.map(one, numbers), strict=True))


def faults(found: dict[int, str]) -> dict[int, str]:
    return {number: what for number, what in found.items() if what.startswith("FAULT")}


def test_mutated_files_are_read_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"FAULTS_SEED={SEED} mutations={COUNT}\n")
    monkeypatch.setenv("PATH", str(tmp_path))  # where the children find neither Tesseract nor LibreOffice
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    monkeypatch.setattr(office, "libreoffice", lambda: None)
    found = run(range(COUNT), tmp_path)
    assert faults(found) == {}
    assert len(set(found.values())) > 3  # some are still read, others refused in several ways
    with capsys.disabled():
        sys.stdout.write(f"{ {what: list(found.values()).count(what) for what in sorted(set(found.values()))} }\n")


def test_mutated_files_are_read_or_refused_with_the_tools_too(tmp_path: Path) -> None:
    assert faults(run(range(COUNT, COUNT + max(2, COUNT // WITH_TOOLS)), tmp_path)) == {}
