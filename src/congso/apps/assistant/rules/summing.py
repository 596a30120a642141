"""The sentences that stand for a text: taken out as they are, never rewritten.

A sentence tells more the more of the text's own frequent words it has (a centroid), when it gives tasks, deadlines or
figures, and when it stands early. Sentences alike are taken once.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from congso.apps.assistant.rules.choosing import Source
from congso.apps.assistant.rules.sentences import Sentence, sentences_of
from congso.apps.assistant.rules.values import Sort, values_of
from congso.apps.assistant.rules.verifying import tainted
from congso.apps.assistant.rules.words import one_of, plain, weight

_TASK = re.compile(r"\b(?:giao|phan cong|chu tri|chiu trach nhiem|yeu cau|de nghi|phoi hop|to chuc thuc hien)\b")
_DUE = re.compile(r"\b(?:truoc ngay|cham nhat|truoc|hoan thanh|thoi han|xong|den het|hang thang|hang quy)\b")
_LAW = one_of(
    r"""^\s*[-–]?\s*can cu\b|\bcong hoa xa hoi\b|\bdoc lap\b.*\bhanh phuc\b|\bdang cong san viet nam\b
    |^noi nhan\b|^kinh gui\b"""
)
_WORDS_MOST = 60
_WORDS_LEAST = 6
ALIKE = 0.6


class Part(StrEnum):
    """What a sentence of a summary is there for."""

    MAIN = "main"
    TASKS = "tasks"
    FIGURES = "figures"


@dataclass(frozen=True)
class Picked:
    """A sentence of a summary, where it stands and what for."""

    part: Part
    source: Source
    sentence: Sentence
    score: float


def summary_of(sources: Sequence[Source], *, most: int = 8) -> list[Picked]:
    """The sentences that stand for the texts, in their order, at most so many; tasks and figures have their places."""
    every = [
        (source, sentence)
        for source in sources
        for sentence in _safe(source.text)
        if _WORDS_LEAST <= len(sentence.words) <= _WORDS_MOST and not _is_form(sentence)
    ]
    if not every:
        return []
    told = Counter(word.plain for _, sentence in every for word in {*sentence.words} if weight(word, is_accented=True))
    judged = [
        Picked(_part(sentence), source, sentence, _score(sentence, told, place, len(every)))
        for place, (source, sentence) in enumerate(every)
    ]
    kept: list[Picked] = []
    for one in sorted(judged, key=lambda picked: -picked.score):
        if len(kept) >= most:
            break
        if not any(_alike(one.sentence, other.sentence) for other in kept):
            kept.append(one)
    order = {id(sentence): place for place, (_, sentence) in enumerate(every)}
    return sorted(kept, key=lambda picked: order[id(picked.sentence)])


def _safe(text: str) -> list[Sentence]:
    every = sentences_of(text)
    unsafe = tainted([one.text for one in every])
    return [one for place, one in enumerate(every) if place not in unsafe]


def _is_form(sentence: Sentence) -> bool:
    """Header, bases, recipients: the form of a paper, not what it says."""
    letters = [letter for letter in sentence.text if letter.isalpha()]
    return bool(_LAW.search(plain(sentence.text))) or sum(letter.isupper() for letter in letters) > 0.6 * len(letters)


def _part(sentence: Sentence) -> Part:
    spoken = plain(sentence.text)
    if _TASK.search(spoken) or _DUE.search(spoken):
        return Part.TASKS
    return Part.FIGURES if _figures(sentence) else Part.MAIN


def _figures(sentence: Sentence) -> int:
    return sum(value.sort in (Sort.NUMBER, Sort.SHARE, Sort.MONEY) for value in values_of(sentence.text))


def _score(sentence: Sentence, told: Counter[str], place: int, whole: int) -> float:
    centre = sum(math.log1p(told[word.plain]) * weight(word, is_accented=True) for word in sentence.words)
    spoken = plain(sentence.text)
    return (
        centre / math.sqrt(len(sentence.words) + 4)
        + 1.2 * bool(_TASK.search(spoken))
        + 1.0 * bool(_DUE.search(spoken) and values_of(sentence.text))
        + 0.5 * min(_figures(sentence), 3)
        + 1.0 * (1 - place / whole)
    )


def _alike(one: Sentence, other: Sentence) -> bool:
    first, second = ({word.plain for word in each.words} for each in (one, other))
    return len(first & second) >= ALIKE * min(len(first), len(second))
