"""Reports due: opened by the system for every form, unit and period; reminded of until they are sent.

Runs as the system REMINDERS, may run any number of times, changes nobody's state.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.reports.flow import FILLERS, FILLING, RECEIVERS
from congso.apps.reports.models import RECORD_TYPE, Form, FormVersion, Report
from congso.apps.reports.queries import active_units, latest_version, published_forms, reports
from congso.apps.reports.rules import due_day
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import successors_of
from congso.kernel.indicators.periods import Period
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import start
from congso.lib.workdays import Calendar, working_days_between


def open_reports(*, by: Actor, at: datetime) -> int:
    """Open what this period and the one before owe; returns how many. Safe to repeat."""
    today, opened = timezone.localdate(at), 0
    days = calendar()
    for form in published_forms().filter(starts_on__lte=today):
        version = latest_version(form)
        if version is None or (form.stopped_on and form.stopped_on <= today):
            continue
        for period in _periods(form, today):
            opened += open_period(form, version, period, calendar=days, by=by, at=at)
    return opened


def open_period(
    form: Form, version: FormVersion, period: Period, *, calendar: Calendar, by: Actor, at: datetime
) -> int:
    """One period's reports of every unit on the list that has none yet."""
    have = set(Report.objects.filter(form=form, first_day=period.start).values_list("organization_id", flat=True))
    due = due_day(period.end, closes_on=form.closes_on, working_days=form.due_working_days, calendar=calendar)
    opened = 0
    for unit, receiver in _owing(form, period):
        if unit.pk not in have:
            have.add(unit.pk)
            opened += _open(form, version, period, (unit, receiver), due, by=by, at=at)
    return opened


def send_reminders(*, by: Actor, at: datetime) -> int:
    """Remind the unit before and on the day, both sides after it. Returns notices delivered."""
    today, days = timezone.localdate(at), calendar()
    if not days.is_working_day(today):
        return 0
    plan, told = value("reports.reminder_steps", on=today), 0
    due = reports().filter(state__in=FILLING, due_on__isnull=False)
    for report in due.prefetch_related("owner__serving_offices", "organization__serving_offices").order_by("id"):
        step = _step(report.due_on, today, plan, days)
        if step is None:
            continue
        key, words = step
        people = set(FILLERS.principals(report))
        if report.due_on and today > report.due_on:
            people |= set(RECEIVERS.principals(report))
        told += notify(report, principals=people, text=words, by=by, at=at, key=key, kind=Kind.REMINDER)
    return told


def _step(due_on: date | None, today: date, plan: dict[str, object], days: Calendar) -> tuple[str, str] | None:
    """The reminder a report stands at: its key (told once) and its words."""
    if due_on is None:
        return None
    if today > due_on:
        nth = working_days_between(due_on, today, days) // int(str(plan["overdue_every_working_days"]))
        return f"late-{nth}:{due_on:%Y%m%d}", f"Báo cáo quá hạn {(today - due_on).days} ngày (hạn {due_on:%d/%m/%Y})"
    if today == due_on:
        return f"due:{due_on:%Y%m%d}", "Báo cáo đến hạn hôm nay"
    left = working_days_between(today, due_on, days)
    before = plan["before_working_days"]
    steps = [int(one) for one in before if left <= int(one)] if isinstance(before, list) else []
    if not steps:
        return None
    return f"before-{min(steps)}:{due_on:%Y%m%d}", f"Còn {left} ngày làm việc đến hạn báo cáo {due_on:%d/%m/%Y}"


def _periods(form: Form, today: date) -> Iterator[Period]:
    now = Period.containing(today, form.rhythm)
    first = Period.containing(form.starts_on, form.rhythm)
    return (period for period in (now.previous, now) if period.start >= first.start)


def _owing(form: Form, period: Period) -> Iterator[tuple[Organization, Organization]]:
    """Who reports to whom; for a unit that was gone before the period its heirs do, to the heirs of its receiver."""
    for listed in active_units(form, period.start, period.end):
        receiver = next(iter(_living(listed.reports_to, period)), None)
        for unit in _living(listed.organization, period):
            if receiver is not None and receiver.pk != unit.pk:
                yield unit, receiver


def _living(organization: Organization, period: Period) -> list[Organization]:
    ended = organization.valid_to is not None and organization.valid_to <= period.start
    return successors_of(organization) if ended else [organization]


def _open(
    form: Form, version: FormVersion, period: Period, who: tuple[Organization, Organization], due: date, *, by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """One report; 0 when another run was faster."""
    unit, receiver = who
    report = Report(
        type=RECORD_TYPE, title=f"{form.title} {period.name}", owner=receiver, unit=unit,
        opened_on=timezone.localdate(at), due_on=due, form=form, version_of_form=version,
        organization=unit, first_day=period.start,
    )  # fmt: skip
    try:
        with transaction.atomic(), start(report, by=by, at=at, label="Mở kỳ báo cáo") as move:
            notify(
                report, principals=set(FILLERS.principals(report)), text=f"Đến kỳ báo cáo, hạn {due:%d/%m/%Y}",
                by=by, at=at, kind=Kind.ASSIGNED,
            )  # fmt: skip
            index_record(report)
            move.facts |= {"form": form.code, "period": period.code, "due_on": due.isoformat()}
    except IntegrityError:
        return 0
    return 1
