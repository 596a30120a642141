"""Who prepares an item is reminded of its papers; once they are late, the office hears it too.

Runs as the system REMINDERS, may run any number of times, changes nobody's state.
"""

from datetime import datetime

from django.utils import timezone

from congso.apps.programme.flow import DRAFTERS, unit_principals
from congso.apps.programme.models import Item
from congso.apps.programme.queries import programme_of, without_papers
from congso.apps.programme.queries.items import soon
from congso.apps.programme.rules import papers_step
from congso.kernel.access.services import Actor
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar, value


def send_reminders(*, by: Actor, at: datetime) -> int:
    """Remind of papers that are due soon, today, or late. Returns notices delivered."""
    today, days = timezone.localdate(at), calendar()
    if not days.is_working_day(today):
        return 0
    plan, told = value("programme.reminder_steps", on=today), 0
    for item in without_papers(today, soon(today)).prefetch_related("preparer__serving_offices"):
        if item.papers_due_on is None:
            continue
        step = papers_step(item.papers_due_on, today, plan=plan, calendar=days)
        if step is not None:
            told += _remind(item, *step, is_late=today > item.papers_due_on, by=by, at=at)
    return told


def _remind(item: Item, key: str, words: str, *, is_late: bool, by: Actor, at: datetime) -> int:
    people = unit_principals(item.preparer) if item.preparer else set()
    if is_late:
        people |= set(DRAFTERS.principals(programme_of(item.programme_id)))
    text = f"{words}: {item.content[:120]}"
    return notify(
        item.programme, principals=people, text=text, by=by, at=at, key=f"{item.pk}:{key}", kind=Kind.REMINDER
    )
