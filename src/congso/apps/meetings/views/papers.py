"""Papers brought to an item, and one's own notes on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.meetings import services
from congso.apps.meetings.forms import MarkForm, PaperForm
from congso.apps.meetings.models import PaperNote
from congso.apps.meetings.queries import version_of
from congso.apps.meetings.views.requests import can, opened_item
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, press, who
from congso.kernel.workflow.services import Refused


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def bring(request: OfficeRequest, item: int) -> HttpResponseBase:
    """A paper, or a new version of one; it is read first, then it stands on the item."""
    found = opened_item(request, item)
    if not can(request, found, "bring"):
        raise Http404
    back = reverse("meetings:item", args=[item])

    def take(form: PaperForm) -> object:
        file = form.cleaned_data["file"]
        return services.bring_paper(
            found, file.chunks(), name=file.name or "", title=form.cleaned_data["title"], size=file.size or 0,
            **who(request),
        )  # fmt: skip

    return fill(
        request, PaperForm(posted(request), request.FILES or None), title=_("Nộp tài liệu"), act=_("Nộp"),
        icon="upload", do=take, done=lambda _made: back, back_url=back,
        told=_("Đã nhận tệp; đọc và kiểm tra xong sẽ hiện trong tài liệu."),
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def note(request: OfficeRequest, item: int) -> HttpResponseBase:
    """A note for oneself."""
    found = opened_item(request, item)
    version, page = request.POST.get("version", ""), request.POST.get("page", "") or "0"
    if not _is_number(version) or not _is_number(page):
        messages.error(request, _("Hãy chọn tài liệu và ghi số trang."))
        return redirect(reverse("meetings:item", args=[item]))
    kept = version_of(found, int(version))
    return press(
        request,
        lambda: services.note_on_paper(
            found, kept, page=min(int(page), services.MOST_PAGES), text=request.POST.get("text", ""), **who(request)
        ),
        _("Đã ghi chú; chỉ mình bạn xem được."), f"{reverse('meetings:item', args=[item])}#ghi-chu",
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def erase(request: OfficeRequest, item: int, note: int) -> HttpResponseBase:
    """Take one's note away."""
    found = PaperNote.objects.get(pk=note, version__paper__item=item, person=request.actor.person_id)
    back = f"{reverse('meetings:item', args=[item])}#ghi-chu"
    return press(request, lambda: services.erase_note(found), _("Đã xóa ghi chú."), back)


@login_required
@require_POST
@found_or_404
def mark(request: OfficeRequest, item: int) -> HttpResponseBase:
    """A highlight for oneself, drawn on the page by the script; refusals are answered in words."""
    found = opened_item(request, item)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("Hãy kéo trên trang để chọn chỗ đánh dấu.")}, status=422)
    told = form.cleaned_data
    version = version_of(found, told["version"])
    box = services.Box(told["left"], told["top"], told["width"], told["height"])
    try:
        made = services.mark_on_paper(found, version, page=told["page"], box=box, text=told["text"], **who(request))
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"id": made.pk}, status=201)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18
