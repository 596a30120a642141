"""Tells the device what it may keep, and whose it is."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse

from congso.kernel.access.openings import holds_opening
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.offline.once import done_once
from congso.kernel.offline.policy import KEEP, WHOSE, device_keeps, may_be_kept, person_tag
from congso.kernel.records.models import Record


class Offline:
    """Marks answers a device may keep; sends acts with a key through `once`."""

    def __init__(self, get_response: Callable[[OfficeRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        if request.method == "POST" and request.token is None and request.user.is_authenticated:
            response = done_once(request, self.get_response)
            if request.path_info == reverse("account_logout"):
                response["Clear-Site-Data"] = '"storage"'  # beside the service worker, which may not be there
            return response
        response = self.get_response(request)
        if request.method == "GET" and device_keeps(request) and request.user.is_authenticated:
            _mark(request, response)
        return response


def _mark(request: OfficeRequest, response: HttpResponse) -> None:
    response[WHOSE] = person_tag(request.actor.id)
    shown = getattr(request, "shown_record", None)
    if shown is None or response.status_code != 200 or request.is_factor_pending:
        return
    if holds_opening(request.principals):  # what is seen for hours must not outlive them on a device
        return
    record = Record.objects.select_related("owner").filter(pk=shown).first()
    if record is not None and may_be_kept(record):
        response[KEEP] = f"keep; record={record.pk}"
