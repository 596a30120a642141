"""A ballot prepared for an item is opened from the room: who is there votes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from congso.apps.meetings.models import EventKind, Item
from congso.apps.meetings.queries import attendance_of, ballots_of
from congso.apps.meetings.services.moving import happened
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.services import Listed, open_ballot, set_voters
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import NotYours, Refused, WrongState


@transaction.atomic
def start_vote(item: Item, ballot_id: int, *, by: Actor, at: datetime) -> Any:
    """Give the ballot the voters of the meeting as they sit there, and open it. Members absent stay on the list.

    Raises NotYours for a ballot that is not of this item, WrongState when the item is not being taken up, Refused with
    every reason the voting rules find (no quorum, an undefined rule …).
    """
    meeting = item.sitting
    if meeting.state != "open" or item.state != "running":
        raise WrongState("Chỉ mở biểu quyết ở nội dung đang họp.")
    if ballot_id not in {one.pk for one in ballots_of([item]).get(item.pk, ())}:
        raise NotYours("Cuộc biểu quyết này không thuộc nội dung đang họp.")
    ballot = ballot_of(ballot_id)
    if ballot.owner_id != meeting.owner_id:
        raise Refused("Cuộc biểu quyết là của cơ quan khác.")
    listed = [
        Listed(one.participant.person, one.participant.is_voting, one.standing.is_present)
        for one in attendance_of(meeting).lines
    ]
    if meeting.secretary is not None and meeting.secretary_id not in {one.person.pk for one in listed}:
        listed.append(Listed(meeting.secretary, is_voting=False))  # who writes the minutes must see what came of it
    set_voters(ballot, listed, by=by, at=at)
    open_ballot(ballot, by=by, at=at)
    happened(meeting, EventKind.VOTE, f"Mở biểu quyết: {ballot.title}", at=at)
    return ballot
