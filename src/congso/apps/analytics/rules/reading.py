"""Cells of files as people type them: numbers with comma or point, periods in many ways. What is unclear is refused."""

import re
import unicodedata
from decimal import Decimal

_THOUSANDS_POINT = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_THOUSANDS_COMMA = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,6})?", re.ASCII)
_UNCLEAR = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)
_MONTH = re.compile(r"(?:tháng\s*|thang\s*|t)?(\d{1,2})\s*[/\-.]\s*(\d{4})", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})\s*[-/]\s*m?(\d{1,2})(?:-\d{1,2}(?:[ t].*)?)?", re.ASCII)
_QUARTER = re.compile(r"(?:quý\s*|quy\s*|q)(\d|iv|iii|ii|i)\s*[/\-. ]\s*(?:năm\s*)?(\d{4})", re.ASCII)
_ISO_QUARTER = re.compile(r"(\d{4})\s*-?\s*q(\d)", re.ASCII)
_HALF = re.compile(r"(?:6 tháng|nửa)\s+(đầu|cuối)\s+năm\s+(\d{4})", re.ASCII)
_ISO_HALF = re.compile(r"(\d{4})\s*-\s*h([12])", re.ASCII)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})(?:-y)?", re.ASCII)
_SCALED = r"(?:nghìn|ngàn|triệu|tỷ|tỉ)\b(?!\s*(?:lệ|trọng|suất))[^()\[\]]{0,40}|[%‰]"
_NAMED_UNIT = re.compile(
    rf"[(\[]\s*(?:(?:đvt|đơn vị tính)\s*:?\s*([^()\[\]]{{1,40}})|({_SCALED}))[)\]]\s*$", re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class BadCell(ValueError):
    """The cell cannot be taken; the message says why, in Vietnamese."""


def read_number(text: str) -> Decimal:
    """1.234,5; 1,234.5; 1234,5; 12,345 alone is unclear (twelve or twelve thousand?) and refused. Raises BadCell."""
    typed = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("%")
    if _UNCLEAR.fullmatch(typed) and not typed.lstrip("+-").startswith("0"):
        raise BadCell(f"“{text}” không rõ là phần nghìn hay phần thập phân; hãy ghi 12345 hoặc 12,3450")
    if _THOUSANDS_COMMA.fullmatch(typed):
        typed = typed.replace(",", "")
    elif _THOUSANDS_POINT.fullmatch(typed):
        typed = typed.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(typed):
        typed = typed.replace(",", ".")
    else:
        raise BadCell(f"“{text[:40]}” không phải là số")
    return Decimal(typed)


def unit_named(head: str) -> str:
    """The unit of measure a column's head names at its end, said to be one (ĐVT: hồ sơ) or plain to see (triệu đồng).

    Empty for anything else in brackets.
    """
    found = _NAMED_UNIT.search(unicodedata.normalize("NFC", head))
    return " ".join((found[1] or found[2]).split()) if found else ""


def read_period(text: str, frequency: str) -> str:
    """The code of a period (2026-M11, 2026-Q4, 2026-H2, 2026-Y) of the frequency. Raises BadCell."""
    typed = " ".join(unicodedata.normalize("NFC", text).lower().split())
    for letter, reader in _READERS:
        place_and_year = reader(typed)
        if place_and_year and letter == frequency:
            place, year = place_and_year
            if not 1930 <= year <= 2200 or not 1 <= place <= _MOST[letter]:
                break
            return (
                f"{year}-Y"
                if letter == "Y"
                else f"{year}-{letter}{place:02}"
                if letter == "M"
                else (f"{year}-{letter}{place}")
            )
    raise BadCell(f"“{text[:40]}” không phải là {_NAMES[frequency]}")


def _month(typed: str) -> tuple[int, int] | None:
    if found := _MONTH.fullmatch(typed):
        return int(found[1]), int(found[2])
    found = _ISO_MONTH.fullmatch(typed)
    return (int(found[2]), int(found[1])) if found else None


def _quarter(typed: str) -> tuple[int, int] | None:
    if found := _QUARTER.fullmatch(typed):
        return _ROMAN.get(found[1]) or int(found[1]), int(found[2])
    found = _ISO_QUARTER.fullmatch(typed)
    return (int(found[2]), int(found[1])) if found else None


def _half(typed: str) -> tuple[int, int] | None:
    if found := _HALF.fullmatch(typed):
        return (1 if found[1] == "đầu" else 2), int(found[2])
    found = _ISO_HALF.fullmatch(typed)
    return (int(found[2]), int(found[1])) if found else None


def _year(typed: str) -> tuple[int, int] | None:
    found = _YEAR.fullmatch(typed)
    return (1, int(found[1])) if found else None


_READERS = (("M", _month), ("Q", _quarter), ("H", _half), ("Y", _year))
_MOST = {"M": 12, "Q": 4, "H": 2, "Y": 1}
_NAMES = {
    "M": "tháng (ví dụ 11/2026)",
    "Q": "quý (ví dụ quý IV/2026)",
    "H": "nửa năm (ví dụ 6 tháng cuối năm 2026)",
    "Y": "năm (ví dụ 2026)",
}
