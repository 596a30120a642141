"""What the system reminds of by itself: hours of a breach that pass, limits of requests. Nobody's state changes."""

from datetime import datetime, timedelta

from django.utils import timezone

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS
from congso.apps.personal_data.flow.requests import KEEPERS, RUNNING
from congso.apps.personal_data.models import Breach
from congso.apps.personal_data.queries import assessments, breaches, clock_of, requests
from congso.apps.personal_data.rules import breach_step, reminder_step
from congso.apps.personal_data.services.breaches import DRILL
from congso.kernel.access.services import Actor
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import value

DAY_HOURS = 24


def remind_of_breaches(*, by: Actor, at: datetime) -> int:
    """Tell protectors and leaders at each step before the report is due, and every day it is late; returns notices."""
    steps = value("personal_data.breach_reminder_hours", on=timezone.localdate(at))
    return sum(_remind(breach, steps, by=by, at=at) for breach in breaches().filter(state="open").order_by("id"))


def remind_of_requests(*, by: Actor, at: datetime) -> int:
    """Tell who must answer on the day before the limit, on it, and every day after; returns notices."""
    today = timezone.localdate(at)
    told = 0
    for request in requests().filter(state__in=RUNNING, due_on__isnull=False).order_by("id"):
        left = (request.due_on - today).days if request.due_on else DAY_HOURS
        if left > 1:
            continue
        words = (
            f"Còn {left} ngày để trả lời"
            if left > 0
            else "Hôm nay hết hạn trả lời"
            if left == 0
            else f"Quá hạn {-left} ngày"
        )
        who = KEEPERS if request.state == "correcting" else OFFICERS
        people = {*who.principals(request), *HEADS.principals(request)}
        told += notify(
            request, principals=people, text=f"{words}: {request.title}", by=by, at=at, key=f"due{today:%Y%m%d}"
        )
    return told


def remind_of_assessments(*, by: Actor, at: datetime) -> int:
    """Tell who protects data at each step before an assessment's limit, and every week it is late; returns notices."""
    today = timezone.localdate(at)
    steps = value("personal_data.assessment_reminder_days", on=today)
    near = assessments().filter(closed_at=None, due_on__lte=today + timedelta(days=max(steps)))
    told = 0
    for found in near.order_by("due_on", "id"):
        left = (found.due_on - today).days if found.due_on else 0
        if left < 0:
            key, words = f"late{found.due_on:%y%m%d}w{-left // 7}", f"Quá hạn {-left} ngày"
        else:
            key, words = f"due{found.due_on:%y%m%d}d{reminder_step(left, steps)}", f"Còn {left} ngày đến hạn"
        people = {*OFFICERS.principals(found), *HEADS.principals(found)}
        text = f"{words}: hồ sơ đánh giá tác động “{found.title}”"[:300]
        told += notify(found, principals=people, text=text, by=by, at=at, key=key, kind=Kind.REMINDER)
    return told


def _remind(breach: Breach, steps: list[int], *, by: Actor, at: datetime) -> int:
    clock = clock_of(breach, at)
    if clock.is_late:
        key, words = f"late{clock.hours // DAY_HOURS}", f"QUÁ HẠN báo cáo {clock.hours} giờ"
    else:
        step = breach_step(breach.discovered_at, at, steps)
        if step is None:
            return 0
        key, words = f"h{step}", f"Đã qua {step} giờ; còn {clock.hours} giờ {clock.minutes} phút để báo cáo"
    text = f"{DRILL} {words}" if breach.is_drill else words
    people = {*OFFICERS.principals(breach), *HEADS.principals(breach)}
    return notify(breach, principals=people, text=text, by=by, at=at, key=key)
