"""A conversation is its asker's; an emergency opening of all her organization's records shows it for some hours.

What was said is seen only by who may read, now, every record it was said from: a right revoked takes the old answers'
sentences along. Nobody changes what was asked, said or cited. The role “reads everything” does not reach here.
"""

from congso.lib.protection import Exempt, Table

# 7·10^15: whoever holds an opening of the organization's records (kernel/access/internal/openings.sql).
_OPENED = "(7000000000000000 + organization_id * 100) = ANY ((SELECT congso.principals())::bigint[])"
_MINE = "asker_id = congso.person()"
_SEEN = "EXISTS (SELECT 1 FROM assistant_conversation c WHERE c.id = conversation_id)"
_OWN_TALK = (
    "EXISTS (SELECT 1 FROM assistant_conversation c WHERE c.id = conversation_id AND c.asker_id = congso.person())"
)
_OWN_TURN = (
    "EXISTS (SELECT 1 FROM assistant_turn t JOIN assistant_conversation c ON c.id = t.conversation_id"
    " WHERE t.id = turn_id AND c.asker_id = congso.person())"
)
_READABLE = (
    "NOT EXISTS (SELECT 1 FROM unnest(sources) AS told(id)"
    " WHERE NOT EXISTS (SELECT 1 FROM records_record r WHERE r.id = told.id))"
)
_OWN_STATEMENT = (
    "EXISTS (SELECT 1 FROM assistant_statement s JOIN assistant_turn t ON t.id = s.turn_id"
    " JOIN assistant_conversation c ON c.id = t.conversation_id"
    " WHERE s.id = statement_id AND c.asker_id = congso.person())"
)
_RECORD = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id)"

TABLES = (
    Table(
        "assistant_conversation",
        read=f"{_MINE} OR {_OPENED}",
        insert=_MINE,
        update=_MINE,
        columns=("last_at",),
        check=_MINE,
    ),
    Table(
        "assistant_turn",
        read=_SEEN,
        insert=_OWN_TALK,
        update=_OWN_TALK,
        columns=(
            *("state", "engine", "is_fallen_back", "looked_at", "dropped", "answered_at", "milliseconds"),
            *("thumb", "correction"),
        ),
        check=_OWN_TALK,
    ),
    Table(
        "assistant_statement",
        read=f"EXISTS (SELECT 1 FROM assistant_turn t WHERE t.id = turn_id) AND {_READABLE}",
        insert=f"{_OWN_TURN} AND {_READABLE}",
    ),
    Table(
        "assistant_citation",
        read=f"EXISTS (SELECT 1 FROM assistant_statement s WHERE s.id = statement_id) AND {_RECORD}",
        insert=f"{_OWN_STATEMENT} AND {_RECORD}",
    ),
    Table(
        "assistant_judgement",
        read="by_id = congso.person() OR (is_shared AND congso.is_administrator())",
        insert=f"by_id = congso.person() AND {_OWN_TURN}",
        update="by_id = congso.person()",
        columns=("is_right", "correction", "records", "is_shared", "at"),
        check="by_id = congso.person()",
    ),
    Exempt(
        "assistant_generatorday",
        grants="SELECT, INSERT, UPDATE",
        reason="how much of the day's budget is used: figures without questions or people",
    ),
)
