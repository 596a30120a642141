"""Rooms, cars, equipment, interpreters: the list with when each is taken, and keeping it."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.schedule import services
from congso.apps.schedule.forms import ThingForm
from congso.apps.schedule.models import Entry, Thing
from congso.apps.schedule.queries import keeping_for, things_for, uses_between
from congso.apps.schedule.rules import Slot
from congso.apps.schedule.views.weeks import asked_day
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, who

MOST = 200


@login_required
@require_GET
def things(request: OfficeRequest) -> HttpResponseBase:
    """What can be booked, and when it is taken in a week."""
    today = timezone.localdate()
    chosen = asked_day(request.GET.get("ngay", ""), today)
    monday = chosen - timedelta(days=chosen.weekday())
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    listed = list(things_for(request.principals)[:MOST])
    uses = list(uses_between(Slot(begins, begins + timedelta(days=7)), [one.pk for one in listed])[:1000])
    titles = dict(Entry.objects.filter(pk__in={one.entry_id for one in uses}).values_list("pk", "title"))
    taken = defaultdict(list)
    for one in uses:
        taken[one.thing_id].append((one, titles.get(one.entry_id, "")))
    kept = set(keeping_for(request.principals).values_list("pk", flat=True))
    context = {
        "rows": [(one, taken[one.pk], one.owner_id in kept) for one in listed], "monday": monday,
        "sunday": monday + timedelta(days=6), "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7), "may_add": bool(kept),
    }  # fmt: skip
    return render(request, "schedule/things.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """List one more."""
    offices = keeping_for(request.principals)
    if not offices.exists():
        messages.info(request, _("Phòng, xe, thiết bị do văn phòng ghi vào danh sách."))
        return redirect("schedule:things")
    form = ThingForm(posted(request), offices=offices)
    return fill(
        request, form, title=_("Thêm phòng, xe, thiết bị"), act=_("Lưu"), back_url=reverse("schedule:things"),
        do=lambda told: services.add_thing(told.cleaned_data["organization"], told.told(), **who(request)),
        done=lambda _made: reverse("schedule:things"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def change(request: OfficeRequest, thing: int) -> HttpResponseBase:
    """Say something else of one, or take it out of use."""
    found = Thing.objects.select_related("owner").get(pk=thing)
    if not keeping_for(request.principals).filter(pk=found.owner_id).exists():
        raise Http404
    form = ThingForm(posted(request), offices=None, thing=found)
    return fill(
        request, form, title=found.name, act=_("Lưu"), back_url=reverse("schedule:things"),
        do=lambda told: services.change_thing(found, told.told(), **who(request)),
        done=lambda _made: reverse("schedule:things"),
    )  # fmt: skip
