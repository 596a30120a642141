"""“Dữ liệu cá nhân của tôi”: what is kept about me, who looked at it, a copy of it, my requests."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import DataExport
from congso.apps.personal_data.services.exporting import ask_for_copy, note_taken
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.personal.models import Disclosure, Place, Purpose
from congso.kernel.personal.queries import disclosures_to
from congso.kernel.web.filters import ChoiceFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.web.navigation import holds

SHOWN = 10


def scope_of(seen: Disclosure) -> str:
    """Whether only I was looked at, or a list I stand in."""
    if seen.subject_id:
        return _("Riêng tôi")
    where = seen.organization.name if seen.organization else _("toàn danh bạ")
    return _("Danh sách có tôi: %(where)s") % {"where": where}


SEEN = RecordList(
    key="nhat-ky-xem-du-lieu",
    title=gettext_lazy("Ai đã xem dữ liệu của tôi"),
    columns=(
        Column("who", gettext_lazy("Người xem, chức vụ"), "viewer_label", width=40, card=Card.TITLE),
        Column("day", gettext_lazy("Ngày"), "day", Kind.DATE, sort="day", width=12, card=Card.TOP),
        Column("where", gettext_lazy("Ở đâu"), lambda one: one.get_place_display(), width=24),
        Column("why", gettext_lazy("Mục đích"), lambda one: one.get_purpose_display(), width=24),
        Column("scope", gettext_lazy("Phạm vi"), scope_of, width=30, card=Card.LINE),
        Column("times", gettext_lazy("Số lần"), kind=Kind.NUMBER, width=8),
    ),
    filters=(
        ChoiceFilter("place", gettext_lazy("Ở đâu"), choices=Place.choices),
        ChoiceFilter("purpose", gettext_lazy("Mục đích"), choices=Purpose.choices),
    ),
    default_sort="-day",
    empty=Empty(
        gettext_lazy("Chưa ai xem dữ liệu riêng của bạn"),
        gettext_lazy("Ai mở trang cá nhân, kết xuất danh bạ có bạn sẽ hiện ở đây."),
    ),
)


@login_required
@require_GET
def mine(request: OfficeRequest) -> HttpResponse:
    """The person's own page of this system."""
    now = timezone.now()
    context = {
        "person": Person.objects.get(pk=request.actor.id),
        "seen": [(one, scope_of(one)) for one in disclosures_to(request.actor.id)[:SHOWN]],
        "copies": list(queries.exports_of(request.actor.id, now)),
        "requests": list(queries.requests().filter(subject=request.actor.id).order_by("-id")[:SHOWN]),
        "protector": queries.protecting_unit(request.actor.id, timezone.localdate(now)),
        "protects": holds(request, Function.DATA_PROTECTION),
    }
    return render(request, "personal_data/mine.html", context)


@login_required
@require_GET
def seen_by(request: OfficeRequest) -> HttpResponseBase:
    """Everybody who looked at the person's data."""
    found: QuerySet[Any] = disclosures_to(request.actor.id)
    return list_response(request, SEEN, found, template="personal_data/seen_by.html")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask_copy(request: OfficeRequest) -> HttpResponseBase:
    """Ask for a copy of one's own data, after proving again who one is."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    if request.method == "POST":
        ask_for_copy(by=request.actor, at=timezone.now())
        messages.success(request, _("Đang lập bản sao; xong sẽ có nút tải về ở trang này trong 24 giờ."))
        return redirect("personal_data:mine")
    return render(request, "personal_data/ask_copy.html", {"back_url": reverse("personal_data:mine")})


@login_required
@never_cache
@require_GET
def take_copy(request: OfficeRequest, pk: int) -> HttpResponse:
    """The copy itself, for its person, while its day lasts."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    now = timezone.now()
    export = DataExport.objects.filter(pk=pk, expires_at__gt=now, made_at__isnull=False).first()
    if export is None or export.content is None:
        raise Http404
    note_taken(export, by=request.actor, at=now)
    response = HttpResponse(bytes(export.content), content_type="application/zip")
    name = f"du-lieu-ca-nhan-{timezone.localtime(export.asked_at):%Y%m%d-%H%M}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
