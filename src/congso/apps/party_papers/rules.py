"""What a text of rules says of itself, and whether it holds on a day. Pure functions.

Effect follows the practice of official papers: what is replaced or abolished ends on the day the other takes effect
and does not come back when that one ends in turn; an amendment leaves it in force. Several words for one thing are
read leniently, but nothing is decided here: relations found in a text are proposals a person confirms.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congso.lib.symbols import find_symbols, render
from congso.lib.vietnamese import fold, nfc

_LONGEST_HEADING = 300
_QUOTE = 400


class Bond(StrEnum):
    """How one paper acts on another."""

    AMENDS = "amends"
    REPLACES = "replaces"
    ABOLISHES = "abolishes"
    GUIDES = "guides"
    CITES = "cites"


class Effect(StrEnum):
    """How a paper stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    PARTLY = "partly"
    REPLACED = "replaced"
    ABOLISHED = "abolished"
    EXPIRED = "expired"


HOLDING = (Effect.IN_FORCE, Effect.AMENDED, Effect.PARTLY)


@dataclass(frozen=True)
class Passage:
    """A piece of the text: `anchor` is its address (`dieu-5.khoan-2`), `depth` 0 for chapters."""

    anchor: str
    label: str
    depth: int
    text: str


@dataclass(frozen=True)
class ActOn:
    """What another paper did to this one: which bond, from which day, on which passage (empty: the whole)."""

    bond: Bond
    on: date
    anchor: str = ""


@dataclass(frozen=True)
class FoundRelation:
    """A relation the text seems to state, with the sentence it was read from."""

    bond: Bond
    symbol: str
    source_anchor: str
    target_anchor: str
    quote: str


def effect_on(day: date, *, starts: date, ends: date | None, acts: Iterable[ActOn]) -> Effect:
    """How a paper stands on the day, by its own dates and what others did to it up to then.

    The first ending counts; of two on one day abolishing is the graver word.
    """
    if day < starts:
        return Effect.NOT_YET
    done = sorted((act for act in acts if act.on <= day), key=lambda act: (act.on, act.bond != Bond.ABOLISHES))
    whole = [act for act in done if not act.anchor and act.bond in (Bond.REPLACES, Bond.ABOLISHES)]
    if whole and (ends is None or whole[0].on < ends or day < ends):
        return Effect.ABOLISHED if whole[0].bond == Bond.ABOLISHES else Effect.REPLACED
    if ends is not None and day >= ends:
        return Effect.EXPIRED
    if any(act.anchor and act.bond in (Bond.REPLACES, Bond.ABOLISHES) for act in done):
        return Effect.PARTLY
    return Effect.AMENDED if any(act.bond == Bond.AMENDS for act in done) else Effect.IN_FORCE


def passage_effects(day: date, acts: Iterable[ActOn]) -> dict[str, Bond]:
    """The last thing done to each passage up to the day, by anchor; what holds for an article holds for its clauses."""
    done = sorted((act for act in acts if act.anchor and act.on <= day), key=lambda act: act.on)
    return {act.anchor: act.bond for act in done if act.bond in (Bond.AMENDS, Bond.REPLACES, Bond.ABOLISHES)}


_HEADS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("phan", 0, re.compile(r"^phần\s+(?P<n>thứ\s+\w+|[ivxlc]+|\d+)\b", re.IGNORECASE)),
    ("chuong", 0, re.compile(r"^chương\s+(?P<n>[ivxlc]+|\d+)\b", re.IGNORECASE)),
    ("muc", 1, re.compile(r"^mục\s+(?P<n>[ivxlc]+|\d+)\b", re.IGNORECASE)),
    ("dieu", 2, re.compile(r"^điều\s+(?P<n>\d+[a-zđ]?)\b", re.IGNORECASE)),
    ("la-ma", 1, re.compile(r"^(?P<n>[IVXLC]{1,7})\s*[-–—.]\s*(?=\S)")),
    ("khoan", 3, re.compile(r"^(?P<n>\d{1,3}(?:\.\d{1,3}){0,3})\s*[.)\-–]\s*(?=\S)")),
    ("diem", 4, re.compile(r"^(?P<n>[a-zđ])\s*\)\s*(?=\S)")),
)


