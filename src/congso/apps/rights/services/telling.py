"""Notices about rights. They name no record: who is told may not see it."""

from django.db import connection
from django.utils import timezone

from congso.kernel.directory.queries import title_of

SYSTEM = "Hệ thống"


def tell(about: str, subject: int, words: str, *, by: int | None) -> int:
    """Put the words into the bells of those concerned (`internal/functions.sql`); returns how many were told."""
    sender = title_of(by, timezone.localdate()) if by is not None else SYSTEM
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT congso.tell_about_{about}(%s, %s, %s)", [subject, words, sender])
        return int(cursor.fetchone()[0])
