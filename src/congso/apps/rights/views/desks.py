"""“Giao bàn làm việc”: a person hands her whole desk over, sees who sits at it and what was done."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.rights.forms import DeskForm
from congso.apps.rights.queries.desks import SHOWN, acts_of, lent_by, lent_to, posts_held
from congso.apps.rights.services import desks
from congso.apps.rights.views.asking import act_and_return, ask_and_act
from congso.kernel.access.models import Delegation
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import posted


@login_required
@require_GET
def desk(request: OfficeRequest) -> HttpResponse:
    """Who sits at my desk, at whose desk I sit."""
    me, today = request.actor.id, timezone.localdate()
    context = {
        "posts": posts_held(me, today),
        "by_me": list(lent_by(me, today)),
        "to_me": list(lent_to(me, today)),
        "today": today,
    }
    return render(request, "rights/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: OfficeRequest) -> HttpResponseBase:
    """Hand the desk over for a period."""
    held = posts_held(request.actor.id, timezone.localdate())
    form = DeskForm(posted(request), held=held)

    def carry_out() -> None:
        data = form.cleaned_data
        chosen = [post for post in held if str(post.pk) in data["posts"]]
        desks.hand_over(
            chosen,
            to=data["person"],
            valid_from=data["valid_from"],
            valid_to=data["until"] + timedelta(days=1),
            reason=data["reason"],
            kind=data["kind"],
            by=request.actor.id,
            at=timezone.now(),
        )

    return ask_and_act(
        request,
        form,
        title=_("Giao bàn làm việc"),
        icon="user-check",
        back_url=reverse("rights:desk"),
        carry_out=carry_out,
        about=_(
            "Người nhận thấy và làm mọi việc của chức vụ trong thời gian này; mỗi việc ghi rõ “thay”."
            " Ai cũng thấy việc giao."
        ),
        done=_("Đã giao bàn làm việc; người nhận, lãnh đạo và văn thư cơ quan được báo."),
    )


@login_required
@require_POST
def take_back(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Mine again from today on."""
    found = get_object_or_404(Delegation.objects.select_related("post__organization", "person"), pk=pk)
    return act_and_return(
        request,
        lambda: desks.take_back(found, by=request.actor.id, at=timezone.now()),
        back_url=reverse("rights:desk"),
        done=_("Đã lấy lại bàn làm việc từ hôm nay."),
    )


@login_required
@require_GET
def acts(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was done and signed for the post while somebody stood in."""
    found = get_object_or_404(Delegation.objects.select_related("post__organization", "person"), pk=pk)
    return render(request, "rights/acts.html", {"delegation": found, "acts": acts_of(found), "most": SHOWN})
