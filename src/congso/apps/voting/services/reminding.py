"""Reminding those who have not answered a letter, on working mornings."""

from datetime import date, datetime

from django.utils import timezone

from congso.apps.voting.models import Answer, Ballot, BallotWay
from congso.apps.voting.queries import ballots
from congso.kernel.access.principals import person
from congso.kernel.access.services import Actor
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar, value
from congso.lib.workdays import Calendar, working_days_between


def send_reminders(*, by: Actor, at: datetime) -> int:
    """Remind who has not answered as the day comes near. Returns notices delivered; safe to repeat."""
    today, days = timezone.localdate(at), calendar()
    if not days.is_working_day(today):
        return 0
    steps = value("voting.reminder_working_days", on=today)
    told = 0
    open_letters = ballots().filter(state="open", way=BallotWay.CIRCULATION, due_on__gte=today).order_by("id")
    for ballot in open_letters.prefetch_related("voters"):
        step = _step(ballot, today, steps, days)
        if step is None:
            continue
        words = f"Chưa trả lời phiếu xin ý kiến, hạn {timezone.localtime(ballot.closes_at):%H:%M %d/%m/%Y}"
        told += notify(
            ballot, principals=_silent(ballot), text=words, by=by, at=at, key=f"{step}:{ballot.due_on:%Y%m%d}",
            kind=Kind.REMINDER,
        )  # fmt: skip
    return told


def _step(ballot: Ballot, today: date, steps: list[int], days: Calendar) -> str | None:
    if ballot.due_on is None:
        return None
    left = working_days_between(today, ballot.due_on, days)
    reached = [int(one) for one in steps if left <= int(one)]
    return f"vote-{min(reached)}" if reached else None


def _silent(ballot: Ballot) -> set[int]:
    answered = set(Answer.objects.filter(voter__ballot=ballot).values_list("voter_id", flat=True))
    return {person(one.person_id) for one in ballot.voters.all() if one.may_vote and one.pk not in answered}
