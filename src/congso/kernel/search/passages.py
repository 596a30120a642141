"""The places in papers that answer a question: passages of records the asker may read, words and meaning fused."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A stretch of a record's stored text, as it stands there. Scores compare passages of one question.

    `file` is the attachment it stands in, `page` its page from 1; both None for a text that is no file's. `clause`
    is its address within the paper (“Điều 5, khoản 2”), empty where the paper has none.
    """

    id: int
    record: int
    file: int | None
    page: int | None
    clause: str
    text: str
    score: float = 0.0


def passages(question: str, *, limit: int = 20, records: Collection[int] | None = None) -> list[Passage]:
    """The best passages for a question, best first, among what the running transaction's actor may read.

    With `records` only these are looked at (those the actor sees of them). Nothing typed is an error; a question of
    no words has no passages.
    """
    return []


def passages_of(record: int, *, limit: int = 500) -> list[Passage]:
    """The passages of one record in the order of its text, for summaries; none when the actor may not read it."""
    return []
