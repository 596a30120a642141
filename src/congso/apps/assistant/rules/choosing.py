"""Which sentence answers a question, and when none does.

Each sentence of the papers found is judged by what share of the question's words, by weight, stands in it, near it (the
heading and the sentence before) and in its paper (title, number, head). What is asked for must be in it: a number with
its unit, a day, a name. Nothing is refused by one figure alone:

- a symbol, a year, a number or a name in the question that the paper does not know: not this paper;
- an answer of the kind asked for is not in the sentence: not this sentence;
- too little of what is asked stands in the paper, or next to nothing in the sentence: not found.

The floors were set on generated papers and questions (`samples`), then left alone; `congso eval assistant` shows what
they give.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from congso.apps.assistant.rules.matching import COMMONEST, SPECIFIC, Matching
from congso.apps.assistant.rules.questions import Kind, Question
from congso.apps.assistant.rules.sentences import Sentence, is_heading, sentences_of
from congso.apps.assistant.rules.values import Sort, Value, values_of
from congso.apps.assistant.rules.verifying import tainted
from congso.apps.assistant.rules.words import Evidence, one_of, plain, words_of
from congso.lib.person_names import family_names
from congso.lib.symbols import find_symbols, normalise_symbol

WHOLE_FLOOR = 0.62  # of the question's weight that sentence, heading and paper must know together
NEAR_FLOOR = 0.34  # that must stand in the sentence or right above it
FOCUS_FLOOR = 0.5  # of what the paper's title leaves open, and its text knows, that must stand in or above the sentence
LESS_KNOWN = 0.18
TITLED = 0.4  # what the title must know before the sentence may say less than NEAR_FLOOR
_SHARES = {"sentence": 0.42, "near": 0.18, "whole": 0.25, "pairs": 0.15}
DEFINED = 0.6  # of a term asked about that must stand in the sentence that explains it
_BONUS = 0.3  # for an answer of the kind asked for, with its unit
_TYPED = 0.1  # for a paper of the kind the question speaks of
BESIDE = 0.55  # what a word of the sentence before or behind counts for what the sentence is about
_FOCUSED = 0.28  # for saying what the title leaves open
_HEADED = 0.12  # for a sentence that speaks of what is asked for in so many words
HEAD_FLOOR = 0.74  # of what is asked for that must stand in or above the sentence
_MANY = 3
_LEAST_PAPERS, _RAREST = 3, 0.9
_RANK = 0.06  # at most, for standing in the passage that was found first

_SORTS = {
    Kind.COUNT: (Sort.NUMBER, Sort.SHARE, Sort.MONEY, Sort.SPAN),
    Kind.MONEY: (Sort.MONEY,),
    Kind.SHARE: (Sort.SHARE,),
    Kind.WHEN: (Sort.DAY, Sort.MONTH, Sort.SPAN),
    Kind.HOW_LONG: (Sort.SPAN,),
}
REGISTERED = (Kind.SIGNER, Kind.ISSUED, Kind.ISSUER, Kind.SYMBOL)  # answered from the register (`register`)
_REGULAR = re.compile(r"\b(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|thu (?:hai|ba|tu|nam|sau|bay) hang tuan|chu nhat")
_BODIES = one_of(
    r"""\b(?:ban|van phong|uy ban|dang uy|tinh uy|so|hoi|mat tran|doan|bi thu|chu tich|dong chi|ong|ba|truong|chanh
    |thuong truc|phong|cong an|chi bo|dang bo|cap uy|hdnd|ubnd|mttq|btv|ubkt|co quan|don vi|giam doc|to|vptu|thu truong
    |can bo)\b"""
)
_PLACES = one_of(
    r"""\b(?:xa|phuong|tinh|huyen|thon|ban|thi tran|tai|o|hoi truong|phong hop|tru so|dia chi|dia ban|duong)\b"""
)
_ASKS_PERSON = re.compile(r"\b(?:dong chi|nguoi) nao\b|\bai (?:lam|la|dung dau|phu trach)\b")
_REASONS = re.compile(r"\b(?:do|vi|nguyen nhan|boi|nen|tai|ly do|bat nguon)\b")
_DENIES = re.compile(r"\b(?:khong|chua|nghiem cam|cam|chang)\b")


@dataclass(frozen=True)
class Paper:
    """What is known of a record besides its text: for what a sentence leaves unsaid."""

    record: int
    number: str
    title: str
    day: str  # d/m/yyyy
    head: str  # the beginning of its text, with issuer and signer


@dataclass(frozen=True)
class Source:
    """A stretch of stored text: of a page of a file, or of a record without files. `rank` from 0, best first."""

    paper: Paper
    file: int | None
    page: int | None
    text: str
    rank: int = 0
    clause: str = ""


@dataclass(frozen=True)
class Found:
    """A sentence that may answer, with what was taken out of it."""

    source: Source
    sentence: Sentence
    score: float
    whole: float
    near: float
    value: Value | None = None
    follows: tuple[Sentence, ...] = ()


@lru_cache(maxsize=512)
def _known(paper: Paper) -> tuple[Evidence, frozenset[str]]:
    """The words of a paper's title and head, and the symbols it names."""
    told = "\n".join((paper.number, paper.title, paper.day, paper.head))
    symbols = frozenset(normalise_symbol(told[start:end]) for _, start, end in find_symbols(told))
    return Evidence(words_of(told)), symbols | {normalise_symbol(paper.number)}


