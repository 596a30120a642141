"""The file one subscribes to."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from congso.apps.schedule.api.events import AFTER, BEFORE, MOST, event_of, told
from congso.apps.schedule.queries import organizations_where
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.api.feeds import calendar_answer, turned_away
from congso.kernel.web.agenda import Window, appointments
from congso.lib.icalendar import DayEvent, Event, TimedEvent, calendar
from congso.lib.languages import in_vietnamese

router = Router()


@router.get("/calendar.ics", auth=None, include_in_schema=False)
def feed(request: OfficeRequest) -> HttpResponse:
    """My entries, and what other systems plan for me, as a file calendars read."""
    refusal = turned_away(request)
    if refusal is not None:
        return refusal
    with in_vietnamese():
        events: list[Event] = [event_of(entry, request) for entry in told(request)[:MOST]]
        events += _planned(request)
        text = calendar("Cổng Số: Lịch công tác", events, made_at=timezone.now())
    return calendar_answer(text, "lich-cong-tac.ics")


def _planned(request: OfficeRequest) -> list[Event]:
    today = timezone.localdate()
    own = organizations_where(request.principals, tuple(Function))
    found: list[Event] = []
    for one in appointments(Window(today - BEFORE, today + AFTER, most=MOST)):
        if not (set(one.organizations) & own or request.actor.id in one.people):
            continue
        url = request.build_absolute_uri(reverse(one.url_name, args=[one.record_id]))
        uid, words = f"{one.key}@congso", str(one.words)
        if one.starts_at and one.ends_at:
            found.append(TimedEvent(uid, one.starts_at, one.ends_at, one.title, words, url=url))
        else:
            found.append(DayEvent(uid, one.first_day, one.title, words, url))
    return found
