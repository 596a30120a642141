"""The schedule of a row in a grid of months, quarters or years that are marked with x."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from congso.kernel.papers.tasks.headers import Header, Role
from congso.kernel.papers.tasks.marks import roman_value
from congso.kernel.papers.tasks.schedules import Schedule
from congso.lib.recurrences import Recurrence
from congso.lib.vietnamese import fold

_YEAR = re.compile(r"20[2-4]\d")
_QUARTER = re.compile(r"quy\s*(iv|i{1,3}|[1-4])")
_NUMBER = re.compile(r"\d{1,2}")


def schedule_of_periods(marked: Sequence[str], header: Header, title: str, issued_on: date | None) -> Schedule:
    """From the first marked period to the end of the last; all twelve months are “monthly”."""
    text = ", ".join(_shown(each) for each in marked)
    year = _year_of(" ".join((*header.titles, title))) or (issued_on.year if issued_on else None)
    spans = [span for each in marked if (span := _span(each, year))]
    if not spans:
        return Schedule(text=text)
    first, last = min(spans)[0], max(span[1] for span in spans)
    if all(map(_is_year, marked)):
        return Schedule(str(first.year) if len(marked) > 1 else "", str(last.year), None, text)
    all_periods = len(header.columns(Role.PERIOD))
    recurrence = None
    if len(marked) == all_periods and all_periods in (4, 12):
        recurrence = Recurrence.MONTHLY if all_periods == 12 else Recurrence.QUARTERLY
    start = first.isoformat() if len(spans) > 1 else ""
    return Schedule(start, last.isoformat(), recurrence, text)


def _shown(title: str) -> str:
    last = title.rsplit("//", maxsplit=1)[-1].strip()
    return f"tháng {last}" if last.isdigit() and int(last) <= 12 else last


def _is_year(title: str) -> bool:
    return _YEAR.fullmatch(re.sub(r"\D", "", title.rsplit("//", maxsplit=1)[-1])) is not None


def _year_of(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found.group(0)) if found else None


def _span(title: str, year: int | None) -> tuple[date, date] | None:
    own, last = _year_of(title) or year, fold(title.rsplit("//", maxsplit=1)[-1]).lower()
    if _is_year(title):
        return (date(own, 1, 1), date(own, 12, 31)) if own else None
    if own is None:
        return None
    if quarter := _QUARTER.search(last):
        number = roman_value(quarter.group(1).upper()) or int(quarter.group(1))
        return date(own, 3 * number - 2, 1), date(own, 3 * number, calendar.monthrange(own, 3 * number)[1])
    month = _NUMBER.search(last)
    if month is None or not 1 <= int(month.group(0)) <= 12:
        return None
    number = int(month.group(0))
    return date(own, number, 1), date(own, number, calendar.monthrange(own, number)[1])
