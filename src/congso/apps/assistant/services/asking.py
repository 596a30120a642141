"""Asking: a question is kept, answered and journaled in one transaction; a generator answers in a job of its own."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.apps.assistant.models import Citation, Conversation, Engine, Statement, Turn, TurnState
from congso.apps.assistant.rules.following import continued
from congso.apps.assistant.services import generating
from congso.apps.assistant.services.answering import Answer, Said, answer
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import assignments_of, office_of, title_of
from congso.kernel.jobs.services import queue_job
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import Refused
from congso.lib.vietnamese import clean_line

LONGEST = 1000
GENERATE_JOB = "assistant.generate"


def ask(typed: str, *, by: Actor, at: datetime, conversation: Conversation | None = None, queues: bool = True) -> Turn:
    """Ask; the answer stands in the turn, or is being made by a job when a generator is set (`turn.state`).

    Who does not queue lets the generator speak itself (`streaming.generate_answer`).

    Raises Refused for an empty or too long question, for who holds no post, and in somebody else's conversation.
    """
    question = clean_line(typed)
    if not question:
        raise Refused(_("Hãy gõ câu hỏi."))
    if len(question) > LONGEST:
        raise Refused(_("Câu hỏi dài quá 1.000 ký tự; hãy hỏi ngắn hơn."))
    if by.person_id is None or (conversation is not None and conversation.asker_id != by.person_id):
        raise Refused(_("Chỉ người hỏi mới hỏi tiếp được trong cuộc trao đổi này."))
    with transaction.atomic():
        turn = _new_turn(question, conversation, by=by, at=at)
        if generating.is_available(timezone.localdate(at)):
            turn.engine = Engine.GENERATOR
            turn.save(update_fields=["engine"])
            if queues:
                queue_job(GENERATE_JOB, label=_("Trợ lý đang trả lời"), by=by, at=at, arguments={"turn_id": turn.pk})
        else:
            begun = timezone.now()
            made = answer(turn.asked, day=timezone.localdate(at), records=_about(turn))
            keep_answer(turn, made, begun=begun, by=by)
    return turn


def keep_answer(turn: Turn, made: Answer, *, begun: datetime, by: Actor) -> None:
    """Write down what is said, and end the turn. One journal line tells what was asked of which records."""
    keep_statements(turn, made.said)
    end_turn(turn, made, begun=begun, by=by)


def keep_statements(turn: Turn, said: Sequence[Said], *, first: int = 0) -> None:
    """Write down statements with their citations; the database refuses any whose record the asker may not read."""
    for place, one in enumerate(said, start=first):
        statement = Statement.objects.create(
            turn=turn,
            position=place,
            role=one.role,
            lead=one.lead[:300],
            text=one.text[:1000],
            sources=sorted({cited.record for cited in one.citations}),
        )
        Citation.objects.bulk_create(
            Citation(
                statement=statement,
                position=number,
                record_id=cited.record,
                attachment_id=cited.file,
                page=cited.page,
                clause=cited.clause[:200],
                quote=cited.quote[:1000],
                effect=cited.effect,
            )
            for number, cited in enumerate(one.citations)
        )


def end_turn(turn: Turn, made: Answer, *, begun: datetime, by: Actor) -> None:
    """The answer is whole: its state, its times, its journal line."""
    now = timezone.now()
    turn.state = TurnState.REFUSED if made.is_refused else TurnState.ANSWERED
    turn.looked_at, turn.dropped, turn.is_fallen_back = list(made.looked_at), made.dropped, made.is_fallen_back
    turn.answered_at, turn.milliseconds = now, int((now - begun).total_seconds() * 1000)
    turn.save(
        update_fields=[
            *("state", "engine", "looked_at", "dropped", "is_fallen_back", "answered_at", "milliseconds"),
        ]
    )
    _journal(turn, made, by=by, at=now)


def _new_turn(question: str, conversation: Conversation | None, *, by: Actor, at: datetime) -> Turn:
    person = by.person_id or 0
    if conversation is None:
        organization = organization_of(person, timezone.localdate(at))
        if organization is None:
            raise Refused(_("Trợ lý trả lời theo quyền của chức vụ; hôm nay bạn chưa giữ chức vụ nào."))
        conversation = Conversation.objects.create(
            asker_id=person, organization=organization, title=question[:200], started_at=at, last_at=at
        )
        before = None
    else:
        Conversation.objects.filter(pk=conversation.pk).update(last_at=at)
        before = conversation.turns.order_by("-position").first()
    last = conversation.turns.aggregate(last=Max("position"))["last"]
    meant = continued(question, before.asked if before else None)
    return Turn.objects.create(
        conversation=conversation,
        position=0 if last is None else last + 1,
        question=question,
        asked=meant.text[:2100],
        asked_at=at,
        looked_at=_cited_before(before) if meant.about_last and before else [],
    )


def _cited_before(before: Turn) -> list[int]:
    """The records the answer before cites, as far as the asker may read them now."""
    cited = Citation.objects.filter(statement__turn=before).order_by("statement__position", "position")
    return list(dict.fromkeys(cited.values_list("record_id", flat=True)))


def _about(turn: Turn) -> list[int] | None:
    return turn.looked_at or None


def organization_of(person: int, day: date) -> Organization | None:
    """The office whose person asks: of her highest post."""
    held = assignments_of(person, day).first()
    return (office_of(held.post.organization, day) or held.post.organization) if held else None


def _journal(turn: Turn, made: Answer, *, by: Actor, at: datetime) -> None:
    """What happened, without the words: who reads the journal does not read questions, but can prove them."""
    said = "\n".join(f"{one.lead} {one.text}" for one in made.said)
    write_entry(
        act="assistant.ask",
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else str(by),
        at=at,
        organization_id=turn.conversation.organization_id,
        facts={
            "turn": turn.pk,
            "engine": turn.engine,
            "question": _digest(turn.question),
            "answer": _digest(said),
            "refused": made.is_refused,
            "looked_at": list(made.looked_at),
            "cited": sorted({cited.record for one in made.said for cited in one.citations}),
            "dropped": made.dropped,
        },
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