@lru_cache(maxsize=256)
def _evidence(text: str) -> tuple[tuple[Evidence, ...], Evidence, frozenset[str]]:
    """The words of each sentence of a text, of all of it, and the symbols it names."""
    symbols = frozenset(normalise_symbol(text[start:end]) for _, start, end in find_symbols(text))
    return tuple(Evidence(one.words) for one in sentences_of(text)), Evidence(words_of(text)), symbols


@lru_cache(maxsize=256)
def _unsafe(text: str) -> frozenset[int]:
    """The places of sentences that are no evidence."""
    return tainted([one.text for one in sentences_of(text)])


def best_sentences(question: Question, sources: Iterable[Source], *, most: int = 12) -> list[Found]:
    """The sentences that may answer, best first. Empty: nothing found that answers."""
    given = list(sources)
    matching = Matching(_weighed(question, given))
    shared = _said_by_many(given)
    found: list[Found] = []
    for source in given:
        found += [one for one in _of_source(matching, source) if " ".join(one.sentence.text.split()) not in shared]
    # A paper that knows much less of the question than another one does is not the one asked about.
    least = max((one.whole for one in found), default=0.0) - LESS_KNOWN
    return sorted((one for one in found if one.whole >= least), key=lambda one: -one.score)[:most]


def _said_by_many(sources: Sequence[Source]) -> set[str]:
    """Sentences at least three of the papers have word for word: they say nothing about one of them."""
    papers: dict[str, set[int]] = {}
    for source in sources:
        for one in sentences_of(source.text):
            papers.setdefault(" ".join(one.text.split()), set()).add(source.paper.record)
    return {text for text, records in papers.items() if len(records) >= _MANY}


def _weighed(question: Question, sources: Sequence[Source]) -> Question:
    """The question with more weight on words that few of the papers found have: they tell the papers apart.

    A word none of them has keeps its weight: it may be said otherwise.
    """
    papers: dict[int, set[str]] = {}
    for source in sources:
        known = papers.setdefault(source.paper.record, set(_known(source.paper)[0].plains))
        known |= _evidence(source.text)[1].plains
    whole = len(papers)
    if whole < _LEAST_PAPERS:
        return question
    counts = [sum(word.plain in known for known in papers.values()) for word in question.words]
    weights = tuple(
        told * (COMMONEST + _RAREST * (1 - count / whole)) if count and told >= SPECIFIC else told
        for told, count in zip(question.weights, counts, strict=True)
    )
    return replace(question, weights=weights)


