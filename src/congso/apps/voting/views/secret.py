"""A secret ballot on a screen: the voter's page, the committee's keys, the box, what a recount needs."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.voting import services
from congso.apps.voting.models import Ballot, BallotMethod, Voter
from congso.apps.voting.queries import (
    box_of,
    box_state,
    counter_of,
    issue_of,
    keys_given,
    recount_data,
)
from congso.apps.voting.rules import CHOICES, Choice
from congso.apps.voting.views.requests import ballot_or_404, may
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def voting_page(request: OfficeRequest, ballot: Ballot, voter: Voter) -> HttpResponse:
    """The page on which a voter takes her paper and votes; its script does both, and no device keeps a copy of it."""
    box = box_of(ballot)
    if box is None:
        return redirect("voting:detail", ballot.pk)
    names = list(ballot.options.all())
    choices = (
        [(one.position, one.name, one.note) for one in names]
        if ballot.is_list
        else [(one.value, CHOICES[one].capitalize(), "") for one in Choice]
    )
    facts = {
        "state": ballot.state, "box": box.address.hex, "modulus": bytes(box.modulus).hex(),
        "keys": [one["public"] for one in box.counter_keys], "threshold": ballot.threshold, "voter": voter.pk,
        "has_paper": issue_of(voter) is not None, "is_list": ballot.is_list, "seats": ballot.seats,
        "take_url": reverse("voting:take", args=[ballot.pk]), "box_url": reverse("voting:box", args=[box.address]),
    }  # fmt: skip
    context = {
        "record": ballot, "facts": facts, "choices": choices, "back_url": reverse("voting:detail", args=[ballot.pk]),
    }  # fmt: skip
    return render(request, "voting/secret.html", context)


@login_required
@require_POST
def take(request: OfficeRequest, pk: int) -> HttpResponse:
    """A voter takes her paper: what her browser made is signed unseen, once."""
    ballot = ballot_or_404(pk)
    try:
        blinded = _bytes(request.POST.get("blinded", ""))
        signature = services.hand_out(ballot, blinded, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"signature": signature.hex()})


@csrf_exempt  # no cookie comes with it, so there is none to forge with; the slip's own signature is what counts
@never_cache
@require_http_methods(["GET", "POST"])
def box(request: HttpRequest, address: UUID) -> HttpResponse:
    """The box: how it stands, and a slip put into it. Nobody's: what brings a cookie is sent back."""
    if request.COOKIES:
        return _refused(_("Hòm phiếu không nhận yêu cầu có kèm phiên làm việc."))
    stands = box_state(address)
    if stands is None:
        raise Http404
    if request.method == "GET":
        return JsonResponse({"state": stands["state"], "receipts": stands["receipts"]})
    try:
        return JsonResponse({"receipt": services.put_slip(address, request.body, at=timezone.now())})
    except Refused as refusal:
        return _refused(str(refusal))


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=403)


@login_required
@require_http_methods(["GET", "POST"])
def key(request: OfficeRequest, pk: int) -> HttpResponse:
    """A member of the committee makes her key, in her browser; the public half is kept."""
    ballot = _of_committee(request, pk)
    if not may(request, ballot, "key"):
        return redirect("voting:detail", pk)
    problem = ""
    if request.method == "POST":
        try:
            services.keep_key(ballot, _bytes(request.POST.get("public", "")), by=request.actor, at=timezone.now())
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Đã ghi khóa của bạn. Hãy giữ phần bí mật đến lúc mở hòm phiếu."))
            return redirect("voting:detail", pk)
    return _committee_page(request, "voting/key.html", ballot, problem)


@login_required
@require_http_methods(["GET", "POST"])
def unlock(request: OfficeRequest, pk: int) -> HttpResponse:
    """A member of the committee gives her key; with the last of k the box is open and counted."""
    ballot = _of_committee(request, pk)
    if not may(request, ballot, "unlock"):
        return redirect("voting:detail", pk)
    problem = ""
    if request.method == "POST":
        raw = _bytes("".join(request.POST.get("key", "")[:200].lower().split()))
        try:
            is_open = services.give_key(ballot, raw, by=request.actor, at=timezone.now())
        except Refused as refusal:
            problem = str(refusal)
        else:
            told = _("Đã mở hòm phiếu và kiểm đếm.") if is_open else _("Đã nhận khóa của bạn. Chờ thành viên khác.")
            messages.success(request, told)
            return redirect("voting:detail", pk)
    given = keys_given(ballot)
    waiting = [(one, one.pk in given) for one in ballot.counters.all()]
    return _committee_page(request, "voting/unlock.html", ballot, problem, waiting=waiting, given=len(given))


@login_required
@require_GET
def recount(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was published after the opening, for the separate recount program."""
    ballot = ballot_or_404(pk)
    box = box_of(ballot)
    if ballot.state != "counted" or box is None:
        raise Http404
    response = JsonResponse(recount_data(ballot, box), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="kiem-lai-{pk}.json"'
    return response


def _of_committee(request: OfficeRequest, pk: int) -> Ballot:
    ballot = ballot_or_404(pk)
    if ballot.method != BallotMethod.SECRET or counter_of(ballot, request.actor.person_id or 0) is None:
        raise Http404
    return ballot


def _committee_page(request: OfficeRequest, template: str, ballot: Ballot, problem: str, **more: Any) -> HttpResponse:
    context = {"record": ballot, "problem": problem, "back_url": reverse("voting:detail", args=[ballot.pk]), **more}
    return render(request, template, context, status=422 if problem else 200)


def _bytes(hex_text: str) -> bytes:
    """What was sent as hex; nothing for what is none."""
    return bytes.fromhex(hex_text) if len(hex_text) <= 1024 and _HEX.fullmatch(hex_text) else b""
