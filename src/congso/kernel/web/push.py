"""Devices that are woken when something is new: this one added by its own script, any of one's own taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.accounts.sessions import device_of
from congso.kernel.notify.push_devices import PushRefused, add_device, is_push_on, remove_device


@login_required
@require_POST
def add(request: OfficeRequest) -> HttpResponse:
    """Tell this device: its script sends what the browser gave. 422 with the reason when it cannot be."""
    if not is_push_on():
        raise Http404
    told = request.POST
    try:
        made = add_device(
            endpoint=told.get("endpoint", ""),
            p256dh=told.get("p256dh", ""),
            auth=told.get("auth", ""),
            device=device_of(request.headers.get("User-Agent", "")),
            by=request.actor,
            at=timezone.now(),
        )
    except PushRefused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse({"id": made.pk, "device": made.device}, status=201)


@login_required
@require_POST
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Tell this device no more."""
    if not remove_device(pk, by=request.actor):
        raise Http404
    messages.success(request, _("Thiết bị đó không nhận báo nữa."))
    return redirect("web:notice_settings")
