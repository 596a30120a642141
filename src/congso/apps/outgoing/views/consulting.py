"""Opinions: asking, answering, and the consolidated table with accept and decline, for screen and paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import AskForm, DecisionForm, OpinionForm
from congso.apps.outgoing.models import Opinion, OutgoingDocument
from congso.apps.outgoing.views.papers import line_for
from congso.apps.outgoing.views.requests import form_page
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import organizations_on, people_in, units_of
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.workflow.services import Refused, possible_transitions


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def ask(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Ask units and people about the draft."""
    document = queries.outgoing_document(pk)
    if "ask_opinions" not in {one.key for one in possible_transitions(document, held=request.principals)}:
        raise Http404
    units, people = _choices(document)
    form = AskForm(posted(request), units=units, people=people)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.ask_opinions(
                document, targets=form.chosen(), due_on=told["due_on"], is_serial=told["is_serial"],
                question=told["question"], **who(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi xin ý kiến."))
            return redirect("outgoing:detail", pk)
    return form_page(
        request, form, title=_("Xin ý kiến dự thảo"), back=reverse("outgoing:detail", args=[pk]),
        label=_("Gửi xin ý kiến"), record=document,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def answer(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Give the opinion one was asked for, the draft beside it."""
    opinion = get_object_or_404(Opinion.objects.select_related("document__owner", "round__version__pdf__blob"), pk=pk)
    if not request.principals & set(opinion.receivers):
        raise Http404
    document = opinion.document
    form = OpinionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.give_opinion(
                opinion, stance=told["stance"], text=told["text"], points=form.points(), **who(request)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi ý kiến."))
            return redirect("outgoing:detail", document.pk)
    version = opinion.round.version
    rows = [(form[f"clause_{n}"], form[f"point_{n}"]) for n in range(1, len(form.fields) // 2)]
    return form_page(
        request, form, title=_("Cho ý kiến dự thảo"), back=reverse("outgoing:detail", args=[document.pk]),
        label=_("Gửi ý kiến"), template="outgoing/answer.html", record=document, opinion=opinion, rows=rows,
        shown_file=line_for(version.pdf) if version.pdf else None,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def table(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Bảng tổng hợp ý kiến: every point, what became of it and why; the drafter decides here."""
    document = queries.outgoing_document(pk)
    rounds = queries.rounds_of(document)
    if not rounds:
        raise Http404
    keys = {one.key for one in possible_transitions(document, held=request.principals)}
    may_decide = "decide_points" in keys
    points = [point for told in rounds for one in told["opinions"] for point in one.points.all()]  # type: ignore[attr-defined]
    form = DecisionForm(posted(request), points=points)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_points(document, form.decisions(), **who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu tiếp thu, giải trình."))
            return redirect("outgoing:opinions", pk)
    fields = form.rows()
    for point in points:
        point.fields = fields[point.pk]
    context = {
        "document": document, "rounds": rounds, "form": form, "fields": fields, "may_decide": may_decide,
        "is_paper": request.GET.get("format") == "print", "today": timezone.localdate(),
        "back_url": reverse("outgoing:detail", args=[pk]),
    }  # fmt: skip
    return render(request, "outgoing/opinions.html", context, status=422 if form.errors else 200)


def _choices(document: OutgoingDocument) -> tuple[list[Organization], list[Person]]:
    """Units of the office and of the committee it serves, then agencies beside it; leaders by name."""
    today = timezone.localdate()
    near = [one for one in units_of(document.owner, today) if one.pk != document.unit_id]
    near += [
        one for one in organizations_on(today).filter(parent_id=document.owner.parent_id).exclude(pk=document.owner_id)
        if one not in near and one.pk != document.unit_id
    ]  # fmt: skip
    people = list(people_in(document.issuer, today, ["leaders"]))
    if document.issuer_id != document.owner_id:
        people += [one for one in people_in(document.owner, today, ["leaders"]) if one not in people]
    return near[:300], people[:60]
