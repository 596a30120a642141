"""A whole personnel list: compared and shown first, then carried out in the background."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.organizations.forms import FeedForm
from congso.kernel.access.principals import Role
from congso.kernel.accounts.models import Feed, FeedRow
from congso.kernel.accounts.provisioning import FeedRefused, compare, stage, summary_of
from congso.kernel.accounts.provisioning.comparing import WORDS
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.jobs.services import queue_job
from congso.kernel.web.navigation import holds_role
from congso.kernel.web.views import forbidden

SHOWN = 200


@login_required
@require_http_methods(["GET", "POST"])
def feeds(request: OfficeRequest) -> HttpResponse:
    """The lists of before, and a new one to compare."""
    if not holds_role(request, Role.ADMINISTRATOR):
        return forbidden(request)
    form = FeedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, on = form.cleaned_data["file"], form.cleaned_data["on"]
        try:
            feed = stage(file.file, name=file.name, on=on, by=request.actor.id, at=timezone.now())
            compare(feed)
        except FeedRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("organizations:feed", feed.pk)
    context = {
        "form": form, "title": _("Nguồn nhân sự"), "feeds": Feed.objects.select_related("made_by").order_by("-id")[:20],
        "submit_label": _("Đối chiếu"), "submit_icon": "eye", "back_url": reverse("organizations:tree"),
    }  # fmt: skip
    return render(request, "organizations/feeds.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def feed(request: OfficeRequest, pk: int) -> HttpResponse:
    """What one list would do or has done, and which rows were not taken, with the reason."""
    found = get_object_or_404(Feed.objects.select_related("made_by"), pk=pk)
    rows = FeedRow.objects.filter(feed=found)
    sound = rows.filter(problem="").exclude(acts=[])
    context: dict[str, Any] = {
        "feed": found, "summary": summary_of(found), "most": SHOWN,
        "problems": rows.filter(line__gt=0).exclude(problem="").order_by("line")[:SHOWN],
        "changes": [(row, [WORDS[act] for act in row.acts]) for row in sound.order_by("-line", "id")[:SHOWN]],
        "done": sound.filter(done_at__isnull=False).count(), "total": sound.count(),
        "may_carry_out": found.made_by_id == request.actor.person_id and found.state != Feed.State.DONE,
    }  # fmt: skip
    return render(request, "organizations/feed.html", context)


@login_required
@require_POST
def carry_out(request: OfficeRequest, pk: int) -> HttpResponse:
    """Queue what the list says; a list that closes too many needs its own tick."""
    found = get_object_or_404(Feed, pk=pk, made_by_id=request.actor.person_id)
    confirmed = "confirmed" in request.POST
    if summary_of(found).is_suspicious and not confirmed:
        messages.error(request, _("Tệp đóng nhiều tài khoản hơn mức bình thường; hãy kiểm tra rồi đánh dấu xác nhận."))
        return redirect("organizations:feed", pk)
    queue_job(
        "organizations.carry_out_feed", label=_("Nguồn nhân sự %(name)s") % {"name": found.name}, by=request.actor,
        at=timezone.now(), arguments={"feed_id": pk, "confirmed": confirmed},
    )  # fmt: skip
    messages.success(request, _("Đang thực hiện; có thể rời trang, việc vẫn tiếp tục."))
    return redirect("organizations:feed", pk)
