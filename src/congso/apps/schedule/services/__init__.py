"""What can be done with entries and things: one function, one act, one transaction, one journal line."""

from congso.apps.schedule.services.booking import Occupied
from congso.apps.schedule.services.deciding import (
    approve_entry,
    cancel_entry,
    drop_entry,
    propose_entry,
    publish_entry,
    publish_week,
    return_entry,
    take_back_entry,
)
from congso.apps.schedule.services.drafting import (
    EntryFacts,
    InvalidEntry,
    change_entry,
    create_entry,
    create_series,
    edit_entry,
)
from congso.apps.schedule.services.printing import week_paper
from congso.apps.schedule.services.things import add_thing, change_thing

__all__ = [
    "EntryFacts",
    "InvalidEntry",
    "Occupied",
    "add_thing",
    "approve_entry",
    "cancel_entry",
    "change_entry",
    "change_thing",
    "create_entry",
    "create_series",
    "drop_entry",
    "edit_entry",
    "propose_entry",
    "publish_entry",
    "publish_week",
    "return_entry",
    "take_back_entry",
    "week_paper",
]
