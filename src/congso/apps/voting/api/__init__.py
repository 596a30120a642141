"""REST for votes: the screens' services and permissions, refusals as problem answers.

Of a secret ballot it gives what everybody on its list sees. Papers are taken and slips put in by the voter's browser
alone (docs/voting.md): no act here does either, and no answer names the box's address.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from ninja import Query, Router
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.voting import services
from congso.apps.voting.api.schemas import (
    BallotDetailOut,
    BallotListIn,
    BallotNoteIn,
    BallotOut,
    NamedVoteIn,
)
from congso.apps.voting.models import Answer, BallotMethod, Voter
from congso.apps.voting.queries import (
    acts_open_to,
    answer_of,
    answers_of,
    ballot_of,
    ballots,
    box_count,
    expected_voters,
    rule_under,
    standing_of,
    to_vote,
    voter_of,
)
from congso.apps.voting.rules import quorum_words, rule_words
from congso.apps.voting.services import Given
from congso.kernel.accounts.requests import OfficeRequest

router = Router()
_SCOPES = {"running": ("draft", "open", "collecting", "closed"), "counted": ("counted",)}


@router.get("/", response=list[BallotOut])
@paginate(LimitOffsetPagination)
def list_ballots(request: OfficeRequest, narrowed: Query[BallotListIn]) -> Any:
    """Các cuộc biểu quyết, phiếu xin ý kiến người gọi được xem, mới nhất trước."""
    found = ballots()
    if narrowed.scope == "mine":
        found = to_vote(found, request.actor.person_id or 0)
    elif narrowed.scope in _SCOPES:
        found = found.filter(state__in=_SCOPES[narrowed.scope])
    chosen = {"method": narrowed.method, "owner_id": narrowed.office}
    return found.filter(**{name: value for name, value in chosen.items() if value}).order_by("-opened_on", "-pk")


@router.get("/{pk}", response=BallotDetailOut)
def get_ballot(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Một cuộc biểu quyết: quy tắc, điều kiện họp, tiến độ, kết quả và vì sao."""
    return _detail(request, pk)


@router.post("/{pk}/vote", response=BallotDetailOut)
def vote(request: OfficeRequest, pk: int, given: NamedVoteIn) -> dict[str, Any]:
    """Biểu quyết ghi tên, hoặc trả lời phiếu xin ý kiến; một lần, nhân danh chính mình.

    Gửi lại đúng phiếu đó không đổi gì; gửi phiếu khác bị từ chối.
    """
    answer = Given(choice=given.choice, picks=tuple(sorted(set(given.picks))), words=given.words)
    services.cast_answer(ballot_of(pk), answer, **_who(request))
    return _detail(request, pk)


@router.post("/{pk}/open", response=BallotDetailOut)
def open_ballot(request: OfficeRequest, pk: int, facts: BallotNoteIn) -> dict[str, Any]:
    """Mở biểu quyết; quy tắc và danh sách giữ nguyên từ lúc này. Từ chối thì nêu mọi lý do."""
    services.open_ballot(ballot_of(pk), note=facts.note, **_who(request))
    return _detail(request, pk)


@router.post("/{pk}/close", response=BallotDetailOut)
def close_ballot(request: OfficeRequest, pk: int, facts: BallotNoteIn) -> dict[str, Any]:
    """Kết thúc biểu quyết; biểu quyết ghi tên có kết quả ngay."""
    services.close_ballot(ballot_of(pk), note=facts.note, **_who(request))
    return _detail(request, pk)


def _who(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _detail(request: OfficeRequest, pk: int) -> dict[str, Any]:
    ballot = ballot_of(pk)
    request.shown_record = pk
    rule, stands = rule_under(ballot), standing_of(ballot)
    voter = voter_of(ballot, request.actor.person_id or 0)
    is_named = ballot.method == BallotMethod.NAMED
    own = answer_of(voter) if voter and is_named else None
    return {
        **BallotOut.from_orm(ballot).dict(),
        "question": ballot.question, "seats": ballot.seats, "is_personnel": ballot.is_personnel,
        "opened_at": ballot.opened_at,
        "rule": {
            "title": ballot.voting_rule.title, "enough": rule_words(rule), "quorum": quorum_words(rule),
            "basis": rule.basis,
        },
        "roll": ballot.roll or None,
        "names": list(ballot.options.all()),
        "standing": {
            "expected": stands.expected, "answered": stands.answered, "taken": stands.taken,
            "in_box": box_count(ballot) if ballot.method == BallotMethod.SECRET else 0,
        },
        "may_vote": is_named and ballot.state == "open" and own is None and voter in expected_voters(ballot),
        "mine": _answer(own, voter) if own and voter else None,
        "answers": _answers(answers_of(ballot)) if is_named and ballot.state == "counted" else [],
        "result": {**ballot.result["tally"], **ballot.result["outcome"]} if ballot.state == "counted" else None,
        "acts": [one.key for one in acts_open_to(ballot, request.principals)],
    }  # fmt: skip


def _answers(given: Iterable[Answer]) -> list[dict[str, Any]]:
    return [_answer(one, one.voter) for one in given]


def _answer(given: Answer, voter: Voter) -> dict[str, Any]:
    told = {name: getattr(given, name) for name in ("choice", "picks", "words", "at")}
    return told | {"voter": voter.label, "counts": voter.may_vote}
