"""Summaries of a record, a dossier, a period's reports; what a leader should look at today."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from congso.apps.assistant.forms import PeriodForm
from congso.apps.assistant.queries.briefing import Briefing, briefing_for
from congso.apps.assistant.queries.summing import matter_of, record_of, reports_of
from congso.apps.assistant.rules.briefing import Direction, Proposed
from congso.apps.assistant.services.summarizing import note_summary, summarize
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404, who

_PERIOD = 30  # days


@login_required
@require_GET
def of_source(request: OfficeRequest) -> HttpResponseBase:
    """From a record's page (`?source=`) to its summary."""
    source = request.GET.get("source", "")
    if not (source.isascii() and source.isdigit() and len(source) < 19):
        raise Http404
    return redirect("assistant:summary", pk=int(source))


@login_required
@require_GET
@found_or_404
def summary(request: OfficeRequest, pk: int) -> HttpResponse:
    """One record, or a dossier with its papers, in its own sentences."""
    record = record_of(pk)
    request.shown_record = record.pk
    matter = matter_of(record)
    note_summary([record], **who(request))
    context = {"record": record, "matter": matter, "summed": summarize(matter, day=timezone.localdate())}
    return render(request, "assistant/summary.html", context)


@login_required
@require_GET
def reports(request: OfficeRequest) -> HttpResponse:
    """A period's reports, each in its own sentences; the last thirty days to begin with."""
    today = timezone.localdate()
    given = request.GET if {"first", "last"} & set(request.GET) else None
    form = PeriodForm(given, initial={"first": today - timedelta(days=_PERIOD), "last": today})
    first, last = today - timedelta(days=_PERIOD), today
    if given is not None and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    matter = reports_of(first, last)
    if given is not None and form.is_valid():
        note_summary(matter.records, **who(request))
    summed = summarize(matter, day=today) if not form.errors else []
    context = {"form": form, "first": first, "last": last, "matter": matter, "summed": summed}
    return render(request, "assistant/reports.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def briefing(request: OfficeRequest) -> HttpResponse:
    """Late work, what came in, what repeats, directions to consider: each with the records it rests on."""
    made = briefing_for(request.principals, timezone.localdate())
    return render(request, "assistant/briefing.html", _shown(made))


def _shown(made: Briefing) -> dict[str, Any]:
    records = made.records
    return {
        "briefing": made,
        "late": [(unit, [records[work.record] for work in works]) for unit, works in made.late],
        "came": [(label, count, [records[work.record] for work in works]) for label, count, works in made.came],
        "themes": [(theme, [records[pk] for pk in theme.records if pk in records]) for theme in made.themes],
        "directions": [(_words(one), [records[pk] for pk in one.records if pk in records]) for one in made.directions],
    }


def _words(one: Proposed) -> tuple[str, str]:
    """What may be considered, and why."""
    count = one.count
    match one.kind:
        case Direction.ANSWER:
            return (
                _("Cho ý kiến những việc đang chờ bạn"),
                ngettext("%(count)d việc đến hạn đang chờ bạn.", "%(count)d việc đến hạn đang chờ bạn.", count)
                % {"count": count},
            )
        case Direction.DECIDE:
            return (
                _("Làm việc với %(unit)s về việc quá hạn lâu: gia hạn, đổi đầu mối hoặc dừng") % {"unit": one.about},
                _("%(count)d việc quá hạn trên 10 ngày; lâu nhất %(days)d ngày.") % {"count": count, "days": one.days},
            )
        case Direction.URGE:
            return (
                _("Yêu cầu %(unit)s báo cáo tiến độ") % {"unit": one.about},
                _("%(count)d việc cùng quá hạn.") % {"count": count},
            )
        case Direction.SOON:
            return (
                _("Đôn đốc việc đến hạn trong ba ngày tới"),
                _("%(count)d việc chưa xong sẽ đến hạn.") % {"count": count},
            )
        case _:
            return (
                _("Xem xét giải quyết chung: “%(words)s”") % {"words": one.about},
                _("%(count)d đơn vị cùng có hồ sơ về nội dung này trong bảy ngày qua.") % {"count": count},
            )
