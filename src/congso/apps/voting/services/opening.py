"""Opening a ballot, and what stands in the way of it."""

from datetime import datetime

from congso.apps.voting.models import Ballot, BallotMethod
from congso.apps.voting.queries import plan_of, roll_of, rule_said_by
from congso.apps.voting.queries.figures import plain_roll
from congso.apps.voting.rules import Reason, obstacles, plain_rule
from congso.apps.voting.sealing import new_signing_key
from congso.apps.voting.services.moving import Invalid, moving
from congso.apps.voting.services.secret import make_box
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import save


def obstacles_of(ballot: Ballot, *, at: datetime) -> list[Reason]:
    """Everything the rules find against opening it now."""
    return obstacles(rule_said_by(ballot.voting_rule), plan_of(ballot, at), roll_of(ballot.voters.all()))


def open_ballot(ballot: Ballot, *, by: Actor, at: datetime, note: str = "") -> None:
    """Open it: rule and list are kept as they stand, so that nothing changed later changes what was voted under.

    Raises Invalid with every reason why not: an undefined rule, no quorum, a list too short or too long …
    """
    key = new_signing_key() if ballot.method == BallotMethod.SECRET else None  # slow: before anything is locked
    with moving(ballot, "open", by=by, at=at, note=note) as move:
        found = obstacles_of(ballot, at=at)
        if found:
            raise Invalid([one.text for one in found])
        roll = roll_of(ballot.voters.all())
        save(ballot, rule_kept=plain_rule(rule_said_by(ballot.voting_rule)), roll=plain_roll(roll), opened_at=at)
        if key is not None:
            make_box(ballot, key)
        move.facts |= {"roll": plain_roll(roll), "rule": ballot.rule_kept}
