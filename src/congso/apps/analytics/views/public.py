"""Figures told to everybody, read without an account; and the page on which a leader decides to tell them."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods, require_safe

from congso.apps.analytics import services
from congso.apps.analytics.models import ChartKind, PublicEdition
from congso.apps.analytics.queries import public_edition, public_editions, publishes
from congso.apps.analytics.views.boards import board_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.regulations.queries import value as regulated
from congso.kernel.web.charts import Chart, Series, bar_chart, column_chart, line_chart
from congso.kernel.workflow.services import Refused
from congso.lib.csv_tables import csv_lines

DRAWN = 24
MOST = 200


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """All boards that are public, by title."""
    return render(request, "analytics/public_list.html", {"rows": list(public_editions()[:MOST])})


@require_safe
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """One of them as it was published."""
    edition = _edition(pk)
    return render(request, "analytics/public.html", {"edition": edition, "answers": drawn(edition.content)})


@require_safe
def data(request: OfficeRequest, pk: int) -> HttpResponse:
    """Its figures as a table, for anybody's use."""
    edition = _edition(pk)
    rows = (
        (one["title"], one["split"], cell["label"], cell["value"] if cell["value"] is not None else "", one["unit"],
         f"<{edition.least}" if cell["hidden"] else "", edition.owner_name, edition.counted_on.isoformat())
        for one in edition.content
        for cell in one["cells"]
    )  # fmt: skip
    text = "".join(
        csv_lines(("question", "split_by", "group", "value", "unit", "left_out", "source", "counted_on"), rows)
    )
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-{edition.board_id}-{edition.number}.csv"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """What everybody would read, before anybody does; then a press publishes or withdraws."""
    board = board_or_404(pk)
    if not publishes(board, request.principals):
        raise Http404
    if request.method == "POST":
        return _act(request, pk)
    today = timezone.localdate()
    context = {
        "board": board,
        "answers": drawn(services.public_content(board, day=today)),
        "standing": board.editions.filter(withdrawn_at__isnull=True).first(),
        "least": int(regulated("analytics.least_shown_count", on=today)),
    }
    return render(request, "analytics/publish.html", context)


def _act(request: OfficeRequest, pk: int) -> HttpResponse:
    board, now = board_or_404(pk), timezone.now()
    try:
        if request.POST.get("act") == "withdraw":
            services.withdraw_board(board, by=request.actor, at=now)
            messages.success(request, _t("Đã thôi công bố bảng này."))
        else:
            services.publish_board(board, by=request.actor, at=now)
            messages.success(request, _t("Đã công bố; ai cũng xem được, không cần đăng nhập."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("analytics:publish", pk)


def drawn(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kept answers with their charts and figures as values."""
    return [
        {
            **one,
            "words": " · ".join(filter(None, one["words"])),
            "total": _value(one["total"]),
            "cells": [{**cell, "value": _value(cell["value"])} for cell in one["cells"]],
            "drawing": _chart(one),
        }
        for one in content
    ]


def _chart(one: dict[str, Any]) -> Chart | None:
    cells = [cell for cell in one["cells"] if not cell["hidden"]]
    if one["chart"] not in (ChartKind.COLUMNS, ChartKind.LINE) or len(cells) < 2:
        return None
    cells = cells[-DRAWN:] if one["in_time"] else cells[:DRAWN]
    draw = line_chart if one["chart"] == ChartKind.LINE else column_chart if one["in_time"] else bar_chart
    series = [Series(one["title"], [_value(cell["value"]) for cell in cells])]
    return draw(one["title"], [cell["label"] for cell in cells], series, unit=one["unit"])


def _value(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def _edition(pk: int) -> PublicEdition:
    found = public_edition(pk)
    if found is None:
        raise Http404
    return found
