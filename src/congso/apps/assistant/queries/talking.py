"""What was asked before: one's own conversations; those of others only through an opening."""

from django.db.models import Prefetch, QuerySet

from congso.apps.assistant.models import Citation, Conversation, Judgement, Statement, Turn

LISTED = 30


def conversations_of(person: int) -> QuerySet[Conversation]:
    """The person's own, newest first."""
    return Conversation.objects.filter(asker_id=person).order_by("-last_at", "-id")


def opened_conversations(person: int) -> QuerySet[Conversation]:
    """Those of others, newest first: only who holds an opening of their organization's records sees any."""
    found = Conversation.objects.exclude(asker_id=person).select_related("asker", "organization")
    return found.order_by("-last_at", "-id")


def conversation(pk: int) -> Conversation:
    """One conversation with everything said in it that may be read now. Raises DoesNotExist."""
    cited = Citation.objects.select_related("record__owner", "attachment").order_by("position")
    said = Statement.objects.order_by("position").prefetch_related(Prefetch("citations", cited))
    turns = Turn.objects.order_by("position").prefetch_related(Prefetch("statements", said))
    found: Conversation = (
        Conversation.objects.select_related("asker", "organization")
        .prefetch_related(Prefetch("turns", turns))
        .get(pk=pk)
    )
    return found


def turn(pk: int) -> Turn:
    """One question with its conversation. Raises Turn.DoesNotExist."""
    found: Turn = Turn.objects.select_related("conversation").get(pk=pk)
    return found


def citation(pk: int) -> Citation:
    """One citation with its record and file. Raises Citation.DoesNotExist, also when the record is no longer one's."""
    found: Citation = Citation.objects.select_related(
        "record__owner", "attachment__blob", "statement__turn__conversation"
    ).get(pk=pk)
    return found


def judgements() -> QuerySet[Judgement]:
    """What people judged, newest first: one's own; for administrators also what was given for use."""
    return Judgement.objects.order_by("-at", "-id")
