"""One meeting: its page, its acts, who is convened, the invitation."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.meetings import services
from congso.apps.meetings.forms import ConvenedForm, MeetingForm
from congso.apps.meetings.models import Capacity, Meeting
from congso.apps.meetings.queries import (
    acts_open_to,
    attendance_of,
    ballots_of,
    bodies_for,
    participant_of,
    verdict_of,
    waiting_mandates,
)
from congso.apps.meetings.rules import notice_day
from congso.apps.meetings.views.requests import can, opened, runs, shown_blocks
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.records.types import url_of
from congso.kernel.regulations.queries import NotInForce, value
from congso.kernel.web.asking import Question, ask, fill, found_or_404, posted, pressed, who, with_note, with_reason
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context, file_lines
from congso.kernel.workflow.flow import flow_of

QUESTIONS: dict[str, Question] = {
    "convene": with_note(services.convene_meeting),
    "open": with_note(services.open_meeting),
    "close": with_note(services.close_meeting),
    "reopen": with_reason(services.reopen_meeting),
    "circulate": with_note(services.circulate_minutes),
    "sign": with_note(services.sign_minutes),
    "unsign": with_reason(services.unsign_minutes),
    "conclude": with_note(services.conclude_meeting),
    "task": pressed(services.give_tasks),
    "notice": pressed(services.draft_notice),
    "cancel": with_reason(services.cancel_meeting),
}
_PAGES = {"edit": "edit", "change": "edit", "people": "people", "agenda": "new-item", "key": "sign-minutes"}
_FIRST = ("convene", "open", "close", "sign", "key", "conclude", "notice", "task")


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """When, where, what is taken up, who is convened and what each answered."""
    meeting = opened(request, pk)
    attendance, items = attendance_of(meeting), list(meeting.items.all())
    votes = ballots_of(items)
    own = participant_of(meeting, request.actor.person_id)
    context = detail_context(
        request, meeting, facts=_facts(meeting), acts=_acts(request, meeting), files=file_lines(meeting),
        comment_url=reverse("meetings:comment", args=[pk]),
        agenda=[(one, [(ballot, verdict_of(ballot)) for ballot in votes.get(one.pk, ())]) for one in items],
        attendance=attendance, runs=runs(request, meeting), own=own,
        own_line=next((one for one in attendance.lines if own and one.participant.pk == own.pk), None),
        may_reply=own is not None and own.capacity != Capacity.DELEGATE and meeting.state in ("convened", "open"),
        mandates=waiting_mandates(attendance) if can(request, meeting, "decide") else [],
        conclusions=list(meeting.conclusions.select_related("lead", "task").order_by("position")),
        may_write=can(request, meeting, "write"), may_add=can(request, meeting, "agenda"),
        online_url=services.online_url(meeting), late_notice=_late_notice(meeting),
        is_sitting=meeting.state in ("convened", "open"), has_minutes=meeting.state in ("open", "closed", "concluded"),
    )  # fmt: skip
    if meeting.minutes_file_id and "tep" not in request.GET:  # as they were signed last, not as printed first
        signed = (one for one in context["files"] if one.key == meeting.minutes_file_id)
        context["shown_file"] = next(signed, context["shown_file"])
    return render(request, "meetings/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """Ask what the act needs, do it."""
    return ask(request, opened(request, pk), key, QUESTIONS)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Begin a meeting, with what the working programme says it takes up."""
    bodies = bodies_for(request.principals)
    if not bodies.exists():
        messages.info(request, _("Cuộc họp do văn phòng, lãnh đạo cơ quan tổ chức."))
        return redirect("meetings:list")
    form = MeetingForm(posted(request), bodies=bodies, initial={"day": timezone.localdate()})
    return fill(
        request, form, title=_("Cuộc họp mới"), act=_("Chuẩn bị cuộc họp"), icon="plus", template="meetings/form.html",
        do=lambda answered: _create(request, answered),
        done=lambda made: reverse("meetings:detail", args=[made.pk]), back_url=reverse("meetings:list"),
    )  # fmt: skip


