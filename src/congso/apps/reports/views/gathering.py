"""A period added up: totals, who has sent, words by heading, and the way from a total to who typed a figure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.reports import services
from congso.apps.reports.flow import SENT
from congso.apps.reports.queries import (
    acts_open_to,
    collected,
    indicators_of,
    merged_texts,
    papers_of,
    published_forms,
    punctuality,
    report_of,
    reports_of_period,
    sources_of,
)
from congso.apps.reports.rules import show_number
from congso.apps.reports.views.judging import WORD, download
from congso.apps.reports.views.requests import Gathering, gathering_or_404, root_for
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.indicators.periods import Period
from congso.kernel.records.types import url_of
from congso.kernel.web.excel import CONTENT_TYPE
from congso.kernel.web.filters import read_date
from congso.kernel.workflow.services import Refused

PERIODS_SHOWN = 13


@login_required
@require_GET
def overview(request: OfficeRequest) -> HttpResponse:
    """The forms whose reports come to the person, each with how punctual its last periods were."""
    today = timezone.localdate()
    rows = []
    for form in published_forms():
        if root_for(request, form) is None:
            continue
        past = punctuality(form, 3)
        last = Period.containing(today, form.rhythm).previous
        rows.append({"form": form, "periods": past, "url": reverse("reports:gathered", args=[form.code, last.code])})
    return render(request, "reports/overview.html", {"rows": rows})


@login_required
@require_GET
def gathered(request: OfficeRequest, code: str, period: str) -> HttpResponse:
    """The page of a period."""
    asked = gathering_or_404(request, code, period)
    day = chart_day(request, asked.period)
    found = list(reports_of_period(asked.form, asked.period))
    figures = {one.key: one for one in collected(asked.form, asked.schema, asked.period, asked.root.pk, day)}
    due = [one for one in found if one.state != "waived"]
    sent = [one for one in due if one.state in SENT]
    on_time = sum(not one.is_late for one in sent)
    context = {
        "form": asked.form, "period": asked.period, "root": asked.root, "chart_day": day, "reports": found,
        "parts": list(_parts(asked, figures, day)), "due": len(due), "sent": len(sent), "on_time": on_time,
        "rate": round(100 * on_time / len(due)) if due else None,
        "texts": [
            (asked.schema.title_of(key), said)
            for key, said in merged_texts(reports_of_period(asked.form, asked.period), asked.schema).items()
        ],
        "periods": list(_near(asked.period)), "punctuality": punctuality(asked.form),
        "may_lock": any(one.state == "approved" for one in found),
        "may_hand_over": services.may_hand_over(asked.form.owner, request.actor, timezone.localdate()),
        "papers": papers_of(asked.form, asked.period),
    }  # fmt: skip
    return render(request, "reports/gathered.html", context)


@login_required
@require_GET
def sources(request: OfficeRequest, code: str, period: str, indicator: int) -> HttpResponse:
    """What a total is made of: each unit's figure, who typed it, in which cell, when."""
    asked = gathering_or_404(request, code, period)
    chosen = {one.pk: (key, one) for key, one in indicators_of(asked.form, asked.schema).items()}.get(indicator)
    if chosen is None:
        raise Http404
    key, found = chosen
    day = chart_day(request, asked.period)
    rows = sources_of(found, asked.period, asked.root.pk, day)
    context = {
        "form": asked.form, "period": asked.period, "indicator": found, "cell_title": asked.schema.title_of(key),
        "rows": rows, "cell_key": key, "chart_day": day, "root": asked.root,
        "total": show_number(sum((one.value for one in rows), start=0 * rows[0].value) if rows else None),
        "back_url": f"{reverse('reports:gathered', args=[asked.form.code, asked.period.code])}?so-do={day:%d/%m/%Y}",
    }  # fmt: skip
    return render(request, "reports/sources.html", context)


