"""An answer as programs read it: one text, its citations with the ids records had where they were taken over from."""

from typing import Any

from congso.apps.assistant.models import Effect, Role, Turn, TurnState
from congso.apps.assistant.queries.talking import conversation
from congso.kernel.records.models import Record
from congso.kernel.records.types import record_types

NOT_FOUND = "Không tìm thấy trong những gì anh/chị được đọc."
_BEFORE = {Role.OPPOSED: "Văn bản khác nói khác: ", Role.ENDED: "Lưu ý hiệu lực: "}


def told_of(turn_id: int) -> dict[str, Any]:
    """`{answer, citations: [{record, page, quote, number, clause, effect}], refused}` of one turn, as far as it may be
    read now. Raises Turn.DoesNotExist.
    """
    turn = Turn.objects.get(pk=turn_id)
    shown = next(one for one in conversation(turn.conversation_id).turns.all() if one.pk == turn_id)
    lines, citations = [], []
    statements = list(shown.statements.all())
    cited = [citation for statement in statements for citation in statement.citations.all()]
    ids = external_ids([citation.record for citation in cited])
    for statement in statements:
        lead = f"{statement.lead}. " if statement.lead else ""
        lines.append(f"{_BEFORE.get(Role(statement.role), '')}{lead}{statement.text}")
        citations += [
            {
                "record": ids.get(citation.record_id, citation.record_id),
                "page": citation.page,
                "quote": citation.quote,
                "number": citation.record.number,
                "clause": citation.clause,
                "effect": str(Effect(citation.effect)),
            }
            for citation in statement.citations.all()
        ]
    is_refused = turn.state != TurnState.ANSWERED or not statements
    return {"answer": NOT_FOUND if is_refused else "\n".join(lines), "citations": citations, "refused": is_refused}


def external_ids(records: list[Record]) -> dict[int, str]:
    """The ids the records had in the systems they were taken over from."""
    found: dict[int, str] = {}
    for each in record_types():
        ids = [record.pk for record in records if record.type == each.key]
        if ids and each.external_ids:
            found |= each.external_ids(ids)
    return found
