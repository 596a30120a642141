"""Scanned pages: what became of each, the picture, the words put right on it."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.digitization import queries, services
from congso.apps.digitization.models import Page, PageState
from congso.apps.digitization.views.shared import keys_of, seen_batch
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files import spool
from congso.kernel.files.configuration import folder, limits, store
from congso.kernel.files.reading.preview import nearest_width
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.reading.scans.reading import Pose, draw_scan
from congso.kernel.files.store import StorageAway
from congso.kernel.files.views import away_answer
from congso.kernel.web.asking import fill, found_or_404, posted, press, who
from congso.kernel.web.forms import ReasonForm
from congso.kernel.workflow.services import Refused

A_PAGE = 100
LOW = 0.8
SHOWN_WIDTH = 1600
_SANDBOX = "default-src 'none'; sandbox"


@login_required
@require_GET
@found_or_404
def listed(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The pages of the stack in their order, or those of one state; what was put aside can be taken back."""
    batch = seen_batch(request, pk)
    state = request.GET.get("trang-thai", "")
    rows = queries.pages_of(batch).select_related("copy")
    if state in PageState.values:
        rows = rows.filter(state=state)
    counts = queries.counts_of(batch)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "record": batch, "found": found, "state": state, "keys": keys_of(request, batch),
        "states": [(value, label, counts.of(value)) for value, label in PageState.choices if counts.of(value)],
        "total": counts.total,
    }  # fmt: skip
    return render(request, "digitization/pages.html", context)