def _of_source(matching: Matching, source: Source) -> list[Found]:
    question = matching.question
    each, whole_text, text_symbols = _evidence(source.text)
    known, symbols = _known(source.paper)
    if not _is_about(question, source, (known, whole_text), symbols | text_symbols):
        return []
    of_paper, of_text = matching.had(known), matching.had(whole_text)
    if matching.misses_too_much(tuple(map(max, of_paper, of_text)), known.pairs | whole_text.pairs):
        return []
    everywhere = 0.93 * matching.share(of_paper, of_text)
    titled = matching.share(of_paper)
    typed = _TYPED if any(_is_typed(source.paper, one) for one in question.types) else 0.0
    every, found, unsafe = sentences_of(source.text), [], _unsafe(source.text)
    before: tuple[float, ...] = tuple(0.0 for _ in question.words)
    for place, sentence in enumerate(every):
        own = matching.had(each[place])
        above = matching.had(_heading(sentence.heading)) if sentence.heading else own
        near = matching.share(own, above, before)
        whole = max(everywhere, matching.share(own, above, before, of_paper))
        after = matching.had(each[place + 1]) if place + 1 < len(each) else own
        beside = tuple(BESIDE * one for one in map(max, before, after))
        told = matching.focus(tuple(map(max, own, above)), of_paper, of_text)
        around = matching.focus(tuple(map(max, own, above, beside)), of_paper, of_text)
        focus = min(around / FOCUS_FLOOR, matching.head(tuple(map(max, own, above))) / HEAD_FLOOR)
        before = own
        is_near = near >= NEAR_FLOOR or titled >= TITLED
        if (
            not is_near
            or focus < 1
            or whole < WHOLE_FLOOR
            or place in unsafe
            or _says_nothing(matching, source, sentence, own)
        ):
            continue
        value, fits = answer_in(question, sentence)
        if fits:
            score = (
                _SHARES["sentence"] * matching.share(own)
                + _SHARES["near"] * near
                + _SHARES["whole"] * whole
                + _SHARES["pairs"] * matching.pairs(each[place])
                + _bonus(question.kind, value)
                + _RANK / (1 + source.rank)
                + typed
                + _FOCUSED * told
                + (_HEADED * matching.head(own) if question.head else 0.0)
            )
            found.append(Found(source, sentence, score, whole, near, value, _list_after(every, place, unsafe)))
    return found


def _says_nothing(matching: Matching, source: Source, sentence: Sentence, own: tuple[float, ...]) -> bool:
    """The title again, a heading, or a sentence that does not speak of the term to be explained."""
    kind = matching.question.kind
    if kind is Kind.DEFINITION and (matching.share(own) < DEFINED or " la " not in f" {plain(sentence.text)} "):
        return True
    title = _heading(f"{source.paper.number} {source.paper.title}").plains
    is_title = kind is not Kind.WHICH and {word.plain for word in sentence.words} <= title
    return is_title or is_heading(sentence)


def _is_typed(paper: Paper, name: str) -> bool:
    """Whether the paper is of this kind: its title or one of the first lines says so."""
    lines = [plain(paper.title), *(plain(line) for line in paper.head.splitlines()[:12])]
    return any(line == name or line.startswith(f"{name} ") for line in lines)


def _bonus(kind: Kind, value: Value | None) -> float:
    """For an answer of the kind asked for; a span of days is half an answer to “when”."""
    if value is None:
        return 0.0
    return _BONUS / 3 if kind is Kind.WHEN and value.sort is Sort.SPAN else _BONUS


@lru_cache(maxsize=1024)
def _heading(text: str) -> Evidence:
    return Evidence(words_of(text))


def _is_about(question: Question, source: Source, known: tuple[Evidence, Evidence], symbols: frozenset[str]) -> bool:
    """Whether the paper knows the symbols, years, numbers and names the question is about."""
    if question.symbols and not question.symbols & symbols:
        return False
    if any(year not in source.paper.day and not any(year in one.forms for one in known) for year in question.years):
        return False
    if any(not any(number in one.forms for one in known) for number in question.numbers):
        return False
    return all(any(one.has_run(name) for one in known) for name in question.names)


def known_share(question: Question, paper: Paper) -> float:
    """What share of the question a paper's title, number and head know."""
    matching = Matching(question)
    return matching.share(matching.had(_known(paper)[0]))


def is_about(question: Question, source: Source) -> bool:
    """Whether the symbols, years and names of the question stand in the source or its paper."""
    known, symbols = _known(source.paper)
    _, whole, named = _evidence(source.text)
    return _is_about(question, source, (known, whole), symbols | named)


