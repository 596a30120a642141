"""“Thông báo”: by day and record, narrowed, read and unread again; how one wants to be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.notify.letters import DIGEST, read_stop_link, stop_letters
from congso.kernel.notify.mailing import is_mail_on
from congso.kernel.notify.models import Notice
from congso.kernel.notify.push_devices import devices_of, is_push_on, portal_public_key
from congso.kernel.notify.queries import (
    Place,
    choices_of,
    last_letters,
    mail_settings_of,
    moment_of,
    narrowed,
    notices_for,
    stamp_of,
)
from congso.kernel.notify.rules import LABELS, NEVER_SILENT, Frequency, Kind, Way, ways_for
from congso.kernel.notify.services import choose_letters, choose_ways, mark_read, mark_unread
from congso.kernel.records.models import Record

PAGE = 50
SHOWING = {"": _lazy("Tất cả"), "unread": _lazy("Chưa đọc"), "waiting": _lazy("Cần xử lý")}
WAYS = {
    Way.PORTAL: _lazy("Chỉ trong Cổng Số"),
    Way.DIGEST: _lazy("Trong Cổng Số và bản tin"),
    Way.NOW: _lazy("Trong Cổng Số và gửi thư ngay"),
    Way.NONE: _lazy("Không nhận"),
}
FREQUENCIES = {
    Frequency.OFF: _lazy("Không gửi"),
    Frequency.DAILY: _lazy("Mỗi ngày làm việc"),
    Frequency.WEEKLY: _lazy("Mỗi tuần một lần"),
}


@dataclass
class Group:
    """What was told about one record on one day; without a record each notice stands alone."""

    record: Record | None
    notices: list[Notice] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        """Whether something of it has not been read."""
        return any(notice.read_at is None for notice in self.notices)


@dataclass(frozen=True)
class Day:
    """The notices of one day, the record told of last first."""

    day: date
    label: str
    groups: list[Group]


@login_required
@require_GET
def listed(request: OfficeRequest) -> HttpResponse:
    """The bell, opened; a page ends where the next begins, however many come meanwhile."""
    params = request.GET
    showing, kind = params.get("show", ""), params.get("kind", "")
    showing = showing if showing in SHOWING else ""
    kind = kind if kind in list(Kind) else ""
    found = narrowed(
        notices_for(request.actor.id),
        unread=showing == "unread",
        awaiting=request.principals if showing == "waiting" else None,
        kind=Kind(kind) if kind else None,
        older_than=Place.read(params.get("before", "")),
    )
    notices = list(found[: PAGE + 1])
    has_more = len(notices) > PAGE
    notices = notices[:PAGE]
    context = {
        "days": by_day(notices, timezone.localdate()),
        "showing": showing,
        "kind": kind,
        "scopes": SHOWING.items(),
        "kinds": [(one.value, LABELS[one]) for one in Kind],
        "older_url": _older_url(params, notices[-1]) if has_more else "",
        "is_older": "before" in params,
        "undo": params.get("undo", ""),
        "undo_count": params.get("count", ""),
        "back": request.get_full_path(),
    }
    return render(request, "web/notices.html", context)


def by_day(notices: Iterable[Notice], today: date) -> list[Day]:
    """Notices, newest first, grouped by the day in the office and within it by record."""
    days = []
    for day, of_day in groupby(notices, key=lambda notice: timezone.localdate(notice.at)):
        groups: dict[int, Group] = {}
        for notice in of_day:
            key = notice.record_id or -notice.pk
            groups.setdefault(key, Group(notice.record)).notices.append(notice)
        days.append(Day(day, _day_label(day, today), list(groups.values())))
    return days


@login_required
@require_POST
def read(request: OfficeRequest) -> HttpResponse:
    """Mark as read: everything, or the notices named; the list then offers to take it back."""
    now = timezone.now()
    named = _ids(request.POST) if "notice" in request.POST else None
    count = mark_read(by=request.actor, at=now, notices=named)
    return _back(request, {"undo": str(stamp_of(now)), "count": str(count)} if count else {})


@login_required
@require_POST
def unread(request: OfficeRequest) -> HttpResponse:
    """Take it back: what was marked at a moment, or the notices named."""
    moment = moment_of(request.POST.get("undo", ""))
    if moment is not None:
        mark_unread(by=request.actor, read_at=moment)
    elif "notice" in request.POST:
        mark_unread(by=request.actor, notices=_ids(request.POST))
    return _back(request, {})


def _hours() -> list[tuple[int, str]]:
    return [(hour, _("%(hour)s giờ") % {"hour": hour}) for hour in range(24)]


class LettersForm(forms.Form):
    """When letters come, and how each kind of notice does."""

    frequency = forms.ChoiceField(
        label=_lazy("Bản tin công việc qua thư điện tử"),
        choices=[(key.value, label) for key, label in FREQUENCIES.items()],
    )
    hour = forms.TypedChoiceField(label=_lazy("Giờ gửi bản tin"), coerce=int, choices=_hours)
    quiet_from = forms.TimeField(
        label=_lazy("Giờ yên tĩnh từ"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_lazy("Trong khoảng này chỉ gửi ngay văn bản khẩn, cảnh báo bảo mật. Hai giờ bằng nhau: không đặt."),
    )  # fmt: skip
    quiet_until = forms.TimeField(
        label=_lazy("Giờ yên tĩnh đến"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=_(LABELS[kind]),
                choices=[(way.value, WAYS[way]) for way in ways_for(kind)],
                help_text=_lazy("Bắt buộc, không tắt được.") if kind in NEVER_SILENT else "",
            )

    @property
    def of_kinds(self) -> list[forms.BoundField]:
        """The fields of the kinds, in their order."""
        return [self[kind.value] for kind in Kind]


@login_required
@require_http_methods(["GET", "POST"])
def settings_page(request: OfficeRequest) -> HttpResponse:
    """Choose how to be told."""
    held = mail_settings_of(request.actor.id)
    now = {name: getattr(held, name) for name in ("frequency", "hour", "quiet_from", "quiet_until")}
    form = LettersForm(
        request.POST or None,
        initial={**now, **{kind.value: way.value for kind, way in choices_of(request.actor.id).items()}},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        choose_ways({kind: Way(chosen[kind]) for kind in Kind}, by=request.actor)
        choose_letters(
            frequency=Frequency(chosen["frequency"]),
            hour=chosen["hour"],
            quiet_from=chosen["quiet_from"],
            quiet_until=chosen["quiet_until"],
            by=request.actor,
        )
        return redirect(reverse("web:notice_settings") + "?saved=1")
    context = {
        "form": form,
        "address": Person.objects.values_list("email", flat=True).get(pk=request.actor.id),
        "is_mail_on": is_mail_on(),
        "letters": last_letters(request.actor.id),
        "push_key": portal_public_key() if is_push_on() else "",
        "push_devices": devices_of(request.actor.id) if is_push_on() else (),
        "is_saved": request.GET.get("saved") == "1",
    }
    return render(request, "web/notice_settings.html", context, status=422 if form.errors else 200)


@csrf_exempt  # the link itself is signed; mail programs press it without a page (RFC 8058)
@require_http_methods(["GET", "POST"])
def stop(request: OfficeRequest, token: str) -> HttpResponse:
    """The link at a letter's foot: asks, then stops; nobody needs to sign in to get less."""
    try:
        person_id, what = read_stop_link(token)
    except (BadSignature, ValueError, TypeError):
        raise Http404 from None
    if request.method == "POST":
        person = Actor.person(person_id)
        with acting_as(person):
            stop_letters(what, by=person)
    label = _("bản tin công việc") if what == DIGEST else LABELS[Kind(what)]
    return render(request, "web/stop_letters.html", {"label": label, "is_done": request.method == "POST"})


def _day_label(day: date, today: date) -> str:
    if day == today:
        return _("Hôm nay")
    return _("Hôm qua") if day == today - timedelta(days=1) else ""


def _ids(params: QueryDict) -> list[int]:
    return [int(one) for one in params.getlist("notice")[:1000] if one.isascii() and one.isdigit() and len(one) < 19]


def _older_url(params: QueryDict, last: Notice) -> str:
    kept = {name: params[name] for name in ("show", "kind") if params.get(name)}
    return f"?{urlencode({**kept, 'before': str(Place(last.at, last.pk))})}"


def _back(request: OfficeRequest, more: dict[str, str]) -> HttpResponse:
    """To the list as it was narrowed, with what may be undone."""
    back = request.POST.get("back", "")
    home = reverse("web:notices")
    if not back.startswith(home) or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = home
    path, _mark, query = back.partition("?")
    kept = QueryDict(query, mutable=True)
    for name in ("undo", "count"):
        kept.pop(name, None)
    kept.update(more)
    return redirect(f"{path}?{kept.urlencode()}" if kept else path)
