"""Marks in the head of a paper: urgency, secrecy, circulation, draft. They stand alone on their lines."""

import re
from collections.abc import Sequence

from congso.kernel.files.reading.secrecy import Grade, mark_in_head
from congso.kernel.files.reading.secrecy import Head as SecrecyHead
from congso.kernel.papers.fields.header import Head
from congso.kernel.papers.fields.rows import Row, field_from
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.vietnamese import clean_line

_URGENCY = (
    (re.compile(r"HOATOCHENGIO\w{0,20}"), "Hỏa tốc hẹn giờ"),
    (re.compile(r"HOATOC"), "Hỏa tốc"),
    (re.compile(r"THUONGKHAN"), "Thượng khẩn"),
    (re.compile(r"KHAN"), "Khẩn"),
)
_TELEGRAM = re.compile(r"CONGDIEN(HOATOC|THUONGKHAN|KHAN)")
_CIRCULATION = re.compile(
    r"TAILIEUHOINGHI|TAILIEUHOP|(?:XEMXONG)?THUHOISAU\w{0,20}|LUUHANHNOIBO|XEMXONGTRALAI|KHONGPHOBIEN|CHILUUHANHNOIBO|"
    r"DUTHAO(?:LAN)?\w{0,24}|TAILIEUTHAMKHAO"
)
_GRADES = {Grade.MAT: "Mật", Grade.TOI_MAT: "Tối mật", Grade.TUYET_MAT: "Tuyệt mật"}
_SHORT = 40


def read_urgency(head: Head) -> FieldReading | None:
    """A mark of its own line, or in the name of a telegram (CÔNG ĐIỆN KHẨN)."""
    for row in head.top_rows:
        letters = row.letters
        telegram = _TELEGRAM.fullmatch(letters)
        wanted = telegram.group(1) if telegram else letters
        if len(letters) > _SHORT or not row.text.strip(" ()[]*")[:1].isupper():
            continue
        for pattern, name in _URGENCY:
            if pattern.fullmatch(wanted):
                return field_from(FieldName.URGENCY, name, [row])
    return None


def read_secrecy(head: Head) -> FieldReading | None:
    """The grade of state secrecy, by the rules of the guard that keeps such papers out."""
    segments = tuple(row.text for row in head.top_rows)
    recognised = any(row.is_scan for row in head.top_rows)
    mark = mark_in_head(SecrecyHead(1, segments, recognised=recognised))
    if mark is None:
        return None
    rows = [row for row in head.top_rows if row.letters.endswith(("MAT", "MATJ"))][:1]
    return field_from(FieldName.SECRECY, _GRADES[mark.grade], rows, confidence=0.9)


def read_circulation(head: Head) -> FieldReading | None:
    """Limits of circulation and the mark of a draft, as printed."""
    rows = [row for row in head.top_rows if len(row.letters) < _SHORT and _CIRCULATION.fullmatch(row.letters)]
    value = "; ".join(_sentence(row) for row in rows)
    return field_from(FieldName.CIRCULATION, value, rows) if rows else None


def _sentence(row: Row) -> str:
    text = clean_line(row.text).strip(" ()[]*.:-–")
    return text[:1].upper() + text[1:].lower()


def all_marks(head: Head) -> Sequence[FieldReading]:
    found = (read_urgency(head), read_secrecy(head), read_circulation(head))
    return [mark for mark in found if mark is not None]
