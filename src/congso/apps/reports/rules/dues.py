"""When a report is due. The Party's days for Lào Cai are not published, so each form sets its own; the State's days
(09/2019/NĐ-CP: figures close on the 14th of the period's last month) are a choice, not a constant."""

from datetime import date

from congso.lib.workdays import Calendar, add_working_days


def closing_day(period_end: date, closes_on: int) -> date:
    """The last day of figures: the given date of the period's last month (0: the period's end)."""
    return period_end if closes_on == 0 else period_end.replace(day=min(closes_on, period_end.day))


def due_day(period_end: date, *, closes_on: int, working_days: int, calendar: Calendar) -> date:
    """So many working days after figures close; the closing day is not counted (0: that day or the next worked)."""
    return add_working_days(closing_day(period_end, closes_on), working_days, calendar)
