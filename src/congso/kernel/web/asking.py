"""What views of records do with their requests: a question on GET, the act on POST, refusals on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import url_of
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Refused, possible_transitions

View = Callable[..., HttpResponseBase]
Refusals = type[Exception] | tuple[type[Exception], ...]


@dataclass(frozen=True)
class Question:
    """The form an act asks, made from what was posted and the record, and the service its answer goes to."""

    form: Callable[[Any, Any], forms.Form]
    do: Callable[..., Any]
    template: str = "web/confirm.html"


def with_reason(service: Callable[..., Any]) -> Question:
    """An act that wants a reason and nothing else."""
    return Question(lambda data, _record: ReasonForm(data), _noted(service))


def with_note(service: Callable[..., Any]) -> Question:
    """An act one may add a word to."""
    return Question(lambda data, _record: NoteForm(data), _noted(service))


def pressed(service: Callable[..., Any]) -> Question:
    """An act that asks nothing."""
    return Question(lambda data, _record: forms.Form(data), lambda record, _form, **who: service(record, **who))


def _noted(service: Callable[..., Any]) -> Callable[..., Any]:
    return lambda record, form, **who: service(record, note=form.cleaned_data["note"], **who)


def found_or_404(view: View) -> View:
    """“Not there” and “not yours” look alike."""

    @wraps(view)
    def wrapped(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist:
            raise Http404 from None

    return wrapped


def posted(request: OfficeRequest) -> QueryDict | None:
    """The answer, if this request brings one; an empty one is an answer too."""
    return request.POST if request.method == "POST" else None


def who(request: OfficeRequest) -> dict[str, Any]:
    """Who acts and when, for a service."""
    return {"by": request.actor, "at": timezone.now()}


def ask(request: OfficeRequest, record: Any, key: str, questions: dict[str, Question]) -> HttpResponseBase:
    """Ask what the act needs, do it, go back to the record."""
    if key not in questions:
        raise Http404
    transition, question, back_url = flow_of(record.type).transition(key), questions[key], url_of(record)
    if request.method == "GET" and transition not in possible_transitions(record, held=request.principals):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect(back_url)
    form = question.form(posted(request), record)
    if request.method == "POST" and form.is_valid():
        try:
            question.do(record, form, **who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": transition.label})
            return redirect(back_url)
    context = {
        "title": transition.label, "form": form, "record": record, "form_action": request.path, "back_url": back_url,
        "submit_label": transition.label, "submit_icon": transition.icon,
    }  # fmt: skip
    return render(request, question.template, context, status=422 if form.errors else 200)


def fill(
    request: OfficeRequest,
    form: forms.Form,
    *,
    title: Any,
    act: Any,
    do: Callable[[Any], Any],
    done: Callable[[Any], str],
    back_url: str,
    told: Any = "",
    icon: str = "check",
    template: str = "web/form.html",
    refusals: Refusals = Refused,
    **more: Any,
) -> HttpResponseBase:
    """A page with one form: what it answers goes to `do`, then to the address `done` gives; refusals stay here.

    `told` is said when it is done; `refusals` are the exceptions whose words are for the person.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form)
        except refusals as refusal:
            form.add_error(None, str(refusal).splitlines())
        else:
            messages.success(request, told or _("Đã lưu."))
            return redirect(done(made))
    context = {
        "title": title, "form": form, "form_action": request.get_full_path(), "back_url": back_url,
        "submit_label": act, "submit_icon": icon, **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def press(
    request: OfficeRequest, do: Callable[[], Any], done: str, back_url: str, *, refusals: Refusals = Refused
) -> HttpResponseBase:
    """Done by pressing: say so, or say why not."""
    try:
        do()
    except refusals as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back_url)
