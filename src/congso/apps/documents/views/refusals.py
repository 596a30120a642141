"""A refused act becomes a message on the page it came from, never an error page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused

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


def tell_refusal(request: OfficeRequest, refusal: Refused, *, back: str, pk: int | None = None) -> HttpResponseBase:
    """Go back with the sentence that says why."""
    messages.error(request, str(refusal))
    return redirect(back, *([pk] if pk is not None else []))
