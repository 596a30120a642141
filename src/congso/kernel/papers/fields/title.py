"""What the paper is about: the abstract under the type's name, or under the symbol of an official letter."""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from congso.kernel.papers.fields.header import ADDRESSED, Head
from congso.kernel.papers.fields.rows import Row, field_from, joined, mended
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.ordinary_case import is_in_capitals, ordinary_case
from congso.lib.vietnamese import canonical_tones, fold

_ABOUT = re.compile(r"\W{0,3}(?:[vw]\s?/\s?[vywu]|v[vw]|ve viec)\b\W{0,2}", re.IGNORECASE)
_BASES = re.compile(r"\W{0,3}(?:can cu|xet de nghi|xet to trinh|theo de nghi|kem theo|ban hanh kem)\b", re.IGNORECASE)
_BODY = re.compile(
    r"(?:[IVX]{1,4}\s?[.\-–/]|[A-Z]\.\s|\d{1,2}\.\s|phan\s(?:thu|[IVX1])|dieu\s\d|chuong\s[IVX1]|"
    r"(?:thoi gian qua|ngay \d|hom nay|thuc hien chuong trinh cong tac|de (?:trien khai|thuc hien)|trong thoi gian)\b)",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"(?:CHU TICH|UY BAN|UBND|HOI DONG|BAN THUONG|BAN CHAP HANH|GIAM DOC|BO TRUONG|THU TUONG|CHINH PHU|TINH UY|DANG UY|"
    r"HIEU TRUONG|CHANH|TRUONG BAN|TRUONG PHONG|CHI CUC TRUONG|CUC TRUONG|BAN BI THU|BO CHINH TRI|THUONG TRUC|SO )"
)
_STAMPED = re.compile(r"\W{0,3}(?:so|ngay|den|chuyen|gio|ho so)\b", re.IGNORECASE)
_OF_BODY = re.compile(r"\W{0,2}CUA\b")
_OF_KIND = re.compile(r"LIEN NGANH|LIEN TICH|KHAN|THUONG KHAN|HOA TOC|CHUNG|LAN \w{1,3}")
_GATHERING = re.compile(r"(?:HOI NGHI|DAI HOI|KY HOP|PHIEN HOP)\b")
_FURTHEST = 12  # rows an abstract may take
_SPLIT = 14.0  # points a recogniser may leave inside one line
_GAP = 1.15  # of a row's height, between two rows of one abstract at most
UNCLEAR = "Trích yếu đọc từ bản chụp có chữ không rõ; cần đối chiếu."
MISSING = "Không tìm thấy trích yếu dưới tên loại văn bản."


def read_title(head: Head, number: Row | None, rows: Sequence[Row]) -> FieldReading | None:
    """The abstract of a typed paper, else that of an official letter; None when neither is found."""
    if head.type_line:
        return _typed(head, rows)
    return _letter(head, number)


def _typed(head: Head, rows: Sequence[Row]) -> FieldReading | None:
    line = head.type_line
    if line is None:
        return None
    below = [row for row in rows if row.page == line.row.page and row.box.top > line.row.box.top + 2]
    below = mended(below[: _FURTHEST * 4], within=_SPLIT)
    below = sorted(below, key=lambda row: row.box.top)[:_FURTHEST]
    held = _abstract_rows(line.row, below)
    lines = _without_signing_body(held)
    text = " ".join([_rest_of_kind(line.rest), *_in_one_case(lines)])
    if not text.strip(" :"):
        return field_from(FieldName.TITLE, "", [line.row], written="", confidence=0.0, doubt=MISSING)
    return _field(text, lines or [line.row])


def _in_one_case(rows: Sequence[Row]) -> list[str]:
    """Rows in capitals above others (HỘI NGHỊ LẦN THỨ BẢY … / về …) in ordinary spelling; all in capitals stay."""
    large = list(takewhile(lambda row: is_in_capitals(row.text), rows))
    if not large or len(large) == len(rows):
        return [row.text for row in rows]
    return [ordinary_case(joined(large), is_sentence=True), *(row.text for row in rows[len(large) :])]


def _rest_of_kind(rest: str) -> str:
    """What belongs to the abstract on the line of the kind: KẾT LUẬN of THÔNG BÁO KẾT LUẬN, not LIÊN NGÀNH or CỦA …"""
    plain = fold(rest).upper().strip(" .:,;*-–_()")
    if _OF_BODY.match(fold(rest)) or _OF_KIND.fullmatch(plain):
        return ""
    return ordinary_case(rest.strip(" .:,;*-–_"), is_sentence=True)


