"""Sổ đăng ký văn bản đi, numbers held for classified papers, rights to sign."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.outgoing import queries, rules, services
from congso.apps.outgoing.flow import FLOW
from congso.apps.outgoing.forms import GrantForm, ReserveForm
from congso.apps.outgoing.models import OutgoingDocument, SigningGrant
from congso.apps.outgoing.views.requests import form_page
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Number
from congso.kernel.web.asking import posted, who
from congso.kernel.web.filters import DateFilter, TextFilter
from congso.kernel.web.lists import Align, Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused
from congso.lib.symbols import parse_symbol


def _document(row: Number) -> OutgoingDocument | None:
    return row.record.outgoingdocument if row.record else None


def _of(name: str) -> Any:
    def read(row: Number) -> Any:
        document = _document(row)
        return getattr(document, name) if document else None

    return read


def _symbol(row: Number) -> str:
    """A held number shows its place in the series, nothing of the paper."""
    document = _document(row)
    if document:
        return document.number
    return f"{rules.printed_number(row.value)}-{row.series.removeprefix('out:')}"


def _day(row: Number) -> date | None:
    document = _document(row)
    return document.issued_on if document else timezone.localdate(row.given_at)


def _subject(row: Number) -> str:
    document = _document(row)
    return document.type_and_abstract if document else str(row.get_reservation_display())


def _receivers(row: Number) -> str:
    document = _document(row)
    return "; ".join(one.name for one in document.recipients.all()) if document else ""


def _kept_by(row: Number) -> str:
    """Where the file copy is: the office that issued it and the unit that drafted it."""
    document = _document(row)
    if document is None:
        return ""
    return "; ".join(dict.fromkeys([document.owner.short_name, document.unit.short_name if document.unit else ""]))


def _remark(row: Number) -> str:
    document = _document(row)
    if document is None:
        return ""
    ended = FLOW.state(document.state).label if document.state in {"recalled", "replaced", "cancelled"} else ""
    urgent = document.get_urgency_display() if document.is_urgent else ""
    return "; ".join(str(part) for part in (urgent, ended, document.note) if part)


def _words(found: QuerySet[Number], typed: str) -> QuerySet[Number]:
    symbol = parse_symbol(typed)
    if symbol:
        return found.filter(value=symbol.number, series=f"out:{symbol.type}")
    if typed.isdigit():
        return found.filter(value=int(typed[:9]))
    return found.filter(record__title__icontains=typed)


BOOK = RecordList(
    key="so-dang-ky-van-ban-di",
    title=_("Sổ đăng ký văn bản đi"),
    official_title=_("Sổ đăng ký văn bản đi"),
    columns=(
        Column("symbol", _("Số, ký hiệu văn bản"), value=_symbol, sort="series", width=16, card=Card.TOP),
        Column("day", _("Ngày tháng văn bản"), value=_day, kind=Kind.DATE, width=12, card=Card.PART),
        Column(
            "subject", _("Tên loại và trích yếu nội dung văn bản"), value=_subject, width=60, card=Card.TITLE,
            template="outgoing/_subject_cell.html",
        ),
        Column("signer", _("Người ký"), value=_of("signer_names"), width=20, card=Card.PART),
        Column("receivers", _("Nơi nhận văn bản"), value=_receivers, width=40, card=Card.LINE),
        Column("kept", _("Đơn vị, người nhận bản lưu"), value=_kept_by, width=22),
        Column("copies", _("Số lượng bản"), value=_of("copies"), kind=Kind.NUMBER, width=8, align=Align.END),
        Column("remark", _("Ghi chú"), value=_remark, width=24),
    ),
    filters=(
        TextFilter("q", _("Số, ký hiệu, trích yếu"), narrow=_words),
        DateFilter("given", _("Ngày cấp số"), lookup="given_at", is_moment=True),
    ),
    default_sort="symbol",
    empty=Empty(_("Sổ chưa có văn bản nào")),
)  # fmt: skip


_BODIES = 4  # looked through for the first book that has anything in it


@login_required
@require_GET
def book(request: OfficeRequest) -> HttpResponseBase:
    """The register of one issuer and period (a term, or a year), in the order of series and number."""
    offices = queries.followed_offices(request.principals)
    bodies = list(dict.fromkeys(body for one in offices for body in queries.issuers_of(one)))
    if not bodies:
        raise Http404
    asked = next((one for one in bodies if str(one.pk) == request.GET.get("issuer")), None)
    kept = {one: queries.periods_of(one) for one in ([asked] if asked else bodies[:_BODIES])}
    issuer = asked or next((one for one, periods in kept.items() if periods), bodies[0])
    periods = kept[issuer]
    chosen = next((one for one in periods if one[0] == request.GET.get("period")), periods[0] if periods else ("", ""))
    rows = queries.register_rows(issuer, chosen[0])
    context = {
        "bodies": bodies, "issuer": issuer, "periods": periods, "period": chosen[0], "period_name": chosen[1],
        "may_reserve": bool(queries.registry_offices(request.principals)),
    }  # fmt: skip
    return list_response(
        request, BOOK, rows, template="outgoing/book.html", context=context, office=f"{issuer.name}, {chosen[1]}"
    )


@login_required
@require_http_methods(["GET", "POST"])
def reserve(request: OfficeRequest) -> HttpResponseBase:
    """Hold a number for a classified paper managed outside; nothing of it is asked or kept."""
    office = _one(queries.registry_offices(request.principals))
    form = ReserveForm(posted(request), office=office)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = services.reserve(
                form.bodies[told["issuer"]], doc_type=told["doc_type"], office=office, **who(request)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _now("Đã giữ số %(symbol)s.") % {"symbol": made.symbol})
            return redirect(f"{reverse('outgoing:book')}?issuer={told['issuer']}")
    return form_page(
        request, form, title=_("Giữ số cho văn bản mật"), back=reverse("outgoing:book"), label=_("Giữ số tiếp theo"),
        template="outgoing/reserve.html",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def grants(request: OfficeRequest) -> HttpResponseBase:
    """Rights to sign by order or mandate, of the offices one follows; chiefs add and end them."""
    office = _one(queries.followed_offices(request.principals))
    may_add = office in queries.offices_with(request.principals, Function.CHIEFS, Function.LEADERS)
    form = GrantForm(posted(request), office=office)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.grant_signing(
                form.bodies[told["issuer"]], person=told["person"], authority=told["authority"],
                doc_types=told["doc_types"], decision=told["decision"], valid_from=told["valid_from"],
                valid_to=told["valid_to"], **who(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _now("Đã ghi quyền ký."))
            return redirect("outgoing:grants")
    bodies = queries.issuers_of(office)
    rows = (
        SigningGrant.objects.filter(issuer__in=bodies).select_related("issuer", "person").order_by("-valid_from", "-id")
    )
    context = {"form": form if may_add else None, "rows": rows[:200], "office": office, "today": timezone.localdate()}
    return render(request, "outgoing/grants.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_grant(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A right to sign ends today."""
    office = _one(queries.followed_offices(request.principals))
    grant = get_object_or_404(SigningGrant.objects.filter(issuer__in=queries.issuers_of(office)), pk=pk)
    try:
        services.end_signing(grant, on=timezone.localdate(), **who(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("outgoing:grants")


def _one(offices: list[Organization]) -> Organization:
    if not offices:
        raise Http404
    return offices[0]