def passages_of(text: str) -> list[Passage]:
    """The text cut at its own headings, in order; what stands before the first is the opening (`mo-dau`).

    No word is lost: the passages' texts joined are the text. Anchors are unique: a heading met again gets a number.
    """
    found: list[Passage] = []
    path: list[tuple[int, str]] = []
    used: dict[str, int] = {}
    lines: list[str] = []
    current = ("mo-dau", "", 0)

    def close() -> None:
        words = "\n".join(lines).strip("\n")
        if words.strip() or current[1]:
            found.append(Passage(current[0], current[1], current[2], words))

    for line in nfc(text).replace("\r\n", "\n").split("\n"):
        head = _head(line.strip())
        if head is None:
            lines.append(line)
            continue
        close()
        kind, number, depth, label = head
        path = [(level, part) for level, part in path if level < depth]
        own = f"{kind}-{number}"
        parents = [part for level, part in path if level >= 2] if depth > 2 else []
        anchor = ".".join([*parents, own])
        used[anchor] = used.get(anchor, 0) + 1
        if used[anchor] > 1:
            anchor = f"{anchor}~{used[anchor]}"
        path.append((depth, own))
        current, lines = (anchor, label, depth), [line]
    close()
    return found


def _head(line: str) -> tuple[str, str, int, str] | None:
    for kind, depth, pattern in _HEADS:
        found = pattern.match(line)
        if found:
            number = re.sub(r"[^a-z0-9.]+", "-", fold(found["n"]).lower()).strip("-").replace(".", "-")
            is_long = kind in ("khoan", "diem", "la-ma")
            label = found.group(0).strip(" .)-–—") if is_long and len(line) > 120 else line[:_LONGEST_HEADING]
            return kind, number, depth, label
    return None


_SENTENCE = re.compile(r"[^.;\n]+(?:[.;](?=\S)[^.;\n]+)*[.;\n]?")
_WORDS: tuple[tuple[Bond, re.Pattern[str]], ...] = (
    (Bond.AMENDS, re.compile(r"sửa đổi|bổ sung", re.IGNORECASE)),
    (Bond.REPLACES, re.compile(r"thay thế|thay cho", re.IGNORECASE)),
    (Bond.ABOLISHES, re.compile(r"bãi bỏ|hủy bỏ|hết hiệu lực|chấm dứt hiệu lực", re.IGNORECASE)),
    (Bond.GUIDES, re.compile(r"hướng dẫn (?:thực hiện|thi hành)|cụ thể hóa|quán triệt", re.IGNORECASE)),
    (Bond.CITES, re.compile(r"căn cứ|theo|thực hiện", re.IGNORECASE)),
)
_PLACE = re.compile(
    r"(?:điểm\s+(?P<diem>[a-zđ])\)?[\s,]*)?(?:khoản\s+(?P<khoan>\d+)[\s,]*)?điều\s+(?P<dieu>\d+[a-zđ]?)", re.IGNORECASE
)


def relations_in(passages: Sequence[Passage], *, own_symbol: str) -> list[FoundRelation]:
    """Relations the text seems to state: a symbol and the word before it in one sentence; each once, the gravest word
    wins.
    """
    found: dict[tuple[str, str], FoundRelation] = {}
    for passage in passages:
        for sentence in _SENTENCE.findall(passage.text):
            for one in _in_sentence(sentence, passage.anchor):
                key = (one.symbol, one.target_anchor)
                if one.symbol != own_symbol and (key not in found or _rank(one.bond) < _rank(found[key].bond)):
                    found[key] = one
    return list(found.values())


def _in_sentence(sentence: str, anchor: str) -> Iterable[FoundRelation]:
    words = nfc(sentence)
    end_before = 0
    for symbol, start, end in find_symbols(words):
        before = words[:start]
        bond = _bond(before) or _bond_after(words[end:])
        if bond is not None:
            yield FoundRelation(bond, render(symbol), anchor, _place(before[end_before:]), words.strip()[:_QUOTE])
        end_before = end


def _bond(before: str) -> Bond | None:
    for bond, pattern in _WORDS:
        if pattern.search(before):
            return bond
    return None


def _bond_after(after: str) -> Bond | None:
    """“Quy định số 5-QĐ/TU hết hiệu lực kể từ ngày …”."""
    return Bond.ABOLISHES if re.search(r"hết hiệu lực|bị bãi bỏ", after[:160], re.IGNORECASE) else None


def _place(before: str) -> str:
    places = list(_PLACE.finditer(before))
    if not places:
        return ""
    last = places[-1]
    parts = [f"dieu-{fold(last['dieu']).lower()}"]
    if last["khoan"]:
        parts.append(f"khoan-{last['khoan']}")
    if last["diem"]:
        parts.append(f"diem-{fold(last['diem']).lower()}")
    return ".".join(parts)


def _rank(bond: Bond) -> int:
    return list(Bond).index(bond)
