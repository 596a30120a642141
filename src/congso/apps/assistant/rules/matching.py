"""How much of a question some words have: by weight, in other words, side by side, in other company."""

from itertools import pairwise
from operator import mul

from congso.apps.assistant.rules.questions import Question
from congso.apps.assistant.rules.words import Evidence

SPECIFIC = 1.0  # the weight of a word that is not in every paper
MOST_MISSED = 0.4  # of the specific words, by weight, that may be missing from the paper
TOPIC_MISSED = 0.6  # of what the question is about
LOOSE = 0.35  # what a word counts as missing that is there in other company only
OTHERWISE = 0.75  # what a word said otherwise counts
COMMONEST = 0.6  # the weight of a special word every paper found has


class Matching:
    """How much of one question's words some evidence has."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._special = [place for place, told in enumerate(question.weights) if told >= COMMONEST]
        self._head = [place for place, word in enumerate(question.words) if word.plain in question.head]

    def had(self, known: Evidence) -> tuple[float, ...]:
        """For each word of the question: 1 there, 0.8 in other words, 0.5 with other accents, 0 not there."""
        question = self.question
        found = []
        for word, others in zip(question.words, question.others, strict=True):
            has = known.has(word, is_accented=question.is_accented)
            if has < OTHERWISE and any(known.has_run(phrase) for phrase in others):
                has = OTHERWISE
            found.append(has)
        return tuple(found)

    def share(self, *had: tuple[float, ...]) -> float:
        """What share of the question, by weight, these together have."""
        if not self.question.told:
            return 0.0
        best = map(max, *had) if len(had) > 1 else had[0]
        return float(sum(map(mul, self.question.weights, best))) / self.question.told

    def misses_too_much(self, had: tuple[float, ...], pairs: set[tuple[str, str]]) -> bool:
        """Whether most of what makes the question special is nowhere in the paper."""
        weights = self.question.weights
        whole = sum(weights[place] for place in self._special)
        missed = sum(weights[place] * self._missing(place, had, pairs) for place in self._special)
        if self._special and missed / whole > MOST_MISSED:
            return True
        topic = sorted(self.question.topic)
        about = sum(weights[place] for place in topic)
        lost = sum(weights[place] * self._missing(place, had, pairs) for place in topic)
        return bool(topic) and lost / about > TOPIC_MISSED

    def _missing(self, place: int, had: tuple[float, ...], pairs: set[tuple[str, str]]) -> float:
        """1 for a word that is not there, a third for one that is there in other company only: “vùng” of “vùng cao”."""
        if had[place] < OTHERWISE:
            return 1.0
        words = self.question.words
        beside = [
            (words[one].plain, words[one + 1].plain)
            for one in (place - 1, place)
            if 0 <= one < len(words) - 1 and words[one + 1].start - words[one].end <= 1
        ]
        return LOOSE if beside and not any(pair in pairs for pair in beside) else 0.0

    def focus(self, near: tuple[float, ...], of_paper: tuple[float, ...], of_text: tuple[float, ...]) -> float:
        """Of the words the title leaves open and the text knows: what share stands near; 1 when it leaves none."""
        open_ones = [place for place in self._special if of_paper[place] < OTHERWISE <= of_text[place]]
        if not open_ones:
            return 1.0
        return sum(near[place] for place in open_ones) / len(open_ones)

    def head(self, had: tuple[float, ...]) -> float:
        """What share of what is asked for these have; 1 when the question names nothing of its own."""
        return sum(had[place] for place in self._head) / len(self._head) if self._head else 1.0

    def pairs(self, own: Evidence) -> float:
        """What share of the question's neighbours stand side by side, by the lesser weight of the two."""
        told = had = 0.0
        for (one, first), (two, second) in pairwise(zip(self.question.words, self.question.weights, strict=True)):
            least = min(first, second)
            told += least
            had += least if (one.plain, two.plain) in own.pairs else 0.0
        return had / told if told else 0.0
