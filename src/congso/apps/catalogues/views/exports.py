"""A list for other hands: CSV as its keepers import it again, JSON for programs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from congso.apps.catalogues.views.pages import shown_day
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList, code_list
from congso.kernel.catalogues.models import Catalogue
from congso.kernel.catalogues.queries import draft_of, items_of, version_on
from congso.kernel.catalogues.services.importing import heads_of
from congso.lib.csv_tables import csv_lines


@login_required
@require_GET
def download(request: OfficeRequest, code: str, kind: str) -> HttpResponse:
    """The list of a day; with `?ban-thao=1` the draft, for who keeps it."""
    fixed = code_list(code)
    if fixed is not None:
        return _fixed(fixed, kind)
    catalogue = get_object_or_404(Catalogue, code=code)
    version = draft_of(catalogue) if "ban-thao" in request.GET else version_on(catalogue, shown_day(request))
    items = items_of(version)
    if kind == "json":
        facts = [one.facts() for one in items]
        number = version.number if version else None
        return JsonResponse(
            {"code": code, "name": catalogue.name, "version": number, "items": facts},
            json_dumps_params={"ensure_ascii": False},
        )
    keys = [one["key"] for one in catalogue.attributes]
    rows = (
        [
            one.code, one.name, one.parent_code, one.place, one.valid_from, one.valid_to, one.replaced_by,
            *(one.attributes.get(key, "") for key in keys),
        ]
        for one in items
    )  # fmt: skip
    return _csv(f"{code}-v{version.number if version else 0}.csv", heads_of(catalogue), rows)


def _fixed(fixed: CodeList, kind: str) -> HttpResponse:
    if kind == "json":
        items = [{"code": code, "name": name} for code, name in fixed.rows]
        return JsonResponse({"code": fixed.code, "name": str(fixed.name), "items": items})
    return _csv(f"{fixed.code}.csv", ["Mã", "Tên"], fixed.rows)


def _csv(name: str, heads: list[str], rows: Any) -> HttpResponse:
    response = HttpResponse("".join(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
