"""Everyone writes in her own name; auditors read; a record's people read its history on the timeline.

The sealer's queue is filled by a trigger and emptied by congso.seal_journal alone.
"""

from congso.lib.protection import Table

TABLES = (
    Table(
        "journal_entry",
        read="actor = (SELECT congso.actor()) OR (SELECT congso.is_auditor())",
        insert="actor = congso.actor()",
    ),
    Table("journal_seal", read="(SELECT congso.is_auditor())"),
    Table("journal_unsealed", read="(SELECT congso.is_auditor())"),
)
