"""Lists marked open, for anybody: no sign-in, CSV or JSON, with what lets a copy be checked cheaply.

The door is `congso.open_catalogue`: it answers for lists marked open and for no other, whoever asks.
"""

import hashlib
import json
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from congso.lib.csv_tables import csv_lines, read_day

KEPT = "public, max-age=3600"
_HEADS = ("code", "name", "parent", "order", "valid_from", "valid_to", "replaced_by")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which lists are open, with the addresses of their files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.open_catalogues()")
        found = json.loads(cursor.fetchone()[0])
    here = request.build_absolute_uri(request.path)
    for one in found:
        one["files"] = [f"{here}{one['code']}.{kind}" for kind in ("csv", "json")]
    return _answer(request, json.dumps({"catalogues": found}, ensure_ascii=False), "application/json")


@require_safe
def catalogue(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One open list as of a day (`?ngay=`, today when left out). 404 for a list that is not open or not there."""
    asked = request.GET.get("ngay", "")
    day = read_day(asked) if asked else timezone.localdate()
    if day is None:
        return JsonResponse({"code": "bad_day", "message": "Ngày phải có dạng 2026-02-05."}, status=400)
    found = _open_catalogue(code, day.isoformat())
    if kind == "json":
        return _answer(request, json.dumps(found, ensure_ascii=False), "application/json")
    text = "".join(csv_lines([*_HEADS, *(one["key"] for one in found["attributes"])], _rows(found)))
    return _answer(request, text, "text/csv", name=f"{code}-v{found['version']}.csv")


def _open_catalogue(code: str, day: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.open_catalogue(%s, %s)", [code, day])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise Http404
    found: dict[str, Any] = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return found


def _rows(found: dict[str, Any]) -> list[list[Any]]:
    keys = [one["key"] for one in found["attributes"]]
    return [
        [*(item[head] for head in _HEADS), *(item["attributes"].get(key, "") for key in keys)]
        for item in found["items"]
    ]


def _answer(request: HttpRequest, text: str, media_type: str, *, name: str = "") -> HttpResponse:
    """The text with its mark: who has it already is answered 304. Other sites' pages may read it."""
    content = text.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"], response["Cache-Control"] = etag, KEPT
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response) or response
