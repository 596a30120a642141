"""A dashboard answered for who looks, on a desk, on a wall, and down to the records."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.analytics.models import ChartKind, Dashboard, Group, Question, Source
from congso.apps.analytics.queries import Answer, answer, drilled, keeps, offices_of, publishes
from congso.apps.analytics.views.boards import board_or_404, question_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import type_of, url_of
from congso.kernel.regulations.queries import value as regulated
from congso.kernel.web.charts import Chart, Series, bar_chart, column_chart, line_chart
from congso.kernel.web.filters import TextFilter
from congso.kernel.web.lists import Card, Column, Kind, RecordList, list_response

DRAWN = 24
SCREEN_SECONDS = 300  # a wall asks anew so often

RECORDS = RecordList(
    key="ho-so-duoc-dem",
    title=_("Hồ sơ được đếm"),
    columns=(
        Column("type", _("Loại"), value=lambda one: type_of(one).label, width=20, card=Card.TOP),
        Column("number", _("Số, ký hiệu"), sort="number", width=18),
        Column("title", _("Nội dung"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("owner", _("Cơ quan quản lý"), value="owner.short_name", width=24),
        Column("unit", _("Đơn vị chủ trì"), value="unit.short_name", width=24),
        Column("opened_on", _("Ngày bắt đầu"), kind=Kind.DATE, sort="opened_on", width=12),
        Column("due_on", _("Hạn"), kind=Kind.DUE, sort="due_on", width=14),
        Column("state", _("Trạng thái"), kind=Kind.STATE, width=20, card=Card.TOP),
    ),
    filters=(TextFilter("q", _("Tìm trong các hồ sơ này")),),
    default_sort="-opened_on",
    row_url=url_of,
)


@login_required
@require_GET
def board(request: OfficeRequest, pk: int) -> HttpResponse:
    """The dashboard with every question answered under the person's own rights."""
    found = board_or_404(pk)
    return render(request, "analytics/board.html", _shown(request, found))


@login_required
@require_GET
def screen(request: OfficeRequest, pk: int) -> HttpResponse:
    """The same for a meeting room's wall: large, without menus, asked anew by itself."""
    found = board_or_404(pk)
    return render(request, "analytics/screen.html", _shown(request, found) | {"seconds": SCREEN_SECONDS})


@login_required
@require_GET
def records(request: OfficeRequest, pk: int, question_id: int) -> HttpResponseBase:
    """The records one figure counts, as the person sees them."""
    found = board_or_404(pk)
    question = question_or_404(found, question_id)
    key = request.GET.get("nhom", "")[:80]
    counted = drilled(question, key, day=timezone.localdate())
    if question.source != Source.RECORDS or (
        _is_foreign(request, found) and counted.order_by()[: _least()].count() < _least()
    ):
        counted = counted.none()
    context = {"board": found, "question": question}
    return list_response(request, RECORDS, counted.annotate(open_due=F("due_on")), template="analytics/records.html",
                         context=context)  # fmt: skip


def _shown(request: OfficeRequest, found: Dashboard) -> dict[str, Any]:
    today = timezone.localdate()
    is_foreign = _is_foreign(request, found)
    return {
        "board": found,
        "today": today,
        "now": timezone.now(),
        "is_foreign": is_foreign,
        "least": _least(),
        "may_keep": keeps(found, request.principals, request.actor.id),
        "may_publish": publishes(found, request.principals),
        "answers": [_told(answer(question, day=today, is_foreign=is_foreign)) for question in found.questions.all()],
    }


def _is_foreign(request: OfficeRequest, found: Dashboard) -> bool:
    """Whether the person is not of the owner's people, so that small cells stay out."""
    return not offices_of(request.principals, timezone.localdate()).filter(pk=found.owner_id).exists()


def _least() -> int:
    return int(regulated("analytics.least_shown_count", on=timezone.localdate()))


def _told(one: Answer) -> dict[str, Any]:
    """An answer with its chart and the addresses of what each figure counts."""
    question = one.question
    number = one.cells[0].value if one.cells and question.split_by == Group.NONE else one.total
    return {
        "answer": one,
        "question": question,
        "chart": _chart(question, one),
        "number": number,
        "is_number": question.chart == ChartKind.NUMBER,
        "cells": [(cell, _records_url(question, cell.key)) for cell in one.cells],
        "url": _records_url(question, ""),
    }


def _records_url(question: Question, key: str) -> str:
    if question.source == Source.INDICATOR:
        below = f"?don-vi={question.below_id}" if question.below_id else ""
        return f"{reverse('analytics:indicator', args=[question.indicator])}{below}"
    address = reverse("analytics:records", args=[question.dashboard_id, question.pk])
    return f"{address}?{urlencode({'nhom': key})}" if key else address


def _chart(question: Question, one: Answer) -> Chart | None:
    shown = [cell for cell in one.cells if not cell.is_hidden]
    if question.chart not in (ChartKind.COLUMNS, ChartKind.LINE) or len(shown) < 2:
        return None
    drawn = shown[-DRAWN:] if question.split_by == Group.PERIOD else shown[:DRAWN]
    series = [Series(question.title, [cell.value for cell in drawn])]
    return _drawing(question)(question.title, [cell.label for cell in drawn], series, unit=one.unit)


def _drawing(question: Question) -> Callable[..., Chart | None]:
    """Time goes from left to right; names are read from above."""
    if question.chart == ChartKind.LINE:
        return line_chart
    in_time = question.split_by == Group.PERIOD or question.source == Source.INDICATOR
    return column_chart if in_time else bar_chart
