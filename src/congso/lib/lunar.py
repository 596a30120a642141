"""Days off that follow the Vietnamese lunar calendar, and a proposal of a year's days off.

The `holidays` library carries the Vietnamese calendar (meridian 105° E, UTC+7), which differs from the
Chinese one in some years: Tết 2030 is 2 February here, 3 February there. The proposal is only a proposal:
the Prime Minister fixes Tết and the second day of National Day each year, and swaps come by notice.
"""

from dataclasses import dataclass
from datetime import date

from holidays import HolidayBase
from holidays.countries.vietnam import Vietnam

_SATURDAY = 5
_TET = "Tết Nguyên Đán"
_HUNG_KINGS = "Ngày Giỗ Tổ Hùng Vương"


@dataclass(frozen=True)
class ProposedDayOff:
    day: date
    name: str


def first_day_of_tet(year: int) -> date:
    """Lunar New Year's day, the first of the first lunar month."""
    return _named(year, _TET)


def hung_kings_day(year: int) -> date:
    """The tenth of the third lunar month, a day off since 2007 (make-up days not counted)."""
    return _named(year, _HUNG_KINGS)


def propose_days_off(year: int) -> tuple[ProposedDayOff, ...]:
    """The weekdays a year's notice will probably give off, with their names, in order."""
    found = sorted(_holidays(year, observed=True).items())
    return tuple(ProposedDayOff(day, name) for day, name in found if day.weekday() < _SATURDAY)


def _named(year: int, name: str) -> date:
    return _holidays(year, observed=False).get_named(name, lookup="exact")[0]


def _holidays(year: int, *, observed: bool) -> HolidayBase:
    return Vietnam(years=year, language="vi", observed=observed)  # type: ignore[no-untyped-call]  # library
