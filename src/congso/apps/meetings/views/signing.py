"""The minutes signed with a key: read page by page, then signed, by the secretary and after her by the chair."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from congso.apps.meetings import services
from congso.apps.meetings.forms import KeyForm
from congso.apps.meetings.views.requests import can, opened
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.web.detail import file_lines
from congso.kernel.workflow.services import Refused


@login_required
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
@found_or_404
def sign(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Read them as printed and sign; who is not to sign now is told what is waited for."""
    meeting, back = opened(request, pk), reverse("meetings:minutes", args=[pk])
    step = services.step_of(meeting, request.actor.person_id)
    form = None
    if step or request.method == "POST":
        own = credentials_of(active=True).filter(person_id=account_of(request).person_id)
        form = KeyForm(posted(request), credentials=own)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.sign_with_key(meeting, credential=form.chosen, secret=form.cleaned_data["pin"], **who(request))
        except Refused as refusal:
            form.add_error("pin", str(refusal))
        else:
            messages.success(request, _("Đã ký số biên bản."))
            return redirect(back)
    files = file_lines(meeting) if meeting.minutes_file_id else []
    context = {
        "record": meeting, "form": form, "step": step, "back_url": back,
        "shown_file": next((one for one in files if one.key == meeting.minutes_file_id), None),
        "may_confirm": can(request, meeting, "conclude") and meeting.secretary_key_at is None,
    }  # fmt: skip
    return render(request, "meetings/sign.html", context, status=422 if form is not None and form.errors else 200)
