"""One order out of three findings: the words of the whole record, the words of its best passage, its meaning. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

WORDS, SAID, MEANING = 0.45, 0.2, 0.45
FITS = 0.05  # for a passage with the kind of thing asked for: enough to decide between papers alike
SPAN = 0.08  # of likeness below the nearest, within which a passage counts as near; the model's likenesses lie close


class Ranked(NamedTuple):
    """A record with what it scored."""

    record: int
    score: float


def fuse(
    words: Sequence[Ranked],
    said: Mapping[int, float],
    likeness: Mapping[int, float],
    *,
    named: int = 0,
    fitting: Collection[int] = (),
) -> list[Ranked]:
    """Records best first. `words` are those found by words in their order, of which the first `named` bear the symbol
    asked for and stay in front; `said` the share of the question their best passage says; `likeness` its nearness;
    `fitting` the records whose passage has the kind of thing asked for, an amount or a day (`wanted`).

    How far words are trusted follows from what the best passage of all says: when even that has a quarter of the
    question, the words that were met are those every paper has, and who asked said it otherwise.
    """
    by_words = {one.record: one.score for one in words}
    place = {one.record: rank for rank, one in enumerate(words)}
    most_words, most_said = max(by_words.values(), default=0.0) or 1.0, max(said.values(), default=0.0) or 1.0
    trust = min(most_said, 1.0) ** 2
    nearest = max(likeness.values(), default=0.0)

    def score(record: int) -> float:
        near = max(1 - (nearest - likeness[record]) / SPAN, 0.0) if record in likeness else 0.0
        share, passage = by_words.get(record, 0.0) / most_words, said.get(record, 0.0) / most_said
        return round(trust * (WORDS * share + SAID * passage) + MEANING * near + FITS * (record in fitting), 4)

    first = [one.record for one in words[:named]]
    others = [record for record in dict.fromkeys((*by_words, *likeness)) if record not in set(first)]
    scored = [Ranked(record, score(record)) for record in others]
    scored.sort(key=lambda one: (-one.score, place.get(one.record, len(place))))
    return [*(Ranked(record, 1 + score(record)) for record in first), *scored]
