"""Which paragraph is what: header, issuer, symbol, title, body, signature, recipients. Pure.

By words and place, not by styles: papers come from every office's own templates. What the register expects helps to
tell superior from issuer, nothing more.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from congso.kernel.composing.contents import Urgency
from congso.kernel.composing.findings import Expected
from congso.kernel.composing.forms import Align, Component
from congso.kernel.composing.paper import Paper, Para, with_letters
from congso.lib.document_types import DOCUMENT_TYPES
from congso.lib.vietnamese import fold

HEADERS = {"DANGCONGSANVIETNAM", "CONGHOAXAHOICHUNGHIAVIETNAM", "DOANTNCSHOCHIMINH"}
MOTTO = "DOCLAPTUDOHANHPHUC"
SYMBOL = re.compile(r"Số\s*:?\s*(?P<number>\d{0,5}[a-zđ]?)\s*(?P<joint>[-–/])\s*(?P<rest>\S.*)", re.IGNORECASE)
_SYMBOL_LINE = re.compile(r"(?:Số|SỐ|số)\s*:?[\s\d.…_]*[a-zđ]?\s*(?:[-–/]\s*(?:\d{4}\s*/\s*)?)?[A-ZĐ]+[\w\-–/ ]*")
PLACE_DATE = re.compile(
    r"(?P<place>[^,\d]{2,60}),?\s*(?P<date>ngày\s*(?P<day>[\d.…_]*)\s*tháng\s*(?P<month>[\d.…_]*|\w+)\s*năm\s*(?P<year>[\d.…_]*))",
    re.IGNORECASE,
)
LETTER_TITLE = re.compile(r"(?:v/v|về việc)\b", re.IGNORECASE)
CIRCULATION = re.compile(
    r"TAILIEUHOINGHI|TAILIEUHOP|(?:XEMXONG)?THUHOISAU\w{0,20}|LUUHANHNOIBO|CHILUUHANHNOIBO|XEMXONGTRALAI|KHONGPHOBIEN"
)
DRAFT = re.compile(r"DUTHAO(?:LAN)?(?:THU)?(\d{0,3})\w{0,24}")
SECRET = re.compile(r"(?:TUYETMAT|TOIMAT|MAT)")
DASHES = re.compile(r"[-–_—]{3,}|\*{1,5}")
ADDRESSEE = re.compile(r"kính (gửi|trình|mời|biếu)", re.IGNORECASE)
AUTHORITY = re.compile(r"(?P<prefix>T/M|K/T|T/L|TUQ|TM|KT|TL|Q)(?P<mark>[./]?)\s+(?=[A-ZĐÀ-ỸƯƠ])")
RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
ANNEX = re.compile(r"PHỤ LỤC\b.{0,12}$")
_BASIS = re.compile(r"[-–]?\s*(?:căn cứ|xét đề nghị|thực hiện (?:nghị quyết|kế hoạch|chỉ thị).*;$)", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]", re.IGNORECASE)
_PART = re.compile(r"(?:PHẦN|CHƯƠNG|Phần thứ|Phần|Chương)\s+(?:[IVXLC]+|\d+|thứ|nhất|một|hai|ba)\b")
_SECTION = re.compile(r"(?:[IVX]{1,5}\s*[-.–]|Mục\s+\d+)\s*\S")
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s*[.)\-]\s*\S")
_TYPIST = re.compile(r"[A-ZĐ]{2,6}(?:[./-]?\s?\d{0,4})?\s?(?:b|bản)?[.]?")
_TYPES = {"".join(fold(kind.name).upper().split()) for kind in DOCUMENT_TYPES}
_URGENT = {"".join(fold(mark.value).upper().split()) for mark in Urgency if mark}
_HEAD_PARAGRAPHS = 45
_TITLE_LINES = 8
_FIRST_BODY = 14
_TAIL_PARAGRAPHS = 60
_GAP = 1  # empty paragraphs between a post and a name, at least one more


def letters_of(text: str) -> str:
    """Capital letters and digits without accents, blanks or signs."""
    return re.sub(r"[^A-Z0-9]", "", fold(text).upper())


def recognise(paper: Paper, expected: Expected) -> Paper:
    """The same paper, each of its paragraphs told what it is."""
    seen = with_letters(paper.paragraphs)
    head = _recognise_head(seen[:_HEAD_PARAGRAPHS], expected)
    rest = [one for one in seen if one.component is None and (not head or one.number > head)]
    tail = _recognise_tail(rest)
    rest = [one for one in rest if one.component is None]
    before = [one for one in rest if tail is None or one.number < tail]
    _recognise_title(before, expected)
    _recognise_addressees([one for one in before if one.component is None])
    _recognise_annexes([one for one in rest if tail is not None and one.number > tail and one.component is None])
    for one in seen:
        if one.component is None:
            one.component = _component_of_body(one)
    return paper


def _recognise_head(seen: Sequence[Para], expected: Expected) -> int:
    """The number of the head's last paragraph, 0 without a head."""
    place = next((one for one in seen if PLACE_DATE.fullmatch(one.line)), None)
    symbol = next((one for one in seen if _is_symbol(one.line)), None)
    marks = [one for one in (place, symbol) if one]
    header = next((one for one in seen if letters_of(one.line) in HEADERS), None)
    if not marks and header is None:
        return 0
    tables = {one.cell[0] for one in [*marks, header] if one and one.cell}
    last = max(one.number for one in (*marks, header) if one)
    zone = [one for one in seen if one.number <= last or (one.cell and one.cell[0] in tables)]
    if place:
        place.component = Component.PLACE_DATE
    if symbol:
        symbol.component = Component.SYMBOL
    after_symbol = False
    for one in zone:
        after_symbol = after_symbol or one is symbol
        one.component = one.component or _component_of_head(one, zone, symbol, after_symbol=after_symbol)
    _tell_bodies_apart([one for one in zone if one.component is Component.ISSUER], expected)
    return max(one.number for one in zone if one.component) if zone else 0