def _without_signing_body(rows: Sequence[Row]) -> list[Row]:
    """Less CỦA BAN THƯỜNG VỤ / TỈNH ỦY under KẾT LUẬN: whose conclusion it is, issuer and signature tell."""
    if not rows or not _OF_BODY.match(fold(rows[0].text)):
        return list(rows)
    rest = list(dropwhile(lambda row: is_in_capitals(row.text), rows))
    return rest or list(rows)


def _abstract_rows(type_row: Row, below: Sequence[Row]) -> list[Row]:
    held: list[Row] = []
    for row in below:
        if row.is_rule:
            if held:
                break
            continue
        if _ends_abstract(type_row, held, row):
            break
        held.append(row)
    return held


def _ends_abstract(type_row: Row, held: Sequence[Row], row: Row) -> bool:
    plain = fold(row.text)
    if ADDRESSED.match(row.plain) or _BASES.match(plain):
        return True
    if not held:
        return _is_decider(held, row)
    above = held[-1]
    if _is_decider(held, row) or row.box.top - above.box.bottom > _GAP * max(above.box.height, 10.0):
        return True
    if held[0].is_bold and not row.is_bold:
        return True
    if _BODY.match(plain) and not _goes_on(above):
        return True
    return not _is_centred(row, type_row) and not (row.is_bold and held[0].is_bold)


def _is_decider(held: Sequence[Row], row: Row) -> bool:
    """UBND TỈNH … in capitals after the abstract of a decision: who decides, not what about."""
    if not is_in_capitals(row.text) or not _DECIDES.match(fold(row.text)):
        return False
    if held and is_in_capitals(held[-1].text) and (_goes_on(held[-1]) or _touches(held[-1], row)):
        return False
    return not (held and _GATHERING.match(fold(held[-1].text).upper()))


def _touches(above: Row, row: Row) -> bool:
    """No blank between them, where pages show it."""
    return bool(row.words) and row.box.top - above.box.bottom < 0.35 * above.box.height


def _goes_on(row: Row) -> bool:
    return fold(row.text).lower().rstrip().endswith((",", " va", " ve", " cua", "-", " thuc hien", " cac", " so"))


def _is_centred(row: Row, type_row: Row) -> bool:
    """Its middle is that of the type's line; a paragraph's first line, set in by 10 mm, stands 14 points off it."""
    is_wide = row.box.width > row.page_width * 0.68
    return row.is_centred or abs(row.centre - type_row.centre) < row.page_width * (0.016 if is_wide else 0.045)


def _letter(head: Head, number: Row | None) -> FieldReading | None:
    """The lines under the symbol, from “V/v” or “về việc” on."""
    top = number.box.top if number else 0.0
    below = [row for row in head.left if row.box.top > top + 2 and not row.is_rule]
    start = next((at for at, row in enumerate(below) if _ABOUT.match(fold(row.text))), None)
    if start is None and number is not None:
        start = next((at for at, row in enumerate(below) if _may_be_abstract(row)), None)
    if start is None:
        return None
    held = [below[start]]
    for row in below[start + 1 :]:
        far = row.box.top - held[-1].box.bottom > _GAP * max(held[-1].box.height, 10.0)
        if far or is_in_capitals(row.text) or ADDRESSED.match(row.plain):
            break
        held.append(row)
    return _field(joined(held), held)


def _without_specks(text: str) -> str:
    """Less what a recogniser makes of dust: lone signs, a quote before a word, a bracket that nothing opened."""
    words = [word.lstrip("'`‘’^~|") for word in text.split()]
    kept = [word for word in words if any(letter.isalnum() for letter in word) or word in ("-", "–", "&")]
    tidy = " ".join(kept)
    return tidy.rstrip(")") if tidy.endswith(")") and "(" not in tidy else tidy


def _may_be_abstract(row: Row) -> bool:
    """Words under the number that do not begin with “V/v”: no mark, no stamp of the receiving office."""
    return not is_in_capitals(row.text) and len(row.text.split()) > 2 and not _STAMPED.match(fold(row.text))


def _field(text: str, rows: Sequence[Row]) -> FieldReading:
    written = " ".join(text.split()).strip(" *_|")
    written = re.sub(r"[\s_*-]+$", "", written)
    if any(row.is_scan for row in rows):
        written = _without_specks(written)
    value = ordinary_case(written, is_sentence=True) if is_in_capitals(written) else canonical_tones(written)
    value = re.sub(r"^\W{0,2}(?:[VvWw]\s?/\s?[VvywWu]|V[VvWw])\s?[:.]?\s+", "V/v ", value).strip(" :")
    sure = sum(row.confidence for row in rows) / len(rows)
    return field_from(
        FieldName.TITLE, value, rows, written=written, confidence=0.97, doubt=UNCLEAR if sure < 0.8 else ""
    )
