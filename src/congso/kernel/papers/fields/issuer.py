"""Who issues the paper: the left column above the number, parted into the superior body and the issuer.

Print tells them apart by weight: the superior regular, the issuer bold. Scans do not show it, so the words must:
a new body begins with a word that begins bodies (BAN, SỞ, VĂN PHÒNG …) and is not above the one before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from congso.kernel.papers.fields.header import Head
from congso.kernel.papers.fields.places import known_places
from congso.kernel.papers.fields.rows import Row, field_from, joined
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.ordinary_case import is_in_capitals, known_spelling, ordinary_case
from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import fold

UNCLEAR = "Tên cơ quan ban hành đọc từ bản chụp có chữ không rõ; cần đối chiếu."
_MARKS = re.compile(
    r"(?:VAN BAN|CONG VAN)?\s*DEN\b|SO:|NGAY|DU THAO|TAI LIEU|THU HOI|MAU\b|PHU LUC|LOGO|HOA TOC|KHAN\b|THUONG KHAN|V/V"
)
_CONTINUES = re.compile(
    r"(?:VA|VE|CUA|VIET NAM|TINH(?! UY| DOAN)|THANH PHO|HUYEN(?! UY)|XA|PHUONG|THI TRAN|THI XA|CAP|CAC)\b"
)
_UNFINISHED = re.compile(r"(?:,|-|\bVÀ|\bVỀ|\bCỦA|\bCÁC|\bBAN|\bSỞ|\bBỘ|\bỦY BAN|\bHỘI ĐỒNG|\bBAN QUẢN LÝ)$")
# A line that names nobody without the next: CHỦ TỊCH / ỦY BAN NHÂN DÂN …, ỦY BAN TRUNG ƯƠNG / MẶT TRẬN TỔ QUỐC …
_OF_THE_NEXT = re.compile(r"UY BAN TRUNG UONG|BAN CHAP HANH|BAN THUONG TRUC|CHU TICH|GIAM DOC|BO TRUONG")


@dataclass(frozen=True)
class Issuing:
    """The bodies named in the left column, from the superior to the issuer; each may take several rows."""

    parents: tuple[tuple[Row, ...], ...]
    issuer: tuple[Row, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*(joined(body) for body in self.parents), joined(self.issuer))


def read_issuing(head: Head, number: Row | None) -> Issuing | None:
    """Parts the rows above the number into bodies; None when there are none."""
    rows = _name_rows(head, number)
    if not rows:
        return None
    light = [row for row in rows if not row.is_bold]
    heavy = [row for row in rows if row.is_bold]
    if light and heavy and rows.index(heavy[0]) == len(light):
        return Issuing(tuple(_bodies(light)), tuple(heavy))
    bodies = _bodies(rows)
    if len(bodies) > 1 and _is_joint(bodies):
        return Issuing((), tuple(row for body in bodies for row in body))
    return Issuing(tuple(bodies[:-1]), bodies[-1])


def _name_rows(head: Head, number: Row | None) -> list[Row]:
    """Rows in capitals above the number."""
    rows: list[Row] = []
    for row in sorted(head.left, key=lambda row: row.box.top):
        if number is not None and row.box.top >= number.box.top - 2:
            break
        is_name = is_in_capitals(row.text) and len(row.letters) > 2 and not _MARKS.match(fold(row.text).upper())
        if is_name and not row.is_rule:
            rows.append(row)
    return rows


def _bodies(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    bodies: list[list[Row]] = []
    height = 0
    for row in rows:
        new = _height(row)
        if bodies and not _begins_body(bodies[-1], row, height, new):
            bodies[-1].append(row)
        else:
            bodies.append([row])
            height = new
    return [tuple(body) for body in bodies]


def _height(row: Row) -> int:
    plain = _plain(row)
    return next((height for height, pattern in _heights() if pattern.match(plain)), 0)


def _plain(row: Row) -> str:
    return fold(row.text).upper().strip(" .,:;*-–")


def _begins_body(body: Sequence[Row], row: Row, height: int, new: int) -> bool:
    above = body[-1].text.upper().strip(" .:;*")
    if len(body) == 1 and _OF_THE_NEXT.fullmatch(_plain(body[-1])):
        return False
    if new == 0 or " " not in row.text.strip() or _CONTINUES.match(_plain(row)) or _UNFINISHED.search(above):
        return False
    return new <= height or height == 0


def _is_joint(bodies: Sequence[Sequence[Row]]) -> bool:
    """Several issuers of one paper: a dash between them, or names of the same height that all end above the number."""
    return any(body[-1].text.rstrip().endswith(("-", "–")) or body[0].text.startswith(("-", "–")) for body in bodies)


def issuing_fields(issuing: Issuing) -> tuple[FieldReading, FieldReading | None]:
    issuer = _field(FieldName.ISSUING_AGENCY, issuing.issuer)
    if not issuing.parents:
        return issuer, None
    return issuer, _field(FieldName.PARENT_AGENCY, issuing.parents[-1])


def _field(name: FieldName, rows: Sequence[Row]) -> FieldReading:
    written = joined(rows).strip(" *-–_.,;:|'’‘\"")
    is_scan = any(row.is_scan for row in rows)
    spelled = known_spelling(written, known_places()) if is_scan else written
    fit = 0.98
    doubt = ""
    if is_scan and not _is_readable(spelled):
        fit, doubt = 0.6, UNCLEAR
    return field_from(
        name, ordinary_case(spelled, places=known_places()), rows, written=written, confidence=fit, doubt=doubt
    )


def _is_readable(text: str) -> bool:
    """Every word is a syllable, a number or an abbreviation without vowels' accents."""
    words = [word.strip(' .,;:()-–“”"') for word in text.split()]
    return all(not word or split_syllable(word) or word.isdigit() or fold(word) == word for word in words)


@cache
def _heights() -> tuple[tuple[int, re.Pattern[str]], ...]:
    listed = (files("congso.kernel.papers.fields") / "body_heights.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ", 1) for line in listed if line and not line.startswith("#"))
    return tuple((int(height), re.compile(pattern)) for height, pattern in rows)
