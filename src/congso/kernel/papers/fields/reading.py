"""From the rows of a paper to its register fields; for scans the zones that matter are read a second time."""

from collections.abc import Callable, Sequence
from datetime import date

from congso.kernel.files.reading.layouts import Zone
from congso.kernel.papers.fields.checks import checked
from congso.kernel.papers.fields.header import Head, read_head
from congso.kernel.papers.fields.issuer import issuing_fields, read_issuing
from congso.kernel.papers.fields.marks import all_marks
from congso.kernel.papers.fields.merging import Witness, merged, rows_read_again, zones_of
from congso.kernel.papers.fields.number_symbol import kinds_of, read_number_symbol, symbol_row
from congso.kernel.papers.fields.place_and_date import read_place_and_date
from congso.kernel.papers.fields.recipients import read_addressees, read_recipients
from congso.kernel.papers.fields.rows import Row, field_from, rows_of
from congso.kernel.papers.fields.signature import read_signature
from congso.kernel.papers.fields.title import read_title
from congso.kernel.papers.proposals import FieldName, FieldReading, Form, PaperFields
from congso.lib.layout import Layout, Line

Reread = Callable[[Sequence[Zone]], Sequence[Sequence[Line]]]
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
    scanned = {page.number for page in layout.pages if page.is_scan}
    if reread is not None and scanned:
        zones = [zone for zone in zones_of(rows, layout.pages) if zone.place.page in scanned]
        again = rows_read_again(rows, layout.pages, zones, reread(zones) if zones else ())
        for second in again:
            readings = merged(readings, _read(second)[1], Witness.of(rows, second))
    sizes = tuple((page.width, page.height) for page in layout.pages)
    return PaperFields(form, checked(readings, received_on=received_on), sizes)


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
