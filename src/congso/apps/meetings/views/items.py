"""One item of an agenda: its page, its acts, guests, the secretary's words, ballots."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.meetings import services
from congso.apps.meetings.forms import DropForm, GuestsForm, ItemForm, PaperForm, SummaryForm
from congso.apps.meetings.models import Item
from congso.apps.meetings.queries import acts_open_to, ballots_of, notes_of, papers_of, verdict_of
from congso.apps.meetings.queries.items import ShownPaper, ShownVersion
from congso.apps.meetings.views.requests import can, opened, opened_item, shown_blocks
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import Question, ask, fill, found_or_404, posted, press, pressed, who, with_reason
from congso.kernel.web.detail import Act, Fact, FileLine, acts_of, detail_context, file_lines

QUESTIONS: dict[str, Question] = {
    "waive": with_reason(services.waive_late),
    "release": pressed(services.release_item),
    "hold": with_reason(services.hold_item),
    "start": pressed(services.start_item),
    "end": pressed(services.end_item),
    "withdraw": pressed(services.withdraw_item),
    "drop": Question(
        lambda data, item: DropForm(data, item=item),
        lambda item, form, **acting: services.drop_item(item, **form.told(), **acting),
    ),
}
_PAGES = {"edit": "edit-item", "guests": "guests", "note": "summary"}
_FIRST = ("release", "end")


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, item: int) -> HttpResponseBase:
    """What it is about, its papers in their versions, one's own notes; all a guest sees of a meeting."""
    found = opened_item(request, item)
    papers, me = papers_of(found), request.actor.person_id or 0
    ballots = ballots_of([found]).get(found.pk, ())
    may_bring = can(request, found, "bring")
    context = detail_context(
        request, found, facts=_facts(found), acts=_acts(request, found), files=file_lines(found),
        comment_url=reverse("meetings:comment-item", args=[item]), papers=papers, notes=notes_of(found, me),
        guests=list(found.guests.all()), ballots=[(one, verdict_of(one)) for one in ballots],
        paper_form=PaperForm(None) if may_bring else None, is_late=_is_late(found),
        meeting=Record.objects.filter(pk=found.sitting_id).first(), may_vote=can(request, found, "end"),
        readable=[one.newest for one in papers if one.newest and one.newest.file],
    )  # fmt: skip
    context["shown_version"] = _shown_version(context["shown_file"], papers)
    return render(request, "meetings/item.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, item: int, key: str) -> HttpResponseBase:
    """Ask what the act needs, do it."""
    found = opened_item(request, item)
    if request.method == "POST" and request.POST.get("room") and key in ("start", "end"):
        do = services.start_item if key == "start" else services.end_item
        room = reverse("meetings:room", args=[found.sitting_id])
        return press(request, lambda: do(found, **who(request)), _("Đã ghi."), room)
    return ask(request, found, key, QUESTIONS)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def new(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One more item."""
    meeting = opened(request, pk)
    return fill(
        request, ItemForm(posted(request)), title=_("Nội dung họp mới"), act=_("Thêm"), icon="plus",
        template="meetings/form.html", do=lambda form: services.add_item(meeting, form.told(), **who(request)),
        done=lambda made: reverse("meetings:item", args=[made.pk]), back_url=reverse("meetings:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def from_programme(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What the working programme plans for this session."""
    meeting = opened(request, pk)
    return press(
        request, lambda: services.take_from_programme(meeting, **who(request)),
        _("Đã lấy nội dung từ chương trình công tác."), reverse("meetings:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, item: int) -> HttpResponseBase:
    """Say something else of it."""
    found = opened_item(request, item)
    return fill(
        request, ItemForm(posted(request), item=found), title=_("Sửa nội dung họp"), act=_("Lưu"),
        template="meetings/form.html", do=lambda form: services.edit_item(found, form.told(), **who(request)),
        done=lambda _made: reverse("meetings:item", args=[item]), back_url=reverse("meetings:item", args=[item]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def guests(request: OfficeRequest, item: int) -> HttpResponseBase:
    """Who is invited to this item alone."""
    found, today = opened_item(request, item), timezone.localdate()
    listed = list(found.guests.select_related("person"))
    initial = {
        "people": "\n".join(f"#{one.person_id} {one.person}" for one in listed if one.person_id),
        "names": "\n".join(one.label for one in listed if not one.person_id),
    }
    return fill(
        request, GuestsForm(posted(request), initial=initial), title=_("Khách mời của nội dung"), act=_("Lưu"),
        icon="users", template="meetings/form.html",
        do=lambda form: services.set_guests(found, form.told(today), **who(request)),
        done=lambda _made: reverse("meetings:item", args=[item]), back_url=reverse("meetings:item", args=[item]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def summary(request: OfficeRequest, item: int) -> HttpResponseBase:
    """How it went, in the secretary's words."""
    found = opened_item(request, item)
    back = reverse("meetings:minutes", args=[found.sitting_id])
    return fill(
        request, SummaryForm(posted(request), initial={"summary": found.summary}), title=_("Ghi diễn biến"),
        act=_("Lưu"), icon="edit",
        do=lambda form: services.summarize_item(found, form.cleaned_data["summary"], **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


@login_required
@require_GET
@found_or_404
def invitation(request: OfficeRequest, item: int) -> HttpResponseBase:
    """The invitation of the item's guests, to print."""
    found = opened_item(request, item)
    context = {
        "record": found, "title": _("Giấy mời"), "blocks": shown_blocks(services.guest_body(found)),
        "addressees": [one.label for one in found.guests.all()], "back_url": reverse("meetings:item", args=[item]),
    }  # fmt: skip
    return render(request, "meetings/sheet.html", context)


@login_required
@require_POST
@found_or_404
def vote(request: OfficeRequest, item: int, ballot: int) -> HttpResponseBase:
    """Open a ballot prepared for the item, with those who sit there."""
    found = opened_item(request, item)
    return press(
        request, lambda: services.start_vote(found, ballot, **who(request)), _("Đã mở biểu quyết."),
        reverse("meetings:room", args=[found.sitting_id]),
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, item: int) -> HttpResponseBase:
    """Say something about an item one sees."""
    words, found = request.POST.get("text", "")[:5000], opened_item(request, item)
    try:
        comment_on(found, by=request.actor, at=timezone.now(), text=words)
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('meetings:item', args=[item])}#y-kien")


def _acts(request: OfficeRequest, item: Item) -> list[Act]:
    keys = {one.key for one in acts_open_to(item, request.principals)}  # type: ignore[arg-type]  # any record
    first = next((key for key in _FIRST if key in keys), "")
    told = []
    for one in acts_of(request, item, url_name="meetings:act-item", primary=first):
        if one.key in _PAGES:
            told.append(replace(one, url=reverse(f"meetings:{_PAGES[one.key]}", args=[item.pk]), is_link=True))
        elif one.key in QUESTIONS and (one.key != "waive" or _is_late(item)):
            told.append(one)
    return told


def _is_late(item: Item) -> bool:
    """Whether a paper came late and the chair has not taken it."""
    versions = (version for paper in item.papers.all() for version in paper.versions.all())
    return item.late_waived_at is None and any(version.is_late for version in versions)


def _facts(item: Item) -> list[Fact]:
    begins = timezone.localtime(item.meets_at)
    return [
        Fact(_("Cuộc họp"), item.meets_as, is_wide=True),
        Fact(_("Thời gian"), f"{begins:%H:%M %d/%m/%Y}"),
        Fact(_("Địa điểm"), item.meets_in),
        Fact(_("Thứ tự"), item.position),
        Fact(_("Thời lượng (phút)"), item.minutes_planned),
        Fact(_("Người trình bày"), item.presenter_label),
        Fact(_("Cơ quan chuẩn bị tài liệu"), item.unit.name if item.unit else ""),
        Fact(_("Hạn nộp tài liệu"), item.due_on, kind="date"),
        Fact(_("Hình thức văn bản"), item.output),
        *_programme_facts(item),
        Fact(_("Sau cuộc họp"), _("Thu hồi tài liệu") if item.is_withdrawn_after else ""),
        Fact(_("Đồng ý tài liệu muộn"), item.late_waived_reason, is_wide=True),
    ]


def _programme_facts(item: Item) -> list[Fact]:
    """Which programme planned it and how it has it now; who does not see the programme reads nothing of it."""
    if item.programme_item_id is None:
        return []
    known = services.heard_of(item.programme_item_id)
    if known is None:
        return []
    address = f"{reverse('programme:detail', args=[known.programme_id])}#nd-{item.programme_item_id}"
    return [
        Fact(_("Chương trình công tác"), known.title, url=address, is_wide=True),
        Fact(_("Trong chương trình công tác"), known.words),
    ]


def _shown_version(shown_file: FileLine | None, papers: list[ShownPaper]) -> ShownVersion | None:
    """The version whose pages stand on the page, so that they can be marked."""
    found = (one for paper in papers for one in paper.versions if one.file and one.pages)
    return next((one for one in found if shown_file and one.version.attachment_id == shown_file.key), None)
