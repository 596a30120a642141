"""What a receiver sees of a period: figures added up, words by heading, who has sent, and where each figure is from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from congso.apps.reports.flow import SENT
from congso.apps.reports.models import Entry, Form, Paper, Report
from congso.apps.reports.queries.cells import indicators_of
from congso.apps.reports.queries.reports import reports
from congso.apps.reports.rules import Schema
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.models import Indicator, Observation
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import Figure, parts_of, rolled_up


@dataclass(frozen=True)
class Collected:
    """A cell added up: this period, the one before, the same one a year ago; by what stands directly below."""

    key: str
    indicator: Indicator
    now: Figure
    before: Figure
    year_ago: Figure


@dataclass(frozen=True)
class Source:
    """One figure inside a total: whose, which observation says so; `beside`: the weight it counts with, if any."""

    organization: str
    below: str
    value: Decimal
    beside: Decimal | None
    observation: Observation
    entered: Entry | None


@dataclass(frozen=True)
class Merged:
    """What one unit wrote under a heading."""

    organization: str
    report_id: int
    text: str
    by_label: str
    at: datetime


def reports_of_period(form: Form, period: Period) -> QuerySet[Report]:
    """The period's reports the person sees, in Vietnamese order of units."""
    found = reports().filter(form=form, first_day=period.start)
    return found.order_by("organization__name_key", "id")


def papers_of(form: Form, period: Period) -> list[Paper]:
    """Documents drafted from the period that the person sees, the newest first. One query."""
    found = Paper.objects.filter(form=form, first_day=period.start).select_related("document")
    return list(found.order_by("-id")[:20])


def collected(form: Form, schema: Schema, period: Period, root: int, chart_day: date) -> list[Collected]:
    """Every number cell added up below the root, over the chart of the day. Two queries."""
    indicators = indicators_of(form, schema)
    asked = [period, period.previous, period.year_before]
    each = list({one.pk: one for one in indicators.values()}.values())
    found = rolled_up(each, asked, root, chart_day, with_parts=False)
    return [Collected(key, one, *(found.total(one.pk, at) for at in asked)) for key, one in indicators.items()]


def sources_of(indicator: Indicator, period: Period, root: int, chart_day: date, *, most: int = 500) -> list[Source]:
    """The figures a total is made of, each with its observation and who put it into its cell. Four queries."""
    parts = parts_of(indicator, period, root, chart_day, most=most)
    names = Organization.objects.in_bulk({one.organization_id for one in parts} | {one.below for one in parts})
    seen = Observation.objects.select_related("record").in_bulk([one.observation_id for one in parts])
    entered = _entered(seen.values(), indicator)
    return [
        Source(
            names[one.organization_id].name, names[one.below].name, one.value, one.beside, seen[one.observation_id],
            entered.get(seen[one.observation_id].record_id or 0),
        )
        for one in parts
        if one.observation_id in seen
    ]  # fmt: skip


def _entered(seen: Iterable[Observation], indicator: Indicator) -> dict[int, Entry]:
    """By report: the entry of the cell that fills the indicator."""
    found = Report.objects.filter(pk__in=[one.record_id for one in seen if one.record_id]).select_related(
        "form", "version_of_form"
    )
    keys = {}
    for report in found:
        schema = Schema.parse(report.version_of_form.schema)
        keys[report.pk] = next(
            (
                key
                for key, cell in schema.numbers.items()
                if (cell.indicator or f"{report.form.code}.{key}") == indicator.code
            ),
            "",
        )
    rows = Entry.objects.filter(report__in=keys, key__in=set(keys.values()), is_contested=False)
    latest = rows.order_by("report_id", "key", "-id").distinct("report_id", "key")
    return {one.report_id: one for one in latest if keys[one.report_id] == one.key}


def merged_texts(found: QuerySet[Report], schema: Schema) -> dict[str, list[Merged]]:
    """Words of the reports that were sent, by heading, unit by unit, each with who wrote it. One query."""
    rows = Entry.objects.filter(report__in=found.filter(state__in=SENT).order_by(), key__in=list(schema.texts))
    latest = rows.filter(is_contested=False).order_by("report_id", "key", "-id").distinct("report_id", "key")
    merged: dict[str, list[Merged]] = {key: [] for key in schema.texts}
    written = Entry.objects.filter(pk__in=latest.values("pk")).exclude(text="")
    for one in written.select_related("report__organization").order_by("report__organization__name_key", "id"):
        name = one.report.organization.name
        merged[one.key].append(Merged(name, one.report_id, one.text, one.by_label, one.at))
    return merged


def punctuality(form: Form, periods: int = 12) -> list[dict[str, Any]]:
    """Of each of the last periods: how many were due, sent, sent in time. One query."""
    sent = Q(submitted_on__isnull=False)
    rows = (
        Report.objects.filter(form=form)
        .exclude(state="waived")
        .order_by("-first_day")
        .values("first_day")
        .annotate(
            due=Count("pk"), sent=Count("pk", filter=sent),
            on_time=Count("pk", filter=sent & Q(submitted_on__lte=F("due_on"))),
        )[:periods]
    )  # fmt: skip
    return [{**dict(row), "period": Period(row["first_day"], form.rhythm).name} for row in rows]
