"""Lines of the journal about accounts: sign-in, refusal, factors, sessions, keys.

A signed-in person's lines are in her name. What happens at the door before anybody is known is written by
the sign-in desk.
"""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry

DESK = Actor.system(System.SIGN_IN)
DESK_LABEL = "Nơi đăng nhập"


def note(act: str, *, person_id: int | None, at: datetime, **facts: Any) -> None:
    """Write that the act happened, by the person or (None) seen by the sign-in desk."""
    actor = DESK if person_id is None else Actor.person(person_id)
    with acting_as(actor):
        label = DESK_LABEL if person_id is None else title_of(person_id, timezone.localdate(at))
        write_entry(act=f"accounts.{act}", actor=str(actor), actor_label=label, at=at, facts=facts)


def note_here(request: HttpRequest, act: str, *, person_id: int | None, **facts: Any) -> None:
    """The same for something just done in the browser: now, from this address."""
    note(act, person_id=person_id, at=timezone.now(), address=get_adapter().get_client_ip(request), **facts)
