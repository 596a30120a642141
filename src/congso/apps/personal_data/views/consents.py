"""Consents: mine, purpose by purpose, with their proof; the purposes and the ledger of who protects data."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.personal_data import queries
from congso.apps.personal_data.forms.consents import CloseForm, PaperForm, PurposeForm, TextForm
from congso.apps.personal_data.models import ConsentEntry, ConsentPurpose, ConsentText
from congso.apps.personal_data.services import consents as services
from congso.kernel.access.principals import Function, office
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.web.navigation import holds
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

LEDGER = RecordList(
    key="so-dong-y",
    title=gettext_lazy("Sổ ghi sự đồng ý"),
    columns=(
        Column("person", gettext_lazy("Người"), "person_label", width=40, card=Card.TITLE),
        Column("act", gettext_lazy("Ghi"), lambda one: one.get_act_display(), width=12, card=Card.TOP),
        Column("at", gettext_lazy("Lúc"), "at", Kind.MOMENT, sort="at", width=16),
        Column("version", gettext_lazy("Nội dung bản"), lambda one: one.text.version, Kind.NUMBER, width=10),
        Column("channel", gettext_lazy("Cách"), lambda one: one.get_channel_display(), width=20),
        Column("proof", gettext_lazy("Văn bản giấy"), width=30, card=Card.LINE),
        Column("by", gettext_lazy("Người ghi"), "by_label", width=30),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Tìm người"), fields=("person_label", "proof")),
        ChoiceFilter("act", gettext_lazy("Ghi"), choices=ConsentEntry.Act.choices),
        ChoiceFilter("channel", gettext_lazy("Cách"), choices=ConsentEntry.Channel.choices),
    ),
    default_sort="-at",
    empty=Empty(
        gettext_lazy("Chưa ai trả lời"),
        gettext_lazy("Ai đồng ý hay rút lại sẽ hiện ở đây, không sửa, không xóa."),
    ),
)  # fmt: skip


@login_required
@require_GET
def mine(request: OfficeRequest) -> HttpResponse:
    """Every purpose I am asked about, each by itself, and what I answered."""
    context = {
        "standings": queries.standings_of(request.actor.id),
        "rights": services.YOUR_RIGHTS,
        "protects": holds(request, Function.DATA_PROTECTION),
    }
    return render(request, "personal_data/consents.html", context)


@login_required
@require_POST
@found_or_404
def give(request: OfficeRequest, pk: int) -> HttpResponse:
    """Agree to the text that was shown."""
    text = ConsentText.objects.select_related("purpose").get(pk=pk)
    try:
        services.give_consent(text, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi sự đồng ý. Bạn rút lại được bất cứ lúc nào."))
    return redirect("personal_data:consents")


@login_required
@require_POST
@found_or_404
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take it back."""
    try:
        entry = services.withdraw_consent(ConsentPurpose.objects.get(pk=pk), by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("personal_data:consents")
    words = _("Đã ghi việc rút lại và gửi yêu cầu ngừng xử lý %(number)s.")
    messages.success(request, words % {"number": entry.request.number if entry.request else ""})
    return redirect("personal_data:consents")


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def proof(request: OfficeRequest, pk: int) -> HttpResponse:
    """One line of the ledger as a paper: what was shown, what was answered, when, by whom."""
    entry = ConsentEntry.objects.select_related("text__purpose__organization__parent").get(pk=pk)
    return render(request, "personal_data/consent_paper.html", {"entry": entry, "rights": services.YOUR_RIGHTS})


@login_required
@require_GET
def purposes(request: OfficeRequest) -> HttpResponse:
    """The purposes with how many agreed, for who protects data."""
    if not holds(request, Function.DATA_PROTECTION):
        return forbidden(request)
    counts = queries.given_counts()
    rows = [(one, counts.get(one.pk, 0)) for one in queries.purposes()]
    return render(request, "personal_data/purposes.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def new_purpose(request: OfficeRequest) -> HttpResponse:
    """Begin to ask for consent to one purpose."""
    if not holds(request, Function.DATA_PROTECTION):
        return forbidden(request)
    form = PurposeForm(request.POST or None)
    told = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    return _filled(request, form, _("Mở mục đích xin đồng ý"), reverse("personal_data:purposes"), told and (
        lambda: services.open_purpose(
            told["code"], told["title"], form.wording(), by=request.actor, at=timezone.now())))  # fmt: skip


@login_required
@require_GET
@found_or_404
def purpose(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One purpose: its texts and its ledger, for who protects data in its body."""
    found = queries.purposes().prefetch_related("texts").get(pk=pk)
    if not _protects(request, found):
        return forbidden(request)
    texts = sorted(found.texts.all(), key=lambda one: -one.version)
    return list_response(
        request,
        LEDGER,
        queries.ledger_of(found),
        template="personal_data/purpose.html",
        context={"purpose": found, "texts": texts},
    )


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def new_text(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new text of a purpose."""
    found = queries.purposes().get(pk=pk)
    if not _protects(request, found):
        return forbidden(request)
    last = found.texts.order_by("-version")[0]
    shown = {"which": last.data, "why": last.why, "recipients": last.recipients, "retention": last.retention}
    form = TextForm(request.POST or None, initial=shown)
    told = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    return _filled(request, form, _("Nội dung mới"), reverse("personal_data:purpose", args=[pk]), told and (
        lambda: services.publish_text(
            found, form.wording(), asks_again=told["asks_again"], by=request.actor, at=timezone.now())))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """Enter what somebody signed on paper."""
    found = queries.purposes().get(pk=pk)
    if not _protects(request, found):
        return forbidden(request)
    form = PaperForm(request.POST or None)
    told = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    return _filled(request, form, _("Ghi văn bản giấy"), reverse("personal_data:purpose", args=[pk]), told and (
        lambda: services.record_paper(
            found.texts.order_by("-version")[0], told["account"], act=ConsentEntry.Act(told["act"]),
            proof=told["proof"], by=request.actor, at=timezone.now())))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask nobody any more; nobody's consent counts. For good, so it is asked for twice."""
    found = queries.purposes().get(pk=pk)
    if not _protects(request, found):
        return forbidden(request)
    form = CloseForm(request.POST or None)
    is_sure = request.method == "POST" and form.is_valid()
    return _filled(request, form, _("Đóng mục đích"), reverse("personal_data:purpose", args=[pk]), is_sure and (
        lambda: services.close_purpose(found, by=request.actor, at=timezone.now())))  # fmt: skip


def _protects(request: OfficeRequest, found: ConsentPurpose) -> bool:
    return office(found.organization_id, Function.DATA_PROTECTION) in request.principals


def _filled(request: OfficeRequest, form: Any, title: str, back_url: str, do: Any) -> HttpResponse:
    """The form's page; once it is valid (`do`), the act, or its refusal on the same page."""
    if do:
        try:
            do()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": title})
            return redirect(back_url)
    context = {
        "form": form, "title": title, "form_action": request.path, "submit_label": title, "submit_icon": "check",
        "back_url": back_url,
    }  # fmt: skip
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
