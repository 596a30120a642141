"""Whether the book holds: readings of it, copies elsewhere, the SIEM, the keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.security.queries import standing_of_book
from congso.apps.security.services import ask_verification
from congso.apps.security.views.requests import auditors_only
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.journal.keys import public_pem
from congso.kernel.journal.models import Key


@auditors_only
@require_GET
def standing(request: OfficeRequest) -> HttpResponse:
    """All of it on one page."""
    return render(request, "security/standing.html", standing_of_book(request.actor.id) | {"tab": "standing"})


@auditors_only
@require_POST
def verify(request: OfficeRequest) -> HttpResponse:
    """Have the whole book read now."""
    ask_verification(by=request.actor, at=timezone.now())
    messages.success(request, _("Đang đọc cả sổ; kết quả hiện ở trang này khi xong."))
    return redirect("security:standing")


@auditors_only
@require_GET
def public_key(request: OfficeRequest, fingerprint: str) -> HttpResponse:
    """A public key, as other programs read it."""
    key = get_object_or_404(Key, pk=fingerprint)
    response = HttpResponse(public_pem(key.statement), content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="{key.fingerprint[:16]}.pem"'
    return response