def _create(request: OfficeRequest, form: MeetingForm) -> Meeting:
    made = services.create_meeting(form.told(), body=form.cleaned_data["body"], **who(request))
    if form.cleaned_data["from_programme"]:
        services.take_from_programme(made, **who(request))
    return made


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say something else of it; once it was called, with the reason, and everybody is told."""
    meeting = opened(request, pk)
    form = MeetingForm(posted(request), meeting=meeting)
    return fill(
        request, form, title=_("Sửa cuộc họp"), act=_("Lưu"), template="meetings/form.html",
        do=lambda answered: _change(request, meeting, answered),
        done=lambda _made: reverse("meetings:detail", args=[pk]), back_url=reverse("meetings:detail", args=[pk]),
    )  # fmt: skip


def _change(request: OfficeRequest, meeting: Meeting, form: MeetingForm) -> None:
    if "reason" in form.fields:
        services.change_meeting(meeting, form.told(), reason=form.cleaned_data["reason"], **who(request))
    else:
        services.edit_meeting(meeting, form.told(), **who(request))


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def people(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Who is convened."""
    meeting = opened(request, pk)
    listed = [one for one in meeting.participants.all() if one.left_out_at is None]
    initial = {
        name: "\n".join(f"#{one.person_id} {one.person}" for one in listed if one.capacity == capacity)
        for name, capacity in (("members", Capacity.MEMBER), ("attending", Capacity.ATTENDING))
    }
    form = ConvenedForm(posted(request), initial=initial)
    return fill(
        request, form, title=_("Thành phần"), act=_("Lưu"), icon="users", template="meetings/form.html",
        do=lambda answered: services.set_people(meeting, answered.told(), **who(request)),
        done=lambda _made: reverse("meetings:detail", args=[pk]), back_url=reverse("meetings:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_GET
@found_or_404
def invitation(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The invitation as a sheet to print, or as a Word file in the official form (`?dang=word`)."""
    meeting = opened(request, pk)
    if request.GET.get("dang") == "word":
        return word_answer(services.invitation_paper(meeting), f"giay-moi-{pk}.docx")
    context = {
        "record": meeting, "title": _("Giấy mời"), "blocks": shown_blocks(services.invitation_body(meeting)),
        "addressees": [one.label for one in meeting.participants.all() if one.left_out_at is None],
        "back_url": reverse("meetings:detail", args=[pk]),
    }  # fmt: skip
    return render(request, "meetings/sheet.html", context)


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say something about a meeting one sees."""
    try:
        comment_on(opened(request, pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('meetings:detail', args=[pk])}#y-kien")


def word_answer(paper: bytes, name: str) -> HttpResponse:
    """A Word file to take away."""
    response = HttpResponse(paper, content_type=services.WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _acts(request: OfficeRequest, meeting: Meeting) -> list[Act]:
    asks = [key for key in QUESTIONS if key not in ("task", "notice")]
    keys = {one.key for one in acts_open_to(meeting, request.principals)}
    first = next((key for key in _FIRST if key in keys and _is_due(meeting, key)), "")
    told = []
    for one in acts_of(request, meeting, url_name="meetings:act", asks=asks, primary=first):
        if one.key in _PAGES or (one.key == "conclude" and meeting.secretary_key_at is not None):
            address = reverse(f"meetings:{_PAGES.get(one.key, 'sign-minutes')}", args=[meeting.pk])
            told.append(replace(one, url=address, is_link=True))
        elif one.key in QUESTIONS and _is_due(meeting, one.key):
            told.append(one)
    return told


def _is_due(meeting: Meeting, key: str) -> bool:
    """Whether pressing it could come to anything."""
    if key == "notice":
        return meeting.notice_id is None
    return key != "task" or meeting.conclusions.filter(task=None, lead__isnull=False).exists()


def _late_notice(meeting: Meeting) -> str:
    """That members are called later than the regulation says, or nothing."""
    if meeting.state != "draft" or meeting.kind == "extraordinary":
        return ""
    try:
        days = int(value("meetings.notice_days", on=meeting.opened_on).get(meeting.forum, 0))
    except NotInForce:
        return ""
    last = notice_day(meeting.opened_on, days)
    if not days or timezone.localdate() <= last:
        return ""
    return _("Giấy mời phải gửi trước ít nhất %(days)s ngày, tức chậm nhất %(day)s.") % {
        "days": days, "day": f"{last:%d/%m/%Y}",
    }  # fmt: skip


def _facts(meeting: Meeting) -> list[Fact]:
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    last = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%H:%M %d/%m/%Y}"
    notice = Record.objects.filter(pk=meeting.notice_id).first() if meeting.notice_id else None
    return [
        Fact(_("Cơ quan họp"), f"{meeting.get_forum_display()} · {meeting.owner.name}"),
        Fact(_("Loại cuộc họp"), meeting.get_kind_display()),
        Fact(_("Thời gian"), f"{begins:%H:%M} – {last}, {begins:%d/%m/%Y}"),
        Fact(_("Địa điểm"), meeting.place),
        Fact(_("Chủ trì"), meeting.chair_label),
        Fact(_("Thư ký"), meeting.secretary_label),
        Fact(_("Khai mạc"), meeting.sat_from, kind="moment"),
        Fact(_("Bế mạc"), meeting.sat_until, kind="moment"),
        Fact(_("Thông báo kết luận"), _notice_words(notice) if notice else "", url=url_of(notice) if notice else ""),
        Fact(_("Thư ký ký số biên bản"), meeting.secretary_key_at, kind="moment"),
        Fact(_("Mục đích, yêu cầu"), meeting.note, is_wide=True),
    ]


def _notice_words(notice: Record) -> str:
    state = flow_of(notice.type).state(notice.state).label
    return f"{notice.number} · {state}" if notice.number else str(state)
