"""Dates as papers print them, as screens show them, and as clerks type them."""

import re
from datetime import date, timedelta

from congso.lib.vietnamese import fold

_NAMED_DAYS = {"hom qua": -1, "hom nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_SEPARATED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_RUN_TOGETHER = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)?")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class NotADate(ValueError):
    """The text is no date; the message says so in Vietnamese."""


def paper_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: a zero only before days below 10 and months 1 and 2 (office 1.6)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(place: str, day: date) -> str:
    """The line at the head of a paper: `Lào Cai, ngày 05 tháng 02 năm 2026`."""
    return f"{place}, {paper_date(day)}"


def screen_date(day: date) -> str:
    """`5/2/2026`, as screens and lists show it."""
    return f"{day.day}/{day.month}/{day.year}"


def weekday_date(day: date) -> str:
    """`Thứ Năm, 5/2/2026`."""
    return f"{_WEEKDAYS[day.weekday()]}, {screen_date(day)}"


def parse_date(typed: str, *, today: date) -> date:
    """What a clerk types: 5/2/2026, 5-2-26, 05022026, 5/2 (this year), hôm nay, “5 tháng 2 năm 2026”.

    Raises NotADate.
    """
    text = " ".join(fold(typed).lower().replace(",", " ").split())
    if text in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[text])
    try:
        return _read(text, today)
    except ValueError:
        raise NotADate(f"“{typed.strip()}” không phải là ngày hợp lệ. Ví dụ: 5/2/2026.") from None


def _read(text: str, today: date) -> date:
    iso = _ISO.fullmatch(text)
    if iso:
        return date(*map(int, iso.groups()))
    for form in (_SEPARATED, _RUN_TOGETHER, _IN_WORDS):
        found = form.fullmatch(text)
        if found:
            day, month, year = found.groups()
            return date(_year(year, today), int(month), int(day))
    raise ValueError(text)


def _year(written: str | None, today: date) -> int:
    if written is None:
        return today.year
    return int(written) if len(written) == 4 else 2000 + int(written)
