"""A turn as the page shows it: statements with numbers, and beside them the passages the numbers mean."""

from dataclasses import dataclass
from typing import Any

from congso.apps.assistant.models import Citation, Effect, Role, Turn, TurnState

TONES = {
    Effect.IN_FORCE: "green",
    Effect.PENDING: "azure",
    Effect.AMENDED: "orange",
    Effect.REPLACED: "red",
    Effect.EXPIRED: "red",
}


@dataclass(frozen=True)
class ShownCitation:
    """A passage beside the answer, under its number."""

    number: int
    citation: Citation

    @property
    def tone(self) -> str:
        """The colour of its effect's badge."""
        return TONES.get(Effect(self.citation.effect), "secondary")


def shown_turn(turn: Turn) -> dict[str, Any]:
    """Statements with the numbers of their citations; the same words of the same record have one number."""
    numbers: dict[tuple[int, str], ShownCitation] = {}
    statements = []
    for statement in turn.statements.all():
        shown = []
        for citation in statement.citations.all():
            key = (citation.record_id, citation.quote)
            shown.append(numbers.setdefault(key, ShownCitation(len(numbers) + 1, citation)))
        statements.append({"statement": statement, "role": statement.role, "citations": shown})
    return {
        "turn": turn,
        "statements": statements,
        "citations": list(numbers.values()),
        "is_answering": turn.state == TurnState.ANSWERING,
        "is_refused": turn.state == TurnState.REFUSED,
        "is_hidden": turn.state == TurnState.ANSWERED and not statements,
        "has_list": any(one["role"] == Role.DETAIL for one in statements),
    }
