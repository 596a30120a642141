"""What can be asked about meetings."""

from congso.apps.meetings.queries.attendance import (
    Attendance,
    Attended,
    attendance_of,
    participant_of,
    quorum_on,
    quorum_source,
    waiting_mandates,
)
from congso.apps.meetings.queries.items import (
    item_of,
    items_of,
    may_stay_on_devices,
    notes_of,
    papers_of,
    refresh_item,
    running_item,
    version_of,
)
from congso.apps.meetings.queries.meetings import (
    acts_open_to,
    bodies_for,
    meeting_of,
    meetings,
    meetings_between,
    mine,
    organizes_anything,
    refresh_parties,
    tag_of,
    to_answer,
)
from congso.apps.meetings.queries.sitting import latest_events, opinions_of, queue_of
from congso.apps.meetings.queries.votes import ballots_of, verdict_of

__all__ = [
    "Attendance",
    "Attended",
    "acts_open_to",
    "attendance_of",
    "ballots_of",
    "bodies_for",
    "item_of",
    "items_of",
    "latest_events",
    "may_stay_on_devices",
    "meeting_of",
    "meetings",
    "meetings_between",
    "mine",
    "notes_of",
    "opinions_of",
    "organizes_anything",
    "papers_of",
    "participant_of",
    "queue_of",
    "quorum_on",
    "quorum_source",
    "refresh_item",
    "refresh_parties",
    "running_item",
    "tag_of",
    "to_answer",
    "verdict_of",
    "version_of",
    "waiting_mandates",
]
