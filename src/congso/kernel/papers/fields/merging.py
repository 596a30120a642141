"""A second reading of the zones that matter on scans, and which of two readings is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from congso.kernel.files.reading.layouts import Zone
from congso.kernel.papers.fields.header import read_head
from congso.kernel.papers.fields.rows import Row, line_row
from congso.kernel.papers.fields.signature import RECIPIENTS, find_signatures
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.layout import Box, Line, Page, Place
from congso.lib.vietnamese import fold

_EDGE = 6.0  # points around a zone
_AGREED, _DIFFERED = 1.05, 0.85
_DIFFERS = "Hai lần đọc bản chụp cho kết quả khác nhau; cần đối chiếu."


def zones_of(rows: Sequence[Row], pages: Sequence[Page]) -> list[Zone]:
    """Head left and right, title, signature and recipients, as the first reading placed them."""
    head = read_head(rows)
    sizes = {page.number: page for page in pages}
    first = head.top_rows[0].page if head.top_rows else 1
    page = sizes.get(first)
    if page is None:
        return []
    top = min((row.box.top for row in (*head.left, *head.right)), default=20.0) - 2 * _EDGE
    bottom = max((row.box.bottom for row in (*head.left, *head.right)), default=page.height * 0.25) + _EDGE
    middle = head.divider - 4
    zones = [
        _zone(page, Box(0, top, middle, bottom)),
        _zone(page, Box(middle - 8, top, page.width, bottom)),
    ]
    if head.type_line:
        under = head.type_line.row.box.top
        zones.append(_zone(page, Box(page.width * 0.06, under - _EDGE, page.width * 0.97, under + 110)))
    return zones + _ending_zones(rows, sizes)


def _ending_zones(rows: Sequence[Row], sizes: Mapping[int, Page]) -> list[Zone]:
    blocks = find_signatures(rows)
    recipients = next((row for row in rows if RECIPIENTS.match(fold(row.text)) and len(row.letters) < 14), None)
    anchor = blocks[-1].lines[0] if blocks else recipients
    page = sizes.get(anchor.page) if anchor else None
    if anchor is None or page is None:
        return []
    is_beside = recipients is not None and recipients.page == anchor.page
    left = page.width * 0.42 if is_beside or not blocks else 0.0
    top = anchor.box.top - 2 * _EDGE
    return [_zone(page, Box(left, top, page.width, min(page.height, top + 250)), without_ink=True)]


def _zone(page: Page, box: Box, *, without_ink: bool = False) -> Zone:
    inside = Box(max(box.left, 0), max(box.top, 0), min(box.right, page.width), min(box.bottom, page.height))
    return Zone(Place(page.number, inside), without_ink=without_ink)


def rows_read_again(
    rows: Sequence[Row], pages: Sequence[Page], zones: Sequence[Zone], read: Sequence[Sequence[Line]]
) -> list[list[Row]]:
    """The rows with those inside the zones replaced by the second reading; empty when it read nothing."""
    sizes = {page.number: page for page in pages}
    kept = list(rows)
    added: list[Row] = []
    for zone, lines in zip(zones, read, strict=False):
        page = sizes[zone.place.page]
        new = [row for line in lines if (row := line_row(line, replace(page, is_scan=True)))]
        if new:
            kept = [row for row in kept if not _inside(row, zone.place)]
            added += new
    return [sorted([*kept, *added], key=lambda row: (row.page, row.box.top))] if added else []


def _inside(row: Row, place: Place) -> bool:
    box = place.box
    middle = (row.box.top + row.box.bottom) / 2
    return (
        box is not None
        and row.page == place.page
        and box.left <= row.centre <= box.right
        and box.top <= middle <= box.bottom
    )


def merged(
    first: Mapping[FieldName, FieldReading], second: Mapping[FieldName, FieldReading]
) -> dict[FieldName, FieldReading]:
    """Field by field: agreement makes surer; of two different values the surer one is taken, with a doubt."""
    names = [*first, *(name for name in second if name not in first)]
    return {name: _better(first.get(name), second.get(name)) for name in names}


def _better(one: FieldReading | None, other: FieldReading | None) -> FieldReading:
    if one is None or other is None:
        found = one or other
        assert found is not None  # noqa: S101 - names come from the two mappings
        return found
    if one.value == other.value:
        sure = min(0.99, max(one.confidence, other.confidence) * _AGREED)
        return replace(one, confidence=round(sure, 3), doubt=one.doubt if one.doubt == other.doubt else "")
    best, worse = (one, other) if one.confidence >= other.confidence else (other, one)
    if not worse.value:
        return best
    return replace(best, confidence=round(best.confidence * _DIFFERED, 3), doubt=best.doubt or _DIFFERS)
