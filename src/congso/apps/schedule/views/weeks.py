"""The week and the month, with lunar days, days off, and what other systems plan; the printed sheet; publishing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.schedule import services
from congso.apps.schedule.models import Claim, Entry
from congso.apps.schedule.queries import approving_for, entries_between, hidden_claims, mine, owners_for
from congso.apps.schedule.rules import Slot
from congso.apps.schedule.services.printing import hours_words, week_entries, week_title
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import people_in
from congso.kernel.regulations.queries import calendar, days_named
from congso.kernel.web.agenda import Appointment, Window, appointments
from congso.kernel.workflow.services import Refused
from congso.lib.lunar_dates import LunarDay, lunar_day
from congso.lib.workdays import add_months

MOST = 500
SHOWN_A_DAY = 4
NOON = time(12, 30)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MINE = "toi"
ALL = "tat-ca"


@dataclass
class Line:
    """One line of a day: an entry, an hour somebody is busy, or what another system plans."""

    at: datetime
    hours: str
    title: str
    url: str = ""
    words: str = ""
    place: str = ""
    entry: Entry | None = None
    is_busy: bool = False


@dataclass
class Day:
    """One day as the week shows it."""

    day: date
    lunar: LunarDay
    name_off: str
    is_off: bool
    is_today: bool
    is_chosen: bool
    whole: list[Line] = field(default_factory=list)
    morning: list[Line] = field(default_factory=list)
    afternoon: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """All its lines in order."""
        return [*self.whole, *self.morning, *self.afternoon]


@login_required
@require_GET
def week(request: OfficeRequest) -> HttpResponse:
    """Seven days of a calendar; on a phone one of them, the others a tap or a swipe away."""
    today = timezone.localdate()
    chosen = asked_day(request.GET.get("ngay", ""), today)
    monday = chosen - timedelta(days=chosen.weekday())
    days, asked, calendars = _filled(request, monday, 7, chosen, today)
    owner = calendars.get(asked)
    approving = owner is not None and approving_for(request.principals).filter(pk=owner.pk).exists()
    context = {
        "days": days, "monday": monday, "sunday": monday + timedelta(days=6), "chosen": chosen, "today": today,
        "asked": asked, "calendars": calendars.values(), "owner": owner, "title": week_title(monday),
        "before": chosen - timedelta(days=7), "after": chosen + timedelta(days=7),
        "day_before": chosen - timedelta(days=1), "day_after": chosen + timedelta(days=1), "may_publish": approving,
        "unpublished": _unpublished(days) if approving else 0,
        "feed_url": request.build_absolute_uri("/api/v1/schedule/calendar.ics"),
        "caldav_url": request.build_absolute_uri("/api/v1/schedule/dav/"),
    }  # fmt: skip
    return render(request, "schedule/week.html", context)


@login_required
@require_GET
def month(request: OfficeRequest) -> HttpResponse:
    """A month in squares."""
    today = timezone.localdate()
    first = asked_day(request.GET.get("ngay", ""), today).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    last = add_months(first, 1) - timedelta(days=1)
    count = (last - monday).days + 7 - last.weekday()
    days, asked, calendars = _filled(request, monday, count, today, today)
    squares = [(day, day.lines[:SHOWN_A_DAY], max(0, len(day.lines) - SHOWN_A_DAY)) for day in days]
    context = {
        "weeks": [squares[at : at + 7] for at in range(0, len(squares), 7)], "first": first, "asked": asked,
        "calendars": calendars.values(), "before": add_months(first, -1), "after": add_months(first, 1),
    }  # fmt: skip
    return render(request, "schedule/month.html", context)


@login_required
@require_GET
def sheet(request: OfficeRequest) -> HttpResponse:
    """The official sheet of a week, to print; `?dang=word` as a Word file."""
    today = timezone.localdate()
    chosen = asked_day(request.GET.get("ngay", ""), today)
    monday = chosen - timedelta(days=chosen.weekday())
    owners = owners_for(request.principals)
    owner = owners.filter(pk=_number(request.GET.get("lich", ""))).first() or owners.first()
    if owner is None:
        return redirect("schedule:week")
    if request.GET.get("dang") == "word":
        response = HttpResponse(services.week_paper(owner, monday), content_type=WORD)
        response["Content-Disposition"] = f'attachment; filename="lich-tuan-{monday:%Y-%m-%d}.docx"'
        return response
    by_day: dict[date, list[tuple[Entry, str]]] = defaultdict(list)
    for entry in week_entries(owner, monday):
        begins = max(timezone.localtime(entry.starts_at).date(), monday)
        by_day[begins].append((entry, hours_words(entry)))
    days = [(day, lunar_day(day), by_day[day]) for day in (monday + timedelta(days=step) for step in range(7))]
    context = {"owner": owner, "days": days, "title": week_title(monday), "monday": monday}
    return render(request, "schedule/sheet.html", context)


@login_required
@require_POST
def publish(request: OfficeRequest) -> HttpResponse:
    """Publish what is approved in a week of one calendar."""
    chosen = asked_day(request.POST.get("ngay", ""), timezone.localdate())
    monday = chosen - timedelta(days=chosen.weekday())
    owner = approving_for(request.principals).filter(pk=_number(request.POST.get("lich", ""))).first()
    if owner is None:
        raise Http404
    try:
        count = services.publish_week(owner, monday, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã công bố %(count)s mục lịch.") % {"count": count})
    return redirect(f"{reverse('schedule:week')}?lich={owner.pk}&ngay={monday:%Y-%m-%d}")


def _filled(
    request: OfficeRequest, first: date, count: int, chosen: date, today: date
) -> tuple[list[Day], str, dict[str, Organization]]:
    """So many days with their lines, which calendar was asked for, and those one may look at."""
    calendars = {str(one.pk): one for one in owners_for(request.principals)[:60]}
    asked = request.GET.get("lich", MINE)
    asked = asked if asked in (MINE, ALL) or asked in calendars else MINE
    days = _days(first, count, chosen, today)
    by_day = {one.day: one for one in days}
    begins, last = _midnight(first), first + timedelta(days=count - 1)
    window = Slot(begins, begins + timedelta(days=count))
    found = _narrowed(request, entries_between(window.starts_at, window.ends_at), asked)
    for entry in found[:MOST]:
        _put(by_day, _line(entry), entry.starts_at, entry.ends_at)
    for claim in _busy(request, window, calendars.get(asked)):
        _put(by_day, _busy_line(claim), claim.during.lower, claim.during.upper)
    for one in _planned(request, Window(first, last), asked, calendars):
        _place(by_day, one)
    return days, asked, calendars


def _unpublished(days: Iterable[Day]) -> int:
    """How many approved entries nobody published yet."""
    found = (line.entry for day in days for line in day.lines if line.entry is not None)
    return len({entry.pk for entry in found if entry.state == "approved"})


def _narrowed(request: OfficeRequest, found: QuerySet[Entry], asked: str) -> QuerySet[Entry]:
    if asked == MINE:
        return mine(found, request.principals, request.actor.id)
    return found if asked == ALL else found.filter(owner=int(asked))


def _busy(request: OfficeRequest, window: Slot, owner: Organization | None) -> Iterable[Claim]:
    """The leaders of a calendar in hours whose entries the person does not see."""
    if owner is None:
        return ()
    leaders = people_in(owner, timezone.localdate(), ["leaders"]).values_list("pk", flat=True)
    return hidden_claims(window, leaders)[:MOST]


def _planned(
    request: OfficeRequest, window: Window, asked: str, calendars: dict[str, Organization]
) -> Iterable[Appointment]:
    own = {one.pk for one in calendars.values()}
    for one in appointments(window):
        concerned = set(one.organizations) & own if asked in (MINE, ALL) else {int(asked)} & set(one.organizations)
        if concerned or request.actor.id in one.people:
            yield one


def _days(first: date, count: int, chosen: date, today: date) -> list[Day]:
    law, named = calendar(), days_named(first, first + timedelta(days=count - 1))
    return [
        Day(
            day, lunar_day(day), named.get(day, ""), not law.is_working_day(day), day == today, day == chosen
        )
        for day in (first + timedelta(days=step) for step in range(count))
    ]  # fmt: skip


def _put(by_day: dict[date, Day], line: Line, starts_at: datetime, ends_at: datetime) -> None:
    """On each of its days; the half of the day by when it begins there."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day = begins.date()
    while day <= (ends - timedelta(microseconds=1)).date():
        if day in by_day:
            is_morning = day > begins.date() or begins.time() < NOON
            (by_day[day].morning if is_morning else by_day[day].afternoon).append(line)
        day += timedelta(days=1)


