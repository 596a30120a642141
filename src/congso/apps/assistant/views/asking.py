"""Asking, a conversation, an answer as it is being made, judging it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.assistant.forms import JudgementForm, QuestionForm
from congso.apps.assistant.models import Conversation
from congso.apps.assistant.queries import talking
from congso.apps.assistant.services.asking import ask
from congso.apps.assistant.services.judging import judge_answer
from congso.apps.assistant.services.reading_others import note_opened
from congso.apps.assistant.views.showing import shown_turn
from congso.kernel.access.openings import holds_opening
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.workflow.services import Refused


@login_required
@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponseBase:
    """One box, and what one asked before."""
    form = QuestionForm(posted(request))
    made = _asked(request, form, None)
    if made is not None:
        return made
    opened = talking.opened_conversations(request.actor.id) if holds_opening(request.principals) else None
    context = {
        "form": form,
        "conversations": talking.conversations_of(request.actor.id)[: talking.LISTED],
        "opened": opened[: talking.LISTED] if opened is not None else (),
    }
    return render(request, "assistant/index.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def talk(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A conversation; asking on continues it. Others see it only by an opening, and each look is journaled."""
    found = talking.conversation(pk)
    is_mine = found.asker_id == request.actor.id
    if not is_mine and request.method == "GET":
        note_opened(found, **who(request))
    form = QuestionForm(posted(request) if is_mine else None)
    made = _asked(request, form, found) if is_mine else None
    if made is not None:
        return made
    if request.method == "POST" and not is_mine:
        messages.error(request, _("Chỉ người hỏi mới hỏi tiếp được trong cuộc trao đổi này."))
        return redirect("assistant:talk", pk=pk)
    context = {
        "conversation": found,
        "form": form,
        "turns": [shown_turn(turn) for turn in found.turns.all()],
        "is_mine": is_mine,
    }
    return render(request, "assistant/talk.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
@found_or_404
def turn(request: OfficeRequest, pk: int) -> HttpResponse:
    """One answer, as far as it is: a part of the page that asks again while it is being made."""
    found = talking.conversation(talking.turn(pk).conversation_id)
    shown = next(one for one in found.turns.all() if one.pk == pk)
    context = {"one": shown_turn(shown), "conversation": found, "is_mine": found.asker_id == request.actor.id}
    return render(request, "assistant/_turn.html", context)


@login_required
@require_POST
@found_or_404
def judge(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Thumb up or down, with what would have been right."""
    found = talking.turn(pk)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn Đúng hoặc Chưa đúng; điều cần sửa không quá 1.000 ký tự."))
        return redirect(_place(found.conversation, pk))
    try:
        judge_answer(
            found,
            is_right=form.cleaned_data["verdict"] == "right",
            correction=form.cleaned_data["correction"],
            is_shared=form.cleaned_data["is_shared"],
            **who(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi đánh giá. Cảm ơn bạn."))
    return redirect(_place(found.conversation, pk))


def _asked(request: OfficeRequest, form: QuestionForm, conversation: Conversation | None) -> HttpResponseBase | None:
    """The way to the answer of what was posted; None when nothing was, or it was refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = ask(form.cleaned_data["question"], conversation=conversation, by=request.actor, at=timezone.now())
    except Refused as refusal:
        form.add_error("question", str(refusal))
        return None
    return redirect(_place(made.conversation, made.pk))


def _place(conversation: Conversation, turn_id: int) -> str:
    return f"{reverse('assistant:talk', args=[conversation.pk])}#y-{turn_id}"
