"""The shape shared by the acts: a form, the kernel's refusal beside it, a word when it is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from congso.kernel.access.delegating import DelegationRefused
from congso.kernel.access.granting import RightRefused
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.services import DirectoryRefused

Refusals = (RightRefused, DelegationRefused, DirectoryRefused)


def typed(request: OfficeRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is an answer."""
    return request.POST if request.method == "POST" else None


def ask_and_act(
    request: OfficeRequest,
    form: forms.Form,
    *,
    title: str,
    carry_out: Callable[[], Any],
    done: str,
    back_url: str,
    about: str = "",
    icon: str = "check",
) -> HttpResponse:
    """Show the form; when it is filled, act and go back. A refusal is told beside the form (422)."""
    context = {
        "title": title, "about": about, "form": form, "form_action": request.get_full_path(),
        "back_url": back_url, "submit_label": title, "submit_icon": icon,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            carry_out()
        except Refusals as refused:
            for problem in str(refused).splitlines():
                form.add_error(None, problem)
        else:
            messages.success(request, done)
            return redirect(back_url)
    return render(request, "rights/ask.html", context, status=422 if form.is_bound and form.errors else 200)


def act_and_return(request: OfficeRequest, carry_out: Callable[[], Any], *, done: str, back_url: str) -> HttpResponse:
    """Act without a question; a refusal is told where the person comes back to."""
    try:
        carry_out()
    except Refusals as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(back_url)
