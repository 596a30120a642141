"""A notice is its person's own."""

from congso.lib.protection import Table

TABLES = (
    Table(
        "notify_notice",
        read="person_id = (SELECT congso.person())",
        update="person_id = (SELECT congso.person())",
        columns=("read_at",),
    ),
)
