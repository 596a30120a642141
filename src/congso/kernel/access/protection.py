"""The access package's own tables."""

from congso.lib.protection import Sealed, Table

TABLES = (
    Table(
        "access_grant",
        read="person_id = congso.person() OR congso.is_administrator() OR congso.is_auditor()",
        insert="congso.is_administrator() AND granted_by_id = congso.person() AND person_id <> congso.person()",
        update="congso.is_administrator() AND person_id <> congso.person()",
        columns=("valid_to",),
    ),
    Sealed("access_secret", reason="the key that makes tickets and seals unforgeable"),
)
