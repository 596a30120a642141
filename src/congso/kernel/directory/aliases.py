"""How papers write names of organizations, read from `starter/aliases.txt`; the keys names are compared by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from congso.lib.abbreviations import expansions
from congso.lib.vietnamese import fold, index_form, nfc

_WORD = re.compile(r"\w+")
_AMPERSAND = re.compile(r"(?<=\w)&(?=\w)")  # KH&CN is written KHCN too
_SAYS_NOTHING = frozenset({"cua", "thuoc"})  # “Văn phòng của Tỉnh ủy” is the Văn phòng Tỉnh ủy
_WHERE = re.compile(r" (?:tren dia ban|trong|o) (?:toan )?tinh\b| toan tinh\b")
_SAYS_NOTHING_OF_A_GROUP = frozenset({"cac", "nhung", "tat", "ca", "toan", "bo", "va", "truc"})
_PLURALS = tuple(map(frozenset, (["cac"], ["nhung"], ["tat"], ["toan"], ["cap"], ["xa", "phuong"], ["so", "nganh"])))


@dataclass(frozen=True)
class Group:
    """A plural that papers use: its label, the sets of words that mean it, its members as written."""

    label: str
    bags: frozenset[frozenset[str]]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Aliases:
    """The sections of the file, keyed for comparison."""

    abbreviations: dict[str, str]
    shorter: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    heads: tuple[tuple[str, ...], ...]
    other_names: tuple[tuple[str, str], ...]
    carried_on: dict[str, tuple[str, str]]
    groups: tuple[Group, ...]
    vague: frozenset[frozenset[str]]


def plain_words(text: str) -> tuple[str, ...]:
    """The words by which names are compared: no case, accents, punctuation, nor y for i."""
    folded = (fold(word).replace("y", "i") for word in _WORD.findall(index_form(text)))
    return tuple(word for word in folded if word not in _SAYS_NOTHING)


@lru_cache(maxsize=16_384)  # the same few thousand names are asked about for every paper
def key_of(text: str) -> str:
    """The key of a name: its plain words, longer ways of writing replaced by the shorter."""
    return " ".join(_shortened(plain_words(text)))


def bag_of(key: str) -> frozenset[str]:
    """The words that say which group is meant; “các”, numbers and the like do not."""
    words = (word for word in _WHERE.sub("", key).split() if word not in _SAYS_NOTHING_OF_A_GROUP)
    return frozenset(word for word in words if not word.isdigit())


def is_plural(key: str) -> bool:
    """Whether the words can mean several organizations: “các …”, “xã, phường”, “99 …”."""
    words = frozenset(key.split())
    return any(mark <= words for mark in _PLURALS) or any(word.isdigit() for word in words)


def readings(written: str) -> Iterator[str]:
    """The text as it stands, then with its abbreviations written out; at most 48 readings."""
    words = _WORD.findall(_AMPERSAND.sub("", nfc(written)))
    ways: list[tuple[str, ...]] = [()]
    for word in words:
        meant = (word, *_meanings(word))
        ways = [(*way, meaning) for way in ways for meaning in meant][:48]
    for way in ways:
        yield key_of(" ".join(way))


def _meanings(word: str) -> tuple[str, ...]:
    own = aliases().abbreviations.get(fold(word).upper())
    found = expansions(word)
    return (own, *found) if own and word != word.lower() else found


def _shortened(words: Sequence[str]) -> Sequence[str]:
    for longer, shorter in aliases().shorter:
        words = _replaced(words, longer, shorter)
    return words


def _replaced(words: Sequence[str], longer: tuple[str, ...], shorter: tuple[str, ...]) -> Sequence[str]:
    if longer[0] not in words:
        return words
    for at in range(len(words) - len(longer) + 1):
        if tuple(words[at : at + len(longer)]) == longer:
            return (*words[:at], *shorter, *_replaced(words[at + len(longer) :], longer, shorter))
    return words


@cache
def aliases() -> Aliases:
    """The file, read once. The shortening rules are needed to key the rest, so they come first."""
    sections = _sections()
    return Aliases(
        abbreviations={fold(short).upper(): long for short, long in _pairs(sections["viết tắt"])},
        shorter=_shorter(),
        heads=tuple(sorted(map(plain_words, sections["chức danh"]), key=len, reverse=True)),
        other_names=tuple(_other_names(sections["tên khác"])),
        carried_on=dict(_carried_on(sections["nay là"])),
        groups=tuple(map(_group, sections["nhóm"])),
        vague=frozenset(bag_of(" ".join(plain_words(line))) for line in sections["gọi chung"]),
    )


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    text = files("congso.kernel.directory").joinpath("starter/aliases.txt").read_text(encoding="utf-8")
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current.append(line)
    return sections


@cache
def _shorter() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((plain_words(longer), plain_words(short)) for longer, short in _pairs(_sections()["viết gọn"]))


def _file_key(text: str) -> str:
    """`key_of` while the file is being read, abbreviations written out."""
    words: Sequence[str] = plain_words(" ".join((expansions(word) or (word,))[0] for word in _WORD.findall(nfc(text))))
    for longer, shorter in _shorter():
        words = _replaced(words, longer, shorter)
    return " ".join(words)


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        left, _, right = line.partition("=")
        yield left.strip(), right.strip()


def _other_names(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for left, right in _pairs(lines):
        for spelling in left.split(";"):
            yield _file_key(spelling), right


def _carried_on(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for left, right in _pairs(lines):
        heir, _, happened = right.partition(";")
        for spelling in left.split(";"):
            yield _file_key(spelling), (heir.strip(), happened.strip())


def _group(line: str) -> Group:
    label, spellings, members = (part.strip() for part in line.split("|"))
    bags = frozenset(bag_of(_file_key(spelling)) for spelling in spellings.split(";"))
    return Group(label, bags, tuple(member.strip() for member in members.split(";")))