def _is_symbol(line: str) -> bool:
    has_joint = any(sign in line for sign in "-–/")
    return len(line) < 60 and has_joint and bool(_SYMBOL_LINE.fullmatch(line))


def _component_of_head(one: Para, zone: Sequence[Para], symbol: Para | None, *, after_symbol: bool) -> Component | None:
    letters = letters_of(one.line)
    told = (
        (Component.HEADER, letters in HEADERS),
        (Component.MOTTO, letters == MOTTO),
        (Component.ASTERISK, "*" in one.line and not one.line.strip("* ")),
        (Component.URGENCY, letters in _URGENT),
        (Component.DRAFT, DRAFT.fullmatch(letters)),
        (Component.CIRCULATION, CIRCULATION.fullmatch(letters)),
        (Component.LETTER_TITLE, LETTER_TITLE.match(one.line)),
    )
    known = next((component for component, found in told if found), None)
    if known:
        return known
    if after_symbol:
        previous = max(
            (other for other in zone if other.number < one.number and other.component),
            key=lambda p: p.number,
            default=None,
        )
        same_cell = previous is not None and previous.cell == one.cell
        return previous.component if previous and same_cell and previous.component is Component.LETTER_TITLE else None
    is_left = symbol is None or symbol.cell is None or one.cell is None or one.cell[2] == symbol.cell[2]
    return Component.ISSUER if is_left and (_is_upper(one) and len(letters) > 2) else None


def _tell_bodies_apart(lines: Sequence[Para], expected: Expected) -> None:
    """Of the capital lines above the symbol the last are the issuer, those before its superior."""
    wanted = letters_of(expected.issuer)
    for begin in range(len(lines)):
        if wanted and letters_of("".join(one.line for one in lines[begin:])) == wanted:
            _superior(lines[:begin])
            return
    bold = [one for one in lines if one.look.is_bold is not False]
    if bold and len(bold) < len(lines):
        _superior([one for one in lines if one.look.is_bold is False and one.number < bold[-1].number])
    elif len(lines) > 1 and (expected.parent or not wanted):
        _superior(lines[:-1])


def _superior(lines: Sequence[Para]) -> None:
    for one in lines:
        one.component = Component.PARENT


def _recognise_title(rest: Sequence[Para], expected: Expected) -> None:
    names = _TYPES | ({letters_of(expected.type_name)} if expected.type_name else set())
    for place, one in enumerate(rest[:_FIRST_BODY]):
        if one.cell is None and letters_of(one.line) in names:
            one.component = Component.TYPE
            _recognise_summary(rest[place + 1 : place + 1 + _TITLE_LINES])
            return


def _recognise_summary(rest: Sequence[Para]) -> None:
    for one in rest:
        if DASHES.fullmatch(one.line.replace(" ", "")):
            one.component = Component.DASHES
            return
        looks = one.look.is_bold is not False and one.look.align in (Align.CENTRE, None)
        if (
            not looks
            or one.cell
            or ADDRESSEE.match(one.line)
            or _component_of_body(one) not in (Component.BODY, Component.ENACTING)
        ):
            return
        one.component = Component.TITLE


def _recognise_addressees(rest: Sequence[Para]) -> None:
    for place, one in enumerate(rest[:_FIRST_BODY]):
        if not ADDRESSEE.match(one.line):
            continue
        one.component = Component.ADDRESSEE
        if not one.line.rstrip().endswith(":"):
            return
        for line in rest[place + 1 :]:
            is_item = line.line.startswith(("-", "–", "+"))
            if not is_item:
                return
            line.component = Component.ADDRESSEE
            if line.line.endswith("."):
                return


