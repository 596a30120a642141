"""Roles: who holds which, what is proposed, and the two people's acts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.rights.forms import ProposeForm
from congso.apps.rights.queries.roles import SHOWN, ended_roles, requests_seen, roles_on
from congso.apps.rights.services.granting import agree_to_role, end_role, propose_role, refuse_role, withdraw_role
from congso.apps.rights.views.asking import act_and_return, ask_and_act
from congso.kernel.access.models import Grant, GrantRequest
from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import posted
from congso.kernel.web.forms import ReasonForm
from congso.kernel.web.htmx import render_page
from congso.kernel.web.navigation import holds_role
from congso.kernel.web.views import forbidden

ASKING = require_http_methods(["GET", "POST"])


def _request(pk: int) -> GrantRequest:
    rows = GrantRequest.objects.select_related("person", "organization", "asked_by", "answered_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def roles(request: OfficeRequest) -> HttpResponse:
    """Who holds which role today, until when, why and by whom; and what waits for a second person."""
    now, day, words = timezone.now(), timezone.localdate(), request.GET.get("q", "").strip()[:100]
    is_past = request.GET.get("xem") == "da-het"
    found = list((ended_roles(day) if is_past else roles_on(day, words))[: SHOWN + 1])
    context = {
        "held": found[:SHOWN], "is_cut": len(found) > SHOWN, "most": SHOWN, "is_past": is_past, "q": words, "day": day,
        "me": request.actor.id, "may_grant": holds_role(request, Role.ADMINISTRATOR),
        "requests": [(one, one.is_open(now), one.standing(now)) for one in requests_seen(now)[:20]],
    }  # fmt: skip
    return render_page(request, "rights/roles.html", "rights/_held.html", context)


@login_required
@ASKING
def propose(request: OfficeRequest) -> HttpResponseBase:
    """Propose a role for somebody."""
    if not holds_role(request, Role.ADMINISTRATOR):
        return forbidden(request)
    form = ProposeForm(posted(request), initial={"person": request.GET.get("nguoi", "")[:160]})
    return ask_and_act(
        request, form, title=_("Đề nghị cấp vai trò"), icon="send", back_url=reverse("rights:roles"),
        about=_("Có hiệu lực khi quản trị viên thứ hai đồng ý."),
        carry_out=lambda: propose_role(by=request.actor.id, **form.facts()),
        done=_("Đã gửi đề nghị; chờ quản trị viên thứ hai đồng ý."),
    )  # fmt: skip


@login_required
@require_POST
def agree(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The second administrator agrees."""
    asked = _request(pk)
    return act_and_return(
        request, lambda: agree_to_role(asked, by=request.actor.id), back_url=reverse("rights:roles"),
        done=_("Đã đồng ý; vai trò có hiệu lực ở thao tác tiếp theo của người giữ."),
    )  # fmt: skip


@login_required
@ASKING
def refuse(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The second administrator refuses, with the reason."""
    asked = _request(pk)
    form = ReasonForm(posted(request))
    return ask_and_act(
        request, form, title=_("Từ chối cấp vai trò"), icon="x", back_url=reverse("rights:roles"),
        about=f"{asked.role_name}: {asked.person}",
        carry_out=lambda: refuse_role(asked, reason=form.cleaned_data["note"][:300], by=request.actor.id),
        done=_("Đã từ chối."),
    )  # fmt: skip


@login_required
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The proposer takes it back."""
    asked = _request(pk)
    return act_and_return(
        request, lambda: withdraw_role(asked, by=request.actor.id), back_url=reverse("rights:roles"),
        done=_("Đã rút đề nghị."),
    )  # fmt: skip


@login_required
@ASKING
def end(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The role ends now: by an administrator, or given up by its holder."""
    grant = get_object_or_404(Grant.objects.select_related("person", "organization"), pk=pk)
    if not (holds_role(request, Role.ADMINISTRATOR) or grant.person_id == request.actor.id):
        return forbidden(request)
    form = ReasonForm(posted(request))
    return ask_and_act(
        request, form, title=_("Thu hồi vai trò"), icon="ban", back_url=reverse("rights:roles"),
        about=f"{grant.role_name}: {grant.person}",
        carry_out=lambda: end_role(grant, reason=form.cleaned_data["note"][:300], by=request.actor.id),
        done=_("Đã thu hồi; người giữ không còn vai trò này từ thao tác tiếp theo."),
    )  # fmt: skip
