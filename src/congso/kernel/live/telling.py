"""Telling pages that show a record that something happened to it, for what moves faster than notices: a sitting."""

from django.db import connection

from congso.kernel.live.listening import CHANNEL
from congso.kernel.records.models import Record

_AT_ONCE = 300  # principals; a payload holds 8,000 bytes


def tell_of_record(record: Record) -> None:
    """When the running transaction is kept, open pages of the record are told; ids alone, to who sees it.

    A page that was away then asks by itself when its stream is open again (live.js).
    """
    seen_by = sorted(record.audience)
    with connection.cursor() as cursor:
        for start in range(0, len(seen_by), _AT_ONCE):
            words = " ".join(str(one) for one in seen_by[start : start + _AT_ONCE])
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"r {record.pk} {words}"])