def _recognise_tail(rest: Sequence[Para]) -> int | None:
    """The number of the tail's first paragraph, None without a tail."""
    label = next((one for one in reversed(rest) if RECIPIENTS.fullmatch(one.line) or RECIPIENTS.match(one.line)), None)
    authority = next((one for one in rest if AUTHORITY.match(one.line) and _is_upper(one)), None)
    anchor = label or authority
    if anchor is None:
        return _recognise_last_cells(rest)
    table = anchor.cell[0] if anchor.cell else None
    if authority and label and authority.cell and label.cell and authority.cell[0] < label.cell[0]:
        table = authority.cell[0]
    first = min(_numbers(label, authority))
    zone = [
        one
        for one in _until_annex(rest, first)
        if (one.cell and table is not None and table <= one.cell[0]) or (table is None and one.number >= first)
    ][:_TAIL_PARAGRAPHS]
    if label:
        _recognise_recipients(label, zone)
    blocks = [one for one in zone if one.component is None]
    for _cell, lines in groupby(blocks, key=lambda one: one.cell):
        _recognise_signature(list(lines))
    return min((one.number for one in zone if one.component), default=None)


def _numbers(*paragraphs: Para | None) -> list[int]:
    return [one.number for one in paragraphs if one]


def _until_annex(rest: Sequence[Para], begin: int) -> list[Para]:
    """What stands before the first annex that follows the tail."""
    labels = (one.number for one in rest if one.number > begin and one.cell is None and ANNEX.match(one.line))
    end = next(labels, None)
    return [one for one in rest if end is None or one.number < end]


def _recognise_last_cells(rest: Sequence[Para]) -> int | None:
    """Without recipients and authority: a last table whose cells begin with a post in capitals (minutes)."""
    tables = [one.cell[0] for one in rest if one.cell]
    zone = [one for one in rest if one.cell and tables and one.cell[0] == max(tables)]
    firsts = [next(lines) for _cell, lines in groupby(zone, key=lambda one: one.cell)]
    if not firsts or not all(_is_upper(one) for one in firsts):
        return None
    for _cell, lines in groupby(zone, key=lambda one: one.cell):
        _recognise_signature(list(lines))
    return zone[0].number


def _recognise_recipients(label: Para, zone: Sequence[Para]) -> None:
    label.component = Component.RECIPIENTS_LABEL
    below = [one for one in zone if one.number > label.number and one.cell == label.cell]
    is_over = False
    for one in below:
        is_item = one.line.startswith(("-", "–", "+")) or (not is_over and not _is_upper(one))
        if is_item and not is_over:
            one.component = Component.RECIPIENT
            is_over = fold(one.line).lower().lstrip("-– ").startswith("luu") and one.line.endswith(".")
        elif is_item and one.line.startswith(("-", "–")):
            one.component = Component.RECIPIENT
        elif _TYPIST.fullmatch(one.line):
            one.component = Component.TYPIST


def _recognise_signature(lines: Sequence[Para]) -> None:
    """One block from top to bottom: authority, posts, name; it begins with capitals."""
    if not lines or not _is_upper(lines[0]):
        return
    for place, one in enumerate(lines):
        # A name in capitals is told from a post by the room left above it to sign.
        is_below_gap = place > 0 and one is lines[-1] and one.number - lines[place - 1].number > _GAP
        if AUTHORITY.match(one.line) and _is_upper(one):
            one.component = Component.AUTHORITY
        elif _is_upper(one) and not is_below_gap:
            one.component = Component.POST
        elif not one.line.startswith(("(", "-")):
            one.component = Component.NAME
            if one.cell is None:
                return


def _recognise_annexes(rest: Sequence[Para]) -> None:
    for place, one in enumerate(rest):
        if one.cell is None and ANNEX.match(one.line):
            one.component = Component.ANNEX_LABEL
            below = rest[place + 1 : place + 2]
            if below and below[0].cell is None and below[0].look.is_bold is not False:
                below[0].component = Component.ANNEX_TITLE


def _component_of_body(one: Para) -> Component:
    line, look = one.line, one.look
    may_be_bold = look.is_bold is not False
    told = (
        (Component.TABLE, one.cell),
        (Component.ARTICLE, _ARTICLE.match(line)),
        (Component.BASIS, line.endswith((";", ",", ".")) and _BASIS.match(line)),
        (Component.PART, may_be_bold and _PART.match(line)),
        (Component.SECTION, (may_be_bold or _is_upper(one)) and _SECTION.match(line)),
        (Component.HEADING, look.is_bold and _HEADING.match(line)),
        (Component.ENACTING, look.is_bold and look.align is Align.CENTRE),
    )
    return next((component for component, found in told if found), Component.BODY)


def _is_upper(one: Para) -> bool:
    letters = [letter for letter in one.line if letter.isalpha()]
    return one.is_upper_by_look or (bool(letters) and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters))
