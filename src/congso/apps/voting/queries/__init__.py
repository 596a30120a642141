"""What can be asked about ballots."""

from congso.apps.voting.queries.ballots import (
    acts_open_to,
    ballot_of,
    ballots,
    bodies_for,
    counts_by_state,
    organizes_anything,
    to_vote,
)
from congso.apps.voting.queries.figures import (
    Standing,
    agreed_figures,
    answer_of,
    answers_of,
    latest_counts,
    plan_of,
    roll_of,
    standing_of,
    tally_of_answers,
    voter_of,
)
from congso.apps.voting.queries.rules import rule_of_code, rule_said_by, rule_under, rules_for, rules_of

__all__ = [
    "Standing",
    "acts_open_to",
    "agreed_figures",
    "answer_of",
    "answers_of",
    "ballot_of",
    "ballots",
    "bodies_for",
    "counts_by_state",
    "latest_counts",
    "organizes_anything",
    "plan_of",
    "roll_of",
    "rule_of_code",
    "rule_said_by",
    "rule_under",
    "rules_for",
    "rules_of",
    "standing_of",
    "tally_of_answers",
    "to_vote",
    "voter_of",
]
