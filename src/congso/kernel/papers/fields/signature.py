"""Who signed: authority (T/M, KT. …), post and name, in the right half of the last page of the paper proper.

The block stands beside “Nơi nhận”, before the annexes; without it the last authority line tells where it is.
Between post and name lie the signature, the seal and the captions of signing programs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from congso.kernel.papers.fields.rows import Row, field_from, mended
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.ordinary_case import is_in_capitals, known_spelling, ordinary_case
from congso.lib.person_names import name_likelihood, ordinary_name, respelled_name, without_titles
from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import canonical_tones, fold

RECIPIENTS = re.compile(r"\W{0,3}n[o0e][il1j]\s?nh[ado]n\b", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"\W{0,2}(?:T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|TUQ|T/UQ|Q)\s?[./,]\s?(?=\s*[A-ZĐ])|(?:T/M|K/T|T/L|TM|KT|TL|TUQ)\s+(?=[A-ZĐ])"
)
_POST = re.compile(
    r"(?:PHO |QUYEN |UY VIEN|CHU TICH|BI THU|GIAM DOC|TRUONG|CHANH|CHU NHIEM|BO TRUONG|THU TRUONG|VIEN TRUONG|"
    r"CUC TRUONG|HIEU TRUONG|CHI HUY TRUONG|CHINH TRI VIEN|CHINH UY|TONG |TO TRUONG|DOI TRUONG|DOAN TRUONG|"
    r"THU TUONG|CHI CUC TRUONG|CHU TRI|CHU TOA|THU KY|NGUOI |DAI DIEN|THUONG TRUC|THANH TRA|DOAN CHU TICH|TM|KT|TL)"
)
_CHAIR = re.compile(r"(?:CHU TRI|CHU TOA|CHU TICH|BI THU)")
_REACH = 260.0  # points below the authority line in which a name may stand
_MINIMUM = 0.45  # likelihood from which a row is taken for a name
_SURE = 0.7  # and from which it needs no post above it
NO_NAME = "Không đọc được tên người ký; cần xem khối chữ ký."
SEVERAL = "Văn bản có nhiều người ký; đây là người ký chính theo vị trí."
RARE = "Họ tên đọc được không giống họ tên thường gặp; cần đối chiếu."


@dataclass(frozen=True)
class Signature:
    """One signer's block: lines of authority and post in capitals, then the name."""

    lines: tuple[Row, ...]
    name: Row | None

    @property
    def left(self) -> float:
        return min(row.box.left for row in self.lines)


def read_signature(rows: Sequence[Row], issuer: Sequence[str]) -> list[FieldReading]:
    """Signer, post and authority of the main signer; empty when there is no block."""
    blocks = find_signatures(rows)
    if not blocks:
        return []
    main = _main(blocks, issuer)
    return _fields(main, is_one_of_many=len(blocks) > 1)


def find_signatures(rows: Sequence[Row]) -> list[Signature]:
    """The blocks of the page where “Nơi nhận” stands, or of the last authority line; from left to right."""
    anchor = _anchor(rows)
    if anchor is None:
        return []
    near = mended(_near(rows, anchor), within=14.0)
    heads = _heads(near)
    blocks: list[Signature] = []
    for head in heads:
        if any(head in block.lines for block in blocks):
            continue
        blocks.append(_block(head, near, heads))
    named = [block for block in blocks if block.name]
    if not named and RECIPIENTS.match(fold(anchor.text)):
        named = _under_lost_post(near, anchor)
    return sorted(named or blocks[-1:], key=lambda block: block.left)


def _under_lost_post(near: Sequence[Row], anchor: Row) -> list[Signature]:
    """The last name beside the recipients, when a seal hides the words above it: CHÁNH of CHÁNH VĂN PHÒNG."""
    beside = [row for row in near if row.box.left > anchor.box.left + 150 and row.box.top > anchor.box.top]
    names = [row for row in beside if not _is_post(row) and name_likelihood(_spelled(row)) > _SURE]
    if not names:
        return []
    name = max(names, key=lambda row: row.box.top)
    lines = tuple(row for row in beside if row.box.top < name.box.top and is_in_capitals(row.text))
    return [Signature(lines or (name,), name)]


def _anchor(rows: Sequence[Row]) -> Row | None:
    recipients = next((row for row in rows if RECIPIENTS.match(fold(row.text)) and len(row.letters) < 14), None)
    authorities = [row for row in rows if _is_authority(row)]
    if recipients is not None:
        return recipients
    if authorities:
        return authorities[-1]
    posts = [row for row in rows if _is_post(row) and row.centre > row.page_width * 0.5]
    return posts[-1] if posts else None


def _is_authority(row: Row) -> bool:
    return bool(_AUTHORITY.match(fold(row.text))) and is_in_capitals(row.text) and len(row.letters) > 4


def _is_post(row: Row) -> bool:
    return is_in_capitals(row.text) and bool(_POST.match(fold(row.text).upper())) and len(row.text) < 70


def _near(rows: Sequence[Row], anchor: Row) -> list[Row]:
    """Rows of the anchor's page around it; the block may begin on it and end on the next."""
    same = [row for row in rows if row.page == anchor.page]
    if RECIPIENTS.match(fold(anchor.text)):
        column = [row for row in same if row.box.left > anchor.box.left + 100 and row.box.top > anchor.box.top - 90]
        if not any(_is_authority(row) or _is_post(row) for row in column):
            column = [row for row in same if row.box.top > anchor.box.top - _REACH and row is not anchor]
        return column
    return [row for row in same if row.box.top >= anchor.box.top - 4]


