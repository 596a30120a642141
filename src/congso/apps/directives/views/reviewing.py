"""Acts on proposed tasks, one row or all: by key and fragment, or by plain forms."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.directives import queries, services
from congso.apps.directives.forms import ProposalForm, UnitForm
from congso.apps.directives.models import PlanReading, ProposedTask
from congso.apps.directives.services import InvalidProposals, Toward
from congso.apps.directives.views.readings import review_context
from congso.apps.directives.views.requests import reading_or_404, row_or_404
from congso.apps.directives.views.showing import Narrowing, shown
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.htmx import wants_fragment
from congso.kernel.workflow.services import Refused

_VIEWS = ("row", "edit", "split", "unit")
_MOST_PARTS = 20


@login_required
@require_http_methods(["GET", "POST"])
def row(request: OfficeRequest, pk: int, row_id: int) -> HttpResponse:
    """One row: its line, its forms, and what is done with it."""
    reading = reading_or_404(pk)
    held = row_or_404(reading, row_id)
    if request.method == "GET":
        view = request.GET.get("view", "row")
        if view not in _VIEWS:
            raise Http404
        return _line(request, reading, held) if view == "row" else _form(request, reading, held, view)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        return act(request, reading, held)
    except InvalidProposals as invalid:
        return _line(request, reading, held, refusal=" ".join(invalid.rows[held.pk].values()))
    except Refused as refusal:
        return _line(request, reading, held, refusal=str(refusal))


@login_required
@require_POST
def every(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is done with many rows at once: confirm the certain ones, undo."""
    reading = reading_or_404(pk)
    asked = request.POST.get("act", "")
    try:
        if asked == "undo":
            change = services.undo_last_change(reading, by=request.actor, at=timezone.now())
            return _list(request, reading, _("Đã hoàn tác: %(label)s.") % {"label": change.label})
        if asked == "certain":
            count = services.confirm_certain(reading, by=request.actor, at=timezone.now())
            return _list(request, reading, _("Đã xác nhận %(count)s dòng chắc chắn.") % {"count": count})
    except Refused as refusal:
        return _list(request, reading, str(refusal), is_bad=True)
    raise Http404


