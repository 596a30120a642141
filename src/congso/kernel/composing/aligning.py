"""Two lists of paragraphs laid side by side, then their words. Pure, and bounded whatever the texts are.

First what both lists hold once and in the same order (patience), between those what repeats, by difflib while it is
small; what was replaced is paired by the words it shares.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_LINES = 400  # difflib's share of lines at a time: its worst case is their square
_MOST_PAIRS = 4_000  # comparisons of one replaced stretch
_MOST_WORDS = 3_000  # of a paragraph compared word by word
_ALIKE = 0.45
_LEAST_MOVED = 4
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


@dataclass(frozen=True)
class Unit:
    """A paragraph, or a row of a table (its cells apart). `look` tells formatting apart."""

    cells: tuple[str, ...]
    is_row: bool = False
    look: tuple[object, ...] = ()

    @property
    def key(self) -> str:
        return "\x1f".join(" ".join(cell.split()) for cell in self.cells)


Piece = tuple[str, str]
"""(same | added | removed, words)."""


@dataclass(frozen=True)
class Aligned:
    """What became of one unit. `pieces` of each cell; of a paragraph there is one cell."""

    kind: str
    pieces: tuple[tuple[Piece, ...], ...]
    old: int | None
    new: int | None
    is_row: bool = False
    is_formatting: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Aligned]:
    """All units of both, in order."""
    pairs = list(_paired(old, new))
    moved = _moves(old, new, pairs)
    return [_told(pair, old, new, moved) for pair in pairs]


Pair = tuple[int | None, int | None]


def _paired(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pair]:
    """Places that belong together; None opposite what is only in one."""
    old_keys, new_keys = [one.key for one in old], [one.key for one in new]
    done_old = done_new = 0
    for same_old, same_new in [*_matches(old_keys, new_keys), (len(old), len(new))]:
        yield from _replaced(old, new, (done_old, same_old), (done_new, same_new))
        if same_old < len(old):
            yield same_old, same_new
        done_old, done_new = same_old + 1, same_new + 1


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Equal lines in the same order of both."""
    found: list[tuple[int, int]] = []
    low_old = low_new = 0
    for end_old, end_new in [*_anchors(old, new), (len(old), len(new))]:
        found += _between(old, new, (low_old, end_old), (low_new, end_new))
        if end_old < len(old):
            found.append((end_old, end_new))
        low_old, low_new = end_old + 1, end_new + 1
    return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines each list holds once, the longest run of them in the same order."""
    once_old = {line for line, count in Counter(old).items() if count == 1}
    once = {line for line, count in Counter(new).items() if count == 1} & once_old
    place = {line: number for number, line in enumerate(new) if line in once}
    pairs = [(number, place[line]) for number, line in enumerate(old) if line in once]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_old, new) in enumerate(pairs):
        place = bisect_left(tails, new)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(new)
            at.append(number)
        else:
            tails[place], at[place] = new, number
    found = []
    number = at[-1] if at else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _between(
    old: Sequence[str], new: Sequence[str], old_part: tuple[int, int], new_part: tuple[int, int]
) -> list[tuple[int, int]]:
    """Repeated lines between two anchors; a stretch too long is matched at its ends only."""
    (low, high), (new_low, new_high) = old_part, new_part
    found, ends = [], []
    while low < high and new_low < new_high and old[low] == new[new_low]:
        found.append((low, new_low))
        low, new_low = low + 1, new_low + 1
    while low < high and new_low < new_high and old[high - 1] == new[new_high - 1]:
        high, new_high = high - 1, new_high - 1
        ends.append((high, new_high))
    if high - low <= _MOST_LINES and new_high - new_low <= _MOST_LINES:
        matcher = SequenceMatcher(None, old[low:high], new[new_low:new_high], autojunk=False)
        for block in matcher.get_matching_blocks():
            found += [(low + block.a + step, new_low + block.b + step) for step in range(block.size)]
    return found + ends[::-1]


def _replaced(
    old: Sequence[Unit], new: Sequence[Unit], old_part: tuple[int, int], new_part: tuple[int, int]
) -> Iterator[Pair]:
    """Lines that differ, paired where they share enough words, in order."""
    olds, news = range(*old_part), range(*new_part)
    done_old, done_new = old_part[0], new_part[0]
    for pair_old, pair_new in [*_alike(old, new, olds, news), (old_part[1], new_part[1])]:
        yield from ((number, None) for number in range(done_old, pair_old))
        yield from ((None, number) for number in range(done_new, pair_new))
        if pair_old < old_part[1]:
            yield pair_old, pair_new
        done_old, done_new = pair_old + 1, pair_new + 1


def _alike(old: Sequence[Unit], new: Sequence[Unit], olds: range, news: range) -> list[tuple[int, int]]:
    if not olds or not news:
        return []
    if len(olds) * len(news) > _MOST_PAIRS:
        return [(a, b) for a, b in zip(olds, news, strict=False) if _likeness(old[a], new[b]) >= _ALIKE]
    shares = [[_likeness(old[a], new[b]) for b in news] for a in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for a in range(len(olds) - 1, -1, -1):
        for b in range(len(news) - 1, -1, -1):
            taken = shares[a][b] + best[a + 1][b + 1] if shares[a][b] >= _ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], taken)
    found, a, b = [], 0, 0
    while a < len(olds) and b < len(news):
        if shares[a][b] >= _ALIKE and best[a][b] == shares[a][b] + best[a + 1][b + 1]:
            found.append((olds[a], news[b]))
            a, b = a + 1, b + 1
        elif best[a + 1][b] >= best[a][b + 1]:
            a += 1
        else:
            b += 1
    return found


def _likeness(old: Unit, new: Unit) -> float:
    """The share of words two units have in common; a row is never like a paragraph."""
    if old.is_row is not new.is_row:
        return 0.0
    first, second = Counter(old.key.lower().split()), Counter(new.key.lower().split())
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _moves(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> set[str]:
    """Keys of paragraphs taken from one place and put into another as they were."""
    taken = Counter(old[a].key for a, b in pairs if a is not None and b is None)
    put = Counter(new[b].key for a, b in pairs if b is not None and a is None)
    return {key for key in taken & put if len(key.split()) >= _LEAST_MOVED}


def _told(pair: Pair, old: Sequence[Unit], new: Sequence[Unit], moved: set[str]) -> Aligned:
    a, b = pair
    if a is None or b is None:
        unit = old[a] if a is not None else new[b or 0]
        kind = "removed" if a is not None else "added"
        pieces = _whole(kind, unit.cells)
        return Aligned("moved" if unit.key in moved else kind, pieces, _from_one(a), _from_one(b), unit.is_row)
    before, after = old[a], new[b]
    if before.key == after.key:
        pieces = _whole("same", after.cells)
        changed = before.look != after.look
        return Aligned("changed" if changed else "same", pieces, a + 1, b + 1, after.is_row, is_formatting=changed)
    width = max(len(before.cells), len(after.cells))
    cells = [_filled(one.cells, width) for one in (before, after)]
    pieces = tuple(tuple(words(first, second)) for first, second in zip(*cells, strict=True))
    return Aligned("changed", pieces, a + 1, b + 1, after.is_row)


def _whole(kind: str, cells: tuple[str, ...]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(((kind, cell),) if cell else () for cell in cells)


def _from_one(place: int | None) -> int | None:
    return None if place is None else place + 1


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def words(old: str, new: str) -> list[Piece]:
    """The words of both in reading order: what stayed, what went, what came."""
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(first) > _MOST_WORDS or len(second) > _MOST_WORDS:
        return [piece for piece in (("removed", old), ("added", new)) if piece[1]]
    found: list[Piece] = []
    for kind, a, a_end, b, b_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(first[a:a_end])))
            continue
        if a_end > a:
            found.append(("removed", "".join(first[a:a_end])))
        if b_end > b:
            found.append(("added", "".join(second[b:b_end])))
    return _joined(found)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """A single blank that stayed between two changes reads better as part of them."""
    whole: list[Piece] = []
    for number, (kind, text) in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1
        if kind == "same" and not text.strip() and is_between:
            whole += [("removed", text), ("added", text)]
        else:
            whole.append((kind, text))
    return list(_runs(whole))


def _runs(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Between two stays all that went, then all that came."""
    gone = come = ""
    for kind, text in [*pieces, ("same", "")]:
        if kind == "removed":
            gone += text
        elif kind == "added":
            come += text
        else:
            if gone:
                yield "removed", gone
            if come:
                yield "added", come
            gone = come = ""
            if text:
                yield "same", text
