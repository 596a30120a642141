"""What a begun question may become: records whose number and title have its words, the last one not yet ended."""

from django.db import connection

from congso.kernel.records.models import Record
from congso.kernel.search.tokens import tokens
from congso.kernel.search.vectors import quoted

MOST = 8
_SHORTEST = 2  # letters of a begun word
_MOST_WORDS = 12


def suggested_records(typed: str, *, most: int = MOST) -> list[Record]:
    """The newest records the actor sees whose number and title have every typed word, the last one by its beginning.

    Two queries, whatever is typed; none for less than two letters.
    """
    words = [token.form for token in tokens(typed)][:_MOST_WORDS]
    if not words or len(words[-1]) < _SHORTEST:
        return []
    wanted = " & ".join([*map(quoted, words[:-1]), f"{quoted(words[-1])}:*"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT record FROM congso.suggest_records(%s, %s)", [wanted, most])
        ids = [pk for (pk,) in cursor.fetchall()]
    found = Record.objects.select_related("owner").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