def _confirm(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    services.confirm_proposals(reading, [held.pk], by=request.actor, at=timezone.now())
    return _line(request, reading, held)


def _drop(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    reason = request.POST.get("reason", "")
    services.drop_proposals(reading, [held.pk], by=request.actor, at=timezone.now(), reason=reason)
    return _line(request, reading, held)


def _restore(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    services.restore_proposals(reading, [held.pk], by=request.actor, at=timezone.now())
    return _line(request, reading, held)


def _join(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    services.join_with_next(reading, held.pk, by=request.actor, at=timezone.now())
    return _list(request, reading, _("Đã gộp với dòng sau trong văn bản."), row=held)


def _save(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    """Write a correction; what is wrong stands at its field and nothing typed is lost."""
    form = _edit_form(request, reading, held)
    if form.is_valid():
        try:
            services.correct_proposal(
                reading, held.pk, form.correction(), by=request.actor, at=timezone.now(),
                is_confirmed="keep" not in request.POST,
            )  # fmt: skip
        except InvalidProposals as invalid:
            form.refuse(invalid.rows[held.pk])
        else:
            return _line(request, reading, held)
    return _form(request, reading, held, "edit", form)


def _split(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    """Cut the row where its words were broken into lines; `toward` says where the cut-off part goes."""
    parts = request.POST.get("parts", "").split("\n")[:_MOST_PARTS]
    toward = request.POST.get("toward", "")
    if toward in set(Toward):
        services.move_words(reading, held.pk, parts, toward=Toward(toward), by=request.actor, at=timezone.now())
        return _list(request, reading, _("Đã chuyển lời sang dòng bên."), row=held)
    made = services.split_proposal(reading, held.pk, parts, by=request.actor, at=timezone.now())
    return _list(request, reading, _("Đã tách thành %(count)s dòng.") % {"count": len(made)}, row=held)


def _unit(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> HttpResponse:
    """Say which unit some words mean."""
    form = UnitForm(request.POST, written=request.POST.get("written", "")[:500], finder=_finder(reading))
    if not form.is_valid():
        return _form(request, reading, held, "unit", form)
    everywhere = form.cleaned_data["everywhere"]
    count = services.resolve_unit(
        reading, form.cleaned_data["unit"], by=request.actor, at=timezone.now(), row_id=None if everywhere else held.pk
    )
    words = _("Đã chọn đơn vị cho “%(written)s” ở %(count)s dòng.") % {"written": form.written, "count": count}
    return _list(request, reading, words, row=held)


_ACTS: dict[str, Callable[[OfficeRequest, PlanReading, ProposedTask], HttpResponse]] = {
    "confirm": _confirm, "drop": _drop, "restore": _restore, "join": _join, "save": _save, "split": _split,
    "unit": _unit,
}  # fmt: skip


def _finder(reading: PlanReading) -> queries.UnitFinder:
    return queries.UnitFinder.on(timezone.localdate(), reading.organization)


def _edit_form(request: OfficeRequest, reading: PlanReading, held: ProposedTask) -> ProposalForm:
    return ProposalForm(
        request.POST if request.method == "POST" else None, row=held, finder=_finder(reading),
        units=queries.organizations_in([held]), today=timezone.localdate(),
    )  # fmt: skip


def _form(
    request: OfficeRequest, reading: PlanReading, held: ProposedTask, view: str, form: Any = None
) -> HttpResponse:
    """The row with the form that corrects, cuts or names; a page of its own where there is no script."""
    written = (request.POST if request.method == "POST" else request.GET).get("written", held.led_by.written)[:500]
    if form is None and view == "edit":
        form = _edit_form(request, reading, held)
    if form is None and view == "unit":
        form = UnitForm(written=written, finder=_finder(reading))
    context = {
        "title": _("Sửa dòng nhiệm vụ"), "reading": reading, "one": shown([held], {})[0], "form": form, "view": view,
        "written": written, "words": " ".join(held.text.split()), "query": Narrowing.of(request.GET).query(),
        "same": _same(reading, written) if view == "unit" else 0,
    }  # fmt: skip
    if wants_fragment(request):
        return render(request, f"directives/_proposal_{view}.html", context)
    status = 422 if form is not None and form.errors else 200
    return render(request, "directives/proposal.html", context, status=status)


def _same(reading: PlanReading, written: str) -> int:
    """How many rows write a unit so."""
    return sum(
        any(queries.same_words(one.written, written) for one in (row.led_by, *row.supported_by))
        for row in queries.proposals_of(reading)
    )


def _line(request: OfficeRequest, reading: PlanReading, held: ProposedTask, *, refusal: str = "") -> HttpResponse:
    """The row's line again, with the list's head; or the whole screen at the row where there is no script."""
    narrowing = Narrowing.of(request.GET)
    if not wants_fragment(request):
        if refusal:
            messages.warning(request, refusal)
        return redirect(f"{reverse('directives:reading', args=[reading.pk])}?{narrowing.query()}#row-{held.pk}")
    if held.merged_into_id:
        return _list(request, reading, refusal, is_bad=True)
    held.refresh_from_db()
    context = review_context(request, reading, narrowing)
    # The head travels in a template element: beside table rows the parser would drop its forms.
    context |= {"one": shown([held], {held.pk: refusal})[0], "is_fragment": True}
    return render(request, "directives/_proposal_and_head.html", context)


def _list(
    request: OfficeRequest, reading: PlanReading, told: str, *, row: ProposedTask | None = None, is_bad: bool = False
) -> HttpResponse:
    """The whole list again, after rows came, went or changed at many places."""
    narrowing = Narrowing.of(request.GET)
    if not wants_fragment(request):
        (messages.warning if is_bad else messages.success)(request, told)
        anchor = f"#row-{row.pk}" if row else ""
        return redirect(f"{reverse('directives:reading', args=[reading.pk])}?{narrowing.query()}{anchor}")
    context = review_context(request, reading, narrowing) | {"told": told, "is_bad": is_bad}
    response = render(request, "directives/_proposals.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#proposals", "innerHTML"
    return response
