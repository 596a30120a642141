"""Tasks seen from afar: the heat map of units, the month, what is on the way."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET

from congso.apps.directives import queries
from congso.apps.directives.flow import RUNNING
from congso.apps.directives.models import Task
from congso.apps.directives.queries.overviews import (
    STANDING_KEYS,
    HeatMap,
    Square,
    due_between,
    heat_by_clause,
    heat_by_standing,
    on_the_way,
)
from congso.apps.directives.views.lists import STANDINGS, TASKS, list_url
from congso.kernel.accounts.requests import OfficeRequest
from congso.lib.workdays import add_months

SHOWN_A_DAY = 4
GANTT_BEFORE, GANTT_AFTER = timedelta(days=60), timedelta(days=240)
_SCOPES = ("mine", "unit", "ordered", "all")


@login_required
@require_GET
def matrix(request: OfficeRequest) -> HttpResponse:
    """Units against the clauses of one document, else against how their tasks stand. Units alone are set in order:
    by how many of their tasks are late, and the page says so."""
    today = timezone.localdate()
    symbol = request.GET.get("symbol", "")[:120]
    found = Task.objects.filter(source_symbol=symbol) if symbol else Task.objects.all()
    heat = heat_by_clause(found, today) if symbol else heat_by_standing(found, today)
    context = {
        "symbol": symbol, "symbols": queries.distinct_values("source_symbol"), "heat": heat, "today": today,
        "columns": _columns(heat, symbol), "rows": _rows(heat, symbol),
        "legend": [(key, STANDINGS[key]) for key in STANDING_KEYS],
    }  # fmt: skip
    return render(request, "directives/matrix.html", context)


def _columns(heat: HeatMap, symbol: str) -> list[Any]:
    if symbol:
        return [column or _t("Không ghi mục") for column in heat.columns]
    return [STANDINGS[key] for key in STANDING_KEYS]


def _rows(heat: HeatMap, symbol: str) -> list[dict[str, Any]]:
    most = max((square.total for row in heat.rows for square in row.squares if square), default=1)
    return [
        {
            "name": row.name,
            "late": row.late,
            "url": list_url(unit=row.unit_id, **({"symbol": symbol} if symbol else {})),
            "cells": [
                _cell(square, row.unit_id, column, symbol, most)
                for square, column in zip(row.squares, heat.columns, strict=True)
            ],
        }
        for row in heat.rows
    ]


def _cell(square: Square | None, unit: int, column: str, symbol: str, most: int) -> dict[str, Any] | None:
    if square is None:
        return None
    facts: dict[str, Any] = {"unit": unit}
    facts |= {"symbol": symbol, "q": column} if symbol else {"standing": column}
    return {
        "total": square.total,
        "standing": square.worst,
        "words": STANDINGS[square.worst],
        "heat": 1 + 3 * (square.total - 1) // max(1, most - 1) if most > 1 else 1,
        "url": list_url(**facts),
    }


@login_required
@require_GET
def month(request: OfficeRequest) -> HttpResponse:
    """Deadlines of a month, day by day; the address of the calendar one subscribes to."""
    today = timezone.localdate()
    first = _month(request.GET.get("thang", ""), today)
    monday = first - timedelta(days=first.weekday())
    last = add_months(first, 1) - timedelta(days=1)
    sunday = last + timedelta(days=6 - last.weekday())
    scope, found = _narrowed(request)
    by_day: dict[date, list[Task]] = defaultdict(list)
    for task in due_between(found, monday, sunday):
        if task.due_on:
            by_day[task.due_on].append(task)
    days = [monday + timedelta(days=place) for place in range((sunday - monday).days + 1)]
    context = {
        "scope": scope, "scopes": _offered(), "first": first, "today": today,
        "before": add_months(first, -1), "after": add_months(first, 1),
        "weeks": [[_day(day, by_day[day], first, today) for day in days[start : start + 7]]
                  for start in range(0, len(days), 7)],
        "feed": request.build_absolute_uri("/api/v1/directives/calendar.ics"), "tokens_url": reverse("api_tokens"),
    }  # fmt: skip
    return render(request, "directives/calendar.html", context)


def _day(day: date, tasks: Sequence[Task], first: date, today: date) -> dict[str, Any]:
    return {
        "day": day,
        "is_other": day.month != first.month,
        "is_today": day == today,
        "tasks": [(task, _tone(task, today)) for task in tasks[:SHOWN_A_DAY]],
        "more": max(0, len(tasks) - SHOWN_A_DAY),
        "url": list_url(due_from=f"{day:%d/%m/%Y}", due_to=f"{day:%d/%m/%Y}"),
    }


@login_required
@require_GET
def gantt(request: OfficeRequest) -> HttpResponse:
    """Running tasks as bars from the day they were given to the day they are due; a table says the same."""
    today = timezone.localdate()
    scope, found = _narrowed(request)
    tasks = on_the_way(found, today)
    start = min([task.opened_on for task in tasks] + [today])
    start = max(start, today - GANTT_BEFORE)
    end = max([task.due_on for task in tasks if task.due_on] + [today + timedelta(days=30)])
    end = min(end, today + GANTT_AFTER)
    context = {
        "scope": scope, "scopes": _offered(), "today": today, "start": start, "end": end,
        "bars": [_bar(task, start, end, today) for task in tasks], "now": _at(today, start, end),
        "months": [(one, _at(one, start, end)) for one in _months(start, end)],
    }  # fmt: skip
    return render(request, "directives/gantt.html", context)


def _bar(task: Task, start: date, end: date, today: date) -> dict[str, Any]:
    due = task.due_on or end
    left, right = float(_at(task.opened_on, start, end)), float(_at(due, start, end))
    return {
        "task": task,
        "x": f"{left:.2f}",
        "width": f"{max(0.6, right - left):.2f}",
        "done": f"{max(0.0, (right - left) * task.progress / 100):.2f}",
        "tone": _tone(task, today),
    }


def _at(day: date, start: date, end: date) -> str:
    """Where a day lies between two others, in hundredths; written with a point whatever the language."""
    whole = max(1, (end - start).days)
    return f"{min(100.0, max(0.0, 100 * (day - start).days / whole)):.2f}"


def _months(start: date, end: date) -> list[date]:
    found = [start.replace(day=1)]
    while found[-1] <= end:
        found.append(add_months(found[-1], 1))
    return [one for one in found if start <= one <= end]


def _tone(task: Task, today: date) -> str:
    if task.state not in RUNNING:
        return "good" if task.state == "completed" else "calm"
    return "bad" if task.due_on and task.due_on < today else "act"


def _narrowed(request: OfficeRequest) -> tuple[str, QuerySet[Task]]:
    scopes = {one.key: one for one in TASKS.scopes}
    asked = request.GET.get("scope", "mine")
    scope = asked if asked in _SCOPES else "mine"
    return scope, scopes[scope].narrow(Task.objects.all(), request)


def _offered() -> list[Any]:
    return [one for one in TASKS.scopes if one.key in _SCOPES]


def _month(written: str, today: date) -> date:
    """The month asked for (2026-11), else this one."""
    year, _dash, number = written.partition("-")
    is_written = all(part.isascii() and part.isdigit() for part in (year, number))
    if is_written and 2000 <= int(year[:5]) <= 2199 and 1 <= int(number[:3]) <= 12:
        return date(int(year), int(number), 1)
    return today.replace(day=1)
