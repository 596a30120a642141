"""Files over HTTP. The row is loaded inside the request's transaction, so row-level security decides; only then
is the file opened. What streams afterwards is bytes already permitted, never a query.
"""

from pathlib import Path
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files import spool
from congso.kernel.files.configuration import folder, limits, store
from congso.kernel.files.models import Attachment, Blob, QuarantineItem, Upload
from congso.kernel.files.reading.preview import draw_page, nearest_width
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.services import NotPossible, open_quarantined, retry_upload
from congso.kernel.files.store import StorageAway
from congso.kernel.records.types import url_of

# A document opened in the browser gets no script, no form, no request of its own, whatever it holds.
_SANDBOX = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"
# The browsers' own PDF viewers do not run inside a sandbox; they run no script of the page either.
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:"
_INLINE = {"application/pdf": _PDF_POLICY, **dict.fromkeys(("image/jpeg", "image/png", "image/webp"), _SANDBOX)}


@login_required
@require_GET
def download(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The file itself, under the name it came with."""
    attachment = get_object_or_404(Attachment.objects.select_related("blob"), pk=pk)
    return answer_file(request, attachment.blob, attachment.name, as_attachment=True)


@login_required
@require_GET
def view(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The file in the browser where that is safe (PDF, JPEG, PNG); otherwise a download."""
    attachment = get_object_or_404(Attachment.objects.select_related("blob"), pk=pk)
    request.shown_record = attachment.record_id
    return answer_file(request, attachment.blob, attachment.name, as_attachment=False)


@login_required
@require_GET
def page(request: OfficeRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    """One page as a picture; drawn once, then kept."""
    attachment = get_object_or_404(Attachment.objects.select_related("blob"), pk=pk)
    request.shown_record = attachment.record_id
    return answer_page(request, attachment.blob, number, width)


def answer_page(request: OfficeRequest, blob: Blob, number: int, width: int) -> HttpResponseBase:
    """One page of a PDF as a picture, for a view that has decided that the asker may read it. Raises Http404."""
    if not blob.is_pdf or not 1 <= number <= blob.pages:
        raise Http404
    wide = nearest_width(width)
    tag = f'"{blob.sha256}-{number}-{wide}"'
    if request.headers.get("If-None-Match") == tag:
        return _secured(HttpResponseNotModified(), tag, _SANDBOX)
    try:
        picture = _picture(blob, number, wide)
    except FileNotFoundError:
        return _gone()
    except Refused as refused:
        return HttpResponse(refused.message_vi, status=422, content_type="text/plain; charset=utf-8")
    except StorageAway as away:
        return away_answer(away)
    return _secured(FileResponse(picture.open("rb"), content_type="image/webp"), tag, _SANDBOX)


def _gone() -> HttpResponse:
    """The row stays, the bytes do not: destroyed by decision, or lost and told to the archive by the nightly check."""
    words = "Tệp không còn trong kho: đã hủy theo quyết định hủy tài liệu, hoặc kho đang hỏng. Hãy hỏi cán bộ lưu trữ."
    return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")


def _picture(blob: Blob, number: int, width: int) -> Path:
    kept = folder("pictures") / blob.sha256[:2] / f"{blob.sha256}-{number}-{width}.webp"
    if kept.exists():
        return kept
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    with spool.work_folder(uuid4()) as work:
        made = work / "page.webp"
        try:
            with store().local(blob.sha256) as path:
                draw_page(path, number, width=width, into=made, limits=limits(), work=work)
        except IndexError as error:
            raise Http404 from error
        made.replace(kept)
    return kept


def answer_file(request: OfficeRequest, blob: Blob, name: str, *, as_attachment: bool) -> HttpResponseBase:
    """The bytes, for a view that has decided that the asker may have them; what is not safe inline is a download."""
    as_attachment = as_attachment or blob.media_type not in _INLINE
    tag = f'"{blob.sha256}"'
    policy = _SANDBOX if as_attachment else _INLINE[blob.media_type]
    if request.headers.get("If-None-Match") == tag:
        return _secured(HttpResponseNotModified(), tag, policy)
    media_type = "application/octet-stream" if as_attachment else blob.media_type
    try:
        opened = store().open(blob.sha256)
    except FileNotFoundError:
        return _gone()
    except StorageAway as away:
        return away_answer(away)
    response = FileResponse(opened, as_attachment=as_attachment, filename=name, content_type=media_type)
    return _secured(response, tag, policy)


def away_answer(away: StorageAway) -> HttpResponse:
    """What a person reads when the store of files does not answer: come back soon."""
    answer = HttpResponse(away.message_vi, status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = "60"
    return answer


def _secured(response: HttpResponseBase, tag: str, policy: str) -> HttpResponseBase:
    response["ETag"] = tag
    # Kept by the person's own browser, but asked again each time: access may have ended.
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def progress(request: OfficeRequest, pk: int) -> JsonResponse:
    """How far an upload is, for the row that shows it."""
    return JsonResponse(state_of(get_object_or_404(Upload.objects.select_related("job", "record"), pk=pk)))


@login_required
@require_POST
def retry(request: OfficeRequest, pk: int) -> JsonResponse:
    """Read an upload again."""
    upload = get_object_or_404(Upload, pk=pk)
    try:
        retry_upload(upload, by=request.actor, at=timezone.now())
    except NotPossible as impossible:
        return JsonResponse({"message": str(impossible)}, status=409)
    return JsonResponse(state_of(upload))


def state_of(upload: Upload) -> dict[str, object]:
    """What the uploading page shows of one file: its name, state, message and where it went."""
    running = upload.job if upload.state == Upload.State.READING else None
    return {
        "id": upload.pk,
        "name": upload.name,
        "state": upload.state,
        "message": upload.message or (running.message if running else ""),
        "done": running.done if running else 0,
        "total": running.total if running else 0,
        "url": url_of(upload.record) if upload.record else "",
        "progress_url": reverse("files:progress", args=[upload.pk]),
        "retry_url": reverse("files:retry", args=[upload.pk]),
    }


@login_required
@require_GET
def quarantined(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The file in quarantine, for the secrecy officer alone; each look is journaled."""
    item = get_object_or_404(QuarantineItem, pk=pk)
    try:
        path = open_quarantined(item, by=request.actor, at=timezone.now())
    except NotPossible as gone:
        raise Http404(str(gone)) from gone
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=item.name, content_type="application/octet-stream"
    )
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = _SANDBOX
    return response
