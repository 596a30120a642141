"""When a task starts and is due, from the words of a plan: “trước ngày 15/9/2025”, “quý III”, “hằng tháng”.

A day is an ISO date; a named month, quarter or half-year ends on its last day; a year stays a year (“2025”).
“hết”, “trong” and “đến” a month include it, “trước” a month ends with the one before. Dates without a year
belong to the year of issue, or to the next when they would lie well before it.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from congso.lib.recurrences import Recurrence
from congso.lib.vietnamese import fold

_LONGEST = 600
_DAY = re.compile(
    r"(?:ngay\s+)?(?<![\d/])(\d{1,2})\s*(?:[/.\-]|\s?thang\s+)\s*(\d{1,2})"
    r"(?:\s*(?:[/.\-]|,?\s*nam\s+)\s*(20\d\d))?(?![\d/]|\s*%)"
)
_MONTH = re.compile(r"(?:thang|\bt)\s*(\d{1,2})(?:\s*(?:[/.\-]|,?\s*(?:nam)?\s*)\s*(20\d\d))?(?!\d)")
_BARE_MONTH = re.compile(r"(?<![\d/.])(?<!(?<!\d)\d-)(?<!(?<!\d)\d\d-)(0?[1-9]|1[0-2])\s*[/\-.]\s*(20\d\d)(?!\d)")
_QUARTER = re.compile(r"\bquy\s*([il1|]{1,3}v?|[2-4])(?![a-z\d|])(?:\s*(?:[/.\-]|,?\s*(?:nam)?)\s*(20\d\d))?")
_HALF = re.compile(r"\b(0?6|sau|0?9|chin)\s*thang\s*(dau|cuoi)?\s*(?:nam|/)?\s*(20\d\d)?")
_YEAR = re.compile(r"(?<![\d/.])(20[2-4]\d)(?!\d)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "2": 2, "3": 3}  # l, 1 and | are what scans make of I
_SIGNS = str.maketrans("–—−⁄∕", "---//")
_LAST_QUARTER = 4
_SPAN_MONTHS = re.compile(
    r"(?:tu\s+)?(?:thang|\bt)\s*(\d{1,2})\s*(?:-|den|den het|va|,)\s*(?:het\s+)?(?:thang\s*|t)?(\d{1,2})(?!\d)"
)
_SPAN_QUARTERS = re.compile(
    r"quy\s*(iv|i{1,3}|[1-4])\s*(?:-|den|va|,)\s*(?:quy\s*)?(iv|i{1,3}|[1-4])\b\s*(?:[/.\-]|"
    r",?\s*(?:nam)?)\s*(20\d\d)?"
)
_RELATIVE = re.compile(r"(?:(?:trong|sau|vong|han)\s+)?(\d{1,3})\s+ngay[^.;]{0,30}?ke tu ngay\s+(?:ky|ban hanh)")
_SPAN_DAYS = re.compile(
    r"(?<![\d/.\-])(\d{1,2})\s*(?:-|den het|den)\s*(?:ngay\s+)?(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(20\d\d))?(?![\d/])"
)
_AND_AFTER = re.compile(r"va (?:cac|nhung) nam (?:tiep theo|sau|toi)")
_FROM = re.compile(r"\b(?:tu|bat dau|ke tu)\b")
_UNTIL = re.compile(r"\b(?:den|toi|hoan thanh|ket thuc|het)\b")
_RECURRING: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    (
        Recurrence.MONTHLY,
        re.compile(
            r"\b(?:hang|moi|dinh ky(?: hang)?|theo)\s+thang\b|(?<!\d )\bthang/lan\b|hang tuan, thang|01 thang/01 lan"
        ),
    ),
    (
        Recurrence.QUARTERLY,
        re.compile(
            r"\b(?:hang|moi|dinh ky(?: hang)?|theo|thang,)\s+quy\b|\bthang (?:dau|"
            r"cuoi)(?: cua)? quy\b(?!\s*(?:[iv]|\d))|\b0?3 thang/(?:0?1\s*|mot\s*)?lan\b"
        ),
    ),
    (
        Recurrence.HALF_YEARLY,
        re.compile(
            r"\b(?:dinh ky|hang|moi|bao cao)\s*\(?(?:0?6|sau) thang\b(?!\s*(?:dau|cuoi) nam 20)|"
            r"\b0?6 thang\s*/\s*(?:0?1\s*|mot\s*)?lan"
            r"|\b0?6 thang (?:mot|1|01) lan|\b(?:0?6|sau) thang(?: dau nam)?(?:,| va) (?:ca |hang |mot |"
            r"1 )?nam\b(?!\s*20)|mot nam (?:hai|2) lan|nua nam"
        ),
    ),
    (
        Recurrence.YEARLY,
        re.compile(r"\b(?:hang|moi|dinh ky(?: hang)?)\s+nam\b|\bthuong nien\b|\bnam/lan\b|,\s*nam\)"),
    ),
)
_LONG_AGO = 60  # days before the issue: a date without a year then means the next year


@dataclass(frozen=True)
class Schedule:
    """What the words say. `text` is the schedule as printed."""

    start: str = ""
    due: str = ""
    recurrence: Recurrence | None = None
    text: str = ""

    @property
    def is_dated(self) -> bool:
        return bool(self.start or self.due or self.recurrence)


@dataclass(frozen=True)
class _Point:
    """A time named in the text: from its first to its last day, and where the words stand."""

    first: date
    last: date
    begin: int
    end: int
    is_year: bool = False


def read_schedule(written: str, *, issued_on: date | None = None) -> Schedule:
    """The schedule in a cell or a phrase. What says no time (“theo tiến độ”) keeps only its text."""
    text = " ".join(written.split())
    plain = _plain(text)
    recurrence = next((each for each, form in _RECURRING if form.search(plain)), None)
    if relative := _RELATIVE.search(plain):
        until = issued_on + timedelta(days=int(relative.group(1))) if issued_on else None
        return Schedule("", until.isoformat() if until else "", recurrence, text)
    points = _points(_told_apart(plain), issued_on)
    if recurrence is not None:
        # “trước ngày 15/12 hằng năm” names a day of each year, not one day.
        points = [point for point in points if point.is_year or _has_year(plain, point)]
    start, due = _ends(plain, points)
    if len(points) == 1 and _AND_AFTER.search(plain):
        start, due = _printed(points[0], start=True), ""
    return Schedule(start, due, recurrence, text)


def _plain(text: str) -> str:
    return fold(text[:_LONGEST]).lower().translate(_SIGNS)


def _told_apart(plain: str) -> str:
    """Short ranges written out: “tháng 9-12/2025” and “từ 01 đến 15/9/2025” name the month or year once."""
    plain = _SPAN_DAYS.sub(_both_days, _SPAN_MONTHS.sub(_both_months, plain))
    return _SPAN_QUARTERS.sub(
        lambda found: (
            f"quy {found.group(1)}{'/' + found.group(3) if found.group(3) else ''} den "
            f"quy {found.group(2)}{'/' + found.group(3) if found.group(3) else ''}"
        ),
        plain,
    )


def _both_months(found: re.Match[str]) -> str:
    year = re.match(r"\s*(?:[/.\-]|,?\s*(?:nam)?)\s*(20\d\d)", found.string[found.end() :])
    tail = f"/{year.group(1)}" if year else ""
    return f"tu thang {found.group(1)}{tail} den thang {found.group(2)}"


def _both_days(found: re.Match[str]) -> str:
    first, last, month, year = found.groups()
    tail = f"/{month}/{year}" if year else f"/{month}"
    return f"{first}{tail} den {last}{tail}" if int(first) < int(last) else found.group(0)


def _points(plain: str, issued_on: date | None) -> list[_Point]:
    """All times named, the finer forms first; words are not read twice. Sorted as they stand."""
    found: list[_Point] = []
    taken: list[tuple[int, int]] = []
    readers = (
        (_DAY, _day),
        (_QUARTER, _quarter),
        (_HALF, _half),
        (_MONTH, _month),
        (_BARE_MONTH, _month),
        (_YEAR, _year),
    )
    for form, read in readers:
        for match in form.finditer(plain):
            if any(match.start() < end and begin < match.end() for begin, end in taken):
                continue
            days = read(match, plain, issued_on)
            if days is not None:
                taken.append(match.span())
                found.append(_Point(*days, *match.span(), is_year=form is _YEAR))
    return sorted(found, key=lambda point: point.begin)


def _day(match: re.Match[str], plain: str, issued_on: date | None) -> tuple[date, date] | None:
    day, month, year = int(match.group(1)), int(match.group(2)), match.group(3)
    if not year and "." in match.group(0):
        return None  # “1.2” is a number
    following = _year_after(plain, match) if not year else None
    try:
        one = _placed(month, day, int(year) if year else following, issued_on)
    except ValueError:
        return None
    return (one, one) if one else None


def _month(match: re.Match[str], plain: str, issued_on: date | None) -> tuple[date, date] | None:
    month, year = int(match.group(1)), match.group(2)
    if not 1 <= month <= 12:
        return None
    first = _placed(month, 1, int(year) if year else _year_after(plain, match), issued_on)
    if first is None:
        return None
    if _is_before(plain, match.start()):
        last = first - timedelta(days=1)
        return last, last
    return first, _month_end(first)


def _quarter(match: re.Match[str], plain: str, issued_on: date | None) -> tuple[date, date] | None:
    quarter = _QUARTERS.get(re.sub(r"[l1|]", "i", match.group(1)), _LAST_QUARTER)
    year = int(match.group(2)) if match.group(2) else _year_after(plain, match)
    first = _placed(quarter * 3 - 2, 1, year or (issued_on.year if issued_on else None), issued_on)
    return (first, _month_end(first.replace(month=quarter * 3))) if first else None


def _half(match: re.Match[str], plain: str, issued_on: date | None) -> tuple[date, date] | None:
    months, which, year = match.group(1), match.group(2), match.group(3)
    in_year = int(year) if year else (issued_on.year if issued_on and which else 0)
    if not which or not in_year:
        return None
    if months.endswith("9") or months == "chin":
        return (date(in_year, 1, 1), date(in_year, 9, 30)) if which == "dau" else None
    return (
        (date(in_year, 1, 1), date(in_year, 6, 30)) if which == "dau" else (date(in_year, 7, 1), date(in_year, 12, 31))
    )


def _year(match: re.Match[str], _plain: str, _issued_on: date | None) -> tuple[date, date] | None:
    year = int(match.group(1))
    return date(year, 1, 1), date(year, 12, 31)


def _placed(month: int, day: int, year: int | None, issued_on: date | None) -> date | None:
    if year:
        return date(year, month, day)
    if issued_on is None:
        return None
    one = date(issued_on.year, month, day)
    return one if one >= issued_on - timedelta(days=_LONG_AGO) else one.replace(year=one.year + 1)


def _year_after(plain: str, match: re.Match[str]) -> int | None:
    """The year named right after a range (“tháng 9 đến tháng 12 năm 2025”)."""
    following = re.match(r"[^.;]{0,40}?(20[2-4]\d)(?!\d)", plain[match.end() :])
    return int(following.group(1)) if following else None


def _has_year(plain: str, point: _Point) -> bool:
    return re.search(r"20\d\d", plain[point.begin : point.end]) is not None


def _is_before(plain: str, begin: int) -> bool:
    return re.search(r"\btruoc\s*$", plain[max(0, begin - 8) : begin]) is not None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _ends(plain: str, points: list[_Point]) -> tuple[str, str]:
    """Start and due of the times that were found: one is a due date unless “từ” opens it, two are a range."""
    if not points:
        return "", ""
    # A year that only repeats the year of a finer time says nothing new.
    fine = [point for point in points if not point.is_year]
    if fine:
        points = [point for point in points if not point.is_year or _is_range(plain, point, fine[0])]
    first, last = points[0], points[-1]
    if len(points) == 1:
        before = plain[max(0, first.begin - 14) : first.begin]
        opens = _FROM.search(before) is not None and _UNTIL.search(plain[first.end :]) is None
        return (_printed(first, start=True), "") if opens else ("", _printed(first))
    if first.is_year and last.is_year and first.first == last.first:
        return "", _printed(first)
    begins = min(points, key=lambda point: point.first)
    ends = max(points, key=lambda point: point.last)
    return (_printed(begins, start=True), _printed(ends)) if begins is not ends else ("", _printed(ends))


def _is_range(plain: str, year: _Point, fine: _Point) -> bool:
    between = plain[min(year.end, fine.end) : max(year.begin, fine.begin)]
    return abs(year.first.year - fine.first.year) > 0 and re.fullmatch(r"[^.;]{0,14}", between) is not None


def _printed(point: _Point, *, start: bool = False) -> str:
    if point.is_year:
        return str(point.first.year)
    return (point.first if start else point.last).isoformat()
