"""“Quy định”: the numbers the rules use, those nobody has compared with the law's text, and vouching for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.regulations.models import Parameter, Trust
from congso.kernel.regulations.queries import calendar_years, parameters_on, versions_of
from congso.kernel.regulations.services import RegulationRefused, confirm_calendar_year, confirm_parameter
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Kind, RecordList, Scope, list_response
from congso.kernel.web.navigation import holds_role

UNSURE = Q(confirmed_at__isnull=True) & ~Q(trust=Trust.VERIFIED)


def _words_of(value: Any) -> str:
    """A stored value read out: lists and tables without the marks of a programming language."""
    match value:
        case bool():
            return _("có") if value else _("không")
        case dict():
            return ", ".join(f"{name}: {_words_of(part)}" for name, part in value.items())
        case list():
            return ("; " if any(isinstance(part, dict) for part in value) else ", ").join(map(_words_of, value))
    return str(value)


def _value_of(parameter: Parameter) -> str:
    return f"{_words_of(parameter.value)} {parameter.unit}".strip()


def _short_value_of(parameter: Parameter) -> str:
    return Truncator(_value_of(parameter)).chars(90)


def _unsure(found: QuerySet[Parameter], request: OfficeRequest) -> QuerySet[Parameter]:
    return found.filter(UNSURE)


def _all(found: QuerySet[Parameter], request: OfficeRequest) -> QuerySet[Parameter]:
    return found


REGULATIONS = RecordList(
    key="quy-dinh",
    title=gettext_lazy("Quy định"),
    columns=(
        Column("name", gettext_lazy("Nội dung"), kind=Kind.LINK, sort="name", card=Card.TITLE, width=48),
        Column("value", gettext_lazy("Giá trị"), _short_value_of, width=24),
        Column("from", gettext_lazy("Từ ngày"), "valid_from", Kind.DATE, sort="valid_from", width=12),
        Column(
            "source",
            gettext_lazy("Căn cứ"),
            lambda one: f"{one.source}, {one.clause}".rstrip(", "),
            width=36,
            card=Card.LINE,
        ),
        Column(
            "trust",
            gettext_lazy("Độ tin cậy"),
            lambda one: one.get_trust_display(),
            width=20,
            template="web/_trust.html",
        ),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Tìm quy định"), fields=("name", "key", "source")),
        ChoiceFilter("trust", gettext_lazy("Độ tin cậy"), choices=Trust.choices),
    ),
    scopes=(Scope("unsure", gettext_lazy("Cần kiểm chứng"), _unsure), Scope("all", gettext_lazy("Tất cả"), _all)),
    default_sort="name",
    row_url=lambda one: reverse("web:regulation", args=[one.pk]),
)


@login_required
@require_GET
def listed(request: OfficeRequest) -> HttpResponseBase:
    """The parameters in force or to come, the doubtful first; the calendar's years above them."""
    years = [year for year in calendar_years() if year.year >= timezone.localdate().year]
    context = {"years": years, "may_confirm": holds_role(request, Role.ADMINISTRATOR)}
    parameters = parameters_on(timezone.localdate())
    return list_response(request, REGULATIONS, parameters, template="web/regulations.html", context=context)


@login_required
@require_GET
def shown(request: OfficeRequest, pk: int) -> HttpResponse:
    """One parameter with its source and all its versions."""
    parameter = get_object_or_404(Parameter.objects.select_related("confirmed_by"), pk=pk)
    context = {
        "parameter": parameter,
        "value": _value_of(parameter),
        "versions": [(version, _value_of(version)) for version in versions_of(parameter.key)],
        "may_confirm": holds_role(request, Role.ADMINISTRATOR) and parameter.confirmed_at is None,
    }
    return render(request, "web/regulation.html", context)


@login_required
@require_POST
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """The administrator vouches for a value."""
    parameter = get_object_or_404(Parameter, pk=pk)
    try:
        confirm_parameter(parameter, by=request.actor.id, at=timezone.now())
    except RegulationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã xác nhận “%(name)s”.") % {"name": parameter.name})
    return redirect("web:regulation", pk)


@login_required
@require_POST
def confirm_year(request: OfficeRequest, year: int) -> HttpResponse:
    """The administrator vouches for a year's days off, naming the notice."""
    try:
        confirm_calendar_year(year, notice=request.POST.get("notice", ""), by=request.actor.id, at=timezone.now())
    except RegulationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã xác nhận lịch nghỉ năm %(year)s.") % {"year": year})
    return redirect("web:regulations")
