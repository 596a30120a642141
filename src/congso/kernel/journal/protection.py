"""Everyone writes in her own name; auditors read; a record's people read its history on the timeline."""

from congso.lib.protection import Sealed, Table

TABLES = (
    Table(
        "journal_entry",
        read="actor = (SELECT congso.actor()) OR (SELECT congso.is_auditor())",
        insert="actor = congso.actor()",
    ),
    Table("journal_seal", read="(SELECT congso.is_auditor())"),
    Sealed("journal_unsealed", reason="the sealer's queue, filled by a trigger and emptied by congso.seal_journal"),
)
