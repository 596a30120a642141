"""While the body sits: the room on everybody's device, the big screen, speaking, opinions.

The moving parts are fragments drawn from the database. A page asks for its part when it is told that something happened
and every half minute besides, naming how many things it knows of: with nothing new the answer is empty (204).
"""

import io
from typing import Any

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from qrcode.image.svg import SvgPathImage

from congso.apps.meetings import services
from congso.apps.meetings.forms import OpinionForm
from congso.apps.meetings.models import Item, Meeting, Opinion, Participant, Speech
from congso.apps.meetings.queries import (
    attendance_of,
    ballots_of,
    latest_events,
    participant_of,
    queue_of,
    running_item,
    tag_of,
    verdict_of,
)
from congso.apps.meetings.views.requests import opened, runs
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.web.asking import fill, found_or_404, posted, press, who


@login_required
@require_GET
@found_or_404
def room(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The room on one's device: what is taken up, one's part in it, what there is to press."""
    return render(request, "meetings/room.html", _room(request, opened(request, pk)))


@never_cache
@login_required
@require_GET
@found_or_404
def room_part(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Its moving part, or nothing when nothing happened."""
    return _part(request, pk, "meetings/_room.html", _room)


@login_required
@require_GET
@found_or_404
def screen(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The big screen of the room."""
    return render(request, "meetings/screen.html", _screen(request, opened(request, pk)))


@never_cache
@login_required
@require_GET
@found_or_404
def screen_part(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Its moving part, or nothing when nothing happened."""
    return _part(request, pk, "meetings/_screen.html", _screen)


@never_cache
@login_required
@require_GET
@found_or_404
def square(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The code by which a phone notes that its owner is here; for who runs the meeting, on the room's screen."""
    meeting = opened(request, pk)
    if not runs(request, meeting):
        raise Http404
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, image_factory=SvgPathImage)
    code.add_data(f"{settings.SITE_URL}{reverse('meetings:come', args=[pk, services.room_code(meeting)])}")
    code.make(fit=True)
    held = io.BytesIO()
    code.make_image().save(held)
    return HttpResponse(held.getvalue(), content_type="image/svg+xml")


@login_required
@require_POST
@found_or_404
def ask_to_speak(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Join the queue."""
    meeting, item = opened(request, pk), _named_item(request, pk)
    if item is None:
        return _no_item(request, pk)
    about = request.POST.get("about", "")
    return _pressed(
        request, meeting, lambda: services.ask_to_speak(meeting, item, about=about, **who(request)),
        _("Đã đăng ký phát biểu."),
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def speech(request: OfficeRequest, pk: int, speech: int, how: str) -> HttpResponseBase:
    """Give the word, end it, leave the queue."""
    meeting = opened(request, pk)
    found = Speech.objects.select_related("participant").get(pk=speech, meeting=pk)
    match how:
        case "moi":
            return _pressed(
                request, meeting, lambda: services.call_speaker(meeting, found, **who(request)), _("Đã mời phát biểu.")
            )
        case "xong":
            return _pressed(request, meeting, lambda: services.end_speech(meeting, **who(request)), _("Đã ghi."))
        case "rut":
            return _pressed(
                request, meeting, lambda: services.drop_request(meeting, found, **who(request)), _("Đã rút đăng ký.")
            )
        case _:
            raise Http404


@login_required
@require_POST
@found_or_404
def opinion(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Keep what was said: one's own words, or by the secretary somebody else's."""
    meeting, item = opened(request, pk), _named_item(request, pk)
    if item is None:
        return _no_item(request, pk)
    named = request.POST.get("speaker", "")
    speaker = Participant.objects.get(pk=int(named), meeting=pk) if _is_number(named) else None
    text = request.POST.get("text", "")
    back = reverse("meetings:minutes" if request.POST.get("minutes") else "meetings:room", args=[pk])
    return press(
        request, lambda: services.write_opinion(meeting, item, text, speaker=speaker, **who(request)),
        _("Đã ghi ý kiến."), back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def change_opinion(request: OfficeRequest, pk: int, opinion: int) -> HttpResponseBase:
    """Say it better; who wrote it."""
    meeting = opened(request, pk)
    found = Opinion.objects.get(pk=opinion, meeting=pk, by=request.actor.person_id)
    back = reverse("meetings:minutes", args=[pk])
    return fill(
        request, OpinionForm(posted(request), initial={"text": found.text}), title=_("Sửa ý kiến"), act=_("Lưu"),
        do=lambda form: services.change_opinion(meeting, found, form.cleaned_data["text"], **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


def _pressed(request: OfficeRequest, meeting: Meeting, do: Any, done: str) -> HttpResponseBase:
    return press(request, do, done, reverse("meetings:room", args=[meeting.pk]))


def _named_item(request: OfficeRequest, pk: int) -> Item | None:
    """The item the form names; None when it names none. Raises Item.DoesNotExist."""
    named = request.POST.get("item", "")
    return Item.objects.get(pk=int(named), sitting=pk) if _is_number(named) else None


def _no_item(request: OfficeRequest, pk: int) -> HttpResponseBase:
    messages.error(request, _("Hãy chọn nội dung họp."))
    return redirect(reverse("meetings:room", args=[pk]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _part(request: OfficeRequest, pk: int, template: str, told: Any) -> HttpResponseBase:
    known = request.GET.get("biet", "")
    if not Record.objects.filter(pk=pk).exists():
        raise Http404
    if known == str(tag_of(pk)):
        return HttpResponse(status=204)
    return render(request, template, told(request, opened(request, pk)))


def _sitting(meeting: Meeting) -> dict[str, Any]:
    """What both screens show."""
    tag = tag_of(meeting.pk)  # first: what happens while we look is asked for again
    current, agenda = running_item(meeting), [one for one in meeting.items.all() if one.state != "dropped"]
    queue = queue_of(meeting)
    return {
        "record": meeting, "tag": tag, "current": current, "agenda": agenda, "attendance": attendance_of(meeting),
        "speaking": next((one for one in queue if one.state == "speaking"), None),
        "queue": [one for one in queue if one.state == "waiting"],
        "elapsed": _seconds(current),
        "votes": [(one, verdict_of(one)) for one in ballots_of([current]).get(current.pk, ())] if current else [],
    }  # fmt: skip


def _seconds(item: Item | None) -> int:
    """How long the item has been taken up, to the second of the server's clock."""
    if item is None or item.started_at is None:
        return 0
    return item.seconds_used + max(int((timezone.now() - item.started_at).total_seconds()), 0)


def _room(request: OfficeRequest, meeting: Meeting) -> dict[str, Any]:
    told, own = _sitting(meeting), participant_of(meeting, request.actor.person_id)
    lines = told["attendance"].lines
    mine = next((one for one in lines if own and one.participant.pk == own.pk), None)
    current = told["current"]
    said = Opinion.objects.filter(meeting=meeting.pk, item=current.pk).order_by("-id")[:20] if current else ()
    return {
        **told, "own": own, "mine": mine, "runs": runs(request, meeting), "opinions": list(said),
        "waits": any(own and one.participant_id == own.pk for one in told["queue"]),
        "online_url": services.online_url(meeting), "events": latest_events(meeting),
    }  # fmt: skip


def _screen(request: OfficeRequest, meeting: Meeting) -> dict[str, Any]:
    return {**_sitting(meeting), "runs": runs(request, meeting)}
