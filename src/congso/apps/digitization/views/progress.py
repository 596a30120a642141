"""How far bodies are against their yearly targets, and what each has to digitize."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.digitization import queries, services
from congso.apps.digitization.forms import StockForm
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.web.asking import fill, posted, who
from congso.kernel.web.charts import Chart, Series, bar_chart

SHOWN_IN_CHART = 30


@login_required
@require_GET
def board(request: OfficeRequest) -> HttpResponseBase:
    """Each body's stock of the year, its target, and what was accepted."""
    year = _year(request)
    rows = queries.stocks_of(year)
    wanted = sum(row.stock.pages for row in rows)
    done = sum(row.done for row in rows)
    context = {
        "year": year, "rows": rows, "chart": _chart(rows), "total": wanted, "done": done,
        "percent": round(100 * done / wanted, 1) if wanted else None, "years": range(year - 2, year + 3),
        "may_write": queries.digitizing_for(request.principals, timezone.localdate()).exists(),
    }  # fmt: skip
    return render(request, "digitization/progress.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stock(request: OfficeRequest) -> HttpResponseBase:
    """Write how much a body has to digitize."""
    today = timezone.localdate()
    own = list(queries.digitizing_for(request.principals, today))
    if not own:
        raise Http404
    served = Organization.objects.filter(pk__in=[one.serves_id for one in own if one.serves_id])
    known = {one.pk: one for one in (*own, *served)}
    form = StockForm(posted(request), organizations=list(known.values()), initial={"year": _year(request)})
    address = reverse("digitization:progress")

    def write(form: Any) -> Any:
        told = dict(form.cleaned_data)
        return services.set_stock(known[told.pop("organization")], **told, **who(request))

    return fill(
        request, form, title=_("Khối lượng phải số hóa"), act=_("Lưu"), back_url=address, do=write,
        done=lambda made: f"{address}?nam={made.year}",
    )  # fmt: skip


def _year(request: OfficeRequest) -> int:
    asked = request.GET.get("nam", "")
    is_year = asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= 2200
    return int(asked) if is_year else timezone.localdate().year


def _chart(rows: list[queries.Progress]) -> Chart | None:
    shown = rows[:SHOWN_IN_CHART]
    names = [row.organization.short_name or row.organization.name for row in shown]
    done = Series(_("Đã số hóa, nghiệm thu (%)"), [Decimal(str(min(row.percent, 100))) for row in shown])
    wanted = Series(_("Chỉ tiêu (%)"), [Decimal(row.stock.percent) for row in shown])
    return bar_chart(_("Tiến độ số hóa theo cơ quan"), names, [done, wanted], unit="%")
