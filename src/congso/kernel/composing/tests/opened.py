"""Files judged and mended in this process: the guarded child does the same by the same functions."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from docx.document import Document

from congso.kernel.composing.findings import Expected, Finding
from congso.kernel.composing.judging import judge
from congso.kernel.composing.mending.repairing import repaired
from congso.kernel.composing.paper import BODY_COMPONENTS, Paper
from congso.kernel.composing.recognition import recognise
from congso.kernel.composing.word.package import Package, open_package
from congso.kernel.composing.word.reading import read_paper
from congso.kernel.files.reading.limits import Limits


def opened(file: bytes) -> Package:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper"
        path.write_bytes(file)
        return open_package(path, Limits())


def paper_of(file: bytes, expected: Expected) -> Paper:
    return recognise(read_paper(opened(file)), expected)


def findings(file: bytes, expected: Expected) -> list[Finding]:
    return judge(read_paper(opened(file)), expected)


def codes(file: bytes, expected: Expected) -> set[str]:
    return {finding.code for finding in findings(file, expected)}


def mended(file: bytes, expected: Expected, *, accept_changes: bool = False) -> bytes:
    """All that can be."""
    wanted = {finding.code for finding in findings(file, expected) if finding.can_be_repaired}
    return repaired(opened(file), wanted, expected, accept_changes=accept_changes)


def body_words(file: bytes, expected: Expected) -> list[str]:
    """What stands between head and tail, as the file has it."""
    paper = paper_of(file, expected)
    return [one.text for one in paper.paragraphs if one.component in BODY_COMPONENTS and one.line]


def edited(file: bytes, edit: Callable[[Document], None]) -> bytes:
    """The file after somebody worked on it in Word."""
    document = docx.Document(BytesIO(file))
    edit(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@dataclass(frozen=True)
class Fault:
    """A fault planted into a good paper, the finding it must give, and whether that can be repaired."""

    code: str
    plant: Callable[[Document], None]
    is_repairable: bool = True
