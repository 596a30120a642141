"""How a typed question is understood: groups of words of which all must be found, each in one of its readings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from congso.kernel.search.tokens import Token, Whole, tokens, wholes
from congso.kernel.search.vectors import quoted
from congso.lib.abbreviations import abbreviated_spans, expansions
from congso.lib.keystrokes import typed_variants
from congso.lib.vietnamese import clean_line, fold, index_form, nfc, spelling_variants

MAX_CHARACTERS = 1000
MAX_GROUPS = 64
_LONGEST_ASKING = 6  # words of a phrase that asks
_SHORTEST_NAME, _LONGEST_NAME = 3, 14  # words of an organization's whole name
_SHORTEST_SENTENCE = 6  # words; fewer may be a title being looked for
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


@dataclass(frozen=True)
class Group:
    """Words that must be found together in one of their `readings`, the one typed first.

    Who names a paper's symbol means that paper.
    """

    readings: tuple[tuple[str, ...], ...]
    is_symbol: bool = False

    @property
    def query(self) -> str:
        """As PostgreSQL is asked."""
        return " | ".join(" & ".join(quoted(word) for word in reading) for reading in self.readings)

    @property
    def lead(self) -> str:
        """As it is weighed: `ubnd|ủy ban nhân dân`."""
        return "|".join(" ".join(reading) for reading in self.readings)

    @property
    def words(self) -> set[str]:
        """Every word that may be marked in what was found."""
        return {word for reading in self.readings for word in reading}


@dataclass(frozen=True)
class Reading:
    """A question as asked of the database."""

    groups: tuple[Group, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def quoted(self) -> str:
        """The phrases that must stand as typed, as one tsquery; empty without any."""
        return " & ".join("(" + " <-> ".join(quoted(word) for word in phrase) + ")" for phrase in self.phrases)

    @property
    def pairs(self) -> list[str]:
        """For each two neighbouring groups of one word, the two side by side; else empty."""
        return [
            f"{quoted(one.readings[0][0])} <-> {quoted(two.readings[0][0])}"
            if len(one.readings[0]) == len(two.readings[0]) == 1
            else ""
            for one, two in zip(self.groups, self.groups[1:], strict=False)
        ]

    @property
    def words(self) -> set[str]:
        """Every word to be marked in what was found."""
        return {word for group in self.groups for word in group.words}

    def without_accents(self) -> "Reading":
        """The same question, its accents forgotten."""
        groups = tuple(
            Group(
                tuple(dict.fromkeys(tuple(fold(word) for word in reading) for reading in group.readings)),
                group.is_symbol,
            )
            for group in self.groups
        )
        return Reading(groups, tuple(tuple(fold(word) for word in phrase) for phrase in self.phrases))

    def or_of(self, organizations: Mapping[str, Sequence[int]]) -> "Reading":
        """The same question, where a record of a named organization need not contain the words of its name."""
        marks = {frozenset(name.split()): _marks(ids) for name, ids in organizations.items()}
        groups = [
            replace(
                group,
                readings=sum(
                    (found for name, found in marks.items() if name.issuperset(map(fold, group.readings[0]))),
                    start=group.readings,
                ),
            )
            for group in self.groups
        ]
        return Reading(tuple(groups), self.phrases)

    def and_of(self, organizations: Mapping[str, Sequence[int]]) -> "Reading":
        """The same question, to which a record of a named organization is nearer."""
        groups = (Group(_marks(ids)) for ids in organizations.values())
        return Reading((*self.groups, *groups), self.phrases)


def given(query: str) -> Group:
    """A tsquery as it stands, weighed like a very common word: so it is looked for newest first when much meets it."""
    return _Given((("của",),), raw=query)


@dataclass(frozen=True)
class _Given(Group):
    raw: str = ""

    @property
    def query(self) -> str:
        return self.raw


def _marks(organizations: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The index tokens of these organizations' records, as congso.search_owners writes them."""
    return tuple((f"~o{pk}",) for pk in organizations)


