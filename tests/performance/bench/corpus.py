"""A province's papers, invented: phrases of plans and resolutions by Zipf's law, and who may read each paper.

Everything follows from the record's number, so two processes can make halves of the same corpus, and a query's
words are known to be rare, medium or very common without asking the database.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from congso.kernel.access.principals import Function, Role, office, person, role
from congso.kernel.search.vectors import quoted
from congso.lib.vietnamese import fold
from tests.performance.bench.phrases import HEAD, OPENINGS, SUBJECTS, SYLLABLES, TYPES, WORKS

FIRST_DAY, DAYS = date(2017, 1, 1), 3600
ORGANIZATIONS, PEOPLE = 3_000, 12_000
PROVINCE, BLOCS = 1, (2, 3, 4, 5, 6)
TOPICS, TAIL = 400, 40_000
READER = role(Role.READER)

Word = tuple[str, str | None]  # the two lexemes as vectors write them; the second only when accents differ


@dataclass(frozen=True)
class Paper:
    """One generated record, its vectors as literals without the day's spans."""

    id: int
    type: str
    number: str
    title: str
    owner: int
    unit: int
    day: date
    audience: list[int]
    title_vector: str
    text_vector: str


def zipf(count: int, exponent: float = 1.0) -> list[float]:
    """Cumulated weights of `count` things by rank."""
    return list(accumulate(1 / (rank + 2) ** exponent for rank in range(count)))


class Corpus:
    """The vocabulary and the papers made of it; the same for the same seed."""

    def __init__(self, seed: int = 16) -> None:
        chance = random.Random(seed)  # noqa: S311 - invented texts, no secrets
        self.tail = [f"{a} {b}" for a, b in (chance.sample(SYLLABLES, 2) for _ in range(TAIL))]
        works = [f"{work} {subject}" for work in WORKS for subject in SUBJECTS]
        chance.shuffle(works)
        self.works = works
        self.topics = [chance.sample(works, 24) + chance.sample(self.tail, 40) for _ in range(TOPICS)]
        self._words = {phrase: split(phrase) for phrase in (*HEAD, *OPENINGS, *TYPES, *works, *self.tail, "về")}
        self._head, self._topic, self._tail = zipf(len(HEAD), 0.9), zipf(64), zipf(TAIL, 0.9)
        self._topics = zipf(TOPICS, 0.7)
        self._organizations = zipf(ORGANIZATIONS - 6, 0.8)
        self._people = zipf(PEOPLE, 0.4)

    def papers(self, numbers: Sequence[int], corpus_size: int) -> Iterator[Paper]:
        """The papers with these numbers. Their days run with the numbers, as arrivals do."""
        for number in numbers:
            yield self._paper(number, corpus_size)

    def _paper(self, number: int, corpus_size: int) -> Paper:
        chance = random.Random(number * 7919 + 16)  # noqa: S311
        kind = chance.randrange(len(TYPES))
        topic = self.topics[pick(chance, self._topics)]
        told = [topic[pick(chance, self._topic)] for _ in range(3)]
        title = [chance.choice(OPENINGS), *told, HEAD[pick(chance, self._head)]]
        body = [
            HEAD[pick(chance, self._head)]
            if chance.random() < 0.62
            else topic[pick(chance, self._topic)]
            if chance.random() < 0.9
            else self.tail[pick(chance, self._tail)]
            for _ in range(84)
        ]
        words = [word for phrase in title for word in self._words[phrase]]
        vector: dict[str, list[str]] = {}
        _place(vector, words, 1, "A", "B")
        head = _literal(vector)
        _place(vector, [word for phrase in body for word in self._words[phrase]], len(words) + 9, "C", "D")
        owner, unit, audience = self._audience(chance)
        day = FIRST_DAY + timedelta(days=number * DAYS // corpus_size)
        return Paper(
            number + 1,
            TYPES_KEYS[kind],
            f"{number % 900 + 1}-CV/VP",
            " ".join(title)[:900],
            owner,
            unit,
            day,
            audience,
            head,
            _literal(vector),
        )

    def _audience(self, chance: random.Random) -> tuple[int, int, list[int]]:
        """Owner, unit and 3–12 principals: 6 % the whole province, 8 % a bloc, else units, their leaders, people."""
        owner = 7 + pick(chance, self._organizations)
        unit = 7 + pick(chance, self._organizations)
        bloc = BLOCS[owner % 5]
        seen = {READER, office(owner, Function.CLERKS), office(owner, Function.LEADERS), office(unit, Function.LEADERS)}
        if chance.random() < 0.4:
            seen |= {office(PROVINCE, Function.LEADERS), office(bloc, Function.LEADERS)}
        share = chance.random()
        if share < 0.06:
            seen.add(office(PROVINCE, Function.STAFF))
        elif share < 0.14:
            seen.add(office(bloc, Function.STAFF))
        for _ in range(chance.randint(0, 4)):
            seen.add(office(7 + pick(chance, self._organizations), chance.choice((Function.STAFF, Function.LEADERS))))
        for _ in range(chance.randint(0, 3)):
            seen.add(person(100 + pick(chance, self._people)))
        return owner, unit, sorted(seen)[-12:]  # the reader's principal is the highest number


TYPES_KEYS = ("incoming_document", "task", "outgoing_document", "meeting", "petition")


def pick(chance: random.Random, weights: list[float]) -> int:
    """A rank by cumulated weights."""
    return bisect(weights, chance.random() * weights[-1])


def split(phrase: str) -> list[Word]:
    """A phrase as lexemes, ready for vectors."""
    words: list[Word] = []
    for form in phrase.lower().split():
        plain = fold(form)
        words.append((quoted(form), quoted(plain) if plain != form else None))
    return words


def _place(vector: dict[str, list[str]], words: list[Word], first: int, exact: str, plain: str) -> None:
    for position, (form, folded) in enumerate(words, first):
        vector.setdefault(form, []).append(f"{position}{exact}")
        if folded is not None:
            vector.setdefault(folded, []).append(f"{position}{plain}")


def _literal(vector: dict[str, list[str]]) -> str:
    return " ".join(f"{lexeme}:{','.join(places)}" for lexeme, places in vector.items())
