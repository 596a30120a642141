"""Several counts asked of the database at once."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counted(*found: QuerySet[Any, Any]) -> list[int]:
    """How many rows each of these holds, one after the other, in one query with the asker's rights.

    What need not be counted to its end comes cut (`[:100]`); whether there is anything at all, as `[:1]`.
    """
    places: list[int] = []
    parts: list[str] = []
    parameters: list[Any] = []
    for place, one in enumerate(found):
        query = one.values("pk").query
        query.clear_ordering(force=True)
        try:
            text, values = query.sql_with_params()
        except EmptyResultSet:  # nothing can be found: the database need not be asked
            continue
        places.append(place)
        parts.append(f"(SELECT count(*) FROM ({text}) counted)")  # noqa: S608 - the ORM wrote it
        parameters += values
    counts = [0] * len(found)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(parts), parameters)
            for place, count in zip(places, cursor.fetchone(), strict=True):
                counts[place] = count
    return counts
