"""What kind of thing a question asks for, and whether a passage has one: an amount of money, a share, a day. Pure."""

import re

from congso.lib.vietnamese import fold

_SHARE = r"\b(?:phan tram|ty le|ti le)\b"
_MONEY = (
    r"\b(?:bao nhieu|may) (?:tram |nghin )*(?:tien|dong|kinh phi|von|trieu|ty)\b"
    r"|\b(?:tien|kinh phi|muc|gia|chi phi|phu cap|luong)\b.*\b(?:bao nhieu|may)\b"
)
_WHEN = (
    r"\b(?:khi nao|bao gio|luc nao|(?:hom|ngay|thang|nam|quy) (?:nao|may)|may gio"
    r"|han nop|han cuoi|han chot|thoi han|cham nhat|muon nhat)\b"
)
_HOW_LONG = r"\bbao lau\b|\b(?:may|bao nhieu) (?:hom|ngay|tieng|gio|phut|tuan|thang|nam)\b"
_HOW_MANY = r"\bbao nhieu\b|\bmay\b"
# The first that fits counts. Questions are compared without accents, passages as papers write them.
_KINDS = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (_SHARE, r"\d\s*%|\d/\d"),
        (_MONEY, r"\d[\d.,]*\s*(?:nghìn|triệu|tỷ|đồng)"),
        (_WHEN, r"\d{1,2}/\d|ngày \d|\d giờ|tháng \d|quý [ivx\d]|hằng (?:ngày|tuần|tháng|quý|năm)"),
        (_HOW_LONG, r"\d+ (?:ngày|tháng|giờ|phút|năm|tuần)"),
        (_HOW_MANY, r"\d"),
    )
)


def wanted(question: str) -> re.Pattern[str] | None:
    """What a passage must have to answer, in small letters; None for a question that asks for nothing of the kind."""
    plain = fold(question).lower()
    return next((said for asked, said in _KINDS if asked.search(plain)), None)