@login_required
@require_GET
def word(request: OfficeRequest, code: str, period: str) -> HttpResponse:
    """The receiver's report as a Word file."""
    asked = gathering_or_404(request, code, period)
    paper = services.gathered_paper(
        asked.form, asked.schema, asked.period, root=asked.root, chart_day=chart_day(request, asked.period)
    )
    return download(paper, f"tong-hop-{asked.form.code}-{asked.period.code}.docx", WORD)


@login_required
@require_POST
def hand_over(request: OfficeRequest, code: str, period: str) -> HttpResponse:
    """The receiver's report becomes a draft of the outgoing documents, to be checked, signed and issued."""
    asked = gathering_or_404(request, code, period)
    day = chart_day(request, asked.period)
    try:
        document = services.hand_over_gathered(
            asked.form, asked.schema, asked.period, root=asked.root, chart_day=day, by=request.actor, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:gathered", code, period)
    messages.success(request, _("Đã lập dự thảo văn bản đi. Hãy xem lại người ký, nơi nhận rồi trình."))
    return redirect(url_of(document))


@login_required
@require_GET
def excel(request: OfficeRequest, code: str, period: str) -> HttpResponse:
    """Totals and all their sources as an Excel file."""
    asked = gathering_or_404(request, code, period)
    sheet = services.gathered_sheet(
        asked.form, asked.schema, asked.period, root=asked.root, chart_day=chart_day(request, asked.period)
    )
    return download(sheet, f"tong-hop-{asked.form.code}-{asked.period.code}.xlsx", CONTENT_TYPE)


@login_required
@require_POST
def lock(request: OfficeRequest, code: str, period: str) -> HttpResponse:
    """Lock every approved report of the period the person may lock; what is not approved stays open."""
    asked, done = gathering_or_404(request, code, period), 0
    for one in reports_of_period(asked.form, asked.period).filter(state="approved"):
        report = report_of(one.pk)
        if "lock" not in {each.key for each in acts_open_to(report, request.principals)}:
            continue
        try:
            services.lock_report(report, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, f"{report.organization}: {refusal}")
        else:
            done += 1
    messages.success(request, _("Đã khóa %(count)s báo cáo.") % {"count": done})
    return redirect("reports:gathered", code, period)


def chart_day(request: OfficeRequest, period: Period) -> date:
    """On which day's chart units are added up: the chosen one, else today or the period's end where that has passed."""
    chosen = read_date((request.POST if request.method == "POST" else request.GET).get("so-do", ""))
    if chosen and 1990 <= chosen.year <= 2200:
        return chosen
    return min(period.end, timezone.localdate())


def _near(period: Period) -> Iterator[Period]:
    """The periods one may leaf to, the latest first."""
    here, count = Period.containing(timezone.localdate(), period.frequency), 0
    while count < PERIODS_SHOWN:
        yield here
        here, count = here.previous, count + 1


def _parts(asked: Gathering, figures: dict[str, Any], day: date) -> Iterator[dict[str, Any]]:
    for section in asked.schema.sections:
        if not section.numbers:
            continue
        lines = [_line(asked, cell, figures.get(cell.key), day) for cell in section.numbers]
        yield {"title": section.title, "lines": lines}


def _line(asked: Gathering, cell: Any, one: Any, day: date) -> dict[str, Any]:
    if one is None:
        return {
            "title": cell.title,
            "unit": cell.unit,
            "now": "–",
            "before": "–",
            "year_ago": "–",
            "figures": 0,
            "url": "",
        }
    url = reverse("reports:sources", args=[asked.form.code, asked.period.code, one.indicator.pk])
    shown = {name: services.shown(one, getattr(one, name).value) for name in ("now", "before", "year_ago")}
    return {
        "title": cell.title, "unit": cell.unit, **shown, "figures": one.now.figures,
        "url": f"{url}?so-do={day:%d/%m/%Y}" if one.now.figures else "",
    }  # fmt: skip
