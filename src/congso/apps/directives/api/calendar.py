"""Deadlines as a calendar one subscribes to, with a personal token of the accounts page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from congso.apps.directives.flow import FLOW
from congso.apps.directives.models import Task
from congso.apps.directives.queries import of_units, waiting_for
from congso.apps.directives.queries.overviews import fed
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.api.feeds import calendar_answer, turned_away
from congso.lib.icalendar import DayEvent, calendar
from congso.lib.languages import in_vietnamese

router = Router()


@router.get("/calendar.ics", auth=None, include_in_schema=False)
def deadlines(request: OfficeRequest, scope: str = "mine") -> HttpResponse:
    """My tasks by the day they are due (`scope=unit`: all of my units'), as a file calendars read."""
    refusal = turned_away(request)
    if refusal is not None:
        return refusal
    held, person = request.principals, request.actor.id
    found = of_units(Task.objects.all(), held) if scope == "unit" else waiting_for(Task.objects.all(), held, person)
    today = timezone.localdate()
    with in_vietnamese():
        events = [_event(task, request) for task in fed(found, today)]
        name = "Nhiệm vụ của đơn vị" if scope == "unit" else "Nhiệm vụ của tôi"
        told = calendar(f"Cổng Số: {name}", events, made_at=timezone.now())
    return calendar_answer(told, "nhiem-vu.ics")


def _event(task: Task, request: OfficeRequest) -> DayEvent:
    state = FLOW.state(task.state)
    unit = (task.unit.short_name or task.unit.name) if task.unit else ""
    words = "\n".join(part for part in (f"Chủ trì: {unit}" if unit else "", f"Trạng thái: {state.label}",
                                        f"Nguồn: {task.source_symbol} {task.clause}".strip()) if part)  # fmt: skip
    url = request.build_absolute_uri(reverse("directives:detail", args=[task.pk]))
    due = task.due_on or timezone.localdate()
    return DayEvent(f"task-{task.pk}@congso", due, f"Hạn: {task.title}", words, url, task.state == "cancelled")
