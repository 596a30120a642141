"""The checkpoints: their list, one on paper, its file, its square code; closing the book now."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.security import queries
from congso.apps.security.services import close_book
from congso.apps.security.views.entries import download
from congso.apps.security.views.requests import auditors_only
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.journal.chain import digest_of
from congso.kernel.journal.delivering import file_name, targets
from congso.kernel.journal.exporting import checkpoint_file
from congso.kernel.journal.models import Checkpoint
from congso.kernel.journal.printing import square_code as drawn
from congso.kernel.workflow.services import Refused


@auditors_only
@require_GET
def listed(request: OfficeRequest) -> HttpResponse:
    """Checkpoints, the newest first, and whether each has arrived elsewhere."""
    before = request.GET.get("truoc", "")
    found = queries.recent_checkpoints(
        int(before) if before.isascii() and before.isdigit() and len(before) < 9 else None
    )
    page = found[: queries.PAGE]
    context = {
        "checkpoints": page,
        "older": page[-1].number if len(found) > queries.PAGE else 0,
        "is_paged": bool(before),
        "has_targets": bool(targets()),
        "tab": "checkpoints",
    }
    return render(request, "security/checkpoints.html", context)


@auditors_only
@require_POST
def close(request: OfficeRequest) -> HttpResponse:
    """Close the book now."""
    try:
        made = close_book(by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("security:checkpoints")
    messages.success(request, _("Đã chốt sổ: biên bản số %(number)s.") % {"number": made.number})
    return redirect("security:checkpoint", made.number)


@auditors_only
@require_GET
def paper(request: OfficeRequest, number: int) -> HttpResponse:
    """A checkpoint as an official paper, A4."""
    found = queries.paper_of(get_object_or_404(Checkpoint, pk=number))
    if found is None:
        raise Http404
    context = {"paper": found, "top": queries.top_organization(), "printed_at": timezone.now(), "tab": "checkpoints"}
    return render(request, "security/checkpoint.html", context)


@auditors_only
@require_GET
def file(request: OfficeRequest, number: int) -> HttpResponse:
    """The signed text with what is needed to check it."""
    found = get_object_or_404(Checkpoint, pk=number)
    return download(checkpoint_file(found), file_name(found))


@auditors_only
@require_GET
def square_code(request: OfficeRequest, number: int) -> HttpResponse:
    """Number and digest of the paper, for a phone's camera."""
    found = get_object_or_404(Checkpoint, pk=number)
    return HttpResponse(drawn(f"congso {number} {digest_of('', found.body)}"), content_type="image/svg+xml")
