"""Exactness per field: the same text after NFC and spaces, and beside it regardless of case and tone placement."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import Zone, read_layout, read_zones
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.office import to_pdf
from congso.kernel.files.reading.reader import read
from congso.kernel.papers.fields import read_fields
from congso.kernel.papers.proposals import FieldName, PaperFields
from congso.lib.layout import Layout, Line
from congso.lib.vietnamese import canonical_tones, clean_line
from tests.reading.papers import Medium, Specimen
from tests.reading.printing import docx, pdf
from tests.reading.scanning import scanned

_EDITION = 4  # of the printing; raise it when files made before no longer hold
CACHE = Path(tempfile.gettempdir()) / "congso-reading"
AIMS = {
    FieldName.NUMBER_SYMBOL: 0.97,
    FieldName.ISSUED_DATE: 0.97,
    FieldName.ISSUING_AGENCY: 0.95,
    FieldName.SIGNER: 0.95,
    FieldName.TITLE: 0.90,
}
FIELDS = tuple(FieldName)[:9]


@dataclass
class Score:
    """Of one field: how many were right exactly, how many regardless of case, of how many."""

    exact: int = 0
    casefold: int = 0
    count: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, specimen: str, wanted: str, found: str) -> None:
        self.count += 1
        self.exact += _exact(wanted) == _exact(found)
        right = _loose(wanted) == _loose(found)
        self.casefold += right
        if not right:
            self.misses.append(f"{specimen}: “{found}”, not “{wanted}”")


def _exact(text: str) -> str:
    return clean_line(text)


def _loose(text: str) -> str:
    return canonical_tones(clean_line(text)).casefold()


def score(pairs: Iterable[tuple[Specimen, PaperFields]]) -> Mapping[FieldName, Score]:
    """The fields of the command line over all papers; an empty truth counts, an invented value is a miss."""
    scores = {name: Score() for name in FIELDS}
    for specimen, fields in pairs:
        for name in FIELDS:
            scores[name].add(specimen.name, specimen.truth.get(name, ""), fields.value(name))
    return scores


def read_specimen(specimen: Specimen) -> PaperFields:
    """Make the file (once: kept in a cache by its content), and read its fields as the intake does."""
    path = searchable(specimen)
    work = Path(tempfile.mkdtemp(prefix="congso-reading-"))
    if specimen.medium is Medium.DOCX:
        return read_fields(read_layout(path, FileKind.DOCX, limits=Limits(), work=work))
    layout: Layout = read_layout(path, FileKind.PDF, limits=Limits(), work=work)

    def reread(zones: Sequence[Zone]) -> Sequence[Sequence[Line]]:
        return read_zones(path, zones, limits=Limits(), work=work)

    return read_fields(layout, reread=reread)


def searchable(specimen: Specimen) -> Path:
    """The file that is read: scans after recognition, Word files printed, others as they are. Made once, kept."""
    CACHE.mkdir(exist_ok=True)
    key = hashlib.sha256(f"{_EDITION} {replace(specimen, truth={})!r}".encode()).hexdigest()[:16]
    into = CACHE / f"{specimen.name}-{key}{'.docx' if specimen.medium is Medium.DOCX else '.pdf'}"
    if not into.exists():
        made = into.with_suffix(f".{os.getpid()}")
        _make(specimen, made)
        made.replace(into)
        sure = made.with_name(f"{made.name}.words.json")
        if sure.exists():  # how sure the recogniser was of each word, which intake has too
            sure.replace(into.with_name(f"{into.name}.words.json"))
    return into


def _make(specimen: Specimen, into: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix="congso-reading-"))
    source = work / "source"
    if specimen.medium in (Medium.SCAN_200, Medium.SCAN_300):
        source.write_bytes(scanned(specimen))
        made = read(source, "scan.pdf", limits=Limits(), work=work, heed_marks=False).searchable_pdf_path
        assert made is not None, "nothing was recognised"
        shutil.copyfile(made, into)
        sure = made.with_name(f"{made.name}.words.json")
        if sure.exists():
            shutil.copyfile(sure, into.with_name(f"{into.name}.words.json"))
    elif specimen.medium is Medium.PRINTED_DOCX:
        source.write_bytes(docx(specimen))
        printed = to_pdf(source, FileKind.DOCX, limits=Limits(), work=work)
        assert printed is not None, "LibreOffice printed nothing"
        into.write_bytes(printed.read_bytes())
    else:
        into.write_bytes(docx(specimen) if specimen.medium is Medium.DOCX else pdf(specimen))
    shutil.rmtree(work)
