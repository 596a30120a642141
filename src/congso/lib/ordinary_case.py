"""Capitals into ordinary spelling: ỦY BAN NHÂN DÂN TỈNH LÀO CAI → Ủy ban nhân dân tỉnh Lào Cai.

Known phrases (`ordinary_case.txt`: offices, posts, provinces) bring their own spelling; after a kind of place
(tỉnh, xã, thôn) everything is a name until a known phrase or a sign; what remains is small. Abbreviations and
numbers stay as they are. Tones stand where current spelling places them (Uỷ → Ủy).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import canonical_tones, fold

_LONGEST = 12  # words of a phrase
_EDGES = " .,;:()[]“”\"'*"
_KINDS_OF_PLACE = ("xa", "phuong", "huyen", "tinh", "tran", "pho")
_GLUED = re.compile(r"\bVI[EÊỆẸ]T\.?NAM\b")  # recognisers lose this space most
_ROMAN = re.compile(r"[IVXLC]+")
_STOPS = (",", ";", ":", "-", "–", ")", ".")


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    place: bool = False
    begin: bool = False
    list: bool = False
    office: bool = False


def ordinary_case(text: str, *, is_sentence: bool = False, places: tuple[str, ...] = ()) -> str:
    """The text as it would stand in a sentence, its first letter large. Text that is not in capitals stays.

    `is_sentence`: the text is an abstract rather than an office's name, so “PHÒNG” is more likely phòng than Phòng.
    `places` are names of places that may end an office's name without their kind (TRƯỜNG TIỂU HỌC MƯỜNG KHƯƠNG).
    """
    words = canonical_tones(text).split()
    if not is_in_capitals(text):
        return " ".join(words)
    written = _Writer(words, is_sentence=is_sentence).write()
    return written if is_sentence else _with_place(written, places)


def _with_place(written: str, places: tuple[str, ...]) -> str:
    words = written.split()
    for count in range(min(4, len(words) - 1), 1, -1):
        place = _place_names(places).get(" ".join(words[-count:]).lower())
        if place:
            return " ".join([*words[:-count], place])
    return written


@lru_cache(maxsize=4)
def _place_names(places: tuple[str, ...]) -> dict[str, str]:
    return {canonical_tones(place).lower(): canonical_tones(place) for place in places}


@lru_cache(maxsize=4)
def _places_by_letters(places: tuple[str, ...]) -> dict[str, str]:
    """By letters without accents; two places that differ in accents only are left out."""
    found: dict[str, str] = {}
    for place in map(canonical_tones, places):
        key = fold(place).lower()
        found[key] = "" if found.get(key, place) != place else place
    return {key: place for key, place in found.items() if place}


def is_in_capitals(text: str) -> bool:
    """Nearly all letters are capitals: an abbreviation's small letter (TTg, CTr) does not count against it."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.islower() for letter in letters) <= len(letters) * 0.1


def known_spelling(text: str, places: tuple[str, ...] = ()) -> str:
    """The text with the accents of known phrases, where its letters without accents allow only one: for misreadings.

    Case stays large or small as a whole: “TINH ÚY LÀO CẢI” → “TỈNH ỦY LÀO CAI”. Unknown words stay. `places` are
    looked for at the end, behind their kind (XÃ BẢO THĂNG).
    """
    words = _GLUED.sub("VIỆT NAM", canonical_tones(text)).split()
    fixed: list[str] = []
    place = 0
    while place < len(words):
        length, phrase = _longest(words, place, _by_letters())
        for offset in range(max(length, 1)):
            word = words[place + offset]
            fixed.append(_respelled(word, phrase.words[offset]) if phrase else word)
        place += max(length, 1)
    return " ".join(_place_respelled(fixed, places))


def _place_respelled(words: list[str], places: tuple[str, ...]) -> list[str]:
    for count in range(min(4, len(words) - 1), 1, -1):
        known = _places_by_letters(places).get(fold(" ".join(words[-count:])).lower())
        if known and fold(words[-count - 1]).lower() in _KINDS_OF_PLACE:
            respelled = [_respelled(word, name) for word, name in zip(words[-count:], known.split(), strict=True)]
            return [*words[:-count], *respelled]
    return words


def _respelled(word: str, known: str) -> str:
    core = word.strip(_EDGES)
    spelled = known.strip(_EDGES)
    return word.replace(core, spelled.upper() if core.isupper() else _keep_case(core, spelled), 1)


def _keep_case(core: str, spelled: str) -> str:
    return "".join(new.upper() if old.isupper() else new.lower() for old, new in zip(core, spelled, strict=False))


def known_phrases() -> tuple[str, ...]:
    """Every phrase of `ordinary_case.txt` as it stands in a sentence."""
    return tuple(" ".join(phrase.words) for phrase in _phrases())


