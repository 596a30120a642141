"""The section of the benchmarks on register fields: exactness per field and medium, the unseen papers apart."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from congso.kernel.papers.proposals import FieldName, PaperFields
from congso.lib.vietnamese import clean_line
from tests.reading.papers import Medium, Specimen
from tests.reading.scoring import AIMS, Score, read_specimen, score
from tests.reading.specimens import known, unseen

HEADING = "## Register fields read from papers"
_LABELS = {
    FieldName.NUMBER_SYMBOL: "symbol",
    FieldName.ISSUED_DATE: "date",
    FieldName.ISSUING_AGENCY: "issuer",
    FieldName.PARENT_AGENCY: "superior",
    FieldName.DOC_TYPE: "type",
    FieldName.TITLE: "abstract",
    FieldName.SIGNER: "signer",
    FieldName.URGENCY: "urgency",
    FieldName.SECRECY: "secrecy",
}
_BORN_DIGITAL = (Medium.PDF, Medium.PRINTED_DOCX, Medium.DOCX)
_PREAMBLE = """Sixty invented papers of Party bodies, the state, the Front and the organizations, set after the habits
of many offices: captions of signing programs, seals over the signature, arrival stamps, blank numbers, joint papers,
minutes. Scans: one JPEG a page, noise, skew up to 1.3°, grey or colour, through the same recognition as any upload,
then the zones of header, title and signature read again. Forty were before the eyes of whoever wrote the rules; twenty
(*unseen*) were written afterwards from fresh looks at published papers. At the first look, before their misses were
mended, the unseen gave, regardless of case: symbol 20 of 20, date 19, issuer 20, signer 18, abstract 16 (of the 13
scans: 13, 13, 13, 11, 9); the table shows them after mending, so new papers will do somewhat worse than it says.
Twelve more scans, much worse (noise of 50, skew 1.6°, JPEG 45, seals over every name, some grey), were tried once
and are not kept: symbol 12, date 12, issuer 11, abstract 12, but signer 6 of 12, and 9 after mending: black print
under a grey seal is lost. No paper of the set bears a mark of secrecy: that column says only that none was invented.
Cells: share exactly right (NFC, spaces) · regardless of case.
"""


def put_section(path: Path) -> None:
    """Read all sixty and put the section into the page of benchmarks, in place of an older one."""
    page = path.read_text(encoding="utf-8")
    before, found, after = page.partition(f"{HEADING}\n")
    rest = re.split(r"(?m)^(?=## )", after, maxsplit=1)[1:] if found else []
    path.write_text(before.rstrip() + "\n\n" + section() + "\n" + "".join(rest), encoding="utf-8")


def section() -> str:
    """Markdown of the tables."""
    old, new = pairs_of(known()), pairs_of(unseen())
    rows = []
    for label, papers in (("known", old), ("unseen", new)):
        for name, media in (("born digital", _BORN_DIGITAL), ("scan 200 dpi", _200), ("scan 300 dpi", _300)):
            held = [pair for pair in papers if pair[0].medium in media]
            rows.append((f"{label}, {name}", len(held), score(held)))
    everything = score([*old, *new])
    rows.append(("**all**", len(old) + len(new), everything))
    return "\n".join([HEADING + "\n", _PREAMBLE, _table(rows), _recipients([*old, *new]), _aims(everything)])


_200, _300 = (Medium.SCAN_200,), (Medium.SCAN_300,)


def _table(rows: Iterable[tuple[str, int, Mapping[FieldName, Score]]]) -> str:
    lines = ["| papers | n | " + " | ".join(_LABELS.values()) + " |", "|---" * (len(_LABELS) + 2) + "|"]
    for label, count, scores in rows:
        cells = " | ".join(_cell(scores[name]) for name in _LABELS)
        lines.append(f"| {label} | {count} | {cells} |")
    return "\n".join(lines) + "\n"


def _recipients(papers: Iterable[tuple[Specimen, PaperFields]]) -> str:
    """How many lines below “Nơi nhận” are right, regardless of case."""
    counted = {True: [0, 0], False: [0, 0]}
    for specimen, fields in papers:
        found = {clean_line(line).casefold() for line in fields.value(FieldName.RECIPIENTS).split("\n")}
        wanted = [clean_line(line).strip(" -;,.").casefold() for line in specimen.recipients]
        of_kind = counted[specimen.medium in (*_200, *_300)]
        of_kind[0] += sum(line in found for line in wanted)
        of_kind[1] += len(wanted)
    (scans, all_of_scans), (digital, all_digital) = counted[True], counted[False]
    return f"Recipients, line by line: {digital} of {all_digital} born digital, {scans} of {all_of_scans} on scans.\n"


def _cell(one: Score) -> str:
    return f"{one.exact / one.count:.2f} · {one.casefold / one.count:.2f}" if one.count else "–"


def _aims(scores: Mapping[FieldName, Score]) -> str:
    said = []
    for name, aim in AIMS.items():
        reached = scores[name].casefold / scores[name].count
        said.append(f"{_LABELS[name]} {reached:.3f} of {aim:.2f}" + ("" if reached >= aim else " **missed**"))
    misses = [f"- {_LABELS[name]}: {miss}" for name in _LABELS for miss in scores[name].misses]
    return (
        "Aims, regardless of case: "
        + "; ".join(said)
        + ".\n\nWhat was misread:\n\n"
        + "\n".join(misses or ["- nothing"])
        + "\n"
    )


def pairs_of(specimens: Sequence[Specimen]) -> list[tuple[Specimen, PaperFields]]:
    return [(specimen, read_specimen(specimen)) for specimen in specimens]
