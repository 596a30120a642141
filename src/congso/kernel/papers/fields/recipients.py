"""To whom: “Kính gửi” at the top, “Nơi nhận” at the end, a line for each."""

import re
from collections.abc import Sequence

from congso.kernel.papers.fields.header import ADDRESSED
from congso.kernel.papers.fields.rows import Row, field_from
from congso.kernel.papers.fields.signature import RECIPIENTS
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.vietnamese import clean_line, fold

_DASH = re.compile(r"^\s*[-–—•+*]\s*")
_KEPT = re.compile(r"Luu(?:\s?:|\s)")
_GAP = 1.6  # of a row's height: more ends the list
_MOST = 60


def read_recipients(rows: Sequence[Row]) -> FieldReading | None:
    """The list below “Nơi nhận”, wrapped lines joined."""
    start = next((row for row in rows if RECIPIENTS.match(fold(row.text)) and len(row.letters) < 40), None)
    if start is None:
        return None
    column = [
        row
        for row in rows
        if row.page == start.page and row.box.top > start.box.top + 2 and row.box.left < start.box.left + 90
        and row.centre < row.page_width * 0.5
    ]  # fmt: skip
    inline = RECIPIENTS.sub("", fold(start.text), count=1)
    first = start.text[len(start.text) - len(inline) :].strip(" :") if len(inline) < len(start.text) else ""
    held = _consecutive(sorted(column, key=lambda row: row.box.top), start)
    items = _items(([first] if first else []) + [row.text for row in held])
    if not items:
        return None
    return field_from(FieldName.RECIPIENTS, "\n".join(items), [start, *held], confidence=0.95)


def read_addressees(rows: Sequence[Row]) -> FieldReading | None:
    """Behind and below “Kính gửi”, up to the body."""
    start = next((row for row in rows[:80] if ADDRESSED.match(row.plain)), None)
    if start is None:
        return None
    label = ADDRESSED.match(fold(start.text))
    first = start.text[label.end() :].strip(" :.") if label else ""
    below = [row for row in rows if row.page == start.page and row.box.top > start.box.top + 2]
    held: list[Row] = []
    for row in sorted(below, key=lambda row: row.box.top)[:_MOST]:
        above = held[-1] if held else start
        is_far = row.box.top - above.box.bottom > _GAP * max(above.box.height, 10.0)
        is_item = bool(_DASH.match(row.text))
        starts_body = row.box.left < start.box.left - 20 and not is_item
        if (is_far and not is_item) or starts_body or (_ends(above, first) and not is_item):
            break
        held.append(row)
    items = _items(([first] if first else []) + [row.text for row in held])
    if not items:
        return None
    return field_from(FieldName.ADDRESSEES, "\n".join(items), [start, *held], confidence=0.9)


def _ends(above: Row, first: str) -> bool:
    return (above.text.rstrip() or first).endswith(".")


def _consecutive(column: Sequence[Row], start: Row) -> list[Row]:
    held: list[Row] = []
    above = start
    for row in column[:_MOST]:
        if row.is_rule:
            continue
        if row.box.top - above.box.bottom > _GAP * max(row.box.height, 10.0) and held:
            break
        held.append(row)
        above = row
    return held


def _items(lines: Sequence[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        text = clean_line(_DASH.sub("", line))
        if items and not _DASH.match(line) and not _begins_item(text, items[-1]):
            items[-1] += " " + text
        elif text:
            items.append(text)
    return [item.rstrip(" ;,.") for item in items]


def _begins_item(text: str, above: str) -> bool:
    """A scan may lose the dash: after an item that was ended, a capital begins the next one, and “Lưu” always does."""
    return _KEPT.match(fold(text)) is not None or (above.rstrip().endswith((";", ",", ".")) and text[:1].isupper())
