"""An answer by the generator: each statement is checked and kept in a transaction of its own, so that pages show it.

When the generator is away, says nothing that holds or finds nothing, the default engine answers, and the turn says so.
No transaction waits for the network.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from congso.apps.assistant.models import Engine, Turn, TurnState
from congso.apps.assistant.queries.reading import Material, material_for
from congso.apps.assistant.rules.questions import read_question
from congso.apps.assistant.services import generating
from congso.apps.assistant.services.answering import Answer, Said, answer_from
from congso.apps.assistant.services.asking import end_turn, keep_answer, keep_statements
from congso.apps.assistant.services.endpoint import GeneratorAway, Spent, stream_chat
from congso.kernel.access.services import Actor, acting_as

_log = logging.getLogger(__name__)
Step = Callable[[int, int], None]


@dataclass
class _Speech:
    """What has been said so far."""

    turn: Turn
    material: Material
    actor: Actor
    said: list[Said] = field(default_factory=list)
    dropped: int = 0
    is_away: bool = False


def generate_answer(turn_id: int, *, actor: Actor, step: Step) -> None:
    """Answer a waiting turn as its asker. Run again, what was said before a break stays the answer."""
    begun = timezone.now()
    with acting_as(actor):
        turn = Turn.objects.select_related("conversation").filter(pk=turn_id, state=TurnState.ANSWERING).first()
        if turn is None:
            return
        speech = _Speech(turn, material_for(turn.asked, records=turn.looked_at or None), actor)
        speech.said = [Said(one.role, one.text, ()) for one in turn.statements.all()]
    if not speech.said:
        _let_speak(speech, step)
    _finish(speech, begun)


def _let_speak(speech: _Speech, step: Step) -> None:
    """Ask the generator; what holds is kept at once."""
    given = generating.given_of(speech.material)
    if not given:
        return
    messages = generating.messages_of(speech.turn.asked, given)
    spent = Spent()
    try:
        for told in generating.spoken(stream_chat(messages, spent)):
            with acting_as(speech.actor):
                one = generating.checked(told, speech.turn.asked, given, speech.material)
                if one is None:
                    speech.dropped += 1
                    continue
                keep_statements(speech.turn, [one], first=len(speech.said))
                speech.said.append(one)
            step(len(speech.said), 0)
    except GeneratorAway as away:
        speech.is_away = True
        _log.warning("generator: %s", away)
    letters = sum(len(message["content"]) for message in messages)
    tokens = spent.tokens or int(letters * generating.TOKENS_A_LETTER)
    with acting_as(speech.actor):
        generating.note_use(timezone.localdate(), tokens=tokens, is_failed=speech.is_away)


def _finish(speech: _Speech, begun: datetime) -> None:
    turn, actor = speech.turn, speech.actor
    with acting_as(actor):
        if speech.said:
            made = Answer(tuple(speech.said), tuple(speech.material.records), speech.dropped, speech.is_away)
            end_turn(turn, made, begun=begun, by=actor)
            return
        found = answer_from(
            read_question(turn.asked), speech.material, day=timezone.localdate(), are_meant=bool(turn.looked_at)
        )
        turn.engine = Engine.EXTRACT
        made = replace(found, dropped=found.dropped + speech.dropped, is_fallen_back=speech.is_away)
        keep_answer(turn, made, begun=begun, by=actor)
