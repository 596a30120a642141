"""Answering the invitation; deciding who sits in for whom."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.meetings import services
from congso.apps.meetings.forms import ReplyForm
from congso.apps.meetings.models import Capacity, Reply
from congso.apps.meetings.queries import participant_of
from congso.apps.meetings.views.requests import can, opened
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, who
from congso.kernel.web.forms import NoteForm


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def reply(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Coming, absent with a reason, or somebody in one's place."""
    meeting = opened(request, pk)
    own = participant_of(meeting, request.actor.person_id)
    if own is None or own.capacity == Capacity.DELEGATE:
        raise Http404
    last = own.replies.order_by("-id").first()
    initial = {"answer": last.answer, "reason": last.reason, "mandate": last.mandate} if last else None
    back = reverse("meetings:detail", args=[pk])
    return fill(
        request, ReplyForm(posted(request), initial=initial), title=_("Trả lời giấy mời"), act=_("Trả lời"),
        icon="send", template="meetings/form.html",
        do=lambda form: services.reply_to(meeting, **form.cleaned_data, **who(request)),
        done=lambda _made: back, back_url=back, told=_("Đã trả lời giấy mời."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def decide(request: OfficeRequest, pk: int, reply: int) -> HttpResponseBase:
    """Agree that somebody sits in, or not."""
    meeting = opened(request, pk)
    if not can(request, meeting, "decide"):
        raise Http404
    asked = Reply.objects.select_related("participant").get(pk=reply, participant__meeting=pk)
    back = reverse("meetings:detail", args=[pk])
    is_granted = request.POST.get("refuse") is None
    return fill(
        request, NoteForm(posted(request)), title=_("Người dự thay"), act=_("Đồng ý"), icon="check",
        template="meetings/decide.html", asked=asked,
        do=lambda form: services.decide_delegate(
            meeting, asked, is_granted=is_granted, note=form.cleaned_data["note"], **who(request)
        ),
        done=lambda _made: back, back_url=back, told=_("Đã ghi."),
    )  # fmt: skip
