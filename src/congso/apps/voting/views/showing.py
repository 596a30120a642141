"""One ballot: its page, its acts, what came of it and why."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.voting import services
from congso.apps.voting.forms import RoundForm
from congso.apps.voting.models import Ballot, BallotMethod
from congso.apps.voting.queries import (
    acts_open_to,
    answers_of,
    box_count,
    keys_ready,
    rule_under,
    standing_of,
    voter_of,
)
from congso.apps.voting.rules import CHOICES, Choice
from congso.apps.voting.services.minutes import WORD
from congso.apps.voting.views.lists import deadline_words, method_words
from congso.apps.voting.views.requests import ballot_or_404, brief_or_404, is_organizer, may
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.naming import name_then_and_now
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import Question, ask, with_note, with_reason
from congso.kernel.web.charts import Chart, Series, bar_chart
from congso.kernel.web.detail import Act, Fact, detail_context, file_lines

MOVING = ("open", "collecting", "closed")
RUNNING_SECRETLY = ("open", "collecting", "closed", "counted")
_LINKS = {
    "change": "voting:change",
    "list": "voting:change-list",
    "count": "voting:count",
    "key": "voting:key",
    "print": "voting:print",
    "unlock": "voting:unlock",
}
_PRIMARY = ("key", "open", "collect", "count", "unlock", "finish", "close")
_QUESTIONS = {
    "open": with_note(services.open_ballot),
    "collect": with_note(services.start_collecting),
    "close": with_note(services.close_ballot),
    "finish": with_note(services.finish_ballot),
    "cancel": with_reason(services.cancel_ballot),
    "again": Question(
        lambda data, _ballot: RoundForm(data),
        lambda ballot, form, **who: services.new_round(
            ballot, note=form.cleaned_data["note"], question=form.cleaned_data["question"], **who
        ),
    ),
}


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is voted on, how far it is, what came of it and why."""
    ballot = ballot_or_404(pk)
    now = timezone.now()
    organizes, is_draft = is_organizer(request, ballot), ballot.state == "draft"
    context = detail_context(
        request, ballot,
        facts=_facts(ballot),
        acts=_acts(request, ballot),
        files=file_lines(ballot),
        comment_url=reverse("voting:comment", args=[pk]),
        organizes=organizes,
        obstacles=services.obstacles_of(ballot, at=now) if organizes and is_draft else [],
        vote_url=_vote_url(request, ballot),
        is_moving=ballot.state in MOVING, **live_part(ballot),
        keys=keys_ready(ballot) if ballot.method == BallotMethod.SECRET and is_draft else None,
        recount_url=_recount_url(ballot),
        counts=_counts(ballot) if ballot.state == "closed" else [],
        voters=list(ballot.voters.all()), counters=list(ballot.counters.all()), options=list(ballot.options.all()),
        rounds=list(ballot.rounds.order_by("id")[:20]),
        **_result(ballot),
    )  # fmt: skip
    return render(request, "voting/detail.html", context)


@never_cache
@login_required
@require_GET
def live(request: OfficeRequest, pk: int) -> HttpResponse:
    """How far it is or what came of it, in few words: looked at again by a whole hall, so it asks little."""
    ballot = brief_or_404(pk)
    request.shown_record = pk
    return render(request, "voting/_live.html", {"record": ballot, **live_part(ballot)})


def live_part(ballot: Ballot) -> dict[str, Any]:
    """What the moving part of a page shows."""
    told: dict[str, Any] = {"standing": _standing(ballot)}
    if ballot.state == "counted":
        outcome, tally = ballot.result["outcome"], ballot.result["tally"]
        told |= {"verdict": outcome, "names": _lines(ballot, outcome, tally)}
    return told


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """Ask what the act needs, then do it; a refusal is told on the same page and nothing has changed."""
    ballot = ballot_or_404(pk)
    request.shown_record = pk
    return ask(request, ballot, key, _QUESTIONS)


