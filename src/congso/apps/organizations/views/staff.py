"""Posts and people: open and close, appoint, transfer, let somebody stand in."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import ProgrammingError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from psycopg.errors import InsufficientPrivilege

from congso.apps.organizations.forms import AppointForm, DayForm, DelegateForm, PostForm, TransferForm
from congso.apps.organizations.views.rehearsing import ask_and_act
from congso.kernel.access.delegating import delegate_post, end_delegation
from congso.kernel.access.models import Delegation
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Assignment, Organization, Person, Post, valid_on
from congso.kernel.directory.services import (
    administers,
    appoint_person,
    close_post,
    end_assignment,
    enter_person,
    open_post,
    transfer_person,
)
from congso.kernel.records.queries import MOST_COUNTED
from congso.kernel.records.types import record_types
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.explaining import reach_by_reason, reach_of_post

ASKING = require_http_methods(["GET", "POST"])


def _by(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor.id, "at": timezone.now()}


def _post(pk: int) -> Post:
    return get_object_or_404(Post.objects.select_related("organization"), pk=pk)


def _assignment(pk: int) -> Assignment:
    return get_object_or_404(Assignment.objects.select_related("post__organization", "person"), pk=pk)


@login_required
@ASKING
def open_(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new post of the organization."""
    found = get_object_or_404(Organization, pk=pk)
    if not administers(pk):
        return forbidden(request)
    form = PostForm(request.POST or None)

    def carry_out() -> None:
        data = form.cleaned_data
        facts = {name: data[name] for name in ("name", "functions", "rank", "on")}
        open_post(found, **facts, **_by(request))

    return ask_and_act(
        request, form, about=found, carry_out=carry_out, previewed=False,
        title=_("Lập chức vụ"), done=_("Đã lập chức vụ, chưa có người giữ."),
    )  # fmt: skip


@login_required
@ASKING
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """The post ends."""
    post = _post(pk)
    if not administers(post.organization_id):
        return forbidden(request)
    form = DayForm(request.POST or None)
    return ask_and_act(
        request, form, about=post.organization, previewed=False,
        title=_("Bỏ chức vụ %(name)s") % {"name": post.name},
        carry_out=lambda: close_post(post, on=form.cleaned_data["on"], **_by(request)),
        done=_("Đã ghi ngày kết thúc của chức vụ."),
    )  # fmt: skip


