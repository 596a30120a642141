"""When everybody wanted is free: up to twenty people and more, over the office's hours."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.apps.schedule.forms import FreeForm
from congso.apps.schedule.queries import busy_slots, things_for
from congso.apps.schedule.rules import Slot, free_slots, working_windows
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.regulations.queries import calendar, value

STEP = timedelta(minutes=30)
SUGGESTED = 6
SHOWN = 60
SEARCHED = 7


@login_required
@require_GET
def free(request: OfficeRequest) -> HttpResponse:
    """Look for hours in which all are free; each leads to a new entry."""
    today = timezone.localdate()
    things = things_for(request.principals)
    form = FreeForm(request.GET if "people" in request.GET else None, things=things, today=today)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        people = [one.pk for one in told["people"]]
        found = free_hours(
            told["first"], told["days"], timedelta(minutes=told["minutes"]), people, [one.pk for one in told["things"]]
        )
        names = "\n".join(f"#{one.pk} {one.full_name}" for one in told["people"])
        context["slots"] = [(slot, _new_url(slot, names)) for slot in found[:SHOWN]]
        context["people"] = told["people"]
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "schedule/free.html", context, status=status)


def free_hours(
    first: date, days: int, length: timedelta, people: Collection[int], things: Collection[int]
) -> list[Slot]:
    """Hours on working days in which nobody and nothing wanted is taken; none in the past. One query."""
    windows = _windows(first, days)
    now = timezone.now()
    windows = [Slot(max(one.starts_at, _rounded(now)), one.ends_at) for one in windows if one.ends_at > now]
    if not windows:
        return []
    taken = busy_slots(Slot(windows[0].starts_at, windows[-1].ends_at), people, things)
    return free_slots(taken, windows, length, step=STEP, most=SHOWN)


def suggested(slot: Slot, people: Collection[int], things: Collection[int]) -> list[Slot]:
    """The next free hours as long as this one, from its day on."""
    first = timezone.localtime(slot.starts_at).date()
    return free_hours(first, SEARCHED, slot.ends_at - slot.starts_at, people, things)[:SUGGESTED]


def _windows(first: date, days: int) -> list[Slot]:
    told = value("schedule.working_hours", on=first)
    hours = [tuple(time.fromisoformat(one) for one in told[half]) for half in ("morning", "afternoon")]
    zone = timezone.get_default_timezone()
    return working_windows(first, days, [(begins, ends) for begins, ends in hours], calendar(), zone)


def _rounded(moment: datetime) -> datetime:
    """The next half hour."""
    local = timezone.localtime(moment).replace(second=0, microsecond=0)
    return local + timedelta(minutes=-local.minute % 30)


def _new_url(slot: Slot, names: str) -> str:
    begins, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    told = {"ngay": f"{begins:%d/%m/%Y}", "tu": f"{begins:%H:%M}", "den": f"{ends:%H:%M}", "nguoi": names}
    return f"{reverse('schedule:new')}?{urlencode(told)}"