@login_required
@require_GET
def minutes(request: OfficeRequest, pk: int) -> HttpResponse:
    """The record of a counted ballot as a Word file, made of what was kept: always the same."""
    ballot = ballot_or_404(pk)
    if ballot.state != "counted":
        raise Http404
    request.shown_record = pk
    response = HttpResponse(services.minutes_paper(ballot), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="bien-ban-{pk}.docx"'
    return response


@login_required
@require_POST
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say something about a ballot one sees."""
    try:
        comment_on(ballot_or_404(pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('voting:detail', args=[pk])}#y-kien")


def _acts(request: OfficeRequest, ballot: Ballot) -> list[Act]:
    keys = [one.key for one in acts_open_to(ballot, request.principals)]
    first = next((key for key in _PRIMARY if key in keys), "")
    shown = [
        Act(
            key=one.key, label=one.label, icon=one.icon, tone="primary" if one.key == first else "",
            url=reverse(_LINKS[one.key], args=[ballot.pk]) if one.key in _LINKS
            else reverse("voting:act", args=[ballot.pk, one.key]),
            is_link=one.key in _LINKS or one.key == "again", ask=True,
            needs_reason=one.needs_reason and one.key not in _LINKS,
        )
        for one in acts_open_to(ballot, request.principals)
    ]  # fmt: skip
    return sorted(shown, key=lambda one: one.tone != "primary")


def _vote_url(request: OfficeRequest, ballot: Ballot) -> str:
    voter = voter_of(ballot, request.actor.person_id or 0)
    is_running = ballot.state == "open" or (ballot.method == BallotMethod.SECRET and ballot.state in RUNNING_SECRETLY)
    is_on_screen = ballot.method in (BallotMethod.NAMED, BallotMethod.SECRET)
    may_vote = is_running and is_on_screen and voter is not None and voter.may_vote
    return reverse("voting:vote", args=[ballot.pk]) if may_vote else ""


def _recount_url(ballot: Ballot) -> str:
    is_published = ballot.method == BallotMethod.SECRET and ballot.state == "counted"
    return reverse("voting:recount", args=[ballot.pk]) if is_published else ""


def _standing(ballot: Ballot) -> dict[str, Any] | None:
    """How far it is while votes are given: answers, or papers taken, or slips in the box."""
    is_named = ballot.method == BallotMethod.NAMED and ballot.state == "open"
    if not is_named and (ballot.method != BallotMethod.SECRET or ballot.state not in ("open", "collecting", "closed")):
        return None
    stands = standing_of(ballot)
    if is_named:
        return {"label": _("Đã trả lời"), "done": stands.answered, "of": stands.expected}
    if ballot.state == "open":
        return {"label": _("Đã nhận phiếu"), "done": stands.taken, "of": stands.expected}
    return {"label": _("Phiếu trong hòm"), "done": box_count(ballot), "of": stands.taken}


def _counts(ballot: Ballot) -> list[dict[str, Any]]:
    """Who of the committee has counted, and when; not what."""
    when = standing_of(ballot).counted
    return [{"label": one.label, "at": when[one.pk]} for one in ballot.counters.all() if one.pk in when]


def _facts(ballot: Ballot) -> list[Fact]:
    return [
        Fact(_("Nội dung, dự thảo"), ballot.question, is_wide=True),
        Fact(_("Cơ quan biểu quyết"), name_then_and_now(ballot.owner, ballot.opened_on)),
        Fact(_("Hình thức"), method_words(ballot)),
        Fact(_("Quy tắc tính"), ballot.voting_rule.title),
        Fact(_("Căn cứ"), rule_under(ballot).basis),
        Fact(_("Số lượng cần bầu"), ballot.seats or None, "number"),
        Fact(
            _("Số khóa để mở hòm phiếu"), ballot.threshold if ballot.method == BallotMethod.SECRET else None, "number"
        ),
        Fact(_("Hạn trả lời"), deadline_words(ballot)),
        Fact(_("Mở lúc"), ballot.opened_at, "moment"),
        Fact(_("Vòng"), ballot.round if ballot.round > 1 else None, "number"),
        Fact(
            _("Lý do mở vòng mới"), ballot.round_reason, is_wide=True,
            url=reverse("voting:detail", args=[ballot.previous_id]) if ballot.previous_id else "",
        ),
    ]  # fmt: skip


def _result(ballot: Ballot) -> dict[str, Any]:
    """The outcome as the page shows it: verdict, reasons, figures, a picture, named answers."""
    if ballot.state != "counted":
        return {"outcome": None}
    outcome, tally = ballot.result["outcome"], ballot.result["tally"]
    lines = _lines(ballot, outcome, tally)
    return {
        "outcome": outcome, "tally": tally, "lines": lines, "chart": _chart(lines),
        "invalid": tally["collected"] - tally["valid"],
        "answers": _answers(ballot) if ballot.method == BallotMethod.NAMED else [],
    }  # fmt: skip


def _lines(ballot: Ballot, outcome: dict[str, Any], tally: dict[str, Any]) -> list[dict[str, Any]]:
    if not ballot.is_list:
        return [
            {"name": CHOICES[one].capitalize(), "votes": tally[one.value], "is_chosen": False, "is_again": False}
            for one in Choice
        ]
    elected, again = set(outcome["elected"]), set(outcome["again"])
    return [
        {
            "name": one.name, "votes": tally["votes"][one.position], "is_chosen": one.position in elected,
            "is_again": one.position in again,
        }
        for one in ballot.options.all()
    ]  # fmt: skip


def _chart(lines: list[dict[str, Any]]) -> Chart | None:
    votes = Series(pgettext("chart", "Số phiếu"), [Decimal(one["votes"]) for one in lines])
    return bar_chart(_("Số phiếu"), [one["name"] for one in lines], [votes])


def _answers(ballot: Ballot) -> list[dict[str, Any]]:
    names = [one.name for one in ballot.options.all()]
    given = {one.voter_id: one for one in answers_of(ballot)}
    shown = []
    for voter in ballot.voters.all():
        answer = given.get(voter.pk)
        if answer is None and not voter.may_vote:
            continue
        if answer is None:
            words = _("không trả lời")
        elif ballot.is_list:
            words = ", ".join(names[place] for place in answer.picks) or _("không bầu ai")
        else:
            words = str(answer.get_choice_display())
        shown.append({
            "voter": voter, "choice": words, "words": answer.words if answer else "",
            "is_set_aside": answer is not None and not voter.may_vote,
        })  # fmt: skip
    return shown


def may_count(request: OfficeRequest, ballot: Ballot) -> bool:
    """Whether the person enters a count now."""
    return may(request, ballot, "count")
