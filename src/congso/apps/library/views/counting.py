"""Figures of use without names; counts of the shelves and what they found."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.library import queries, services
from congso.apps.library.forms import SeenForm, StocktakeForm
from congso.apps.library.models import Stocktake
from congso.apps.library.views.keeping import libraries_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, posted, press, who
from congso.lib.workdays import add_months


@login_required
@require_GET
def usage(request: OfficeRequest) -> HttpResponse:
    """Use by month, by collection, by work, of the last twelve months; small figures are folded."""
    keys = [one.pk for one in libraries_of(request)]
    since = add_months(timezone.localdate().replace(day=1), -11)
    context = {
        "since": since, "months": queries.usage_by_month(keys, since),
        "collections": queries.usage_by_collection(keys, since), "works": queries.usage_by_work(keys, since),
    }  # fmt: skip
    return render(request, "library/usage.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stocktakes(request: OfficeRequest) -> HttpResponseBase:
    """Counts of the shelves; begin one."""
    libraries = libraries_of(request)
    form = StocktakeForm(posted(request), libraries=libraries)
    rows = Stocktake.objects.filter(library__in=libraries).select_related("library").order_by("-id")[:50]
    return fill(
        request, form, title=_t("Kiểm kê thư viện"), act=_t("Bắt đầu kiểm kê"), icon="clipboard-list",
        template="library/stocktakes.html", stocktakes=rows, back_url=reverse("library:copies"),
        do=lambda f: services.start_stocktake(
            f.cleaned_data["name"], library=f.cleaned_data["library"], **who(request)
        ),
        done=lambda made: reverse("library:stocktake", args=[made.pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def stocktake(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One count: scan on, and the differences so far."""
    found = _stocktake(request, pk)
    here = reverse("library:stocktake", args=[pk])
    return fill(
        request, SeenForm(posted(request)), title=found.name, act=_t("Ghi các số"), icon="scan",
        template="library/stocktake.html", stocktake=found, differences=queries.differences(found),
        back_url=reverse("library:stocktakes"), done=lambda _made: here,
        do=lambda f: services.see_copies(found, f.listed, **who(request)),
    )  # fmt: skip


@login_required
@require_POST
def close(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """End a count."""
    found = _stocktake(request, pk)
    back = reverse("library:stocktake", args=[pk])
    return press(request, lambda: services.close_stocktake(found, **who(request)), _t("Đã kết thúc kiểm kê."), back)


def _stocktake(request: OfficeRequest, pk: int) -> Stocktake:
    rows = Stocktake.objects.filter(library__in=libraries_of(request)).select_related("library", "started_by")
    return get_object_or_404(rows, pk=pk)
