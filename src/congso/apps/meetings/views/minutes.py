"""The minutes: read as they stand, written, remarked on."""

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.meetings import services
from congso.apps.meetings.forms import OpinionForm, RemarkAnswerForm, WordsForm
from congso.apps.meetings.queries import opinions_of, participant_of
from congso.apps.meetings.views.pages import word_answer
from congso.apps.meetings.views.requests import can, opened, runs, shown_blocks
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, press, who


@login_required
@require_GET
@found_or_404
def minutes(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The minutes as a page, or as a Word file (`?dang=word`), with what is there to write."""
    meeting = opened(request, pk)
    if request.GET.get("dang") == "word":
        return word_answer(services.minutes_paper(meeting), f"bien-ban-{pk}.docx")
    own = participant_of(meeting, request.actor.person_id)
    may_write = can(request, meeting, "write")
    context = {
        "record": meeting, "blocks": shown_blocks(services.minutes_body(meeting)), "may_write": may_write,
        "runs": runs(request, meeting), "remarks": list(meeting.remarks.select_related("participant").order_by("id")),
        "agenda": [one for one in meeting.items.all() if one.state in ("running", "done", "withdrawn")],
        "people": [one for one in meeting.participants.all() if one.left_out_at is None] if may_write else [],
        "may_remark": own is not None and meeting.state == "closed" and meeting.circulated_at is not None
        and meeting.secretary_signed_at is None,
        "own_opinions": [one for one in opinions_of(meeting) if one.by_id == request.actor.person_id],
        "may_change": meeting.state in ("open", "closed") and meeting.secretary_signed_at is None,
        "opinion_form": OpinionForm(None),
    }  # fmt: skip
    return render(request, "meetings/minutes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def words(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What stands at the beginning and at the end."""
    meeting, back = opened(request, pk), reverse("meetings:minutes", args=[pk])
    initial = {"opening": meeting.opening_words, "closing": meeting.closing_words}
    return fill(
        request, WordsForm(posted(request), initial=initial), title=_("Lời của biên bản"), act=_("Lưu"),
        do=lambda form: services.write_words(meeting, **form.cleaned_data, **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def remark(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What a participant has to say about the minutes."""
    meeting, text = opened(request, pk), request.POST.get("text", "")
    return press(
        request, lambda: services.remark_on_minutes(meeting, text, **who(request)), _("Đã gửi ý kiến."),
        f"{reverse('meetings:minutes', args=[pk])}#gop-y",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def answer(request: OfficeRequest, pk: int, remark: int) -> HttpResponseBase:
    """The secretary takes a remark or explains why not."""
    meeting, back = opened(request, pk), f"{reverse('meetings:minutes', args=[pk])}#gop-y"
    found = meeting.remarks.select_related("participant").get(pk=remark)
    initial = {"handling": found.handling if found.handling != "open" else "taken", "answer": found.answer}
    return fill(
        request, RemarkAnswerForm(posted(request), initial=initial), title=_("Trả lời ý kiến về biên bản"),
        act=_("Lưu"), template="meetings/answer.html", remark=found,
        do=lambda form: services.answer_remark(meeting, found, **form.cleaned_data, **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip
