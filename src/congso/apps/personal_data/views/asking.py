"""Acts on a record of this system: a question on GET, the act on POST, refusals on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Refused, possible_transitions

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Question:
    """The form an act asks, made for the record, and the service its answer goes to."""

    form: Callable[[Any, Any], forms.Form]
    do: Callable[..., Any]


def found_or_404(view: View) -> View:
    """“Not there” and “not yours” look alike."""

    @wraps(view)
    def wrapped(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist:
            raise Http404 from None

    return wrapped


def ask(
    request: OfficeRequest, record: Any, key: str, questions: dict[str, Question], back_url: str
) -> HttpResponseBase:
    """Ask what the act needs, do it, go back to the record."""
    if key not in questions:
        raise Http404
    transition = flow_of(record.type).transition(key)
    if request.method == "GET" and transition not in possible_transitions(record, held=request.principals):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect(back_url)
    form = questions[key].form(request.POST if request.method == "POST" else None, record)
    if request.method == "POST" and form.is_valid():
        try:
            questions[key].do(record, form, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": transition.label})
            return redirect(back_url)
    context = {
        "title": transition.label, "form": form, "record": record, "form_action": request.path, "back_url": back_url,
        "submit_label": transition.label, "submit_icon": transition.icon,
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)
