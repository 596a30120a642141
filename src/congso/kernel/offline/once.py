"""An act sent by a device: done once however often it arrives, and not at all when the record has moved on.

A form that may wait carries `act_key` (the device's), and of a record `act_record` and `act_seen` (the version
the person saw). Sent at once it is an ordinary post. Sent later (`X-Queued`) the answer is JSON:
`{"state": "done" | "moved" | "refused" | "gone", …}`; but for `done` nothing has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import html

from congso.kernel.accounts.middleware import API_PATH
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.offline.models import SentAct
from congso.kernel.records.models import Record, TimelineEntry
from congso.kernel.records.types import type_of
from congso.kernel.workflow.flow import flow_of

QUEUED = "X-Queued"
_KEPT = timedelta(days=30)
_CHANGES_SHOWN = 20
Answer = Callable[[OfficeRequest], HttpResponse]


@dataclass(frozen=True)
class Sent:
    """What the device says of the act."""

    key: UUID
    record: int | None
    seen: int | None
    is_queued: bool


def done_once(request: OfficeRequest, get_response: Answer) -> HttpResponse:
    """Let the act through unless it was done before, or waited while its record moved on."""
    sent = _sent(request)
    if sent is None:
        return get_response(request)
    if (earlier := _earlier(sent)) is not None:
        return _again(sent, earlier)
    if sent.is_queued and (moved := _moved(sent)) is not None:
        return moved
    last = _last_step(sent)
    try:
        with transaction.atomic():
            SentAct.objects.create(key=sent.key, person_id=request.actor.id, at=timezone.now())
    except IntegrityError:  # the same act, a moment ago, by another way
        known = _earlier(sent)
        return _again(sent, known) if known else JsonResponse({"state": "refused"}, status=409)
    SentAct.objects.filter(at__lt=timezone.now() - _KEPT).delete()
    response = get_response(request)
    if response.status_code < 400:
        address = response.headers.get("Location", "")[:500]
        SentAct.objects.filter(key=sent.key).update(address=address)
    return _told(request, sent, response, last) if sent.is_queued else response


def _sent(request: OfficeRequest) -> Sent | None:
    if request.path_info.startswith(API_PATH):
        return None
    try:
        key = UUID(request.POST.get("act_key", ""))
    except (ValueError, UnreadablePostError):
        return None
    record, seen = (_number(request.POST.get(name, "")) for name in ("act_record", "act_seen"))
    return Sent(key, record, seen, QUEUED in request.headers)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _earlier(sent: Sent) -> SentAct | None:
    return SentAct.objects.filter(key=sent.key).first()


def _again(sent: Sent, earlier: SentAct) -> HttpResponse:
    if not sent.is_queued:
        return HttpResponseRedirect(earlier.address or "/")
    return JsonResponse({"state": "done", "again": True, "url": earlier.address, "version": _version(sent)})


def _version(sent: Sent) -> int | None:
    return Record.objects.filter(pk=sent.record).values_list("version", flat=True).first() if sent.record else None


def _last_step(sent: Sent) -> int:
    if sent.record is None:
        return 0
    steps = TimelineEntry.objects.filter(record_id=sent.record).order_by("-id")
    return steps.values_list("id", flat=True).first() or 0


def _moved(sent: Sent) -> HttpResponse | None:
    """Why the record no longer is what the person saw, if so."""
    if sent.record is None:
        return None
    record = Record.objects.filter(pk=sent.record).first()
    if record is None:
        return _gone()
    return None if record.version == sent.seen else _changes(record, record.version - (sent.seen or 0))


def _changes(record: Record, count: int) -> HttpResponse:
    """What happened meanwhile and by whom, latest first."""
    steps = record.timeline.order_by("-id")[: max(1, min(count, _CHANGES_SHOWN))]
    told = [
        {
            "at": timezone.localtime(step.at).strftime("%H:%M %d/%m/%Y"),
            "who": step.actor_label,
            "what": step.label,
            "note": step.note[:500],
        }
        for step in steps
    ]
    state = str(flow_of(record.type).state(record.state).label)
    words = _("Hồ sơ đã sang tình trạng “%(state)s”.") % {"state": state}
    said = {"state": "moved", "words": words, "changes": told, "version": record.version}
    return JsonResponse({**said, "kind": str(type_of(record).label)}, status=409)


def _gone() -> HttpResponse:
    return JsonResponse({"state": "gone", "words": _("Hồ sơ không còn thuộc phạm vi bạn được xem.")}, status=404)


def _told(request: OfficeRequest, sent: Sent, response: HttpResponse, last: int) -> HttpResponse:
    """The view's answer as the device understands it. Everything but `done` is 4xx, so nothing stays half done."""
    if response.status_code in {403, 404}:
        return _gone()
    complaint = _complaint(request, response)
    if complaint is not None:
        return JsonResponse({"state": "refused", "words": complaint}, status=409)
    if sent.record is not None and (moved := _moved_under_us(request, sent.record, last)) is not None:
        return moved
    return JsonResponse({"state": "done", "url": response.headers.get("Location", ""), "version": _version(sent)})


def _moved_under_us(request: OfficeRequest, pk: int, last: int) -> HttpResponse | None:
    """What somebody else did between our look at the record and our act, if anything."""
    others = TimelineEntry.objects.filter(record_id=pk, id__gt=last).exclude(person_id=request.actor.id)
    if not (count := others.count()):
        return None
    record = Record.objects.filter(pk=pk).first()
    return _changes(record, count) if record else _gone()


def _complaint(request: OfficeRequest, response: HttpResponse) -> str | None:
    """What the page would have told the person instead of doing it; None when it was done."""
    said = [str(one) for one in get_messages(request) if (one.level or 0) >= messages.WARNING]
    if response.status_code < 400 and not said:
        return None
    if not said and "html" in response.headers.get("Content-Type", "") and response.content.strip():
        alerts: list[Any] = html.fromstring(response.content).xpath("//*[@role='alert']")
        said = [" ".join(alert.text_content().split()) for alert in alerts]
    return " ".join(said)[:1000] or _("Máy chủ không nhận việc này. Hãy mở hồ sơ và làm lại.")
