"""Separator sheets: printed from the portal, laid before each dossier and each document of the stack."""

import io

import qrcode
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET
from qrcode.image.svg import SvgPathImage

from congso.apps.digitization.forms import SeparatorsForm
from congso.apps.digitization.models import Folder
from congso.apps.digitization.rules import code_of
from congso.apps.digitization.views.shared import seen_batch
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404

KINDS = {"h": True, "v": False}
MOST_FOLDERS = 300


@login_required
@require_GET
@found_or_404
def sheets(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The sheets on paper: one for each dossier, and as many for documents as asked (`?first=1&count=20`)."""
    batch = seen_batch(request, pk)
    form = SeparatorsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    first, count = asked.get("first") or 1, asked.get("count")
    count = 10 if count is None else count
    context = {
        "record": batch, "folders": list(Folder.objects.filter(batch=batch)[:MOST_FOLDERS]), "first": first,
        "count": count, "numbers": range(first, first + count), "form": form,
    }  # fmt: skip
    return render(request, "digitization/separators.html", context, status=200 if form.is_valid() else 422)


@login_required
@require_GET
@found_or_404
def square(request: OfficeRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """The square code of one sheet."""
    batch = seen_batch(request, pk)
    if kind not in KINDS or not 1 <= number <= 999_999:
        raise Http404
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4, image_factory=SvgPathImage)
    code.add_data(code_of(batch.key.hex, is_folder=KINDS[kind], number=number))
    code.make(fit=True)
    held = io.BytesIO()
    code.make_image().save(held)
    return HttpResponse(held.getvalue(), content_type="image/svg+xml")
