"""The points of the conclusion."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.meetings import services
from congso.apps.meetings.forms import ConclusionForm
from congso.apps.meetings.views.requests import can, opened
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, who


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def new(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One more point."""
    meeting, back = opened(request, pk), f"{reverse('meetings:detail', args=[pk])}#ket-luan"
    if not can(request, meeting, "write"):
        raise Http404
    return fill(
        request, ConclusionForm(posted(request), meeting=meeting), title=_("Ghi kết luận"), act=_("Ghi"), icon="plus",
        template="meetings/form.html", do=lambda form: services.conclude_point(meeting, form.told(), **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def change(request: OfficeRequest, pk: int, conclusion: int) -> HttpResponseBase:
    """Say a point otherwise."""
    meeting, back = opened(request, pk), f"{reverse('meetings:detail', args=[pk])}#ket-luan"
    if not can(request, meeting, "write"):
        raise Http404
    found = meeting.conclusions.select_related("lead").get(pk=conclusion)
    return fill(
        request, ConclusionForm(posted(request), meeting=meeting, conclusion=found), title=_("Sửa kết luận"),
        act=_("Lưu"), template="meetings/form.html",
        do=lambda form: services.change_point(found, form.told(), **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip
