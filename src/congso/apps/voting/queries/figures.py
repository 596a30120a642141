"""Who there is and what was cast, as the rules take it."""

import json
from collections import Counter as Times
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from congso.apps.voting.models import Answer, Ballot, BallotMethod, BallotWay, Count, CounterKey, Deduction, Voter
from congso.apps.voting.queries.rules import rule_under
from congso.apps.voting.rules import Kind, Method, Plan, Roll, Tally, Way, chosen_sheet, count_sheets
from congso.kernel.regulations.queries import NotInForce, value

ALLOWED = "voting.electronic_secret_allowed"


@dataclass(frozen=True)
class Standing:
    """How many answered or took a paper of how many who may; who of the committee has counted, and when."""

    answered: int
    expected: int
    taken: int
    counted: dict[int, datetime]


def voter_of(ballot: Ballot, person_id: int) -> Voter | None:
    """The person's own line on the list."""
    return next((one for one in ballot.voters.all() if one.person_id == person_id), None)


def line_of(ballot: Ballot, person_id: int) -> Voter | None:
    """The same without reading the list."""
    return Voter.objects.filter(ballot=ballot, person_id=person_id).first()


def answer_of(voter: Voter) -> Answer | None:
    """What the voter answered."""
    return Answer.objects.filter(voter=voter).first()


def answers_of(ballot: Ballot) -> list[Answer]:
    """Answers the person sees, in Vietnamese order of voters. One query."""
    found = Answer.objects.filter(voter__ballot=ballot).select_related("voter")
    return list(found.order_by("voter__person__name_key", "id"))


def expected_voters(ballot: Ballot) -> list[Voter]:
    """Those to whom a ballot is given: all who may vote; in the room those who are there."""
    is_letter = ballot.way == BallotWay.CIRCULATION
    return [one for one in ballot.voters.all() if one.may_vote and (is_letter or one.is_present)]


def standing_of(ballot: Ballot) -> Standing:
    """The same for everybody who sees the ballot, whatever rows are hers. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.ballot_standing(%s)", [ballot.pk])
        told = json.loads(cursor.fetchone()[0])
    counted = {int(one): datetime.fromisoformat(at) for one, at in told["counted"].items()}
    return Standing(told["answered"], told["expected"], told["taken"], counted)


def roll_of(voters: Iterable[Voter]) -> Roll:
    """The list in figures. Who only stands in counts nowhere."""
    listed = [one for one in voters if one.is_voting and one.removed_at is None]
    taken_off = Times(str(Deduction(one.deduction).label) for one in listed if one.deduction)
    present = sum(one.is_present and not one.deduction for one in listed)
    return Roll(len(listed), len(listed), present, dict(taken_off))


def plain_roll(roll: Roll) -> dict[str, Any]:
    """As it is kept with the ballot."""
    return asdict(roll)


def kept_roll(ballot: Ballot) -> Roll:
    """As it was kept when the ballot was opened."""
    return Roll(**ballot.roll) if ballot.roll else roll_of(ballot.voters.all())


def plan_of(ballot: Ballot, at: datetime) -> Plan:
    """What would be opened, as the rules look at it."""
    counters = {one.person_id for one in ballot.counters.all()}
    names = {one.name.strip().lower() for one in ballot.options.all()}
    labels = [one.label.partition(",")[0].strip().lower() for one in ballot.counters.all()]
    return Plan(
        kind=Kind(ballot.subject),
        method=Method(ballot.method),
        way=Way(ballot.way),
        is_personnel=ballot.is_personnel,
        voters=len(expected_voters(ballot)),
        counters=len(counters),
        has_deadline=ballot.closes_at is not None and ballot.closes_at > at,
        options=len(ballot.options.all()),
        seats=ballot.seats,
        is_poll_recorded=ballot.is_poll_recorded,
        electronic_secret=secret_allowed(at),
        counters_on_list=sum(label in names for label in labels),
        threshold=ballot.threshold if ballot.method == BallotMethod.SECRET else 0,
        keys=CounterKey.objects.filter(counter__ballot=ballot).count() if ballot.method == BallotMethod.SECRET else 0,
        round=ballot.round,
    )


def secret_allowed(at: datetime) -> bool:
    """Whether the operator has entered the text that allows secret ballots on a screen."""
    try:
        return bool(value(ALLOWED, on=timezone.localdate(at)))
    except NotInForce:
        return False


def tally_of_answers(ballot: Ballot, answers: Sequence[Answer]) -> Tally:
    """Named answers counted; those of people who have lost their vote meanwhile are set aside."""
    issued = len(expected_voters(ballot))
    counted = [one for one in answers if one.voter.may_vote]
    if ballot.is_list:
        rule, names = rule_under(ballot), len(ballot.options.all())
        sheets = [chosen_sheet(one.picks, names=names, marks=rule.marks) for one in counted]
        return count_sheets(sheets, issued=issued, names=names, seats=ballot.seats, marks=rule.marks)
    times = Times(one.choice for one in counted)
    return Tally(issued, len(counted), len(counted), yes=times["yes"], no=times["no"], other=times["other"])


def latest_counts(ballot: Ballot) -> list[Count]:
    """The last count of each member of the committee who has counted."""
    found = Count.objects.filter(ballot=ballot).select_related("counter").order_by("counter_id", "-id")
    return list(found.distinct("counter_id"))


def agreed_figures(counts: Sequence[Count]) -> dict[str, Any] | None:
    """What two or more counted alike; None while fewer than two counted or somebody counted differently."""
    if len(counts) < 2 or any(one.figures != counts[0].figures for one in counts):
        return None
    found: dict[str, Any] = counts[0].figures
    return found
