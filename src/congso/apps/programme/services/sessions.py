"""For other systems: what the session of a body on a day takes up, as this programme knows it."""

from dataclasses import dataclass
from datetime import date

from congso.apps.programme.models import Item
from congso.apps.programme.queries import items_of_session
from congso.kernel.directory.models import Organization


@dataclass(frozen=True)
class SessionItem:
    """One item of an agenda to be. `item_id` ties what comes of it back to the programme."""

    item_id: int
    programme_id: int
    place: int
    content: str
    preparer_id: int | None
    verifier_id: int | None
    supervisor_id: int | None
    output: str
    papers_due_on: date | None
    papers_in_on: date | None


def session_items(organization: Organization, day: date, *, body: str = "") -> list[SessionItem]:
    """The items of the organization's session on the day, in the programme's order; only what the asker may see.

    `body` (BCH, BTV, TT, CQ) narrows to one body. An item carried into a nearer programme is told once.
    """
    return [_told(item) for item in items_of_session(organization.pk, day, body)]


def _told(item: Item) -> SessionItem:
    return SessionItem(
        item.pk, item.programme_id, item.place, item.content, item.preparer_id, item.verifier_id, item.supervisor_id,
        item.output, item.papers_due_on, item.papers_in_on,
    )  # fmt: skip
