"""What every view of a single document does with its request."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from congso.kernel.accounts.requests import OfficeRequest


def form_page(request: OfficeRequest, form: Any, *, title: Any, back: str, label: Any, **more: Any) -> HttpResponseBase:
    """A plain form on its page."""
    template = more.pop("template", "web/form.html")
    context = {"form": form, "title": title, "back_url": back, "submit_label": label, **more}
    return render(request, template, context, status=422 if form.errors else 200)