def _place(by_day: dict[date, Day], one: Appointment) -> None:
    at = one.starts_at or _midnight(one.first_day)
    hours = f"{timezone.localtime(one.starts_at):%H:%M}" if one.starts_at else ""
    line = Line(at, hours, one.title, one.url, str(one.words))
    if one.starts_at is None:
        if one.first_day in by_day:
            by_day[one.first_day].whole.append(line)
    else:
        _put(by_day, line, one.starts_at, one.ends_at or one.starts_at + timedelta(hours=1))


def _line(entry: Entry) -> Line:
    people = "; ".join(one.label for one in entry.participants.all())
    chair = _("Chủ trì: %(name)s") % {"name": entry.chair_label} if entry.chair_label else ""
    words = " · ".join(part for part in (chair, people[:300]) if part)
    url = reverse("schedule:detail", args=[entry.pk])
    return Line(entry.starts_at, hours_words(entry), entry.title, url, words, entry.place, entry)


def _busy_line(claim: Claim) -> Line:
    begins, ends = timezone.localtime(claim.during.lower), timezone.localtime(claim.during.upper)
    name = claim.person.full_name if claim.person else ""
    return Line(begins, f"{begins:%H:%M}–{ends:%H:%M}", _("Bận"), words=name, is_busy=True)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def asked_day(written: str, today: date) -> date:
    """The day asked for (2026-11-23), else today."""
    try:
        found = date.fromisoformat(written[:10])
    except ValueError:
        return today
    return found if 2000 <= found.year <= 2199 else today


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