def read_question(typed: str) -> Reading:
    """What somebody typed, as groups. Signs mean nothing but quotation marks; nothing typed is an error."""
    line = without_asking(clean_line(typed)[:MAX_CHARACTERS])
    phrases = [words for words in (_words(found.group(1)) for found in _QUOTED.finditer(line)) if len(words) > 1]
    free = _QUOTED.sub(lambda found: "  " if len(_words(found.group(1))) > 1 else f" {found.group(1)} ", line)
    groups = [Group(((word,),)) for phrase in phrases for word in phrase] + _free_groups(free)
    return Reading(tuple(dict.fromkeys(groups))[:MAX_GROUPS], tuple(phrases))


def readings(typed: str) -> list[Reading]:
    """The question as typed, then what the keys may have meant (Telex, VNI), then without its accents.

    Each is tried only when the one before found nothing.
    """
    line = clean_line(typed)[:MAX_CHARACTERS]
    first = read_question(line)
    tried = [first, *(read_question(variant) for variant in typed_variants(line)), first.without_accents()]
    return [reading for reading in dict.fromkeys(tried) if reading.groups]


def possible_names(typed: str) -> list[str]:
    """Every run of words that may be the whole name of an organization, without accents."""
    words = [fold(token.form) for token in tokens(clean_line(typed)[:MAX_CHARACTERS])][:MAX_GROUPS]
    return [
        " ".join(words[start : start + length])
        for length in range(_SHORTEST_NAME, _LONGEST_NAME + 1)
        for start in range(len(words) - length + 1)
    ]


def without_asking(line: str) -> str:
    """A sentence without what only asks: “cho tôi hỏi … thế nào?”; quoted and short ones stay as they are."""
    words = list(tokens(line))
    if len(words) < _SHORTEST_SENTENCE or _QUOTED.search(line):
        return line
    shown, kept, start = nfc(line), [], 0
    while start < len(words):
        length = _asking_at([word.form for word in words[start : start + _LONGEST_ASKING]])
        if length == 0:
            kept.append(start)
        start += length or 1
    if len(kept) == len(words) or not kept:
        return line
    gone = set(range(len(words))) - set(kept)
    return " ".join(
        "".join(
            " " if index in gone else shown[word.start : words[index + 1].start if index + 1 < len(words) else None]
            for index, word in enumerate(words)
        ).split()
    )


def _asking_at(words: list[str]) -> int:
    """How many of the words, from the first, only ask."""
    exact, plain = _asking()
    for length in range(len(words), 0, -1):
        said = " ".join(words[:length])
        if said in exact or (length > 1 and said in plain):
            return length
    return 0


@cache
def _asking() -> tuple[frozenset[str], frozenset[str]]:
    text = files("congso.kernel.search").joinpath("asking.txt").read_text(encoding="utf-8")
    exact = frozenset(index_form(line.strip()) for line in text.splitlines() if line.strip() and line[0] != "#")
    return exact, frozenset(map(fold, exact))


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokens(text))


def _free_groups(text: str) -> list[Group]:
    """The words outside quotation marks: symbols and dates whole, known phrases with their abbreviations."""
    shown = nfc(text)
    whole = wholes(index_form(text))
    words = [token for token in tokens(text) if not _belongs(token, whole)]
    spans = {start: (end, short) for start, end, short in abbreviated_spans([word.form for word in words])}
    groups, place = [_whole(each) for each in whole], 0
    while place < len(words):
        if place in spans:
            end, short = spans[place]
            long = tuple(word.form for word in words[place:end])
            groups.append(Group((long, *((index_form(each),) for each in short))))
            place = end
        else:
            token = words[place]
            groups.append(_single(shown[token.start : token.end], token.form))
            place += 1
    return groups


def _whole(found: Whole) -> Group:
    name = found.forms[0]
    return Group(((name,),), is_symbol=any(letter.isalpha() for letter in name))


def _belongs(token: Token, spans: Sequence[Whole]) -> bool:
    """Part of a symbol or date, or the word “số” before it."""
    return any(
        whole.start <= token.start < whole.end or (fold(token.form) == "so" and 0 < whole.start - token.end <= 3)
        for whole in spans
    )


def _single(written: str, form: str) -> Group:
    """A word, its other spelling (lý, lí), and what it abbreviates."""
    spelled = ((other,) for other in spelling_variants(form))
    meant = (_words(phrase) for phrase in expansions(written))
    return Group(tuple(dict.fromkeys([(form,), *spelled, *meant])))
