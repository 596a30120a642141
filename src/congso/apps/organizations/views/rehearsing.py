"""An act is shown before it is done: rehearsed and rolled back, so the preview says what really would happen."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congso.apps.organizations.queries import Moving
from congso.kernel.access.delegating import DelegationRefused
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.directory.services import DirectoryRefused, NewOrganization

Refusals = (DirectoryRefused, DelegationRefused)
_BUTTONS = ("csrfmiddlewaretoken", "confirm", "edit")


def ask_and_act(
    request: OfficeRequest,
    form: forms.Form,
    *,
    title: str,
    about: Organization,
    carry_out: Callable[[], Any],
    done: str,
    moving: Callable[[], Moving] | None = None,
    previewed: bool = True,
    look_first: str = "",
) -> HttpResponse:
    """The form, then the preview, then the act. `carry_out` reads the valid form; `moving` tells what goes along.

    `look_first` is the address of what somebody should know before she acts.
    """
    context: dict[str, Any] = {
        "title": title, "form": form, "organization": about, "form_action": request.path,
        "back_url": reverse("organizations:organization", args=[about.pk]),
        "look_first": look_first,
        "submit_label": "Xem trước" if previewed else title, "submit_icon": "eye" if previewed else "check",
    }  # fmt: skip
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        status = 422 if form.is_bound and form.errors and "edit" not in request.POST else 200
        return render(request, "organizations/ask.html", context, status=status)
    if previewed and "confirm" not in request.POST:
        problems = _rehearsed(carry_out)
        return _preview(request, context, problems, moving() if moving else None, 200)
    try:
        carry_out()
    except Refusals as refused:
        problems = str(refused).splitlines()
        if previewed:
            return _preview(request, context, problems, moving() if moving else None, 422)
        for problem in problems:
            form.add_error(None, problem)
        return render(request, "organizations/ask.html", context, status=422)
    messages.success(request, done)
    return redirect(context["back_url"])


def _rehearsed(carry_out: Callable[[], Any]) -> list[str]:
    """What forbids the act; nothing of it stays."""
    try:
        with transaction.atomic():
            carry_out()
            transaction.set_rollback(True)
    except Refusals as refused:
        return str(refused).splitlines()
    return []


def _preview(
    request: OfficeRequest, context: dict[str, Any], problems: list[str], moving: Moving | None, status: int
) -> HttpResponse:
    typed = [(name, value) for name, values in request.POST.lists() if name not in _BUTTONS for value in values]
    told = [(bound.label, _words(bound)) for bound in context["form"].visible_fields() if _words(bound)]
    more = {"problems": problems, "moving": moving, "typed": typed, "told": told}
    return render(request, "organizations/preview.html", context | more, status=status)


def _words(bound: forms.BoundField) -> str:
    """A field's value as the preview repeats it."""
    value = bound.form.cleaned_data.get(bound.name, bound.value())
    if bound.name == "record":
        value = bound.value()
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return ", ".join(
            choices.get(str(one), one.name if isinstance(one, NewOrganization) else str(one)) for one in value
        )
    if isinstance(value, bool):
        return "có" if value else ""
    return choices.get(str(value), str(value)) if value not in (None, "") else ""
