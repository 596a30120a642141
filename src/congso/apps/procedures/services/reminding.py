"""Telling who works on a case that its promised day comes near or is over. Nobody's state changes."""

from datetime import datetime

from django.utils import timezone

from congso.apps.procedures.flow import OPEN, STOPPED, desk_principals
from congso.apps.procedures.flow.cases import HOLDERS, SIGNERS, TURN
from congso.apps.procedures.models import Case
from congso.apps.procedures.queries import cases
from congso.apps.procedures.rules import days_late
from congso.kernel.access.services import Actor
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar, value
from congso.lib.workdays import working_days_between


def send_case_reminders(*, by: Actor, at: datetime) -> int:
    """Remind once a step: so many working days before, on the day, and each week after. Returns notices delivered."""
    today, days = timezone.localdate(at), calendar()
    if not days.is_working_day(today):
        return 0
    before = int(value("procedures.remind_working_days_before", on=today))
    told = 0
    due = cases().filter(state__in=OPEN, due_on__isnull=False).exclude(state__in=(*STOPPED, "result_ready"))
    for case in due.prefetch_related("owner__serving_offices", "unit__serving_offices").order_by("id"):
        told += _remind(case, before, by=by, at=at)
    return told


def _remind(case: Case, before: int, *, by: Actor, at: datetime) -> int:
    if case.due_on is None:
        return 0
    today, days = timezone.localdate(at), calendar()
    late = days_late(case.due_on, today, days)
    left = working_days_between(today, case.due_on, days)
    whose = SIGNERS if case.state == "awaiting_signature" else TURN
    people = set(whose.principals(case))
    if today > case.due_on:
        key, words = f"late-{late // 5}", f"Hồ sơ thủ tục quá hẹn {max(1, late)} ngày làm việc"
        people |= set(HOLDERS.principals(case)) | desk_principals(case.owner)
    elif left <= before:
        key, words = f"soon-{min(left, before)}", f"Hồ sơ thủ tục còn {left} ngày làm việc đến hẹn trả"
    else:
        return 0
    return notify(
        case, principals=people, text=words, by=by, at=at, key=f"{key}:{case.due_on:%Y%m%d}", kind=Kind.REMINDER
    )
