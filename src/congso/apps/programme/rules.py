"""What the handbook says of working programmes: pure, numbers come from outside."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from congso.lib.workdays import Calendar, working_days_before, working_days_between

# What an item is changed in, in the order the printed table shows.
SHOWN = ("content", "preparer", "verifier", "supervisor", "output", "month", "session_on", "papers_due_on")


def papers_due(session_on: date, working_days: int, calendar: Calendar) -> date:
    """The last day for an item's papers: so many working days before its session (working regulation; 6.2, 7.1)."""
    return working_days_before(session_on, working_days, calendar)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The columns whose words differ: column → (what was, what is)."""
    return {
        key: (str(before.get(key) or ""), str(after.get(key) or ""))
        for key in SHOWN
        if str(before.get(key) or "") != str(after.get(key) or "")
    }


def papers_step(due_on: date, today: date, *, plan: Mapping[str, Any], calendar: Calendar) -> tuple[str, str] | None:
    """At which reminder an item without papers stands: its key (told once) and its words; None: none today."""
    if today > due_on:
        late = working_days_between(due_on, today, calendar)
        nth = late // int(plan["overdue_every_working_days"])
        return f"late-{nth}:{due_on:%Y%m%d}", f"Quá hạn gửi tài liệu từ ngày {due_on:%d/%m/%Y}"
    if today == due_on:
        return f"due:{due_on:%Y%m%d}", "Hôm nay là hạn gửi tài liệu"
    left = working_days_between(today, due_on, calendar)
    steps = [int(one) for one in plan["before_working_days"] if left <= int(one)]
    if not steps:
        return None
    return f"before-{min(steps)}:{due_on:%Y%m%d}", f"Còn {left} ngày làm việc đến hạn gửi tài liệu {due_on:%d/%m/%Y}"


def share(part: int, whole: int) -> str:
    """A percentage as papers print it, one decimal, by whole numbers; nothing of nothing."""
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10} %"
