"""Packages out and in."""

from pathlib import Path
from tempfile import TemporaryFile
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import PackageForm
from congso.apps.dossiers.models import Dossier, ReadingLog
from congso.apps.dossiers.services.packaging import export_package
from congso.apps.dossiers.services.reading import note_look
from congso.apps.dossiers.services.restoring import Said, import_package
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.configuration import folder, limits
from congso.kernel.files.spool import work_folder
from congso.kernel.web.asking import fill, found_or_404, who
from congso.kernel.workflow.services import Refused, possible_transitions

LARGEST = 20  # times what one file may be: a dossier holds many


@login_required
@require_GET
@found_or_404
def package_out(request: OfficeRequest, pk: int, kind: str) -> HttpResponseBase:
    """A package for the archive's keeping, another system or a reader: for the archive, and a SIP for the unit."""
    if kind not in ("sip", "aip", "dip", "bagit"):
        raise Http404
    found = queries.dossier_of(pk)
    keys = {one.key for one in possible_transitions(found, held=request.principals)}
    if "place" not in keys and not (kind == "sip" and keys & {"submit", "reopen"}):
        raise Http404
    # Written to disk, not to memory; closed by the answer that streams it.
    file = TemporaryFile(dir=folder("spool"))  # noqa: SIM115
    try:
        name = export_package(found, kind, file, **who(request))
    except Refused as refused:
        file.close()
        messages.error(request, str(refused))
        return redirect("dossiers:detail", pk)
    note_look(found, ReadingLog.Act.EXPORT, **who(request))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@login_required
@require_http_methods(["GET", "POST"])
def package_in(request: OfficeRequest) -> HttpResponseBase:
    """Restore a dossier from a package."""
    archives = queries.archives_kept(request.principals)
    if not archives:
        raise Http404
    form = PackageForm(
        request.POST or None, request.FILES or None, periods=queries.periods(timezone.localdate())
    )  # fmt: skip

    def restore(filled: Form) -> Dossier:
        upload = filled.cleaned_data["file"]
        if upload.size > LARGEST * limits().bytes:
            raise Refused("Gói quá lớn để nhập qua trang này; hãy chia hồ sơ hoặc báo quản trị viên.")
        with work_folder(uuid4()) as work:
            path = Path(work, "package.zip")
            with path.open("wb") as target:
                for chunk in upload.chunks():
                    target.write(chunk)
            said = Said(filled.cleaned_data["title"], filled.cleaned_data["retention"])
            return import_package(path, archives[0], source=upload.name, said=said, **who(request))

    return fill(
        request, form, title=_("Nhập gói lưu trữ"), act=_("Kiểm tra và nhập"), icon="upload", do=restore,
        done=lambda made: reverse("dossiers:detail", args=[made.pk]), back_url=reverse("dossiers:kept"),
    )  # fmt: skip
