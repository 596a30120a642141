"""The access package's own tables."""

from congso.lib.protection import Sealed, Table

TABLES = (
    # Visible like an appointment; begun and ended by congso.answer_grant and congso.end_grant alone.
    Table("access_grant", read="(SELECT congso.is_known())"),
    Table(
        "access_grantrequest",
        read="person_id = congso.person() OR asked_by_id = congso.person() OR congso.is_administrator()"
        " OR congso.is_auditor()",
    ),
    # Seen by who asked, by who may answer for the records' owner, and by the machine that reports (System.RIGHTS).
    Table(
        "access_opening",
        read="asked_by_id = congso.person() OR congso.answers_openings(organization_id) OR congso.actor() = 'system:9'",
    ),
    Table(
        "access_openinguse",
        read="EXISTS (SELECT 1 FROM access_opening o WHERE o.id = opening_id)",
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
