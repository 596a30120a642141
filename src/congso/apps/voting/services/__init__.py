"""What can be done with ballots: one function, one act, one transaction, one journal line."""

from congso.apps.voting.services.box import NOT_OURS, give_key, put_slip
from congso.apps.voting.services.counting import close_ballot, close_due, enter_count, finish_ballot, tally_from
from congso.apps.voting.services.listing import admit_voter, remove_voter
from congso.apps.voting.services.minutes import minutes_paper
from congso.apps.voting.services.moving import Invalid
from congso.apps.voting.services.opening import obstacles_of, open_ballot
from congso.apps.voting.services.preparing import (
    MOST_NAMES,
    Listed,
    NewBallot,
    change_ballot,
    create_ballot,
    set_counters,
    set_options,
    set_voters,
)
from congso.apps.voting.services.reminding import send_reminders
from congso.apps.voting.services.rounds import cancel_ballot, new_round
from congso.apps.voting.services.rules import change_rule, create_rule, stop_rule
from congso.apps.voting.services.secret import hand_out, keep_key, start_collecting
from congso.apps.voting.services.sheets import (
    PURPOSE,
    decide_doubt,
    decisions_for,
    keep_sheets,
    print_ballots,
    read_scan,
)
from congso.apps.voting.services.voting import Given, cast_answer

__all__ = [
    "MOST_NAMES",
    "NOT_OURS",
    "PURPOSE",
    "Given",
    "Invalid",
    "Listed",
    "NewBallot",
    "admit_voter",
    "cancel_ballot",
    "cast_answer",
    "change_ballot",
    "change_rule",
    "close_ballot",
    "close_due",
    "create_ballot",
    "create_rule",
    "decide_doubt",
    "decisions_for",
    "enter_count",
    "finish_ballot",
    "give_key",
    "hand_out",
    "keep_key",
    "keep_sheets",
    "minutes_paper",
    "new_round",
    "obstacles_of",
    "open_ballot",
    "print_ballots",
    "put_slip",
    "read_scan",
    "remove_voter",
    "send_reminders",
    "set_counters",
    "set_options",
    "set_voters",
    "start_collecting",
    "stop_rule",
    "tally_from",
]
