"""Closing, counting and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from congso.apps.voting.models import Ballot, BallotMethod, Count
from congso.apps.voting.queries import (
    agreed_figures,
    answers_of,
    ballots,
    box_of,
    counter_of,
    issued_count,
    latest_counts,
    rule_under,
    tally_of_answers,
    tally_of_choices,
)
from congso.apps.voting.queries.figures import kept_roll
from congso.apps.voting.rules import Outcome, Roll, Tally, Unsound, Way, check_tally, decide, elect
from congso.apps.voting.services.minutes import keep_minutes
from congso.apps.voting.services.moving import Invalid, moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused

BY_MACHINE = (BallotMethod.NAMED,)


def close_ballot(ballot: Ballot, *, by: Actor, at: datetime, note: str = "") -> None:
    """No more votes. Those under way when it is pressed are waited for and count; named ones are counted at once."""
    with moving(ballot, "close", by=by, at=at, note=note):
        pass
    if ballot.method in BY_MACHINE:
        finish_ballot(ballot, by=by, at=at)


def close_due(*, by: Actor, at: datetime) -> int:
    """Close letters whose day has passed; returns how many. Safe to repeat."""
    due = ballots().filter(state__in=("open", "collecting"), closes_at__lte=at).order_by("id")
    due = due.exclude(state="open", method=BallotMethod.SECRET)  # papers are still being handed out
    closed = 0
    for ballot in due.prefetch_related("owner__serving_offices", "voters", "counters", "options"):
        close_ballot(ballot, by=by, at=at)
        closed += 1
    return closed


def enter_count(ballot: Ballot, tally: Tally, *, by: Actor, at: datetime) -> Count:
    """What one member of the committee counted; the last she enters stands. Raises Invalid for impossible figures."""
    try:
        check_tally(tally, is_list=ballot.is_list)
    except Unsound as unsound:
        raise Invalid([str(unsound)]) from None
    if ballot.is_list and len(tally.votes) != len(ballot.options.all()):
        raise Invalid(["Phải ghi số phiếu của mọi người trong danh sách."])
    with moving(ballot, "count", by=by, at=at) as move:
        own = next((one for one in ballot.counters.all() if one.person_id == by.person_id), None)
        if own is None:
            raise NotYours("Chỉ thành viên ban kiểm phiếu nhập số đếm được.")
        made = Count.objects.create(ballot=ballot, counter=own, figures=plain_tally(tally), at=at)
        move.facts |= {"figures": plain_tally(tally)}
    return made


def finish_ballot(ballot: Ballot, *, by: Actor, at: datetime, note: str = "") -> Outcome:
    """Judge it by the rule it was opened under; the result and its reasons are kept and never change.

    Raises Refused while two members of the committee have not counted the same.
    """
    with moving(ballot, "finish", by=by, at=at, note=note) as move:
        tally = _tally(ballot, by)
        outcome = judge(ballot, kept_roll(ballot), tally)
        save(ballot, result={"outcome": plain_outcome(outcome), "tally": plain_tally(tally), "at": at.isoformat()})
        if by.person_id is not None:  # what the machine closes has its paper made when it is asked for
            keep_minutes(ballot, by=by, at=at)
        move.facts |= {"outcome": plain_outcome(outcome), "tally": plain_tally(tally)}
        move.label = f"Xác định kết quả: {outcome.verdict}"
    return outcome


def judge(ballot: Ballot, roll: Roll, tally: Tally) -> Outcome:
    """What the rule says of these figures."""
    if not ballot.is_list:
        return decide(rule_under(ballot), roll, tally, way=Way(ballot.way))
    names = tuple(one.name for one in ballot.options.all())
    return elect(rule_under(ballot), roll, tally, seats=ballot.seats, names=names)


def plain_tally(tally: Tally) -> dict[str, Any]:
    """As it is kept."""
    return {**asdict(tally), "votes": list(tally.votes), "invalid_why": dict(tally.invalid_why)}


def tally_from(plain: Mapping[str, Any]) -> Tally:
    """From how it is kept."""
    return Tally(**plain)


def plain_outcome(outcome: Outcome) -> dict[str, Any]:
    """As it is kept."""
    plain = asdict(outcome)
    return plain | {"reasons": [asdict(one) for one in outcome.reasons]}


def _tally(ballot: Ballot, by: Actor) -> Tally:
    if ballot.method in BY_MACHINE:
        return tally_of_answers(ballot, answers_of(ballot))
    if ballot.method == BallotMethod.SECRET:
        return _tally_of_box(ballot)
    counts = latest_counts(ballot)
    own = counter_of(ballot, by.person_id or 0)
    if own is not None and own.pk not in {one.counter_id for one in counts}:
        raise Refused("Hãy nhập số đếm của bạn trước; số của người khác chỉ hiện sau đó.")
    figures = agreed_figures(counts)
    if figures is not None:
        return tally_from(figures)
    if len(counts) < 2:
        raise Refused("Cần ít nhất hai thành viên ban kiểm phiếu nhập số đếm độc lập.")
    raise Refused("Số đếm của các thành viên chưa khớp nhau. Hãy đếm lại và nhập lại.")


def _tally_of_box(ballot: Ballot) -> Tally:
    box = box_of(ballot)
    if box is None or not box.published:
        raise Refused("Hòm phiếu chưa được mở: chưa đủ số thành viên ban kiểm phiếu góp khóa.")
    return tally_of_choices(ballot, box.published["choices"], issued=issued_count(ballot))
