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
    Table(
        "access_delegation",
        read="(SELECT congso.is_known())",
        insert="given_by_id = congso.person() AND person_id <> congso.person() AND congso.may_delegate(post_id)"
        " AND functions::text[] <@ (SELECT p.functions::text[] FROM directory_post p WHERE p.id = post_id)",
        update="congso.may_delegate(post_id)",
        columns=("valid_to",),
    ),
    Sealed("access_secret", reason="the key that makes tickets and seals unforgeable"),
)
