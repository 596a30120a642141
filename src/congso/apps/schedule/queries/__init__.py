"""What can be asked of the calendar; all of it sees what the asker may see, and of the rest only that it is busy."""

from congso.apps.schedule.queries.busy import Conflict, busy_slots, conflicts, hidden_claims
from congso.apps.schedule.queries.entries import (
    approving_for,
    entries,
    entries_between,
    entry_of,
    mine,
    organizations_where,
    owners_for,
    posts_held,
    refresh_parties,
    units_for,
)
from congso.apps.schedule.queries.things import keeping_for, keeps_anything, things_for, uses_between

__all__ = [
    "Conflict",
    "approving_for",
    "busy_slots",
    "conflicts",
    "entries",
    "entries_between",
    "entry_of",
    "hidden_claims",
    "keeping_for",
    "keeps_anything",
    "mine",
    "organizations_where",
    "owners_for",
    "posts_held",
    "refresh_parties",
    "things_for",
    "units_for",
    "uses_between",
]