def is_enough(question: Question, source: Source, texts: Iterable[str]) -> bool:
    """Whether these texts, said from the source, answer the question by the floors sentences are held to."""
    matching = Matching(question)
    known, _ = _known(source.paper)
    own = matching.had(Evidence(*(words_of(text) for text in texts)))
    whole = matching.share(own, matching.had(known))
    return is_about(question, source) and matching.share(own) >= NEAR_FLOOR and whole >= WHOLE_FLOOR


def answer_in(question: Question, sentence: Sentence) -> tuple[Value | None, bool]:
    """The value asked for in the sentence, and whether the sentence can answer a question of this kind at all."""
    sorts = _SORTS.get(question.kind)
    if sorts is not None:
        value = _value(question, sentence, sorts)
        regular = question.kind in (Kind.WHEN, Kind.HOW_LONG) and bool(_REGULAR.search(plain(sentence.text)))
        return value, value is not None or regular
    if question.kind is Kind.WHO:
        if _ASKS_PERSON.search(plain(question.text)):
            return None, names_person(sentence.text)
        return None, bool(_BODIES.search(plain(sentence.text)))
    if question.kind is Kind.WHY:
        return None, bool(_REASONS.search(plain(sentence.text)))
    if question.kind is Kind.WHERE:
        return None, bool(_PLACES.search(plain(sentence.text)))
    return None, question.kind not in REGISTERED


def _value(question: Question, sentence: Sentence, sorts: tuple[Sort, ...]) -> Value | None:
    asked = {value.key for value in question.values}
    possible = [value for value in values_of(sentence.text) if value.sort in sorts and value.key not in asked]
    if question.kind is Kind.COUNT and question.unit:
        possible = [value for value in possible if _has_unit(question, value, sentence)]
    if question.kind in (Kind.WHEN, Kind.HOW_LONG):
        possible.sort(key=lambda value: sorts.index(value.sort))
    if len(possible) < 2:
        return possible[0] if possible else None
    return max(possible, key=lambda value: (_nearness(question, sentence, value), -value.start))


def _has_unit(question: Question, value: Value, sentence: Sentence) -> bool:
    """The unit asked for stands behind the number: “bao nhiêu cơ sở homestay” — “12 cơ sở homestay”."""
    unit = question.unit
    after = value.after
    if value.sort is Sort.SPAN or (value.sort is Sort.MONEY and unit[0] not in {"dong", "tien", "trieu", "ty"}):
        return False
    if value.sort is Sort.SHARE:
        return unit[0] in {"phan"}
    near = after[:3]
    return unit[0] in near or any(other in near for other in unit[1:] if len(other) > 2)


def _nearness(question: Question, sentence: Sentence, value: Value) -> float:
    """How many words of the question stand close to the value; those right behind it count most."""
    close = 0.0
    asked = {word.plain: told for word, told in zip(question.words, question.weights, strict=True)}
    for word in sentence.words:
        told = asked.get(word.plain, 0.0)
        if told:
            apart = word.start - value.end if word.start >= value.end else value.start - word.end
            close += told / (1 + max(apart, 0) / 12)
    return close


def _list_after(every: Sequence[Sentence], place: int, unsafe: frozenset[int]) -> tuple[Sentence, ...]:
    """The lines of the list a sentence leads to (“gồm:”), at most six."""
    if not every[place].leads_list:
        return ()
    found: list[Sentence] = []
    for number, one in enumerate(every[place + 1 : place + 7], start=place + 1):
        if number in unsafe or one.heading != " ".join(every[place].text.split())[:200] or one.leads_list:
            break
        found.append(one)
    return tuple(found)


def names_person(text: str) -> bool:
    """Whether a sentence has the name of a person: a family name with another capital behind it."""
    words = text.split()
    return any(
        one.strip("“”\"(.,;:") in family_names() and two[:1].isupper() for one, two in pairwise(words)
    )  # fmt: skip


def denies(sentence: Sentence) -> bool:
    """Whether a sentence says that something is not so, or must not be."""
    return bool(_DENIES.search(plain(sentence.text)))
