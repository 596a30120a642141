"""Recipients: the list with what came back from each, adding, envelopes and sending slips for paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import RecipientForm
from congso.apps.outgoing.models import Channel, Recipient
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.exchange.inside import inside_offices
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.web.forms import ReasonForm
from congso.kernel.workflow.services import Refused, possible_transitions
from congso.lib.languages import in_vietnamese

ADDING = {"set_recipients", "address", "send_more"}
STATUS_WORDS = {
    "01": _lazy("Đã đến"), "02": _lazy("Từ chối tiếp nhận"), "03": _lazy("Đã tiếp nhận"), "04": _lazy("Phân công"),
    "05": _lazy("Đang xử lý"), "06": _lazy("Hoàn thành"), "15": _lazy("Đồng ý lấy lại, cập nhật"),
    "16": _lazy("Từ chối lấy lại, cập nhật"),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def recipients(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Everybody who gets it, and a form to add; before issuing they wait, afterwards they are sent to at once."""
    document = queries.outgoing_document(pk)
    keys = {one.key for one in possible_transitions(document, held=request.principals)}
    rows = list(queries.recipients_of(document)[:1000])
    taken = {one.organization_id for one in rows if one.is_live} | {document.owner_id}
    offices = [one for one in inside_offices(timezone.localdate()) if one.pk not in taken] if keys & ADDING else []
    form = RecipientForm(posted(request), offices=offices)
    if request.method == "POST" and form.is_valid():
        service = services.send_more if document.state == "issued" else services.add_recipients
        try:
            service(document, form.addresses(), **who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm nơi nhận."))
            return redirect("outgoing:recipients", pk)
    for one in rows:
        one.status_words = STATUS_WORDS.get(one.status, "")  # type: ignore[attr-defined]
        one.acts = _acts(one, keys)  # type: ignore[attr-defined]
    context = {
        "document": document, "rows": rows, "form": form if keys & ADDING else None,
        "back_url": reverse("outgoing:detail", args=[pk]), "is_sent": document.issued_at is not None,
    }  # fmt: skip
    return render(request, "outgoing/recipients.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def recipient_act(request: OfficeRequest, pk: int, how: str) -> HttpResponseBase:
    """Take off the list, note as handed over or given back, ask one to give it back."""
    recipient = get_object_or_404(
        Recipient.objects.select_related("document__owner", "document__issuer__parent", "document__paper__blob"), pk=pk
    )
    document = recipient.document
    back = reverse("outgoing:recipients", args=[document.pk])
    form = ReasonForm(posted(request))
    plain = {"bo": services.remove_recipient, "da-chuyen": services.mark_sent, "da-tra": services.mark_returned}
    if how == "lay-lai":
        if request.method == "POST" and form.is_valid():
            try:
                services.drop_recipient(recipient, reason=form.cleaned_data["note"], **who(request))
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(back)
        context = {"form": form, "title": _("Đề nghị trả lại"), "record": document, "back_url": back,
                   "submit_label": _("Đề nghị trả lại")}  # fmt: skip
        return render(request, "web/confirm.html", context, status=422 if form.errors else 200)
    if how not in plain or request.method != "POST":
        raise Http404
    try:
        plain[how](recipient, **who(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def slip(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Phiếu gửi for the paper copies, with room to sign for them."""
    document = queries.outgoing_document(pk)
    if not document.number:
        raise Http404
    rows = list(document.recipients.filter(channel=Channel.PAPER).exclude(state=Recipient.State.REMOVED))
    context = {"document": document, "rows": rows, "today": timezone.localdate()}
    return render(request, "outgoing/slip.html", context)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def envelope(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Bì thư for one paper copy."""
    recipient = get_object_or_404(Recipient.objects.select_related("document__issuer__parent"), pk=pk)
    if recipient.channel != Channel.PAPER:
        raise Http404
    return render(request, "outgoing/envelope.html", {"recipient": recipient, "document": recipient.document})


def _acts(recipient: Recipient, keys: set[str]) -> list[tuple[str, str, bool]]:
    """What may be done with one line: (address part, words, whether it asks first)."""
    state, found = recipient.state, []
    is_paper = recipient.channel in {Channel.PAPER, Channel.EMAIL}
    if state == Recipient.State.WAITING and keys & {"set_recipients", "address"}:
        found.append(("bo", _("Bỏ"), False))
    if "mark_sent" in keys:
        if recipient.channel == Channel.PAPER and state == Recipient.State.WAITING:
            found.append(("da-chuyen", _("Đã chuyển"), False))
        if recipient.channel == Channel.EMAIL and state == Recipient.State.FAILED:
            found.append(("da-chuyen", _("Gửi lại"), False))
    if "update" in keys and state in {Recipient.State.SENT, Recipient.State.QUEUED}:
        found.append(("lay-lai", _("Đề nghị trả lại"), True))
    if "note_return" in keys and is_paper and state == Recipient.State.RECALL_ASKED:
        found.append(("da-tra", _("Đã trả lại"), False))
    return found
