"""Acts on a document and on the lines of its slip: a question on GET, the act on POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from congso.apps.documents import queries, services
from congso.apps.documents.flow import FLOW
from congso.apps.documents.forms import OrderForm, PresentForm, ReplyForm, ResultForm, WordsForm
from congso.apps.documents.models import Handling, IncomingDocument
from congso.apps.documents.views.papers import readable
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404, posted
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.workflow.services import Refused

Facts = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What an act asks, and the service its answer goes to: `do(subject, cleaned data, by and at)`."""

    form: Callable[..., forms.Form]
    do: Callable[[Any, Facts, Facts], Any]
    label: Any = ""


def _reason(service: Callable[..., Any]) -> Callable[[Any, Facts, Facts], Any]:
    return lambda subject, facts, who: service(subject, reason=facts["note"], **who)


DOCUMENT_ACTS: dict[str, Question] = {
    "withdraw": Question(ReasonForm, _reason(services.withdraw_document)),
    "withdraw_migrated": Question(ReasonForm, _reason(services.withdraw_migrated)),
    "return_to_sender": Question(ReasonForm, _reason(services.return_to_sender)),
    "recall": Question(ReasonForm, _reason(services.recall_document)),
    "reopen": Question(ReasonForm, _reason(services.reopen_document)),
    "present": Question(
        PresentForm,
        lambda document, facts, who: services.present_document(document, to=facts["to"], proposal=facts["note"], **who),
    ),
    "conclude": Question(
        WordsForm, lambda document, facts, who: services.conclude_document(document, text=facts["note"], **who)
    ),
    "complete": Question(
        ResultForm,
        lambda document, facts, who: services.complete_document(
            document, result=facts["note"], reply_symbol=facts["reply_symbol"], **who
        ),
    ),
    "link_reply": Question(ReplyForm, lambda document, facts, who: _link_reply(document, facts["number"], who)),
}
LINE_ACTS: dict[str, Question] = {
    "take_back": Question(
        NoteForm,
        lambda line, facts, who: services.take_back(line, note=facts["note"], **who),
        _("Thu hồi phiếu chuyển"),
    ),
    "ask_return": Question(ReasonForm, _reason(services.ask_return), _("Đề nghị trả lại")),
    "accept_return": Question(
        NoteForm,
        lambda line, facts, who: services.accept_return(line, note=facts["note"], **who),
        _("Đồng ý cho trả lại"),
    ),
    "refuse_return": Question(ReasonForm, _reason(services.refuse_return), _("Không đồng ý cho trả lại")),
    "report": Question(
        ResultForm,
        lambda line, facts, who: services.report_result(
            line, result=facts["note"], reply_symbol=facts["reply_symbol"], **who
        ),
        _("Báo cáo kết quả phần việc"),
    ),
}


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a document."""
    if key not in DOCUMENT_ACTS:
        raise Http404
    document = queries.incoming_document(pk)
    transition = FLOW.transition(key)
    request.shown_record = pk
    return _ask(request, document, document, DOCUMENT_ACTS[key], transition.label, may_wait=transition.may_wait)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def line_act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a line of the slip."""
    if key not in LINE_ACTS:
        raise Http404
    line = queries.handling(pk)
    request.shown_record = line.document_id
    return _ask(request, line.document, line, LINE_ACTS[key], LINE_ACTS[key].label, may_wait=key == "report")


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def direct(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Write the direction: the paper beside the form, or above it on a phone."""
    document = queries.incoming_document(pk)
    groups = queries.choices_of(document.owner, timezone.localdate())
    form = OrderForm(posted(request), groups=groups, initial=_standing(document))
    if request.method == "POST" and form.is_valid():
        try:
            services.direct_document(document, order=form.order(), by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi bút phê và chuyển văn bản."))
            return redirect("documents:detail", pk)
    return _order_page(request, document, form, title=_("Bút phê"), has_phrases=True)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def pass_on(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Pass a line on inside the unit."""
    line = queries.handling(pk)
    if line.unit is None:
        raise Http404
    groups = queries.choices_inside(line.unit, timezone.localdate())
    form = OrderForm(posted(request), groups=groups, initial={"due_on": line.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.pass_on(line, order=form.order(), by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã chuyển trong đơn vị."))
            return redirect("documents:detail", line.document_id)
    only_inform = line.kind == Handling.Kind.INFORM
    return _order_page(request, line.document, form, title=_("Chuyển trong đơn vị"), only_inform=only_inform, line=line)


def _order_page(request: OfficeRequest, document: IncomingDocument, form: OrderForm, **more: Any) -> HttpResponseBase:
    context = {
        "document": document,
        "record": document,
        "form": form,
        "shown_file": readable(document),
        "phrases": PHRASES,
        "quick_days": queries.quick_deadlines(timezone.localdate()),
        "back_url": reverse("documents:detail", args=[document.pk]),
        **more,
    }
    return render(request, "documents/order.html", context, status=422 if form.errors else 200)


PHRASES = (
    _("Giao đơn vị chủ trì tham mưu, báo cáo Thường trực."),
    _("Chủ trì, phối hợp với các đơn vị liên quan triển khai thực hiện."),
    _("Nghiên cứu, đề xuất hướng xử lý."),
    _("Tham mưu văn bản trả lời."),
    _("Tổng hợp, báo cáo đúng thời hạn."),
    _("Chuyển để biết, theo dõi."),
)


def _standing(document: IncomingDocument) -> Facts:
    """The present lead, support, informed and deadline, so that a later direction changes only what it names."""
    lines = [line for line in document.live_handlings if line.parent_id is None]
    keys = {line: f"u{line.unit_id}" if line.unit_id else f"p{line.person_id}" for line in lines}
    kinds = Handling.Kind
    return {
        "lead": next((keys[line] for line in lines if line.kind == kinds.LEAD), ""),
        "support": [keys[line] for line in lines if line.kind == kinds.SUPPORT],
        "inform": [keys[line] for line in lines if line.kind == kinds.INFORM],
        "due_on": document.due_on,
    }


def _ask(
    request: OfficeRequest, document: IncomingDocument, subject: Any, question: Question, label: Any, *, may_wait: bool
) -> HttpResponseBase:
    more = {"document": document} if question.form is PresentForm else {}
    form = question.form(posted(request), **more)
    back = reverse("documents:detail", args=[document.pk])
    if request.method == "POST" and form.is_valid():
        try:
            question.do(subject, form.cleaned_data, {"by": request.actor, "at": timezone.now()})
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": label})
            still = IncomingDocument.objects.filter(pk=document.pk).exists()
            return redirect(back if still else "documents:inbox")
    context = {
        "title": label, "form": form, "record": document, "back_url": back, "submit_label": label, "may_wait": may_wait,
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _link_reply(document: IncomingDocument, number: str, who: Facts) -> None:
    reply = queries.record_numbered(number)
    if reply is None or reply.pk == document.pk:
        raise Refused(f"Không tìm thấy văn bản “{number.strip()}” trong phạm vi bạn được xem.")
    services.link_reply(document, reply=reply, **who)