def _heads(near: Sequence[Row]) -> list[Row]:
    heads = [row for row in near if _is_authority(row)]
    posts = [row for row in near if _is_post(row)]
    for post in posts:
        if not any(_same_column(post, head) for head in heads):
            heads.append(post)
    return heads


def _same_column(row: Row, other: Row) -> bool:
    overlap = min(row.box.right, other.box.right) - max(row.box.left, other.box.left)
    return overlap > 0.25 * min(row.box.width, other.box.width) or abs(row.centre - other.centre) < 45


def _block(head: Row, near: Sequence[Row], heads: Sequence[Row]) -> Signature:
    below = [
        row
        for row in near
        if _same_column(row, head) and head.box.top - 2 <= row.box.top <= head.box.top + _REACH and not row.is_rule
    ]
    below.sort(key=lambda row: row.box.top)
    lines: list[Row] = [head]
    names: list[tuple[float, Row]] = []
    for row in below:
        if row is head or _is_post(row) or _is_authority(row) or (not names and _continues(row, lines[-1])):
            if not names:
                lines += [row] if row is not head else []
            continue
        likelihood = name_likelihood(_spelled(row))
        if likelihood >= _MINIMUM:
            names.append((likelihood, row))
    name = max(names, key=lambda pair: (round(pair[0], 1), -pair[1].box.top))[1] if names else None
    return Signature(tuple(lines), name)


def _continues(row: Row, above: Row) -> bool:
    """The next line of a long authority or post, right below: ỦY BAN NHÂN DÂN / TỈNH …"""
    is_close = 0 <= row.box.top - above.box.top < 2.2 * max(above.box.height, 8.0)
    return is_close and is_in_capitals(row.text) and row.letters.isalpha() and not _is_name_in_capitals(row)


def _is_name_in_capitals(row: Row) -> bool:
    """Some offices print the signer's name in capitals; three syllables, a family name first."""
    return 3 <= len(row.text.split()) <= 4 and name_likelihood(_spelled(row)) > 0.95


def _spelled(row: Row) -> str:
    text = row.text.strip(" .,;:*'\"-–_|()")
    return respelled_name(text) if row.is_scan else text


def _main(blocks: Sequence[Signature], issuer: Sequence[str]) -> Signature:
    """The chair of minutes; the body named first in a joint paper; else the one on the right."""
    for block in reversed(blocks):
        if any(_CHAIR.match(fold(row.text).upper()) for row in block.lines) and len(blocks) > 1 and not issuer:
            return block
    if len(blocks) > 1 and issuer:
        first = fold(issuer[-1]).upper().split(" - ")[0]
        scores = [_shared(first, " ".join(fold(row.text).upper() for row in block.lines)) for block in blocks]
        if max(scores) - min(scores) > 0.2:
            return blocks[scores.index(max(scores))]
    return blocks[-1]


def _shared(name: str, lines: str) -> float:
    return SequenceMatcher(None, name[:80], lines[:120], autojunk=False).find_longest_match().size / max(
        len(name[:80]), 1
    )


def _fields(block: Signature, *, is_one_of_many: bool) -> list[FieldReading]:
    authority = [row for row in block.lines if _AUTHORITY.match(fold(row.text))]
    posts = [row for row in block.lines if row not in authority]
    if authority and posts and len(block.lines) > 1:
        last = block.lines.index(authority[-1])
        wrapped = [row for row in block.lines[: last + 1] if row in posts]
        posts = [row for row in posts if row not in wrapped]
        authority = list(block.lines[: last + 1])
    authority, posts = _wrapped_authority(authority, posts)
    found = [_name_field(block, is_one_of_many=is_one_of_many)]
    if posts:
        found.append(_capitals(FieldName.SIGNER_POST, posts))
    if authority:
        found.append(_capitals(FieldName.AUTHORITY, authority))
    return found


def _wrapped_authority(authority: list[Row], posts: list[Row]) -> tuple[list[Row], list[Row]]:
    """“TM. ỦY BAN NHÂN DÂN” / “TỈNH LÀO CAI” / “CHỦ TỊCH”: what is no post belongs to the line above."""
    while authority and posts and not _is_post(posts[0]):
        authority, posts = [*authority, posts[0]], posts[1:]
    return authority, posts


def _capitals(name: FieldName, rows: Sequence[Row]) -> FieldReading:
    written = " ".join(row.text for row in rows)
    is_scan = any(row.is_scan for row in rows)
    text = known_spelling(written) if is_scan else written
    return field_from(name, ordinary_case(text.strip(" .,;:*")), rows, written=written, confidence=0.95)


def _name_field(block: Signature, *, is_one_of_many: bool) -> FieldReading:
    row = block.name
    if row is None:
        return field_from(FieldName.SIGNER, "", block.lines, written="", confidence=0.0, doubt=NO_NAME)
    written = row.text.strip()
    bare = without_titles(_spelled(row))
    value = ordinary_name(bare) if is_in_capitals(bare) else canonical_tones(bare)
    likelihood = name_likelihood(bare)
    doubt = SEVERAL if is_one_of_many else ""
    if likelihood < 0.7 or not all(split_syllable(part) for part in value.split()) or _is_mended(bare, written):
        doubt = RARE
    return field_from(FieldName.SIGNER, value, [row], written=written, confidence=0.6 + 0.39 * likelihood, doubt=doubt)


def _is_mended(bare: str, written: str) -> bool:
    """The family name is not among the words as they were read."""
    return bare.split(maxsplit=1)[0] not in written.split()