@login_required
@ASKING
def appoint(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody begins to hold the post."""
    post = _post(pk)
    if not administers(post.organization_id):
        return forbidden(request)
    form = AppointForm(request.POST or None)

    def carry_out() -> None:
        data = form.cleaned_data
        contact = {"email": data["email"], "phone": data["phone"]}
        person: Person = data["person"] or enter_person(full_name=data["full_name"], **contact, **_by(request))
        appoint_person(person, post=post, on=data["on"], kind=data["kind"], **_by(request))

    return ask_and_act(
        request, form, about=post.organization, carry_out=carry_out, previewed=False,
        look_first=reverse("organizations:reach", args=[post.pk]),
        title=_("Bổ nhiệm: %(name)s") % {"name": post.name}, done=_("Đã ghi người giữ chức vụ."),
    )  # fmt: skip


@login_required
@ASKING
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody holds the post no more; the work waits for the next one."""
    held = _assignment(pk)
    if not administers(held.post.organization_id):
        return forbidden(request)
    form = DayForm(request.POST or None)
    return ask_and_act(
        request, form, about=held.post.organization, previewed=False,
        title=_("%(person)s thôi giữ chức vụ %(post)s") % {"person": held.person, "post": held.post},
        carry_out=lambda: end_assignment(held, on=form.cleaned_data["on"], **_by(request)),
        done=_("Đã ghi ngày thôi giữ chức vụ. Việc của chức vụ chờ người kế tiếp."),
    )  # fmt: skip


@login_required
@ASKING
def transfer(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody goes to another post."""
    held = _assignment(pk)
    if not administers(held.post.organization_id):
        return forbidden(request)
    form = TransferForm(request.POST or None)
    return ask_and_act(
        request, form, about=held.post.organization, previewed=False,
        title=_("Điều chuyển %(person)s") % {"person": held.person},
        carry_out=lambda: transfer_person(
            held, to=form.cleaned_data["to"], on=form.cleaned_data["on"], kind=form.cleaned_data["kind"], **_by(request)
        ),
        done=_("Đã điều chuyển: một bổ nhiệm kết thúc, một bổ nhiệm bắt đầu."),
    )  # fmt: skip


@login_required
@ASKING
def delegate(request: OfficeRequest, pk: int) -> HttpResponse:
    """The holder, or the post's administrator, lets somebody stand in."""
    post = _post(pk)
    if not (administers(post.organization_id) or _holds(request, post)):
        return forbidden(request)
    form = DelegateForm(request.POST or None, post=post)

    def carry_out() -> None:
        data = form.cleaned_data
        delegate_post(
            post, to=data["person"], functions=data["functions"], kind=data["kind"], reason=data["reason"],
            valid_from=data["valid_from"], valid_to=data["until"] + timedelta(days=1), **_by(request),
        )  # fmt: skip

    return ask_and_act(
        request, form, about=post.organization, carry_out=carry_out, previewed=False,
        title=_("Cử người thay: %(name)s") % {"name": post.name},
        done=_("Đã cử người thay; mọi người trong hệ thống thấy việc này, việc làm thay ghi rõ “thay”."),
    )  # fmt: skip


@login_required
@ASKING
def end_delegation_(request: OfficeRequest, pk: int) -> HttpResponse:
    """The stand-in stands in no more."""
    rows = Delegation.objects.select_related("post__organization", "person")
    delegation = get_object_or_404(rows, pk=pk)
    if not (administers(delegation.post.organization_id) or _holds(request, delegation.post)):
        return forbidden(request)
    form = DayForm(request.POST or None)
    return ask_and_act(
        request, form, about=delegation.post.organization, previewed=False,
        title=_("Kết thúc việc thay của %(person)s") % {"person": delegation.person},
        carry_out=lambda: end_delegation(delegation, on=form.cleaned_data["on"], **_by(request)),
        done=_("Đã ghi ngày kết thúc việc thay."),
    )  # fmt: skip


@login_required
@require_GET
def reach(request: OfficeRequest, pk: int) -> HttpResponse:
    """“Chức vụ này xem được những gì”: before somebody is appointed."""
    post = _post(pk)
    if not administers(post.organization_id):
        return forbidden(request)
    told = reach_of_post(post, day=timezone.localdate())
    labels = {one.key: one.label for one in record_types()}
    reasons = reach_by_reason(timezone.localdate(), post=post)
    context = {
        "post": post, "organization": post.organization, "offices": told.offices, "most": MOST_COUNTED,
        "figures": [(labels.get(kind, kind), is_open, figure) for kind, is_open, figure in told.figures],
        "reasons": [(one, labels.get(one.kind, one.kind)) for one in reasons],
    }  # fmt: skip
    return render(request, "organizations/reach.html", context)


@login_required
@require_GET
def reach_of_person(request: OfficeRequest, pk: int) -> HttpResponse:
    """“Người này xem được những gì”, by system and reason: for who administers the person, and for herself."""
    person = get_object_or_404(Person, pk=pk)
    try:
        reasons = reach_by_reason(timezone.localdate(), person=person)
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            return forbidden(request)
        raise
    labels = {one.key: one.label for one in record_types()}
    context = {
        "person": person, "most": MOST_COUNTED,
        "reasons": [(one, labels.get(one.kind, one.kind)) for one in reasons],
    }  # fmt: skip
    return render(request, "organizations/reach.html", context)


def _holds(request: OfficeRequest, post: Post) -> bool:
    return Assignment.objects.filter(valid_on(timezone.localdate()), post=post, person_id=request.actor.id).exists()
