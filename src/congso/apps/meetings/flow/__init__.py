"""The lives of a meeting and of an item of its agenda."""

from congso.apps.meetings.flow.items import ITEM_FLOW
from congso.apps.meetings.flow.meetings import (
    CHAIR,
    MEETING_FLOW,
    MEMBERS,
    ORGANIZERS,
    SECRETARY,
    organizing_offices,
)

__all__ = ["CHAIR", "ITEM_FLOW", "MEETING_FLOW", "MEMBERS", "ORGANIZERS", "SECRETARY", "organizing_offices"]
