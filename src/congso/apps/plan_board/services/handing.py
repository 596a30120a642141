"""The pack goes on as a document: one press makes the draft that is checked, signed, numbered and issued."""

from datetime import date, datetime

from congso.apps.outgoing.services import HandedPaper, take_paper, takes_papers_of
from congso.apps.plan_board.models import Pack
from congso.apps.plan_board.services.packing import pack_body, pack_recipients, pack_title
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record


def may_hand_over(pack: Pack, by: Actor, day: date) -> bool:
    """Whether the person drafts documents of the plan's standing unit."""
    return by.person_id is not None and takes_papers_of(pack.plan.unit or pack.plan.owner, by.person_id, day)


def hand_over_pack(pack: Pack, *, by: Actor, at: datetime) -> Record:
    """The month's papers, as they were made, become a draft linked to the plan. Raises NotYours, Refused."""
    plan = pack.plan
    handed = HandedPaper(
        issuer=plan.unit or plan.owner,
        doc_type="report",
        title=pack_title(pack),
        body=pack_body(pack),
        recipients=pack_recipients(pack),
    )
    return take_paper(handed, source=plan, by=by, at=at)
