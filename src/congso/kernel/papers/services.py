"""Papers studied while they are received, and their issuer looked up in the directory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from congso.kernel.directory.models import Organization
from congso.kernel.files.reading.isolation import Progress
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import Zone, read_layout, read_zones
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading
from congso.kernel.papers.fields import read_fields
from congso.kernel.papers.proposals import FieldName, PaperFields
from congso.lib.layout import Layout, Line, Paragraph


class Resolution(Protocol):
    """What a name means: organizations, none when unclear, with a reason in Vietnamese."""

    @property
    def organizations(self) -> tuple[Organization, ...]: ...
    @property
    def reason(self) -> str: ...


class Resolver(Protocol):
    """Names of organizations as of a day (`directory.naming.Names`)."""

    def resolve(self, written: str) -> Resolution: ...


@dataclass(frozen=True)
class CheckedFields:
    """Fields with what the directory says of the issuer; `issuer` when it is known and existed that day."""

    fields: PaperFields
    issuer: Organization | None = None


def study_fields(
    pdf: Path | None, reading: Reading, limits: Limits, work: Path, on_progress: Progress
) -> PaperFields | None:
    """The fields of a file being received (a `Study`). None when it has no words at all. Raises Refused."""
    if pdf is None:
        return _fields_of_text(reading)
    on_progress(0, 1, "Đang đọc các trường của văn bản")
    layout = read_layout(pdf, FileKind.PDF, limits=limits, work=work, on_progress=on_progress)

    def reread(zones: Sequence[Zone]) -> Sequence[Sequence[Line]]:
        return read_zones(pdf, zones, limits=limits, work=work)

    return read_fields(layout, reread=reread)


def _fields_of_text(reading: Reading) -> PaperFields | None:
    """Without pages to look at (no LibreOffice): the lines of the text, one column."""
    lines = [line for text in reading.page_texts for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    return read_fields(Layout(blocks=tuple(Paragraph(line) for line in lines)))


def check_against_directory(fields: PaperFields, names: Resolver) -> CheckedFields:
    """The issuer in the directory of the paper's day: below its superior, else by itself.

    Adds a doubt to the issuer that is unknown, unclear, or had another name that day.
    """
    reading = fields.readings.get(FieldName.ISSUING_AGENCY)
    if reading is None or not reading.value:
        return CheckedFields(fields)
    parent = fields.value(FieldName.PARENT_AGENCY)
    found = [names.resolve(name) for name in (f"{reading.value} {parent}".strip(), reading.value)]
    known = next((answer for answer in found if len(answer.organizations) == 1), None)
    reason = known.reason if known else found[-1].reason or "Cơ quan ban hành không có trong danh mục tổ chức."
    if not reason:
        return CheckedFields(fields, known.organizations[0] if known else None)
    doubt = f"{reading.doubt} {reason}".strip()
    doubted = replace(reading, doubt=doubt, confidence=round(reading.confidence * (0.9 if known else 0.7), 3))
    readings = {**fields.readings, FieldName.ISSUING_AGENCY: doubted}
    return CheckedFields(replace(fields, readings=readings), known.organizations[0] if known else None)
