"""What a leader should look at today: late work by unit, what repeats across units, and directions to consider.

Directions are proposals with their reasons; nothing is done by them and nobody is ranked: units stand in the order of
how much waits, with the records behind each figure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congso.apps.assistant.rules.words import COMMON, JOINING, words_of
from congso.lib.vietnamese import nfc

MANY_LATE = 3  # works of one unit that are late before asking for a report is proposed
LONG_LATE = 10  # days
SOON = 3  # days
ACROSS = 3  # units in which something must come up to be called repeated
_LONGEST_THEME, _SHORTEST_THEME = 4, 2
_THEMES = 6


@dataclass(frozen=True)
class Work:
    """One record as the briefing needs it; `unit` is who leads it, else who keeps it."""

    record: int
    title: str
    unit: str
    due_on: date | None = None
    is_mine: bool = False


class Direction(StrEnum):
    """What may be considered."""

    URGE = "urge"  # ask a unit for a report on its late works
    DECIDE = "decide"  # late beyond some days: new term, or another lead
    ANSWER = "answer"  # what waits for the reader herself
    SOON = "soon"  # due in the next days
    COMMON = "common"  # one way of solving what several units report


@dataclass(frozen=True)
class Proposed:
    """A direction to consider: about whom or what, how many, and the records that are its reason."""

    kind: Direction
    about: str
    count: int
    records: tuple[int, ...]
    days: int = 0


@dataclass(frozen=True)
class Theme:
    """Words that came up in records of several units."""

    words: str
    units: tuple[str, ...]
    records: tuple[int, ...]


def late_by_unit(works: Iterable[Work], today: date) -> list[tuple[str, list[Work]]]:
    """Works past their day, by unit, most first."""
    found: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if work.due_on is not None and work.due_on < today:
            found[work.unit].append(work)
    return sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))


def themes_of(works: Sequence[Work]) -> list[Theme]:
    """Phrases in the titles of at least three units' records: the longest first, those inside them left out."""
    places: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for work in works:
        for plain_phrase, shown in _phrases(work.title):
            places[plain_phrase][work.unit].add(work.record)
            written[plain_phrase][shown] += 1
    wide = [phrase for phrase, units in places.items() if len(units) >= ACROSS]
    wide.sort(key=lambda phrase: (-len(places[phrase]), -len(phrase.split()), phrase))
    kept: list[str] = []
    for phrase in sorted(wide, key=lambda phrase: (-len(phrase.split()), -len(places[phrase]))):
        if not any(f" {phrase} " in f" {longer} " for longer in kept):
            kept.append(phrase)
    kept.sort(key=lambda phrase: (-len(places[phrase]), phrase))
    return [
        Theme(
            written[phrase].most_common(1)[0][0],
            tuple(sorted(places[phrase])),
            tuple(sorted({record for records in places[phrase].values() for record in records})),
        )
        for phrase in kept[:_THEMES]
    ]


def _phrases(title: str) -> set[tuple[str, str]]:
    words, shown = words_of(title), nfc(title)
    found = set()
    for length in range(_SHORTEST_THEME, _LONGEST_THEME + 1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            told = [word for word in run if word.form not in JOINING and word.form not in COMMON]
            is_whole = run[0] in told and run[-1] in told and len(told) >= 2
            between = shown[run[0].start : run[-1].end]
            if (
                is_whole
                and not any(mark in between for mark in ",.;:()")
                and not any(word.form[0].isdigit() for word in run)
            ):
                found.add((" ".join(word.plain for word in run), between.lower()))
    return found


def directions_for(works: Sequence[Work], themes: Sequence[Theme], today: date) -> list[Proposed]:
    """What may be considered, most pressing first; each names the records it rests on."""
    found: list[Proposed] = []
    mine = [work for work in works if work.is_mine]
    if mine:
        found.append(Proposed(Direction.ANSWER, "", len(mine), tuple(work.record for work in mine[:20])))
    for unit, late in late_by_unit(works, today):
        long = [work for work in late if work.due_on and (today - work.due_on).days > LONG_LATE]
        if long:
            oldest = max((today - work.due_on).days for work in long if work.due_on)
            found.append(Proposed(Direction.DECIDE, unit, len(long), tuple(w.record for w in long[:20]), oldest))
        elif len(late) >= MANY_LATE:
            found.append(Proposed(Direction.URGE, unit, len(late), tuple(work.record for work in late[:20])))
    soon = [work for work in works if work.due_on and 0 <= (work.due_on - today).days <= SOON and not work.is_mine]
    if soon:
        found.append(Proposed(Direction.SOON, "", len(soon), tuple(work.record for work in soon[:20]), SOON))
    found += [Proposed(Direction.COMMON, theme.words, len(theme.units), theme.records[:20]) for theme in themes[:2]]
    return found
