from congso.apps.meetings.models.attending import (
    Answer,
    Capacity,
    Decision,
    Participant,
    Presence,
    PresenceKind,
    Reply,
    Way,
)
from congso.apps.meetings.models.concluding import Conclusion, Handling, Remark
from congso.apps.meetings.models.items import ITEM_TYPE, Guest, Item, Paper, PaperNote, PaperVersion
from congso.apps.meetings.models.meetings import RECORD_TYPE, Forum, Meeting, MeetingKind
from congso.apps.meetings.models.sitting import Event, EventKind, Opinion, Speech, SpeechState

__all__ = [
    "ITEM_TYPE",
    "RECORD_TYPE",
    "Answer",
    "Capacity",
    "Conclusion",
    "Decision",
    "Event",
    "EventKind",
    "Forum",
    "Guest",
    "Handling",
    "Item",
    "Meeting",
    "MeetingKind",
    "Opinion",
    "Paper",
    "PaperNote",
    "PaperVersion",
    "Participant",
    "Presence",
    "PresenceKind",
    "Remark",
    "Reply",
    "Speech",
    "SpeechState",
    "Way",
]
