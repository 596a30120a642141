"""Acts on a packet: by button where nothing is asked, by a form where a reason or a status is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.packets.forms import ReasonForm, ReportForm
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.exchange import deciding, queries
from congso.kernel.exchange.models import Packet
from congso.kernel.workflow.services import Refused
from congso.lib.edxml.packets import Status


@dataclass(frozen=True)
class _Question:
    """What a page asks for, what it says when that is done, and its icon."""

    title: str
    done: str
    icon: str


def _at_once(done: str | Promise, act: Callable[..., Packet]) -> Callable[[OfficeRequest, int], HttpResponse]:
    @login_required
    @require_POST
    def view(request: OfficeRequest, pk: int) -> HttpResponse:
        packet = get_object_or_404(queries.packets(), pk=pk)
        try:
            act(packet, by=request.actor, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(done))
        return redirect("packets:packet", pk)

    return view


accept = _at_once(_lazy("Đã tiếp nhận; các tệp đang được đọc ở “Tiếp nhận, vào sổ”."), deciding.accept_packet)
agree = _at_once(_lazy("Đã đồng ý; nơi gửi được báo."), deciding.agree_packet)
confirm_signer = _at_once(_lazy("Đã ghi nhận chứng thư của nơi gửi và kiểm tra lại chữ ký."), deciding.confirm_signer)
recheck = _at_once(_lazy("Đã kiểm tra lại chữ ký."), deciding.recheck_packet)
retry = _at_once(_lazy("Sẽ gửi lại ngay."), deciding.retry_packet)


@login_required
@require_http_methods(["GET", "POST"])
def refuse(request: OfficeRequest, pk: int) -> HttpResponse:
    """Refuse, with the reason the sender reads."""
    question = _Question(_("Từ chối"), _("Đã từ chối; nơi gửi được báo."), "x")
    return _with_reason(request, pk, question, deciding.refuse_packet)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: OfficeRequest, pk: int) -> HttpResponse:
    """End what cannot be done."""
    question = _Question(_("Thôi xử lý"), _("Đã thôi xử lý gói tin."), "ban")
    return _with_reason(request, pk, question, deciding.give_up_packet)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, pk: int) -> HttpResponse:
    """Tell the sender how its document stands."""
    packet = get_object_or_404(queries.packets(), pk=pk)
    form = ReportForm(_typed(request), packet=packet)

    def carry_out(data: dict[str, Any]) -> None:
        deciding.report_status(
            packet, Status(data["status"]), description=data["description"], by=request.actor, at=timezone.now()
        )

    return _asked(request, packet, form, _Question(_("Báo trạng thái"), _("Đã báo nơi gửi."), "send"), carry_out)


def _with_reason(request: OfficeRequest, pk: int, question: _Question, act: Callable[..., Packet]) -> HttpResponse:
    packet = get_object_or_404(queries.packets(), pk=pk)

    def carry_out(data: dict[str, Any]) -> None:
        act(packet, reason=data["reason"], by=request.actor, at=timezone.now())

    return _asked(request, packet, ReasonForm(_typed(request)), question, carry_out)


def _typed(request: OfficeRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(
    request: OfficeRequest,
    packet: Packet,
    form: forms.Form,
    question: _Question,
    carry_out: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form; once filled, act and go back. A refusal is told beside it (422)."""
    back = reverse("packets:packet", args=[packet.pk])
    if form.is_bound and form.is_valid():
        try:
            carry_out(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, question.done)
            return redirect(back)
    context = {
        "title": question.title, "about": packet, "form": form, "form_action": request.get_full_path(),
        "back_url": back, "submit_label": question.title, "submit_icon": question.icon,
    }  # fmt: skip
    return render(request, "packets/ask.html", context, status=422 if form.is_bound else 200)
