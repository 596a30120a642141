"""Papers that say different things about the same, and rules that others replaced."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from congso.apps.assistant.rules.choosing import Found, Source
from congso.apps.assistant.rules.questions import Kind, Question
from congso.apps.assistant.rules.sentences import Sentence, sentences_of
from congso.apps.assistant.rules.verifying import tainted
from congso.apps.assistant.rules.words import plain
from congso.lib.symbols import find_symbols, normalise_symbol

CLOSE = 0.08  # a rival's score may be so much lower
_VALUED = (Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.WHEN, Kind.HOW_LONG)
_ENDS = re.compile(r"\b(?:thay the|bai bo|huy bo|het hieu luc)\b")
_AMENDS = re.compile(r"\b(?:sua doi|bo sung|dieu chinh)\b")
_REACH = 260  # characters between the word and the symbol it speaks of


class Ended(NamedTuple):
    """A sentence of one paper that replaces or amends another, named by its symbol."""

    symbol: str
    source: Source
    sentence: Sentence
    is_replaced: bool


def opposed(question: Question, best: Found, others: Sequence[Found]) -> Found | None:
    """A sentence of another paper that answers as well, with another value. Only where a value is asked for.

    Both must know the same of the question: a paper about another commune does not contradict.
    """
    if question.kind not in _VALUED or best.value is None:
        return None
    for one in others:
        if one.source.paper.record == best.source.paper.record or one.value is None:
            continue
        is_close = one.score >= best.score - CLOSE and one.whole >= best.whole - 0.05 and one.near >= best.near - 0.05
        if is_close and one.value.sort is best.value.sort and one.value.key != best.value.key and _alike(best, one):
            return one
    return None


def _alike(one: Found, other: Found) -> bool:
    """Whether the two sentences are about the same: most of their words, numbers apart, are shared."""
    first = {word.plain for word in one.sentence.words if not word.plain[:1].isdigit()}
    second = {word.plain for word in other.sentence.words if not word.plain[:1].isdigit()}
    return len(first & second) >= 0.6 * min(len(first), len(second)) and len(first) > 3


def endings(sources: Iterable[Source]) -> list[Ended]:
    """What the papers say they replace, abolish or amend."""
    found: list[Ended] = []
    for source in sources:
        if not _ENDS.search(plain(source.text)) and not _AMENDS.search(plain(source.text)):
            continue
        every = sentences_of(source.text)
        unsafe = tainted([one.text for one in every])
        for place, sentence in enumerate(every):
            found += _endings_in(source, sentence) if place not in unsafe else []
    return found


def _endings_in(source: Source, sentence: Sentence) -> list[Ended]:
    spoken = plain(sentence.text)
    replaced, amended = bool(_ENDS.search(spoken)), bool(_AMENDS.search(spoken))
    if not (replaced or amended):
        return []
    own = normalise_symbol(source.paper.number)
    named = {normalise_symbol(sentence.text[start:end]) for _, start, end in find_symbols(sentence.text)}
    return [Ended(symbol, source, sentence, replaced) for symbol in named if symbol != own]


def ended_by(number: str, said: Iterable[Ended]) -> Ended | None:
    """What ends or amends the paper of this number, endings first."""
    symbol = normalise_symbol(number) if number else ""
    about = [one for one in said if symbol and one.symbol == symbol]
    return min(about, key=lambda one: not one.is_replaced, default=None)
