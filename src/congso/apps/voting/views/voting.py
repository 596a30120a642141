"""Voting: big choices, a second look, a receipt. Made for a thumb."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congso.apps.voting import services
from congso.apps.voting.models import Ballot, BallotMethod
from congso.apps.voting.queries import answer_of, line_of
from congso.apps.voting.rules import CHOICES, Choice
from congso.apps.voting.services import Given
from congso.apps.voting.views.requests import ballot_or_404, brief_or_404
from congso.apps.voting.views.secret import voting_page
from congso.apps.voting.views.showing import live_part
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: OfficeRequest, pk: int) -> HttpResponse:
    """The ballot of who may vote: choose, look once more, confirm. Who has voted sees what was recorded."""
    ballot = brief_or_404(pk)
    voter = line_of(ballot, request.actor.person_id or 0)
    if voter is None or ballot.method not in (BallotMethod.NAMED, BallotMethod.SECRET):
        raise Http404
    if ballot.method == BallotMethod.SECRET:
        if request.method == "POST" or not voter.may_vote:
            raise Http404
        return voting_page(request, ballot_or_404(pk), voter)
    request.shown_record = pk
    if request.method == "POST":
        return _answer(request, ballot)
    answer = answer_of(voter)
    if answer is None and ballot.state != "open":
        return redirect("voting:detail", pk)
    return _page(request, ballot, answer=answer)


def _answer(request: OfficeRequest, ballot: Ballot) -> HttpResponse:
    given = _given(request)
    problem = _problem(ballot, given)
    if problem or "confirm" not in request.POST:
        return _page(request, ballot, given=given, problem=problem, is_second=not problem)
    try:
        services.cast_answer(ballot, given, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, ballot, given=given, problem=str(refusal))
    return redirect("voting:vote", ballot.pk)


def _given(request: OfficeRequest) -> Given:
    picks = [int(one) for one in request.POST.getlist("pick")[:500] if one.isascii() and one.isdigit() and len(one) < 5]
    return Given(
        choice=request.POST.get("choice", "")[:5], picks=tuple(sorted(set(picks))),
        words=request.POST.get("words", "")[:4000].strip(),
    )  # fmt: skip


def _problem(ballot: Ballot, given: Given) -> str:
    """What can be said before the second look; the service checks everything again."""
    if ballot.is_list:
        most = ballot.seats
        if len(given.picks) > most:
            return f"Bạn đã chọn {len(given.picks)} người, nhiều hơn số lượng cần bầu ({most})."
        return ""
    if given.choice not in set(Choice):
        return "Hãy chọn một phương án."
    if given.choice == Choice.OTHER and not given.words:
        return f"Chọn “{CHOICES[Choice.OTHER]}” thì hãy ghi ý kiến."
    return ""


def _page(
    request: OfficeRequest, ballot: Ballot, *, given: Given | None = None, answer: Any = None, problem: str = "",
    is_second: bool = False,
) -> HttpResponse:  # fmt: skip
    names = list(ballot.options.all())
    picked = set(answer.picks if answer else given.picks if given else ())
    choice = answer.choice if answer else given.choice if given else ""
    context = {
        "record": ballot, "given": given, "answer": answer, "problem": problem, "is_second": is_second,
        "options": names, "picked": picked, "choices": [(one.value, CHOICES[one].capitalize()) for one in Choice],
        "chosen_words": CHOICES[Choice(choice)].capitalize() if choice in set(Choice) else "",
        "chosen_names": [one.name for one in names if one.position in picked],
        "left": ballot.seats - len(picked), "back_url": reverse("voting:detail", args=[ballot.pk]),
    }  # fmt: skip
    if answer is not None:
        context |= live_part(ballot)
    return render(request, "voting/vote.html", context, status=422 if problem else 200)