@login_required
@require_GET
@found_or_404
def next_page(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """On to the next page to be read against its picture."""
    batch = seen_batch(request, pk)
    found = queries.to_proofread(batch).values_list("pk", flat=True).first()
    if found is None:
        found = (
            batch.page_rows.filter(state=PageState.READ, copy__isnull=False, proofread_at__isnull=True)
            .exclude(copy__state="dropped").order_by("place").values_list("pk", flat=True).first()
        )  # fmt: skip
        if found is None or batch.page_rows.filter(proofread_at__isnull=False).exists():
            messages.info(request, _("Không còn trang nào trong mẫu chờ soát chữ."))
            return redirect("digitization:detail", pk)
    return redirect("digitization:page", found)


@login_required
@require_GET
@found_or_404
def show(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One page: its picture, its words, the word being put right (`?chu=`)."""
    page = _seen(request, pk)
    words = queries.words_of([page])[page.pk]
    asked = request.GET.get("chu", "")
    low = [at for at, word in enumerate(words) if word[5] < LOW]
    first = low[0] if low else 0
    at = int(asked) if asked.isascii() and asked.isdigit() and int(asked) < len(words) else first
    context = {
        "page": page, "record": page.batch, "copy": page.copy, "lines": _lines(words, page), "at": at,
        "current": _word(words[at], page, at) if words else None, "low_count": len(low), "word_count": len(words),
        "may_correct": page.copy is not None and "correct" in keys_of(request, page.copy),
        "picture": reverse("digitization:picture", args=[page.pk, SHOWN_WIDTH]),
        "next_low": next((one for one in low if one > at), None), **_neighbours(page),
    }  # fmt: skip
    return render(request, "digitization/page.html", context)


@login_required
@require_GET
@found_or_404
def picture(request: OfficeRequest, pk: int, width: int) -> HttpResponseBase:
    """The page set straight, as a picture; drawn once, then kept. One that bears a mark of secrecy is not shown."""
    page = queries.page_of(pk)
    if page.state == PageState.SUSPECT:
        raise Http404
    pose = Pose(page.number, page.turn, page.skew, page.dpi or page.batch.dpi)
    sha256, wide = page.scan.attachment.blob_id, nearest_width(width)
    tag = f'"{sha256}-{page.number}-{page.turn}-{page.skew}-{wide}"'
    if request.headers.get("If-None-Match") == tag:
        return _secured(HttpResponse(status=304), tag)
    try:
        drawn = _drawn(sha256, pose, wide)
    except FileNotFoundError:
        return HttpResponse(_("Tệp quét không còn trong kho."), status=410, content_type="text/plain; charset=utf-8")
    except FileRefused as refused:
        return HttpResponse(refused.message_vi, status=422, content_type="text/plain; charset=utf-8")
    except StorageAway as away:
        return away_answer(away)
    return _secured(FileResponse(drawn.open("rb"), content_type="image/webp"), tag)


@login_required
@require_POST
@found_or_404
def correct(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Put one word right; answers JSON to the script, else goes on to the next word."""
    page = _seen(request, pk)
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    try:
        box = _box(request)
        text, was = request.POST.get("text", ""), request.POST.get("was", "")
        made = services.correct_word(page, box, text, was=was, **who(request))
    except Refused as refusal:
        if is_script:
            return JsonResponse({"message": str(refusal)}, status=422)
        messages.error(request, str(refusal))
        return redirect("digitization:page", pk)
    if is_script:
        return JsonResponse({"text": made.text})
    after = request.POST.get("next", "")
    return redirect(reverse("digitization:page", args=[pk]) + (f"?chu={int(after)}" if _is_small(after) else ""))


@login_required
@require_POST
@found_or_404
def finish(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The page was read through; on to the next."""
    page = _seen(request, pk)
    try:
        wrong, letters = services.finish_page(page, **who(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("digitization:page", pk)
    messages.success(request, _("Đã soát xong: sai %(wrong)s trong %(letters)s chữ cái.") % {
        "wrong": wrong, "letters": letters})  # fmt: skip
    return redirect("digitization:proofread", page.batch_id)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def drop(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Put a page aside, with the reason."""
    page = _seen(request, pk)
    back = reverse("digitization:pages", args=[page.batch_id])
    return fill(
        request, ReasonForm(posted(request)), title=_("Bỏ trang"), act=_("Bỏ trang"), back_url=back, icon="trash",
        do=lambda form: services.drop_page(page, note=form.cleaned_data["note"], **who(request)),
        done=lambda _made: back,
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def restore(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take a page back that was put aside."""
    page = _seen(request, pk)
    back = reverse("digitization:pages", args=[page.batch_id])
    return press(request, lambda: services.restore_page(page, **who(request)), _("Đã lấy lại trang."), back)


def _seen(request: OfficeRequest, pk: int) -> Page:
    page = queries.page_of(pk)
    request.shown_record = page.batch_id
    return page


def _box(request: OfficeRequest) -> tuple[float, float, float, float]:
    try:
        left, top, right, bottom = (float(request.POST.get(side, "")) for side in ("left", "top", "right", "bottom"))
    except ValueError:
        raise Refused("Vị trí sửa không nằm trên trang.") from None
    return left, top, right, bottom


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _lines(words: list[list[Any]], page: Page) -> list[list[dict[str, Any]]]:
    lines: dict[int, list[dict[str, Any]]] = {}
    for at, word in enumerate(words):
        lines.setdefault(int(word[6]), []).append(_word(word, page, at))
    return list(lines.values())


def _word(word: list[Any], page: Page, at: int) -> dict[str, Any]:
    """A word for templates; the box in percent of the page, written with a point whatever the language."""
    wide, high = page.width or 595.0, page.height or 842.0
    box = (
        100 * word[1] / wide,
        100 * word[2] / high,
        100 * (word[3] - word[1]) / wide,
        100 * (word[4] - word[2]) / high,
    )
    return {
        "at": at, "text": word[0], "is_low": word[5] < LOW, "box": " ".join(f"{side:.2f}" for side in box),
        "left": f"{word[1]}", "top": f"{word[2]}", "right": f"{word[3]}", "bottom": f"{word[4]}",
    }  # fmt: skip


def _neighbours(page: Page) -> dict[str, Any]:
    if page.copy_id is None:
        return {}
    rows = Page.objects.filter(copy=page.copy_id, copy_page__isnull=False)
    return {
        "before": rows.filter(copy_page__lt=page.copy_page).order_by("-copy_page").values_list("pk", flat=True).first(),
        "after": rows.filter(copy_page__gt=page.copy_page).order_by("copy_page").values_list("pk", flat=True).first(),
    }


def _drawn(sha256: str, pose: Pose, width: int) -> Path:
    name = f"{sha256}-{pose.number}-{pose.turn}-{pose.skew:+.1f}-{width}.scan.webp"
    kept = folder("pictures") / sha256[:2] / name
    if kept.exists():
        return kept
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    with spool.work_folder(uuid4()) as work:
        made = work / "page.webp"
        try:
            with store().local(sha256) as path:
                draw_scan(path, pose, width=width, into=made, limits=limits(), work=work)
        except IndexError as error:
            raise Http404 from error
        made.replace(kept)
    return kept


def _secured(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
