"""Search at one size of the corpus: ordinary people, leaders, very wide people, the reader; three classes of words."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.search.queries import search
from congso.lib.vietnamese import fold
from tests.performance.bench.corpus import Corpus
from tests.performance.bench.loading import LEADERS, ORDINARY, READERS, WIDE
from tests.performance.bench.machine import Times, app_backend, measured
from tests.performance.bench.phrases import HEAD

WHO = {"ordinary": ORDINARY, "leader": LEADERS, "1,000 principals": WIDE, "reader": READERS}
SHARES = {"rare": (0.0001, 0.0008), "medium": (0.01, 0.025), "very common": (0.6, 1.0)}
_WORDS = 12
_ASKINGS = {"ordinary": 5, "leader": 3, "1,000 principals": 1, "reader": 2}


@dataclass(frozen=True)
class Cell:
    """One line of the table: who, which words, how long, how much was found."""

    who: str
    words: str
    times: Times
    hits: int


def choose_words(owner: psycopg.Connection) -> dict[str, list[str]]:
    """Two-syllable words of each class by the share of papers that have both syllables; every third without accents."""
    total = owner.execute("SELECT count(*) FROM search_entry").fetchone()[0]
    corpus = Corpus()
    pairs = [phrase for phrase in HEAD if len(phrase.split()) == 2]
    candidates = itertools.chain(pairs, (" ".join(work.split()[-2:]) for work in corpus.works), corpus.tail[::40])
    chosen: dict[str, list[str]] = {name: [] for name in SHARES}
    for phrase in dict.fromkeys(candidates):
        if all(len(words) >= _WORDS for words in chosen.values()):
            break
        query = " & ".join(f"'{word}'" for word in phrase.lower().split())
        found = owner.execute("SELECT count(*) FROM search_entry WHERE tsv @@ %s::tsquery", [query]).fetchone()[0]
        for name, (least, most) in SHARES.items():
            if least <= found / total <= most and len(chosen[name]) < _WORDS:
                chosen[name].append(fold(phrase) if len(chosen[name]) % 3 == 2 else phrase)
    return chosen


def measure(words: dict[str, list[str]]) -> list[Cell]:
    """Every cell; a first round warms, the second is counted. A question is a transaction of its own, rows included."""
    cells = []
    for (who, people), (name, asked) in itertools.product(WHO.items(), words.items()):
        hits: list[int] = []
        acts = list(_questions(list(people), asked, _ASKINGS[who], hits))
        measured(acts, app_backend)
        hits.clear()
        times = measured(acts, app_backend)
        cells.append(Cell(who, name, times, sorted(hits)[len(hits) // 2]))
    return cells


def _questions(people: list[int], asked: list[str], askings: int, hits: list[int]) -> Iterator[Callable[[], None]]:
    for place, word in enumerate(asked):
        for turn in range(min(askings, len(people))):
            person = people[(place + turn * 5) % len(people)]
            yield lambda person=person, word=word: _ask(person, word, hits)


def _ask(person: int, word: str, hits: list[int]) -> None:
    with acting_as(Actor.person(person)):
        hits.append(search(word).total)
