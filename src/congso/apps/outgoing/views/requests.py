"""What every view of a single document does with its request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from congso.kernel.accounts.requests import OfficeRequest

View = Callable[..., HttpResponseBase]


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
    """Who acts, and when."""
    return {"by": request.actor, "at": timezone.now()}


def form_page(request: OfficeRequest, form: Any, *, title: Any, back: str, label: Any, **more: Any) -> HttpResponseBase:
    """A plain form on its page."""
    template = more.pop("template", "web/form.html")
    context = {"form": form, "title": title, "back_url": back, "submit_label": label, **more}
    return render(request, template, context, status=422 if form.errors else 200)
