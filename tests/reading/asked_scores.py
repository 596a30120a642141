"""How well the questions of the asked corpus are answered by search: in the same run by words and meaning together, by
words alone, by meaning alone, and by BM25 over syllables as the yardstick.
"""

import io
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from django.core.management import call_command

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.search.learning import learn_meanings
from congso.kernel.search.places import near_passages
from congso.kernel.search.queries import search
from congso.kernel.search.services import weigh_terms
from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold
from tests.reading.asked_corpus import Paper, Question

MOST = 10
Method = Callable[[str], list[str]]
"""A question in, ids of papers out, best first."""


def take_over(papers: Sequence[Paper], folder: Path, *, office: str = "T.VPTU", username: str = "clerk") -> None:
    """Import the papers as another system's, weigh words, learn every passage."""
    source = folder / "papers.jsonl"
    source.write_text("\n".join(json.dumps(asdict(paper)) for paper in papers))
    call_command("import", "documents", str(source), username=username, org=office, stdout=io.StringIO())
    machine = Actor.system(System.REMINDERS)
    with acting_as(machine):
        weigh_terms()
    while True:
        with acting_as(machine):
            if not learn_meanings(32):
                return


def hybrid(question: str) -> list[str]:
    """As the page answers."""
    return _ids([hit.record.pk for hit in search(question, limit=MOST).rows])


def words_alone(question: str) -> list[str]:
    """Without meanings."""
    return _ids([hit.record.pk for hit in search(question, limit=MOST, by_meaning=False).rows])


def meaning_alone(question: str) -> list[str]:
    """The nearest passages' papers, accents restored."""
    return _ids(list(dict.fromkeys(one.record for one in near_passages(question, most=100)))[:MOST])


def bm25(papers: Sequence[Paper]) -> Method:
    """Okapi BM25 over syllables without accents, k1 = 1.2, b = 0.75, over title and text."""
    texts = {paper.id: Counter(_syllables(f"{paper.title} {paper.text}")) for paper in papers}
    lengths = {key: sum(counts.values()) for key, counts in texts.items()}
    mean = sum(lengths.values()) / len(lengths)
    frequency = Counter(word for counts in texts.values() for word in counts)

    def score(key: str, asked: Sequence[str]) -> float:
        counts, length = texts[key], lengths[key]
        return sum(
            math.log(1 + (len(texts) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            * counts[word] * 2.2 / (counts[word] + 1.2 * (0.25 + 0.75 * length / mean))
            for word in asked
        )  # fmt: skip

    def answer(question: str) -> list[str]:
        asked = _syllables(question)
        return sorted(texts, key=lambda key: -score(key, asked))[:MOST]

    return answer


def places(method: Method, asked: Sequence[Question]) -> list[int]:
    """The place of each question's answer among the first ten, 0 when it is not there."""
    found = []
    for question in asked:
        ids = method(question.query)
        found.append(ids.index(question.answer) + 1 if question.answer in ids else 0)
    return found


def recall(found: Sequence[int], most: int = 5) -> float:
    """The share of questions whose answer is among the first so many."""
    return sum(0 < place <= most for place in found) / len(found)


def mean_reciprocal_rank(found: Sequence[int]) -> float:
    """The mean of one over the answer's place, 0 when it is not among the first ten."""
    return sum(1 / place for place in found if place) / len(found)


def _syllables(text: str) -> list[str]:
    return [fold(token.form) for token in tokens(text)]


def _ids(records: Sequence[int]) -> list[str]:
    from congso.apps.documents.queries import external_ids

    known = external_ids(records)
    return [known[pk] for pk in records if pk in known]
