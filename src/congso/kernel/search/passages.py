"""The places in papers that answer a question: passages of records the asker may read, words and meaning fused."""

from collections.abc import Collection

from congso.kernel.search.models import StoredPassage
from congso.kernel.search.places import Passage, as_passages, fused, near_passages, saying_passages
from congso.kernel.search.queries import search
from congso.kernel.search.reading import readings

__all__ = ["Passage", "passages", "passages_of"]

_NEAR = 60  # passages taken by meaning
_READ = 40  # records whose passages are read word by word
_OF_EACH = 3
_MOST_NAMED = 2_000  # records that may be named


def passages(question: str, *, limit: int = 20, records: Collection[int] | None = None) -> list[Passage]:
    """The best passages for a question, best first, among what the running transaction's actor may read.

    With `records` only these are looked at (those the actor sees of them). Nothing typed is an error; a question of
    no words has no passages.
    """
    tried = readings(question)
    if not tried or limit < 1:
        return []
    near = near_passages(question, most=_NEAR, records=records)
    looked_at: Collection[int]
    if records is None:
        found = search(question, limit=_READ, by_meaning=False)
        looked_at = dict.fromkeys([*(hit.record.pk for hit in found.rows), *(one.record for one in near)])
    else:
        looked_at = list(records)[:_MOST_NAMED]
    most = 4 * limit + _NEAR
    said = saying_passages(tried[0], looked_at, of_each=_OF_EACH, most=most)
    if not said and tried[-1] != tried[0]:  # the last forgets accents
        said = saying_passages(tried[-1], looked_at, of_each=_OF_EACH, most=most)
    return fused(said, near)[:limit]


def passages_of(record: int, *, limit: int = 500) -> list[Passage]:
    """The passages of one record in the order of its text, for summaries; none when the actor may not read it."""
    return as_passages(StoredPassage.objects.filter(record_id=record).order_by("position")[:limit])
