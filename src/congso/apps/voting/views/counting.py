"""The counting committee's page: each enters what she counted, without seeing what the others did."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.voting import services
from congso.apps.voting.forms import whole_numbers
from congso.apps.voting.models import Ballot, BallotMethod, Count
from congso.apps.voting.queries import latest_counts
from congso.apps.voting.rules import Tally
from congso.apps.voting.views.requests import ballot_or_404, may
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused


@login_required
@require_http_methods(["GET", "POST"])
def count(request: OfficeRequest, pk: int) -> HttpResponse:
    """Figures of one counter; whether they agree with another's is told after both are entered."""
    ballot = ballot_or_404(pk)
    if not any(one.person_id == request.actor.person_id for one in ballot.counters.all()):
        raise Http404
    request.shown_record = pk
    if not may(request, ballot, "count"):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("voting:detail", pk)
    names = _fields(ballot)
    numbers = whole_numbers(request.POST, names)
    problem = ""
    if request.method == "POST":
        problem = _keep(request, ballot, numbers)
        if not problem:
            return redirect("voting:detail", pk)
    own = _own(request, ballot)
    shown = {name: request.POST.get(name, "") for name in names} if problem else own
    context = {
        "record": ballot, "problem": problem, "back_url": reverse("voting:detail", args=[pk]), "has_own": bool(own),
        "scanned_url": _scanned_url(ballot),
        "fields": [(name, label, shown.get(name, "")) for name, label in names.items()],
    }  # fmt: skip
    return render(request, "voting/count.html", context, status=422 if problem else 200)


def _scanned_url(ballot: Ballot) -> str:
    is_paper_list = ballot.method == BallotMethod.PAPER and ballot.is_list
    return reverse("voting:scanned", args=[ballot.pk]) if is_paper_list else ""


def _fields(ballot: Ballot) -> dict[str, str]:
    """What is counted, in the order it is written down."""
    is_hands = ballot.method == BallotMethod.HANDS
    found = {} if is_hands else {"issued": _("Số phiếu phát ra"), "collected": _("Số phiếu thu về")}
    if ballot.is_list:
        found["valid"] = _("Số phiếu hợp lệ")
        return found | {f"votes-{one.position}": one.name for one in ballot.options.all()}
    return found | {"yes": _("Đồng ý"), "no": _("Không đồng ý"), "other": _("Ý kiến khác, không biểu quyết")}


def _keep(request: OfficeRequest, ballot: Ballot, numbers: dict[str, int | None]) -> str:
    if any(number is None for number in numbers.values()):
        return _("Hãy ghi mọi ô bằng số nguyên; không có thì ghi 0.")
    given = {name: number or 0 for name, number in numbers.items()}
    try:
        services.enter_count(ballot, _tally(ballot, given), by=request.actor, at=timezone.now())
    except Refused as refusal:
        return str(refusal)
    counts = latest_counts(ballot)
    if len(counts) < 2:
        messages.success(request, _("Đã ghi số bạn đếm. Chờ thành viên khác nhập số đếm của mình."))
    elif all(one.figures == counts[0].figures for one in counts):
        messages.success(request, _("Số đếm của các thành viên khớp nhau. Có thể xác định kết quả."))
    else:
        messages.warning(request, _("Số đếm của các thành viên chưa khớp nhau. Hãy đếm lại."))
    return ""


def _tally(ballot: Ballot, given: dict[str, int]) -> Tally:
    if ballot.is_list:
        votes = [given[f"votes-{one.position}"] for one in ballot.options.all()]
        issued = given.get("issued", len(ballot.voters.all()))
        return Tally(issued, given.get("collected", given["valid"]), given["valid"], votes=votes)
    valid = given["yes"] + given["no"] + given["other"]
    issued, collected = given.get("issued", ballot.roll.get("present", valid)), given.get("collected", valid)
    return Tally(issued, collected, valid, yes=given["yes"], no=given["no"], other=given["other"])


def _own(request: OfficeRequest, ballot: Ballot) -> dict[str, str]:
    mine: Count | None = next(
        (one for one in latest_counts(ballot) if one.counter.person_id == request.actor.person_id), None
    )
    if mine is None:
        return {}
    votes = {f"votes-{place}": str(number) for place, number in enumerate(mine.figures["votes"])}
    return {name: str(value) for name, value in mine.figures.items() if isinstance(value, int)} | votes
