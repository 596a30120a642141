"""What the screens need of a request."""

from typing import Any

from django.utils import timezone

from congso.apps.meetings.models import Item, Meeting
from congso.apps.meetings.queries import item_of, meeting_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.composing.contents import Block, Grid
from congso.kernel.workflow.services import possible_transitions


def opened(request: OfficeRequest, pk: int) -> Meeting:
    """A meeting the person sees. Raises Meeting.DoesNotExist."""
    meeting = meeting_of(pk)
    request.shown_record = pk
    return meeting


def opened_item(request: OfficeRequest, pk: int) -> Item:
    """An item the person sees. Raises Item.DoesNotExist."""
    item = item_of(pk)
    request.shown_record = pk
    return item


def runs(request: OfficeRequest, record: Meeting | Item) -> bool:
    """Whether the person may act on it now: chair, secretary, its office (of an item also who prepares it)."""
    return bool(request.principals & set(record.handlers))


def can(request: OfficeRequest, record: Meeting | Item, key: str) -> bool:
    """Whether the flow gives her the act now."""
    return any(one.key == key for one in possible_transitions(record, held=request.principals, at=timezone.now()))


def shown_blocks(blocks: list[Block]) -> list[dict[str, Any]]:
    """A paper's text as a page draws it."""
    told: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Grid):
            told.append({"head": block.rows[0], "rows": block.rows[1:]})
        else:
            told.append({"text": block.text, "level": block.level.value})
    return told