@dataclass
class _Writer:
    """Walks over the words once; what a phrase announces holds for the words that follow."""

    words: Sequence[str]
    is_sentence: bool
    written: list[str] = field(default_factory=list)
    in_place: bool = False
    begins: bool = False
    in_list: bool = False
    follows_word: bool = False

    def write(self) -> str:
        place = 0
        while place < len(self.words):
            length, phrase = _longest(self.words, place, _by_spelling(), sentence=self.is_sentence)
            if phrase and length == 1 and self._is_inside_name(phrase, place):
                phrase = None
            if phrase:
                self._phrase(self.words[place : place + length], phrase)
            else:
                self._word(self.words[place])
            self.follows_word = phrase is None
            place += max(length, 1) if phrase else 1
        text = " ".join(self.written)
        return text[:1].upper() + text[1:]

    def _is_inside_name(self, phrase: _Phrase, place: int) -> bool:
        """VỤ of NỘI VỤ begins no office, BẢN of THÔN BẢN MẠC no place."""
        if phrase.place and self.in_place and place and not self.follows_word:
            return True
        return phrase.office and self.follows_word and not self.words[place - 1].endswith(_STOPS)

    def _phrase(self, words: Sequence[str], phrase: _Phrase) -> None:
        spelled = [
            word.replace(word.strip(_EDGES), known.strip(_EDGES), 1)
            for word, known in zip(words, phrase.words, strict=True)
        ]
        if self.begins and not phrase.place and phrase.words[0] not in ("về", "của", "và", "các"):
            spelled[0] = _large(spelled[0])
        self.written += spelled
        joins = phrase.words == ("và",)
        self.begins = (phrase.begin and not self.is_sentence) or (joins and self.in_list)
        self.in_list = phrase.list or (joins and self.in_list)
        self.in_place = phrase.place and not words[-1].endswith(_STOPS)

    def _word(self, word: str) -> None:
        core = word.strip(_EDGES)
        if not _is_word(core):
            self.written.append(word)
            self.in_place = self.in_place and word not in _STOPS
            self.begins = self.in_list and word in ("-", "–")
            return
        small = word.lower()
        self.in_place = self.in_place and not word.startswith("(")
        self.written.append(_large(small) if self.in_place or self.begins else small)
        self.in_place = self.in_place and not word.endswith(_STOPS)
        self.begins = self.in_list and word.endswith(",")


def _is_word(core: str) -> bool:
    """A syllable to be written small; not an abbreviation, a number or a Roman numeral."""
    return bool(core) and core.isalpha() and not _ROMAN.fullmatch(core) and split_syllable(core) is not None


def _large(word: str) -> str:
    at = next((place for place, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:at] + word[at : at + 1].upper() + word[at + 1 :]


def _longest(
    words: Sequence[str], start: int, known: dict[tuple[str, ...], _Phrase], *, sentence: bool = False
) -> tuple[int, "_Phrase | None"]:
    folded = known is _by_letters()
    keys = [_key(word, folded=folded) for word in words[start : start + _LONGEST]]
    for length in range(len(keys), 0, -1):
        phrase = known.get(tuple(keys[:length]))
        if phrase and not (sentence and phrase.office):
            return length, phrase
    return 0, None


def _key(word: str, *, folded: bool) -> str:
    small = canonical_tones(word).lower()
    core = small.strip(_EDGES) or small
    inner_comma = "," if small.endswith(",") else ""
    return (fold(core) if folded else core) + inner_comma


@cache
def _phrases() -> tuple[_Phrase, ...]:
    listed = (files("congso.lib") / "ordinary_case.txt").read_text(encoding="utf-8")
    found = []
    for line in listed.splitlines():
        written, _, follows = line.partition("|")
        flags = follows.split()
        if written.strip() and not line.startswith("#"):
            found.append(_Phrase(tuple(written.split()), **dict.fromkeys(flags, True)))
    return tuple(found)


@cache
def _by_spelling() -> dict[tuple[str, ...], _Phrase]:
    found: dict[tuple[str, ...], _Phrase] = {}
    for phrase in _phrases():
        keys = [_key(word, folded=False) for word in phrase.words]
        found.setdefault(tuple(keys), phrase)
        found.setdefault((*keys[:-1], keys[-1] + ","), phrase)
    return found


@cache
def _by_letters() -> dict[tuple[str, ...], _Phrase]:
    """Phrases of two syllables and more, and tỉnh: other single syllables could be too many words."""
    found: dict[tuple[str, ...], _Phrase] = {}
    for phrase in _phrases():
        keys = tuple(_key(word, folded=True) for word in phrase.words)
        if len(keys) > 1 or keys == ("tinh",):
            found.setdefault(keys, phrase)
            found.setdefault((*keys[:-1], keys[-1] + ","), phrase)
    return found
