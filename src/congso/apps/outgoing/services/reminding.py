"""Telling who owes an opinion before the last day and after it, and the drafter whom she still waits for."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import Opinion, OpinionRound
from congso.kernel.access import principals
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar

REMINDERS = Actor.system(System.REMINDERS)
_AHEAD = timedelta(days=14)  # more than the working days of the earliest step, holidays of Tết among them
MOST = 5000


def remind(*, at: datetime) -> int:
    """Once a step each, however often it runs: two working days before, the last day, then every two late.

    Of opinions asked one after the other only whose turn it is hears of it. Returns how many were told.
    """
    today, told = timezone.localdate(at), 0
    late: dict[OpinionRound, list[Opinion]] = defaultdict(list)
    with acting_as(REMINDERS):
        for opinion in _waiting(today):
            asked = opinion.round
            step = rules.reminder_step(asked.due_on, today, calendar())
            if step is None:
                continue
            told += notify(
                opinion.document, principals=opinion.receivers, text=f"Cho ý kiến dự thảo: {step.words}", by=REMINDERS,
                at=at, kind=Kind.REMINDER, key=f"opinion:{opinion.pk}:{step.key}",
            )  # fmt: skip
            if asked.due_on < today:
                late[asked].append(opinion)
        for asked, missing in late.items():
            told += _tell_drafter(asked, missing, today, at)
    return told


def _waiting(today: date) -> list[Opinion]:
    """Opinions whose turn it is, of rounds still open, the nearest last day first."""
    found = Opinion.objects.filter(
        state=Opinion.State.ASKED, round__closed_at__isnull=True, round__due_on__lte=today + _AHEAD,
        document__state="consulting",
    )  # fmt: skip
    return list(found.select_related("document", "round").order_by("round__due_on", "id")[:MOST])


def _tell_drafter(asked: OpinionRound, missing: list[Opinion], today: date, at: datetime) -> int:
    document, step = missing[0].document, rules.reminder_step(asked.due_on, today, calendar())
    names = ", ".join(one.target_label for one in missing)
    return notify(
        document, principals=[principals.person(document.drafter_id)],
        text=f"Quá hạn cho ý kiến ({asked.due_on:%d/%m/%Y}), chưa trả lời: {names}"[:300], by=REMINDERS, at=at,
        kind=Kind.REMINDER, key=f"round:{asked.pk}:{step.key if step else ''}",
    )  # fmt: skip
