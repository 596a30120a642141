"""A day in the Vietnamese lunar calendar (meridian 105° E, UTC+7), by new moons and the sun's place.

The method is Hồ Ngọc Đức's published one: month 11 holds the winter solstice; a year of thirteen months repeats the
first month in which the sun enters no new sector. Good for 1800 to 2199.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor, pi, sin

_ORDINAL_TO_JULIAN = 1721425
_OFFICE_OFFSET = 7 / 24
_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695
_DEGREE = pi / 180


@dataclass(frozen=True)
class LunarDay:
    """Day and month of the lunar calendar; `is_leap`: of the month that repeats (tháng nhuận)."""

    day: int
    month: int
    year: int
    is_leap: bool = False

    def __str__(self) -> str:
        return f"{self.day}/{self.month}{' nhuận' if self.is_leap else ''}"


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> LunarDay:
    """The lunar day of a day."""
    number = day.toordinal() + _ORDINAL_TO_JULIAN
    k = floor((number - _FIRST_NEW_MOON) / _MONTH)
    month_start = _new_moon(k + 1)
    if month_start > number:
        month_start = _new_moon(k)
    eleventh, year = _eleventh_month(day.year), day.year
    if eleventh >= month_start:
        following, eleventh = eleventh, _eleventh_month(day.year - 1)
    else:
        following, year = _eleventh_month(day.year + 1), day.year + 1
    passed = (month_start - eleventh) // 29
    month, is_leap = passed + 11, False
    if following - eleventh > 365:
        repeated = _repeated_month(eleventh)
        if passed >= repeated:
            month, is_leap = passed + 10, passed == repeated
    month = month - 12 if month > 12 else month
    return LunarDay(number - month_start + 1, month, year - 1 if month >= 11 and passed < 4 else year, is_leap)


@lru_cache(maxsize=512)
def _eleventh_month(year: int) -> int:
    """The first day (Julian) of the lunar month with the winter solstice of the year."""
    k = floor((date(year, 12, 31).toordinal() + _ORDINAL_TO_JULIAN - 2415021) / _MONTH)
    found = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(found) >= 9 else found


@lru_cache(maxsize=512)
def _repeated_month(eleventh: int) -> int:
    """How many months after month 11 the one lies that repeats."""
    k = floor((eleventh - _FIRST_NEW_MOON) / _MONTH + 0.5)
    step, sector, last = 1, _sun_sector(_new_moon(k + 1)), -1
    while sector != last and step < 14:
        last, step = sector, step + 1
        sector = _sun_sector(_new_moon(k + step))
    return step - 1


@lru_cache(maxsize=4096)
def _new_moon(k: int) -> int:
    """The day (Julian, in the office's time zone) of the k-th new moon after 1 January 1900."""
    t = k / 1236.85
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * _DEGREE)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3) * _DEGREE
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3) * _DEGREE
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3) * _DEGREE
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    shift += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    shift += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    if t < -11:
        clock = 0.001 + 0.000839 * t + 0.0002261 * t**2 - 0.00000845 * t**3 - 0.000000081 * t**4
    else:
        clock = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(mean + shift - clock + 0.5 + _OFFICE_OFFSET)


@lru_cache(maxsize=4096)
def _sun_sector(number: int) -> int:
    """In which twelfth of its way the sun stands at the beginning of a day; 0 begins at the spring equinox."""
    t = (number - 0.5 - _OFFICE_OFFSET - 2451545.0) / 36525
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * _DEGREE
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    shift = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    shift += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    longitude = (mean + shift) * _DEGREE
    return floor((longitude % (2 * pi)) / pi * 6)
