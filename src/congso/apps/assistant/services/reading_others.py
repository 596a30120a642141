"""The glass is broken: somebody with an opening of an organization's records reads a conversation of another person."""

from datetime import datetime

from django.utils import timezone

from congso.apps.assistant.models import Conversation
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry


def note_opened(conversation: Conversation, *, by: Actor, at: datetime) -> None:
    """One journal line for each look; the opening itself was agreed to by a second person and told."""
    write_entry(
        act="assistant.read_by_opening",
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else str(by),
        at=at,
        organization_id=conversation.organization_id,
        facts={"conversation": conversation.pk, "asker": conversation.asker_id},
    )
