"""What the steering committee is asked, and what it decided."""

from datetime import datetime

from django.utils import timezone

from congso.apps.plan_board.models import Item, Matter, Plan
from congso.apps.plan_board.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.services import NotYours, Refused

MOST_CHARACTERS = 2000


def raise_matter(plan: Plan, *, text: str, item: Item | None, by: Actor, at: datetime) -> Matter:
    """Ask the committee for a decision. Raises Refused without words."""
    words = _words(text, "Hãy viết nội dung kiến nghị.")
    if by.person_id is None:
        raise NotYours("Kiến nghị phải có người nêu.")
    with moving(plan, "raise", by=by, at=at) as move:
        made = Matter.objects.create(
            plan=move.record, item=item, text=words, raised_by_id=by.person_id,
            raised_label=title_of(by.person_id, timezone.localdate(at)), raised_at=at,
        )  # fmt: skip
        move.facts |= {"matter": made.pk}
    return made


def decide_matter(matter: Matter, *, text: str, by: Actor, at: datetime) -> None:
    """Write down what the committee decided; once. Raises Refused when it is decided already."""
    words = _words(text, "Hãy ghi kết luận.")
    if by.person_id is None:
        raise NotYours("Kết luận phải có người ghi.")
    with moving(matter.plan, "decide", by=by, at=at) as move:
        changed = Matter.objects.filter(pk=matter.pk, decision="").update(
            decision=words, decided_by_id=by.person_id, decided_label=title_of(by.person_id, timezone.localdate(at)),
            decided_at=at,
        )  # fmt: skip
        if not changed:
            raise Refused("Kiến nghị này đã có kết luận.")
        move.note = words
        move.facts |= {"matter": matter.pk}


def _words(text: str, missing: str) -> str:
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refused(missing)
    if len(words) > MOST_CHARACTERS:
        raise Refused("Nội dung dài quá 2.000 ký tự.")
    return words
