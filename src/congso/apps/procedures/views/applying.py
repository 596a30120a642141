"""Applications: one's own, one taken in at the desk, one changed before it is handed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.procedures import services
from congso.apps.procedures.forms import ApplicationForm, DeskForm
from congso.apps.procedures.models import Case, Publication
from congso.apps.procedures.queries import case_of, in_force, may_receive, receivers_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.workflow.services import Refused, possible_transitions


@login_required
@require_http_methods(["GET", "POST"])
def apply(request: OfficeRequest, code: str) -> HttpResponse:
    """A signed-in person applies for herself; the case stays a draft until it is handed in."""
    publication = _in_force(code)
    today = timezone.localdate()
    me = Person.objects.get(pk=request.actor.id)
    form = ApplicationForm(
        _posted(request), publication=publication, receivers=receivers_of(publication, today),
        initial={"applicant_name": me.full_name},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.apply_for(
                publication, form.told, receiver=form.cleaned_data["receiver"], by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lập hồ sơ. Hãy gửi tệp kèm theo, rồi bấm “Nộp hồ sơ”."))
            return redirect("procedures:case", made.pk)
    return _asked(request, form, publication, _("Nộp hồ sơ: %(name)s") % {"name": publication.name}, _("Lập hồ sơ"))


@login_required
@require_http_methods(["GET", "POST"])
def desk(request: OfficeRequest, code: str) -> HttpResponse:
    """A clerk takes an application in for somebody; when its papers are complete the receipt is printed next."""
    publication = _in_force(code)
    today = timezone.localdate()
    receivers = receivers_of(publication, today).filter(
        pk__in=[one.pk for one in may_receive(request.principals, today)]
    )
    if not receivers.exists():
        raise Http404
    form = DeskForm(_posted(request), publication=publication, receivers=receivers)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.take_in(
                publication, form.told, receiver=data["receiver"], channel=data["channel"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if made.received_at:
                return redirect("procedures:receipt", made.pk)
            messages.warning(request, _("Hồ sơ còn thiếu giấy tờ bắt buộc nên chưa tiếp nhận; đã lưu để bổ sung."))
            return redirect("procedures:case", made.pk)
    return _asked(request, form, publication, _("Tiếp nhận: %(name)s") % {"name": publication.name}, _("Tiếp nhận"))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change an application before it is handed in (again)."""
    try:
        case = case_of(pk)
    except Case.DoesNotExist:
        raise Http404 from None
    request.shown_record = pk
    if not any(one.key == "edit" for one in possible_transitions(case, held=request.principals)):
        messages.warning(request, _("Hồ sơ đã nộp; chỉ nơi tiếp nhận trả lại thì mới sửa được."))
        return redirect("procedures:case", pk)
    form = ApplicationForm(
        _posted(request), publication=case.publication, receivers=[case.owner], initial=ApplicationForm.initial_of(case)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_case(case, form.told, by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lưu hồ sơ."))
            return redirect("procedures:case", pk)
    back = reverse("procedures:case", args=[pk])
    return _asked(request, form, case.publication, _("Sửa hồ sơ"), _("Lưu"), back_url=back)


def _asked(
    request: OfficeRequest, form: Any, publication: Publication, title: str, submit: str, *, back_url: str = ""
) -> HttpResponse:
    back = back_url or reverse("procedures:public", args=[publication.code])
    context = {
        "form": form, "title": title, "submit_label": submit, "back_url": back, "content": publication.content,
        "one": publication,
    }  # fmt: skip
    return render(request, "procedures/apply.html", context, status=422 if form.errors else 200)


def _posted(request: OfficeRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _in_force(code: str) -> Publication:
    if "\x00" in code:
        raise Http404
    try:
        return in_force(code, timezone.localdate())
    except Publication.DoesNotExist:
        raise Http404 from None
