"""One order out of three findings: the words of the whole record, the words of its best passage, its meaning. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WORDS, SAID, MEANING = 0.35, 0.35, 0.3
UNRELATED, RELATED = 0.80, 0.90  # likenesses of the model between which a passage goes from strange to near
FAR = 60  # the rank at which the words of a record count half


class Ranked(NamedTuple):
    """A record with what it scored."""

    record: int
    score: float


def fuse(
    words: Sequence[int],
    said: Mapping[int, float],
    likeness: Mapping[int, float],
    *,
    named: int = 0,
) -> list[Ranked]:
    """Records best first. `words` are those found by words in their order, of which the first `named` bear the symbol
    asked for and stay in front; `said` the share of the question their best passage says; `likeness` its nearness.
    """
    place = {record: rank for rank, record in enumerate(words)}
    most_said = max(said.values(), default=0.0) or 1.0

    def score(record: int) -> float:
        by_words = FAR / (FAR + place[record]) if record in place else 0.0
        near = min(max((likeness.get(record, 0.0) - UNRELATED) / (RELATED - UNRELATED), 0.0), 1.2)
        return WORDS * by_words + SAID * said.get(record, 0.0) / most_said + MEANING * near

    first = list(words[:named])
    others = [record for record in dict.fromkeys((*words, *likeness)) if record not in set(first)]
    scored = [Ranked(record, round(score(record), 4)) for record in others]
    scored.sort(key=lambda one: (-one.score, place.get(one.record, len(place))))
    return [*(Ranked(record, round(1 + score(record), 4)) for record in first), *scored]
