"""Everyone writes in her own name; auditors read; a record's people read its history on the timeline.

The sealer's queue is filled by a trigger and emptied by congso.seal_journal alone. What closes the book and carries it
elsewhere is written by the named system `journal`, which holds no person's powers. No checkpoint is ever changed.
"""

from congso.lib.protection import Table

AUDITORS = "(SELECT congso.is_auditor()) OR (SELECT congso.keeps_journal())"
KEEPER = "congso.keeps_journal()"

TABLES = (
    Table("journal_entry", read=f"actor = (SELECT congso.actor()) OR {AUDITORS}", insert="actor = congso.actor()"),
    Table("journal_seal", read=AUDITORS),
    Table("journal_unsealed", read=AUDITORS),
    Table("journal_key", read=AUDITORS, insert=KEEPER),
    Table("journal_checkpoint", read=AUDITORS, insert=KEEPER),
    Table("journal_delivery", read=AUDITORS, insert=KEEPER, update=KEEPER),
    Table("journal_verification", read=AUDITORS, insert=AUDITORS),
    Table("journal_forwardedchain", read=AUDITORS, insert=KEEPER, update=KEEPER),
    Table("journal_forwarding", read=AUDITORS, insert=KEEPER, update=KEEPER),
)
