"""Secret ballots on a screen: papers taken, how the box stands, what anybody entitled recounts from."""

import json
from collections import Counter as Times
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from congso.apps.voting.models import Ballot, Box, Counter, CounterKey, GivenKey, Issue, Voter
from congso.apps.voting.queries.rules import rule_under
from congso.apps.voting.rules import Marks, Sheet, Tally, chosen_sheet, count_sheets, plain_rule
from congso.apps.voting.sealing import UNOPENED

CANNOT_OPEN = "không mở được, phiếu làm sai cách"
FORMAT = "congso-ballot-1"


def counter_of(ballot: Ballot, person_id: int) -> Counter | None:
    """The person's place in the counting committee."""
    return next((one for one in ballot.counters.all() if one.person_id == person_id), None)


def issue_of(voter: Voter) -> Issue | None:
    """The paper a voter took."""
    return Issue.objects.filter(voter=voter).first()


def box_of(ballot: Ballot) -> Box | None:
    """The box, once the ballot has been opened."""
    return Box.objects.filter(ballot=ballot).first()


def box_state(address: UUID) -> dict[str, Any] | None:
    """State, public key and receipts of a box, for whoever has its address; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.box_state(%s)", [address])
        found: str | None = cursor.fetchone()[0]
    return dict(json.loads(found)) if found else None


def box_count(ballot: Ballot) -> int:
    """How many slips lie in the box."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.box_count(%s)", [ballot.pk])
        return int(cursor.fetchone()[0])


def issued_count(ballot: Ballot) -> int:
    """How many papers were taken."""
    return Issue.objects.filter(voter__ballot=ballot).count()


def keys_ready(ballot: Ballot) -> set[int]:
    """Members of the committee (by line) whose key is there."""
    return set(CounterKey.objects.filter(counter__ballot=ballot).values_list("counter_id", flat=True))


def keys_given(ballot: Ballot) -> set[int]:
    """Members who have given their keys and wait for others; told to the committee alone."""
    return set(GivenKey.objects.filter(counter__ballot=ballot).values_list("counter_id", flat=True))


def tally_of_choices(ballot: Ballot, choices: Sequence[str], *, issued: int) -> Tally:
    """Choices from the box, counted. What could not be opened was collected and is invalid."""
    if ballot.is_list:
        marks, names = rule_under(ballot).marks, len(ballot.options.all())
        sheets = [_sheet(one, names, marks) for one in choices]
        return count_sheets(sheets, issued=issued, names=names, seats=ballot.seats, marks=marks)
    times = Times(choices)
    valid = times["yes"] + times["no"] + times["other"]
    why = {CANNOT_OPEN: times[UNOPENED]} if times[UNOPENED] else {}
    return Tally(
        issued, len(choices), valid, yes=times["yes"], no=times["no"], other=times["other"], invalid_why=why
    )  # fmt: skip


def _sheet(choice: str, names: int, marks: Marks) -> Sheet:
    if choice == UNOPENED:
        return Sheet(is_readable=False)
    return chosen_sheet([int(one) for one in choice.split(",") if one.isdigit()], names=names, marks=marks)


def recount_data(ballot: Ballot, box: Box) -> dict[str, Any]:
    """Everything a recount needs, for tools/recount_ballots.py; nothing of who voted."""
    return {
        "format": FORMAT, "title": ballot.title, "body": ballot.owner.name, "round": ballot.round,
        "subject": ballot.subject, "seats": ballot.seats, "names": [one.name for one in ballot.options.all()],
        "rule": plain_rule(rule_under(ballot)), "roll": ballot.roll,
        "box": box.address.hex, "modulus": bytes(box.modulus).hex(), "issued": ballot.result["tally"]["issued"],
        **box.published, "tally": ballot.result["tally"], "outcome": ballot.result["outcome"],
    }  # fmt: skip
