"""The catalogue of indicators and the page of one: its series, comparison, forecast with its error."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.analytics.forms import IndicatorForm, ReaderForm
from congso.apps.analytics.queries import (
    Series,
    answers_for,
    indicators,
    offices_of,
    read_series,
    roots_for,
    sources_of,
)
from congso.apps.analytics.rules import Forecast, forecast
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.models import Indicator, Rhythm
from congso.kernel.indicators.periods import MONTHS, Period
from congso.kernel.indicators.services import define_indicator, let_read, stop_reading
from congso.kernel.web.asking import fill, posted, press, who
from congso.kernel.web.charts import Chart, bar_chart, line_chart
from congso.kernel.web.charts import Series as Line
from congso.kernel.web.excel import FurtherSheet, SheetColumn, workbook_response, write_workbook
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.lib.languages import in_vietnamese

COUNTS = (12, 24, 36, 60)
AHEAD = 6
UNITS_DRAWN = 24
METHODS = {
    "last_value": _("giữ nguyên số gần nhất"),
    "same_as_last_year": _("như cùng kỳ năm trước"),
    "straight_line": _("kéo dài đường thẳng của hai năm gần nhất (bình phương tối thiểu)"),
}

CATALOGUE = RecordList(
    key="chi-tieu-thong-ke",
    title=_("Chỉ tiêu thống kê"),
    official_title=_("Danh mục chỉ tiêu thống kê"),
    columns=(
        Column("code", _("Mã"), sort="code", card=Card.TOP, width=16),
        Column("name", _("Chỉ tiêu"), kind=Kind.LINK, sort="name", card=Card.TITLE, width=50),
        Column("unit", _("Đơn vị tính"), width=14),
        Column("frequency", _("Kỳ số liệu"), value="get_frequency_display", width=12),
        Column("source", _("Nguồn"), width=30, card=Card.LINE),
        Column("owner", _("Cơ quan quản lý"), value="owner.short_name", sort="owner__name_key", width=24),
        Column("definition", _("Khái niệm, cách tính"), on_screen=False, width=60),
    ),
    filters=(
        TextFilter("q", _("Tìm chỉ tiêu"), fields=("code", "name", "definition")),
        ChoiceFilter("frequency", _("Kỳ số liệu"), lookup="frequency", choices=Rhythm.choices),
    ),
    default_sort="code",
    row_url=lambda one: reverse("analytics:indicator", args=[one.code]),
    empty=Empty(_("Chưa có chỉ tiêu nào"), _("Chỉ tiêu của biểu mẫu báo cáo và chỉ tiêu thống kê sẽ hiện ở đây.")),
)


@login_required
@require_GET
def catalogue(request: OfficeRequest) -> HttpResponseBase:
    """All indicators."""
    may = offices_of(request.principals, timezone.localdate()).exists()
    return list_response(
        request, CATALOGUE, indicators(), template="analytics/catalogue.html", context={"may_define": may}
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Define an indicator in one's organization's name."""
    owners = list(offices_of(request.principals, timezone.localdate()))
    if not owners:
        raise Http404
    form = IndicatorForm(request.POST if request.method == "POST" else None, owners=owners)
    if request.method == "POST" and form.is_valid():
        try:
            made = define_indicator(Indicator(**form.cleaned_data), by=request.actor, at=timezone.now())
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
        else:
            messages.success(request, _t("Đã thêm chỉ tiêu."))
            return redirect("analytics:indicator", made.code)
    context = {"form": form, "title": _t("Thêm chỉ tiêu thống kê"), "back_url": reverse("analytics:indicators")}
    return render(request, "analytics/indicator_form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def show(request: OfficeRequest, code: str) -> HttpResponseBase:
    """An indicator of one organization with all below it: series, units, forecast; Excel (`format=xlsx`)."""
    indicator = indicators().filter(code=code).first()
    if indicator is None:
        raise Http404
    today = timezone.localdate()
    roots = roots_for(indicator, today)
    root = _chosen(roots, request.GET.get("don-vi", ""))
    count = next((one for one in COUNTS if str(one) == request.GET.get("so-ky", "")), COUNTS[1])
    series = read_series(indicator, root, last=Period.containing(today, indicator.rhythm), count=count, day=today)
    if request.GET.get("format") == "xlsx":
        return _workbook(series, today)
    told = _forecast(series) if "du-bao" in request.GET else None
    rows = list(zip(series.periods, series.values, series.figures, strict=True))
    context = {
        "indicator": indicator, "series": series, "root": root, "roots": roots, "counts": COUNTS, "count": count,
        "chart": _chart(series, told), "units_chart": _units_chart(series), "rows": rows[::-1],
        "asked_forecast": "du-bao" in request.GET, "forecast": told, "coming": _coming(series, told),
        "readers": _readers(indicator),
        "answers_for": answers_for(indicator.owner, request.principals, today),
        "method": METHODS[told.method] if told else "", "newest": series.periods[series.last_place],
    }  # fmt: skip
    return render(request, "analytics/indicator.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def readers(request: OfficeRequest, code: str) -> HttpResponseBase:
    """Who reads every unit's figures besides, let in or out by those who answer for the indicator."""
    indicator = indicators().filter(code=code).first()
    if indicator is None or not answers_for(indicator.owner, request.principals, timezone.localdate()):
        raise Http404
    back, reading = reverse("analytics:indicator", args=[code]), _readers(indicator)
    if request.method == "POST" and "stop" in request.POST:
        stopped = next((one for one in reading if str(one.pk) == request.POST["stop"]), None)
        if stopped is None:
            raise Http404
        return press(
            request, lambda: stop_reading(indicator, stopped, **who(request)),
            _t("%(name)s không còn đọc số liệu của mọi đơn vị.") % {"name": stopped.name}, request.path,
        )  # fmt: skip
    return fill(
        request, ReaderForm(posted(request)), title=_t("Cho cơ quan khác đọc số liệu"), act=_t("Cho đọc"), icon="eye",
        do=lambda form: let_read(indicator, form.cleaned_data["organization"], **who(request)),
        done=lambda _made: back, back_url=back, template="analytics/readers.html", indicator=indicator,
        readers=reading,
    )  # fmt: skip


def _readers(indicator: Indicator) -> list[Organization]:
    return [one.organization for one in indicator.readerships.select_related("organization")]


def _chosen(roots: Sequence[Organization], asked: str) -> Organization:
    if not roots:
        raise Http404
    return next((one for one in roots if str(one.pk) == asked), roots[0])


def _forecast(series: Series) -> Forecast | None:
    season = 12 // MONTHS[series.indicator.rhythm]
    return forecast(series.unbroken, ahead=AHEAD, season=season)


def _after(series: Series) -> list[Period]:
    coming = [series.periods[series.last_place].next]
    while len(coming) < AHEAD:
        coming.append(coming[-1].next)
    return coming


def _coming(series: Series, told: Forecast | None) -> list[tuple[Period, Decimal, Decimal, Decimal]]:
    if told is None:
        return []
    return list(zip(_after(series), told.values, told.low, told.high, strict=True))


def _chart(series: Series, told: Forecast | None) -> Chart | None:
    """The series; its forecast dashed, beginning where the figures end."""
    place = series.last_place
    if place < 0:
        return None
    periods, values = list(series.periods[: place + 1]), list(series.values[: place + 1])
    first = next(number for number, value in enumerate(values) if value is not None)
    periods, values = periods[first:], values[first:]
    lines: list[Line] = []
    if told is None:
        lines.append(Line(series.indicator.name, values))
    else:
        gap: list[Decimal | None] = [None] * (len(values) - 1)
        last = values[-1]
        lines += [
            Line(series.indicator.name, [*values, *([None] * AHEAD)]),
            Line(_("Dự báo"), [*gap, last, *told.values], is_dashed=True, low=[*gap, last, *told.low],
                 high=[*gap, last, *told.high]),
        ]  # fmt: skip
        periods += _after(series)
    labels = [_short(period) for period in periods]
    return line_chart(series.indicator.name, labels, lines, unit=series.indicator.unit)


def _units_chart(series: Series) -> Chart | None:
    known = [one for one in series.units if one.now is not None]
    known.sort(key=lambda one: -(one.now or 0))
    if len(known) < 2:
        return None
    rows = known[:UNITS_DRAWN]
    labels = [one.organization.short_name or one.organization.name for one in rows]
    lines = [Line(_("Kỳ này"), [one.now for one in rows]), Line(_("Cùng kỳ năm trước"), [one.year_ago for one in rows])]
    return bar_chart(_t("So sánh các đơn vị"), labels, lines, unit=series.indicator.unit)


def _short(period: Period) -> str:
    """11/2026, IV/2026, 2026: as a chart has room for."""
    return period.name.removeprefix("tháng ").removeprefix("quý ").removeprefix("năm ")


@in_vietnamese()
def _workbook(series: Series, day: date) -> HttpResponseBase:
    columns = [SheetColumn(str(_("Kỳ")), 20), SheetColumn(str(_("Số liệu")), 18, "right"),
               SheetColumn(str(_("Số đơn vị có số liệu")), 18, "right")]  # fmt: skip
    rows: list[list[Any]] = [
        [period.name, float(value) if value is not None else None, figures]
        for period, value, figures in zip(series.periods, series.values, series.figures, strict=True)
    ]
    indicator = series.indicator
    file = write_workbook(
        title=indicator.name, words=f"{series.root.name}; {indicator.unit}; nguồn: {indicator.source or 'không ghi'}",
        office=indicator.owner.name, columns=columns, rows=rows,
        note=str(_("Tổng hợp trong phạm vi người tải được xem; từng số của từng đơn vị ở trang “Nguồn số liệu”.")),
        further=[_sources(series, day)],
    )  # fmt: skip
    return workbook_response(file, f"chi-tieu-{indicator.code}"[:80])


def _sources(series: Series, day: date) -> FurtherSheet:
    """Every figure a number of the first sheet was added up from: whose, given by whom, when, from what."""
    heads = (
        (_("Kỳ"), 20), (_("Đơn vị"), 40), (_("Tính vào"), 40), (_("Số"), 16), (_("Mẫu số, trọng số"), 16),
        (_("Nguồn"), 24), (_("Lấy từ"), 60), (_("Người gửi"), 40), (_("Lúc"), 18),
    )  # fmt: skip
    rows = (
        (
            one.period.name, one.organization, one.below, float(one.value),
            None if one.beside is None else float(one.beside), one.seen.get_origin_display(),
            one.seen.words or (one.seen.record.title if one.seen.record else ""), one.seen.by_label,
            timezone.localtime(one.seen.at),
        )
        for one in sources_of(series, day=day)
    )  # fmt: skip
    return FurtherSheet(str(_("Nguồn số liệu")), [SheetColumn(str(title), width) for title, width in heads], rows)
