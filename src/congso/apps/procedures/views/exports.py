"""Open data: the published procedures of a day as JSON and CSV, for anybody."""

import hashlib
import json
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from congso.apps.procedures.models import Publication
from congso.apps.procedures.queries import published
from congso.kernel.accounts.requests import OfficeRequest
from congso.lib.csv_tables import csv_lines, read_day

KEPT = "public, max-age=3600"
MOST = 5_000
_HEADS = (
    "code", "edition", "name", "field", "level", "performer", "applicants", "working_days", "papers", "result", "fee",
    "basis", "decision_symbol", "decision_on", "valid_from", "valid_to", "is_online",
)  # fmt: skip


@require_safe
def as_json(request: OfficeRequest) -> HttpResponse:
    """Every procedure in force on the day (`?ngay=`), whole."""
    day = _day(request)
    if day is None:
        return JsonResponse({"code": "bad_day", "message": "Ngày phải có dạng 2026-02-05."}, status=400)
    held = [one.content | {"valid_to": one.valid_to.isoformat() if one.valid_to else None} for one in _rows(day)]
    text = json.dumps({"day": day.isoformat(), "procedures": held}, ensure_ascii=False)
    return _answer(request, text, "application/json")


@require_safe
def as_csv(request: OfficeRequest) -> HttpResponse:
    """The same as a table: one line a procedure."""
    day = _day(request)
    if day is None:
        return JsonResponse({"code": "bad_day", "message": "Ngày phải có dạng 2026-02-05."}, status=400)
    return _answer(request, "".join(csv_lines(_HEADS, map(_line, _rows(day)))), "text/csv", name=f"thu-tuc-{day}.csv")


def _line(one: Publication) -> list[Any]:
    content = one.content
    plain = {name: content.get(name) for name in _HEADS} | {
        "performer": content["performer"]["name"], "applicants": " ".join(content["applicants"]),
        "papers": "; ".join(f"{paper['name']} ({paper['quantity']})" for paper in content["papers"]),
        "valid_to": one.valid_to.isoformat() if one.valid_to else "",
    }  # fmt: skip
    return [plain[name] for name in _HEADS]


def _rows(day: date) -> list[Publication]:
    return list(published(day)[:MOST])


def _day(request: OfficeRequest) -> date | None:
    asked = request.GET.get("ngay", "")
    return read_day(asked) if asked else timezone.localdate()


def _answer(request: OfficeRequest, text: str, media_type: str, *, name: str = "") -> HttpResponse:
    """The text with its mark: who has it already is answered 304. Other sites' pages may read it."""
    content = text.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"], response["Cache-Control"] = etag, KEPT
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response) or response
