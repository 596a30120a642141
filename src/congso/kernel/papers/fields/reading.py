"""From the rows of a paper to its register fields; for scans the zones that matter are read a second time."""

from collections.abc import Callable, Sequence
from datetime import date

from congso.kernel.files.reading.layouts import Zone
from congso.kernel.papers.fields.checks import checked
from congso.kernel.papers.fields.header import Head, read_head
from congso.kernel.papers.fields.issuer import issuing_fields, read_issuing
from congso.kernel.papers.fields.marks import all_marks
from congso.kernel.papers.fields.merging import Witness, merged, rows_read_again, signature_zones, zones_of
from congso.kernel.papers.fields.number_symbol import kinds_of, read_number_symbol, symbol_row
from congso.kernel.papers.fields.place_and_date import read_place_and_date
from congso.kernel.papers.fields.recipients import read_addressees, read_recipients
from congso.kernel.papers.fields.rows import Row, field_from, rows_of
from congso.kernel.papers.fields.signature import read_signature
from congso.kernel.papers.fields.title import read_title
from congso.kernel.papers.proposals import FieldName, FieldReading, Form, PaperFields
from congso.lib.layout import Layout, Line

Reread = Callable[[Sequence[Zone]], Sequence[Sequence[Line]]]
_SURE = 0.88  # of a signer that needs no third reading
LETTER = "Công văn"
UNNAMED = "Không thấy tên loại; suy ra từ “V/v” hoặc “Kính gửi”."


def read_fields(layout: Layout, *, reread: Reread | None = None, received_on: date | None = None) -> PaperFields:
    """All register fields found on the paper. Never raises; what is not there is missing or told with a doubt.

    `reread` reads zones of scanned pages once more; where both readings agree the field is surer, where they
    differ the more fitting one is taken. `received_on` only serves to doubt later dates.
    """
    rows = rows_of(layout)
    if not rows:
        return PaperFields(Form.STATE)
    form, readings = _read(rows)
    if reread is not None and any(page.is_scan for page in layout.pages):
        readings = _read_again(rows, layout, readings, reread)
    return PaperFields(form, checked(readings, received_on=received_on))


def _read_again(
    rows: Sequence[Row], layout: Layout, readings: dict[FieldName, FieldReading], reread: Reread
) -> dict[FieldName, FieldReading]:
    """The readings weighed against a second one of the zones, and a third of an uncertain signature."""
    scanned = {page.number for page in layout.pages if page.is_scan}
    for zones_at in (zones_of, signature_zones):
        if zones_at is signature_zones and _is_sure(readings.get(FieldName.SIGNER)):
            break
        zones = [zone for zone in zones_at(rows, layout.pages) if zone.place.page in scanned]
        for second in rows_read_again(rows, layout.pages, zones, reread(zones) if zones else ()):
            found = _read(second)[1]
            title = found.get(FieldName.TITLE) or readings.get(FieldName.TITLE)
            readings = merged(readings, found, Witness.of(rows, second, title))
    return readings


def _is_sure(signer: FieldReading | None) -> bool:
    return signer is not None and signer.confidence >= _SURE


def _read(rows: Sequence[Row]) -> tuple[Form, dict[FieldName, FieldReading]]:
    head = read_head(rows)
    number = symbol_row(head)
    issuing = read_issuing(head, number)
    names = issuing.names if issuing else ()
    symbol = read_number_symbol(head, names)
    place, issued = read_place_and_date(head)
    title = read_title(head, number, rows)
    issuer, parent = issuing_fields(issuing) if issuing else (None, None)
    found = [symbol, issued, issuer, parent, _kind(head, title, symbol), title, place]
    found += [*read_signature(rows, names), *all_marks(head), read_recipients(rows), read_addressees(rows)]
    return head.form, {reading.name: reading for reading in found if reading is not None}


def _kind(head: Head, title: FieldReading | None, symbol: FieldReading | None) -> FieldReading | None:
    line = head.type_line
    if line:
        return field_from(FieldName.DOC_TYPE, line.kind.name, [line.row], confidence=0.99 if line.is_exact else 0.8)
    if title or (symbol and LETTER in kinds_of(symbol.value)):
        rows = [row for row in head.left if title and row.text in title.written] or list(head.left[:1])
        return field_from(FieldName.DOC_TYPE, LETTER, rows, written="", confidence=0.95)
    addressed = next((row for row in head.top_rows if row.plain.lstrip(" *-").startswith("kinh gui")), None)
    if addressed:
        return field_from(FieldName.DOC_TYPE, LETTER, [addressed], written="", confidence=0.75, doubt=UNNAMED)
    return None
