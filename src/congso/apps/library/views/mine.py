"""“Sách tôi đang mượn”: what a reader has at home, waits for and reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_POST

from congso.apps.library import queries, services
from congso.apps.library.models import Hold, Loan
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.web.asking import found_or_404, press, who


@login_required
@require_GET
def shelf(request: OfficeRequest) -> HttpResponse:
    """Loans with their days, holds with their place, books being read."""
    person, today = request.actor.id, timezone.localdate()
    rules = queries.lending_rules(today)
    context = {
        "loans": queries.loans_of(person), "holds": queries.holds_of(person),
        "reading": queries.places_of(person, most=12), "renewals": rules.renewals, "today": today,
    }  # fmt: skip
    return render(request, "library/mine.html", context)


@login_required
@require_POST
def renew(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Keep a copy longer."""
    loan = get_object_or_404(Loan, pk=pk, reader_id=request.actor.id, ended_at__isnull=True)
    words = _t("Đã gia hạn.")
    return press(request, lambda: services.renew_loan(loan, **who(request)), words, reverse("library:mine"))


@login_required
@require_POST
@found_or_404
def hold(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Wait for a work."""
    card = queries.card_of(pk)
    reader = Person.objects.get(pk=request.actor.id)
    words = _t("Đã đặt chỗ. Khi có sách, hệ thống báo bạn đến nhận.")
    return press(
        request, lambda: services.place_hold(card, reader=reader, **who(request)), words,
        reverse("library:card", args=[pk]),
    )  # fmt: skip


@login_required
@require_POST
def cancel(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """No longer wait: by the reader, or by who keeps the library."""
    found = get_object_or_404(Hold.objects.select_related("copy"), pk=pk)
    is_mine = found.reader_id == request.actor.id
    back = reverse("library:mine") if is_mine else reverse("library:holds")
    return press(request, lambda: services.cancel_hold(found, **who(request)), _t("Đã hủy đặt chỗ."), back)
