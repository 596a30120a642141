"""One entry: written, looked at, decided, changed; its clashes are told while it is written."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.schedule import services
from congso.apps.schedule.forms import ApproveForm, EntryForm, initial_of
from congso.apps.schedule.models import Entry, Thing
from congso.apps.schedule.queries import conflicts, entry_of, owners_for, things_for, units_for
from congso.apps.schedule.queries.busy import people_of
from congso.apps.schedule.rules import Slot
from congso.apps.schedule.services.booking import slot_of, things_of
from congso.apps.schedule.services.printing import hours_words
from congso.apps.schedule.views.free import suggested
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Post, valid_on
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import Question, ask, fill, found_or_404, who, with_note, with_reason
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context, file_lines
from congso.kernel.workflow.services import possible_transitions

QUESTIONS = {
    "propose": with_note(services.propose_entry),
    "take_back": with_note(services.take_back_entry),
    "return": with_reason(services.return_entry),
    "approve": Question(
        lambda data, _record: ApproveForm(data),
        lambda record, form, **acting: services.approve_entry(
            record, note=form.cleaned_data["note"], accept=form.cleaned_data["accept"], **acting
        ),
        "schedule/approve.html",
    ),
    "publish": with_note(services.publish_entry),
    "cancel": with_reason(services.cancel_entry),
    "drop": with_note(services.drop_entry),
}
_PRESSED = ("propose", "publish", "take_back")
_FIRST = ("approve", "propose", "publish", "edit", "change")
_WORDS = {
    "title": "nội dung", "when": "thời gian", "chair": "chủ trì", "place": "địa điểm", "participants": "thành phần",
    "content": "chi tiết", "documents_note": "tài liệu", "things": "phòng, xe, thiết bị",
}  # fmt: skip


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What, when, who, with which things; what clashes; what changed."""
    entry = entry_of(pk)
    things = things_of(entry)
    people = people_of(entry.chair_id, entry.participants.all())
    is_open = entry.closed_at is None
    context = detail_context(
        request, entry, facts=_facts(entry), acts=_acts(request, entry), files=file_lines(entry),
        comment_url=reverse("schedule:comment", args=[pk]), participants=list(entry.participants.all()),
        conflicts=conflicts(slot_of(entry), people, things, but=pk) if is_open else (),
        changes=[(one, _change_words(one.before, one.after)) for one in entry.changes.all()[:100]],
        acceptances=list(entry.acceptances.order_by("id")[:50]), booked=_booked(things),
        siblings=list(entry.series.entries.order_by("starts_at")[:120]) if entry.series else (),
    )  # fmt: skip
    return render(request, "schedule/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """A new entry, proposed at once if one wants."""
    form = _form(request)
    week = reverse("schedule:week")
    return fill(
        request, form, title=_("Đăng ký lịch"), act=_("Lưu"), icon="check", do=lambda told: _create(request, told),
        done=lambda made: reverse("schedule:detail", args=[made.pk]), back_url=week, template="schedule/form.html",
        may_propose=True,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say something else of an entry: freely before it is approved, with a reason after."""
    entry = entry_of(pk)
    request.shown_record = pk
    possible = {one.key for one in possible_transitions(entry, held=request.principals)}
    if not possible & {"edit", "change"}:
        raise Http404
    is_change = "change" in possible
    form = _form(request, entry, is_change=is_change)
    back_url = reverse("schedule:detail", args=[pk])

    def do(told: EntryForm) -> Entry:
        if not is_change:
            return services.edit_entry(entry, told.told(), **who(request))
        given = told.cleaned_data
        return services.change_entry(entry, told.told(), reason=given["reason"], accept=given["accept"], **who(request))

    title = _("Thay đổi lịch") if is_change else _("Sửa lịch")
    return fill(
        request, form, title=title, act=title, do=do, done=lambda _made: back_url, back_url=back_url,
        template="schedule/form.html", record=entry,
    )  # fmt: skip


@login_required
@require_POST
def check(request: OfficeRequest) -> HttpResponse:
    """What clashes with the form as it stands, and free hours near by: a part of the form's page."""
    entry = Entry.objects.filter(pk=_number(request.POST.get("entry", ""))).first()
    form = _form(request, entry)
    form.is_valid()
    told = form.cleaned_data
    if not {"starts_at", "ends_at"} <= told.keys() or told["ends_at"] <= told["starts_at"]:
        return render(request, "schedule/_conflicts.html", {})
    slot = Slot(told["starts_at"], told["ends_at"])
    people = {one.pk for one in told.get("people") or ()} | ({told["chair"].pk} if told.get("chair") else set())
    things = [one.pk for one in told.get("things") or ()]
    found = conflicts(slot, people, things, but=entry.pk if entry else None)
    context = {
        "conflicts": found, "slots": suggested(slot, people, things) if found else (), "is_checked": True,
    }  # fmt: skip
    return render(request, "schedule/_conflicts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """Ask what the act needs, do it."""
    entry = entry_of(pk)
    request.shown_record = pk
    answer = ask(request, entry, key, QUESTIONS)
    # Who dropped or handed away an entry may not see it any more.
    if answer.status_code == 302 and not Entry.objects.filter(pk=pk).exists():
        return redirect("schedule:week")
    return answer


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say something about an entry one sees."""
    try:
        comment_on(entry_of(pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('schedule:detail', args=[pk])}#y-kien")


def _create(request: OfficeRequest, form: EntryForm) -> Entry:
    acting, rule = who(request), form.rule()
    made = (
        services.create_series(form.told(), rule, **acting) if rule else [services.create_entry(form.told(), **acting)]
    )
    if "propose" in request.POST:
        for one in made:
            services.propose_entry(entry_of(one.pk), **acting)
    return made[0]


def _form(request: OfficeRequest, entry: Entry | None = None, *, is_change: bool = False) -> EntryForm:
    held, today = request.principals, timezone.localdate()
    owners, units = owners_for(held), units_for(held)
    if entry is not None and entry.unit_id:
        units = _with(units, entry.unit_id)
    things = things_for(held)
    if request.method == "POST":
        data, initial = request.POST, None
    else:
        data, initial = None, initial_of(entry, things_of(entry)) if entry else _asked(request, units)
    return EntryForm(
        data, owners=owners, units=units, things=things, posts=_posts(owners, today), entry=entry,
        is_change=is_change, initial=initial,
    )  # fmt: skip


def _with(units: QuerySet[Organization], pk: int) -> QuerySet[Organization]:
    """The units and one more: whoever approves an entry leaves its unit as it is."""
    return Organization.objects.filter(pk__in=[*units.values_list("pk", flat=True), pk]).order_by("name_key", "id")


def _posts(owners: QuerySet[Any], today: Any) -> QuerySet[Post]:
    """The leading posts of the calendars one proposes into."""
    found = Post.objects.filter(valid_on(today), organization__in=list(owners.values_list("pk", flat=True)))
    return (
        found.filter(functions__overlap=["leaders", "chiefs"])
        .select_related("organization")
        .order_by("organization__name_key", "rank", "id")
    )


def _asked(request: OfficeRequest, units: QuerySet[Any]) -> dict[str, Any]:
    """A new entry as the address asks for it: a day, an hour, people a free hour was found for."""
    told = {"day": request.GET.get("ngay", ""), "begins": request.GET.get("tu", ""), "ends": request.GET.get("den", "")}
    if request.GET.get("nguoi"):
        told["people"] = request.GET["nguoi"][:4000]
    first = units.first()
    return {key: value for key, value in told.items() if value} | ({"unit": first.pk} if first else {})


def _acts(request: OfficeRequest, entry: Entry) -> list[Act]:
    told = []
    for one in acts_of(request, entry, url_name="schedule:act", asks=[key for key in QUESTIONS if key not in _PRESSED]):
        if one.key in ("edit", "change"):
            url = reverse("schedule:edit", args=[entry.pk])
            told.append(Act(one.key, one.label, url, one.icon, is_link=True))
        elif one.key == "approve":
            told.append(Act(one.key, one.label, one.url, one.icon, is_link=True))
        else:
            told.append(one)
    first = next((key for key in _FIRST if key in {one.key for one in told}), "")
    ordered = sorted(told, key=lambda one: one.key != first)
    return [
        Act(one.key, one.label, one.url, one.icon, "primary", one.ask, one.is_link, one.needs_reason)
        if one.key == first else one
        for one in ordered
    ]  # fmt: skip


def _facts(entry: Entry) -> list[Fact]:
    day = timezone.localtime(entry.starts_at)
    return [
        Fact(_("Ngày"), day.date(), "date"),
        Fact(_("Giờ"), hours_words(entry)),
        Fact(_("Chủ trì"), entry.chair_label),
        Fact(_("Địa điểm"), entry.place),
        Fact(_("Lịch của"), entry.owner.name),
        Fact(_("Đơn vị chuẩn bị"), entry.unit.name if entry.unit else ""),
        Fact(_("Tài liệu"), entry.documents_note),
        Fact(
            _("Họp trực tuyến"), entry.online_url, url=entry.online_url if entry.online_url.startswith("http") else ""
        ),
        Fact(_("Riêng tư"), pgettext("schedule", "Có") if entry.is_private else ""),
        Fact(_("Nội dung chi tiết"), entry.content, is_wide=True),
    ]


def _booked(things: list[int]) -> list[Thing]:
    return list(Thing.objects.filter(pk__in=things))


def _change_words(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [f"{_WORDS.get(key, key)}: {before.get(key) or '…'} → {now or '…'}" for key, now in after.items()]


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
