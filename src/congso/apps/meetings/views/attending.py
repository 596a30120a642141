"""Attendance: the secretary's list, and one's own phone before the code of the room."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.meetings import services
from congso.apps.meetings.forms import PresenceForm
from congso.apps.meetings.models import Participant, PresenceKind
from congso.apps.meetings.queries import attendance_of, participant_of
from congso.apps.meetings.views.requests import opened, runs
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, press, who
from congso.kernel.workflow.services import Refused


@login_required
@require_GET
@found_or_404
def attendance(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Everybody convened, with a button each."""
    meeting = opened(request, pk)
    context = {
        "record": meeting, "attendance": attendance_of(meeting),
        "may_note": runs(request, meeting) and meeting.state in ("convened", "open", "closed"),
    }  # fmt: skip
    return render(request, "meetings/attendance.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def note(request: OfficeRequest, pk: int, participant: int) -> HttpResponseBase:
    """Came, left: one press. With another hour, or noted by mistake: the form, with the reason."""
    meeting = opened(request, pk)
    if not runs(request, meeting):
        raise Http404
    who_came = Participant.objects.get(pk=participant, meeting=pk)
    back = f"{reverse('meetings:attendance', args=[pk])}#p{participant}"
    kind = request.POST.get("now", "")
    if kind in (PresenceKind.CAME, PresenceKind.LEFT):
        return press(
            request, lambda: services.note_presence(meeting, who_came, kind, **who(request)), _("Đã ghi."), back
        )
    rows = list(who_came.presences.order_by("id"))
    return fill(
        request, PresenceForm(posted(request)), title=_("Sửa điểm danh"), act=_("Ghi"),
        template="meetings/presence.html",
        do=lambda form: services.note_presence(
            meeting, who_came, form.cleaned_data["kind"], when=form.moment(meeting.opened_on),
            reason=form.cleaned_data["reason"], **who(request),
        ),
        done=lambda _made: back, back_url=back, participant=who_came, rows=rows,
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def come(request: OfficeRequest, pk: int, code: str) -> HttpResponseBase:
    """What a phone opens from the code: looking notes nothing, pressing does."""
    meeting = opened(request, pk)
    if participant_of(meeting, request.actor.person_id) is None:
        raise Http404
    context = {"record": meeting, "given": "", "problem": "", "is_done": False}
    try:
        if request.method == "POST":
            services.come_by_code(meeting, request.POST.get("given", ""), **who(request))
            return redirect(reverse("meetings:room", args=[pk]))
        context["given"] = services.pass_for(meeting, code, by=request.actor)
    except Refused as refusal:
        context["problem"] = str(refusal)
    return render(request, "meetings/come.html", context, status=422 if context["problem"] else 200)
