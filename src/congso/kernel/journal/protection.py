"""Everyone writes in her own name; auditors read; a record's people read its lines through the timeline."""

from congso.lib.protection import Table

_SEALER = "6000000000000300 = ANY ((SELECT congso.principals())::bigint[])"

TABLES = (
    Table(
        "journal_entry",
        read=f"actor = (SELECT congso.actor()) OR (SELECT congso.is_auditor()) OR {_SEALER}",
        insert="actor = congso.actor()",
    ),
    Table("journal_seal", read=f"(SELECT congso.is_auditor()) OR {_SEALER}", insert=_SEALER),
)
