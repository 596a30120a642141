"""The head of the first page in its two columns: issuer and symbol left, country or Party and date right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from congso.kernel.papers.fields.document_kind import TypeLine, find_type
from congso.kernel.papers.fields.rows import Row, mended
from congso.kernel.papers.proposals import Form

_COUNTRY = {
    Form.PARTY: ("DANGCONGSANVIETNAM",),
    Form.STATE: ("CONGHOAXAHOICHUNGHIAVIETNAM", "CONGHOAXAHOI", "CONGHOAXHCNVIETNAM", "DOCLAPTUDOHANHPHUC"),
    Form.YOUTH: ("DOANTNCSHOCHIMINH", "DOANTHANHNIENCONGSANHOCHIMINH"),
}
_FRONT = re.compile(
    r"mat tran|mttq|lien doan lao dong|\bldld\b|cong doan|hoi nong dan|lien hiep phu nu|\blhpn\b|cuu chien binh|"
    r"hoi chu thap do|hoi khuyen hoc"
)
ADDRESSED = re.compile(r"\W*(?:kinh|kính)\s*(?:gui|trinh|moi)\b\W*|\W*dien\s*:", re.IGNORECASE)
_FIRST_ROWS = 45  # of a page: header and title stand among them
_ALIKE = 0.82


@dataclass(frozen=True)
class Head:
    """The first page's head. `divider` is where the right column begins; `bottom` where the head ends."""

    form: Form
    left: tuple[Row, ...]
    right: tuple[Row, ...]
    top_rows: tuple[Row, ...]
    divider: float
    bottom: float
    type_line: TypeLine | None
    has_country: bool


def read_head(rows: Sequence[Row]) -> Head:
    """The head of the first of the first three pages that shows one; a cover or a slip may lie on top."""
    pages = list(dict.fromkeys(row.page for row in rows))[:3]
    for page in pages:
        head = _head_of([row for row in rows if row.page == page][: _FIRST_ROWS * 2])
        if head.has_country:
            return head
    return _head_of([row for row in rows if row.page == pages[0]][: _FIRST_ROWS * 2] if pages else [])


def _head_of(rows: Sequence[Row]) -> Head:
    upper = sorted(rows, key=lambda row: row.box.top)[:_FIRST_ROWS]
    form, anchors = _country(upper)
    width = upper[0].page_width if upper else 595.0
    divider = min((row.box.left for row in anchors), default=width * 0.46)
    below = max((row.box.bottom for row in anchors), default=0.0)
    addressed = min((row.box.top for row in upper if ADDRESSED.match(row.plain)), default=float("inf"))
    type_line = find_type([row for row in upper if below - 4 < row.box.top < addressed])
    bottom = _bottom(upper, divider, below, type_line)
    head = [row for row in upper if row.box.top < bottom]
    left = tuple(mended([row for row in head if row.centre < divider and row not in anchors]))
    right = tuple(mended([row for row in head if row.centre >= divider or row in anchors]))
    if form is Form.STATE and _FRONT.search(" ".join(row.plain for row in left)):
        form = Form.FRONT
    return Head(form, left, right, tuple(upper), divider, bottom, type_line, bool(anchors))


def _country(rows: Sequence[Row]) -> tuple[Form, list[Row]]:
    found: list[Row] = []
    form = Form.STATE
    for row in rows:
        for kind, texts in _COUNTRY.items():
            if row.centre > row.page_width * 0.4 and any(alike(row.letters, text) for text in texts):
                form = kind if not found else form
                found.append(row)
                break
    return form, found


def _bottom(rows: Sequence[Row], divider: float, below: float, type_line: TypeLine | None) -> float:
    """Where the head ends: at the type, the addressees, or the first row across both columns."""
    ends = [type_line.row.box.top - 1] if type_line else []
    ends += [row.box.top - 1 for row in rows if ADDRESSED.match(row.plain)]
    ends += [
        row.box.top - 1
        for row in rows
        if row.box.top > below + 30 and row.box.left < divider - 90 and row.box.right > divider + 90
    ]
    return min(ends, default=max((row.box.bottom for row in rows), default=0.0) + 1)


def alike(letters: str, wanted: str, at_least: float = _ALIKE) -> bool:
    """Nearly the same letters; only for short texts."""
    if abs(len(letters) - len(wanted)) > max(2, len(wanted) // 4) or len(letters) > 60:
        return False
    return letters == wanted or SequenceMatcher(None, letters, wanted, autojunk=False).ratio() >= at_least
