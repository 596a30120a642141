"""Certified copies: the archive seals them with one PIN, the asker downloads them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.dossiers import queries
from congso.apps.dossiers.models import CertifiedCopy, Dossier, ReadingLog
from congso.apps.dossiers.services import certifying as services
from congso.apps.dossiers.services.reading import note_look
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.configuration import store
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import found_or_404, who
from congso.kernel.workflow.services import Refused, possible_transitions


@login_required
@require_POST
@found_or_404
def certify(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Mark the copies that are missing and go on to the page that asks for the PIN."""
    wish = queries.readings().get(pk=pk)
    if "certify" not in {one.key for one in possible_transitions(wish, held=request.principals)}:
        raise Http404
    typed = request.POST.get("credential", "")
    chosen = next((one for one in credentials_of(active=True) if str(one.pk) == typed), None)
    if chosen is None:
        messages.error(request, _("Hãy chọn chứng thư số của lưu trữ."))
        return redirect("dossiers:reading", pk)
    try:
        batch = services.certify(wish, credential=chosen, **who(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("dossiers:reading", pk)
    return redirect("signing:batch", batch.pk)


@login_required
@require_GET
@found_or_404
def download(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A certified copy, until the reading's days are over. The download is kept."""
    copy = CertifiedCopy.objects.select_related("reading", "file").get(pk=pk)
    dossier = Dossier(pk=copy.reading.wanted_id, owner_id=copy.reading.owner_id)
    note_look(dossier, ReadingLog.Act.DOWNLOAD, file=copy.file, **who(request))
    response = FileResponse(store().open(copy.blob_id), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="ban-xac-thuc-{pk}.pdf"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
