"""Abbreviations of Vietnamese offices and what they may stand for.

Abbreviations depend on context, so the text is never rewritten: a query is widened by every reading
(“CT” is chỉ thị, chủ tịch or chương trình). The list is data: `abbreviations.txt` (handbook, public 8.3).
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import fold, index_form

_LONGEST_PHRASE = 9


def expansions(token: str) -> tuple[str, ...]:
    """Every phrase an abbreviation may stand for, as official papers write it; empty when it is none.

    Case and accents are forgiven (ubnd, QD), except for what is also a word: “tu” is no Tỉnh ủy, “TU” is.
    """
    spelled = _readings().get(token)
    if spelled:
        return spelled
    if token == token.lower() and split_syllable(token):
        return ()
    return _readings_folded().get(_key(token), ())


def abbreviations_of(phrase: str) -> tuple[str, ...]:
    """The abbreviations of a phrase: “ủy ban nhân dân” → UBND."""
    return _abbreviations().get(_words(phrase), ())


def all_phrases() -> tuple[str, ...]:
    """Every phrase that has an abbreviation, as official papers write it."""
    return tuple(dict.fromkeys(phrase for phrases in _readings().values() for phrase in phrases))


def abbreviated_spans(words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where words of a query form a phrase with abbreviations: (first, past the last, abbreviations).

    The longest phrase at each place wins. Words typed without accents match too.
    """
    spans, start = [], 0
    while start < len(words):
        span = _span_at(words, start)
        if span:
            spans.append(span)
        start = span[1] if span else start + 1
    return spans


def _span_at(words: Sequence[str], start: int) -> tuple[int, int, tuple[str, ...]] | None:
    for end in range(min(len(words), start + _LONGEST_PHRASE), start + 1, -1):
        phrase = " ".join(words[start:end])
        found = abbreviations_of(phrase)
        if not found and phrase == fold(phrase):
            found = _abbreviations_folded().get(_key(phrase), ())
        if found:
            return start, end, found
    return None


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Abbreviation → phrases; a line `A, B = x / y` gives both spellings both readings."""
    readings: dict[str, tuple[str, ...]] = {}
    text = files("congso.lib").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        written, equals, meant = line.partition("=")
        if line.startswith("#") or not equals:
            continue
        phrases = tuple(phrase.strip() for phrase in meant.split(" / "))
        for abbreviation in (spelling.strip() for spelling in written.split(",")):
            readings[abbreviation] = tuple(dict.fromkeys((*readings.get(abbreviation, ()), *phrases)))
    return readings


@cache
def _readings_folded() -> dict[str, tuple[str, ...]]:
    folded: dict[str, tuple[str, ...]] = {}
    for abbreviation, phrases in _readings().items():
        folded[_key(abbreviation)] = tuple(dict.fromkeys((*folded.get(_key(abbreviation), ()), *phrases)))
    return folded


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    back: dict[str, tuple[str, ...]] = {}
    for abbreviation, phrases in _readings().items():
        for phrase in phrases:
            back[_words(phrase)] = (*back.get(_words(phrase), ()), abbreviation)
    return back


@cache
def _abbreviations_folded() -> dict[str, tuple[str, ...]]:
    folded: dict[str, tuple[str, ...]] = {}
    for phrase, abbreviations in _abbreviations().items():
        folded[_key(phrase)] = (*folded.get(_key(phrase), ()), *abbreviations)
    return folded


def _words(phrase: str) -> str:
    """Punctuation inside a phrase does not count: “kiểm tra, giám sát” is four words."""
    return " ".join(re.findall(r"\w+", index_form(phrase)))


def _key(text: str) -> str:
    return fold(text).upper()
