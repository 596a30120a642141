"""Place and date of issue, right under the country or the Party's name: “Lào Cai, ngày 05 tháng 02 năm 2026”."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from congso.kernel.papers.fields.header import Head
from congso.kernel.papers.fields.rows import Row, field_from, joined
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.ordinary_case import known_spelling
from congso.lib.vietnamese import canonical_tones, fold

_SLIPS = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "S": "5", "s": "5",
          "B": "8", "Z": "2", "z": "2", "b": "6", "g": "9"}  # fmt: skip
_DIGIT = r"[0-9OoQDlIi|!SsBZzbg]"
_DATE = re.compile(
    rf"(?:ngay|ngiy|nghy|ngav)\W{{0,4}}({_DIGIT}{{1,2}}(?=[\s,.t]))?\W{{0,12}}(?:thang|theng|thing|thong)"
    rf"\W{{0,4}}({_DIGIT}{{1,2}}(?=[\s,.n]))?\W{{0,12}}(?:nam|nem|ndm)\W{{0,4}}({_DIGIT}(?:\s?{_DIGIT}){{3}})?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"ngay\W{0,4}(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1945, 2100
BLANK = "Ngày, tháng, năm ban hành chưa được ghi đủ trên văn bản."
NOT_A_DAY = "Ngày đọc được không có trong lịch; cần đối chiếu."
REPAIRED = "Ngày đọc từ bản chụp có chữ số không rõ; cần đối chiếu."


def read_place_and_date(head: Head) -> tuple[FieldReading | None, FieldReading | None]:
    """The place and the date. A date with a blank is told with an empty value; other dates are never taken."""
    blank: tuple[re.Match[str], list[Row], str] | None = None
    for rows in _date_rows(head):
        text = joined(rows)
        found = _DATE.search(fold(text)) or _SHORT.search(fold(text))
        if found and all(found.groups()):
            return _place(text[: found.start()], rows), _date(found, rows)
        if found and blank is None:
            blank = found, rows, text
    if blank is None:
        return None, None
    found, rows, text = blank
    return _place(text[: found.start()], rows), _date(found, rows)


def _date_rows(head: Head) -> list[list[Row]]:
    """Rows in which the date may stand: one of the right column, two of it, then any row of the head alone."""
    right = [row for row in head.right if not row.is_rule]
    pairs = [[one, two] for one, two in pairwise(right) if two.page == one.page]
    others = [[row] for row in head.top_rows if row not in head.right and row.box.top < head.bottom + 40]
    return [*([row] for row in right), *pairs, *others]


def _place(before: str, rows: Sequence[Row]) -> FieldReading | None:
    written = before.strip(" ,.;:-–—*'\"“”’‘_|")
    words = canonical_tones(written).split()
    if not words or len(words) > 6 or not words[0][:1].isupper():
        return None
    name = " ".join(words) if not rows[0].is_scan else known_spelling(" ".join(words))
    return field_from(FieldName.PLACE, name, rows, written=written)


def _date(found: re.Match[str], rows: Sequence[Row]) -> FieldReading:
    raw = [part.replace(" ", "") if part else "" for part in found.groups()]
    if not all(raw):
        return field_from(FieldName.ISSUED_DATE, "", rows, confidence=0.0, doubt=BLANK)
    read = ["".join(_SLIPS.get(letter, letter) for letter in part) for part in raw]
    day, month, year = (int(part) for part in read)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return field_from(FieldName.ISSUED_DATE, "", rows, confidence=0.0, doubt=NOT_A_DAY)
    try:
        issued = date(year, month, day)
    except ValueError:
        return field_from(FieldName.ISSUED_DATE, "", rows, confidence=0.0, doubt=NOT_A_DAY)
    doubt = REPAIRED if read != raw else ""
    return field_from(FieldName.ISSUED_DATE, issued.isoformat(), rows, confidence=0.8 if doubt else 0.99, doubt=doubt)
