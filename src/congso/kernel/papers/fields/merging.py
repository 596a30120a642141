"""A second reading of the zones that matter on scans, and which of two readings is believed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Self

from congso.kernel.files.reading.layouts import Zone
from congso.kernel.papers.fields.header import Head, read_head
from congso.kernel.papers.fields.recipients import read_recipients
from congso.kernel.papers.fields.rows import Row, line_row
from congso.kernel.papers.fields.signature import RECIPIENTS, find_signatures
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.abbreviations import all_phrases
from congso.lib.common_words import common_words
from congso.lib.layout import Box, Line, Page, Place, Word
from congso.lib.ordinary_case import known_phrases, known_spelling
from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import fold

_EDGE = 6.0  # points around a zone
_TITLE_ROWS = 7  # below the type's name
_LISTED = 80.0  # points below “Nơi nhận” that a list of recipients takes at least
_LONGEST_LABEL = 14  # letters of a line that is the label alone
_ABOVE, _BELOW = 48.0, 250.0  # points of the signature's zone around the line that was found
_SPECK, _NOISE = 0.45, 0.45  # confidence under which a word at the edge, or a whole line, is no writing
_BESIDE = 8.0  # points between words of one line
_WHOLE_PAGE = 0.97  # weight of the first reading: as sure as the second it is wrong more often
_AGREED, _DIFFERED = 1.05, 0.85
_WORDY = (FieldName.TITLE, FieldName.ISSUING_AGENCY, FieldName.PARENT_AGENCY, FieldName.SIGNER)
_LONGER = 25  # words by which the longer of two abstracts may go on
_UNSURE = 0.95  # sure words of the second reading have 0.96 and more
_WITNESSES = 2_000  # rows
_SIGNS = " .,;:()“”\"'/-–"
DIFFERS = "Hai lần đọc bản chụp cho kết quả khác nhau; cần đối chiếu."


def zones_of(rows: Sequence[Row], pages: Sequence[Page]) -> list[Zone]:
    """Head left and right, title, signature and recipients, as the first reading placed them."""
    head = read_head(rows)
    sizes = {page.number: page for page in pages}
    page = sizes.get(head.top_rows[0].page) if head.top_rows else None
    if page is None:
        return []
    ending = [*_ending_zones(rows, sizes), *_recipient_zones(rows, sizes)]
    return [*_head_zones(head, page), *_title_zones(head, rows, page), *ending]


def signature_zones(rows: Sequence[Row], pages: Sequence[Page]) -> list[Zone]:
    """The signature once more with its ink: where black and colour touch, taking ink away may take letters along."""
    ending = _ending_zones(rows, {page.number: page for page in pages})
    return [replace(zone, without_ink=False) for zone in ending]


def _head_zones(head: Head, page: Page) -> list[Zone]:
    rows = (*head.left, *head.right)
    top = min((row.box.top for row in rows), default=20.0) - 2 * _EDGE
    bottom = max((row.box.bottom for row in rows), default=page.height * 0.25) + _EDGE
    left_ends = max((row.box.right for row in head.left), default=head.divider) + _EDGE
    right_begins = min((row.box.left for row in head.right), default=head.divider) - _EDGE
    return [
        _zone(page, Box(0, top, min(left_ends, page.width * 0.62), bottom)),
        _zone(page, Box(max(right_begins, page.width * 0.3), top, page.width, bottom)),
    ]


def _title_zones(head: Head, rows: Sequence[Row], page: Page) -> list[Zone]:
    if head.type_line is None:
        return []
    first = head.type_line.row
    below = sorted(row.box.bottom for row in rows if row.page == first.page and row.box.top > first.box.top)
    bottom = below[: _TITLE_ROWS + 1][-1] if below else first.box.bottom
    return [_zone(page, Box(page.width * 0.06, first.box.top - _EDGE, page.width * 0.97, bottom + _EDGE / 2))]


def _ending_zones(rows: Sequence[Row], sizes: Mapping[int, Page]) -> list[Zone]:
    blocks = find_signatures(rows)
    recipients = next((row for row in rows if RECIPIENTS.match(fold(row.text)) and len(row.letters) < 14), None)
    anchor = blocks[-1].lines[0] if blocks else recipients
    page = sizes.get(anchor.page) if anchor else None
    if anchor is None or page is None:
        return []
    is_right = len(blocks) == 1 and anchor.centre > page.width * 0.55
    is_beside = recipients is not None and recipients.page == anchor.page and len(blocks) < 2
    left = page.width * 0.44 if is_beside or is_right else 0.0
    return [_zone(page, Box(left, anchor.box.top - _ABOVE, page.width, anchor.box.top + _BELOW), without_ink=True)]


def _recipient_zones(rows: Sequence[Row], sizes: Mapping[int, Page]) -> list[Zone]:
    """What stands left of the signature, from “Nơi nhận” on; its small print is what a page's reading loses most of.

    Where the label itself was lost, the signature tells how high it stands.
    """
    label = next((row for row in rows if RECIPIENTS.match(fold(row.text)) and len(row.letters) < _LONGEST_LABEL), None)
    block = next(iter(find_signatures(rows)), None)
    anchor = label or (block.lines[0] if block else None)
    page = sizes.get(anchor.page) if anchor else None
    if anchor is None or page is None:
        return []
    found = read_recipients(rows)
    bottoms = [place.box.bottom for place in found.places if place.box] if found else []
    right = block.left if block and block.lines[0].page == anchor.page and block.left > page.width * 0.3 else page.width
    top = anchor.box.top - (_EDGE if label else 4 * _EDGE)
    around = Box(0, top, min(right - _EDGE, page.width / 2), max([*bottoms, anchor.box.top + _LISTED]) + _EDGE)
    return [_zone(page, around, without_ink=True)]


def _zone(page: Page, box: Box, *, without_ink: bool = False) -> Zone:
    inside = Box(max(box.left, 0), max(box.top, 0), min(box.right, page.width), min(box.bottom, page.height))
    return Zone(Place(page.number, inside), without_ink=without_ink)


def rows_read_again(
    rows: Sequence[Row], pages: Sequence[Page], zones: Sequence[Zone], read: Sequence[Sequence[Line]]
) -> list[list[Row]]:
    """The rows with those inside the zones replaced by the second reading; empty when it read nothing."""
    sizes = {page.number: page for page in pages}
    kept = list(rows)
    added: list[Row] = []
    for zone, lines in zip(zones, read, strict=False):
        page = replace(sizes[zone.place.page], is_scan=True)
        new = [row for line in lines if (clean := _without_specks(line)) and (row := line_row(clean, page))]
        if new:
            kept = [row for row in kept if not _inside(row, zone.place)]
            added += new
    return [sorted([*kept, *added], key=lambda row: (row.page, row.box.top))] if added else []


def _without_specks(line: Line) -> Line | None:
    """Less uncertain words at its ends, which are specks or words cut by the zone's edge; None for noise."""
    words = list(line.words)
    while words and _is_speck(words[0], words[1:2]):
        words = words[1:]
    while words and _is_speck(words[-1], words[-2:-1]):
        words = words[:-1]
    if not words or sum(word.confidence for word in words) / len(words) < _NOISE:
        return None
    return Line(tuple(words))


def _is_speck(word: Word, neighbour: Sequence[Word]) -> bool:
    """Uncertain, and no syllable or number, nor letters right beside the next word (a name under a seal)."""
    core = word.text.strip(_SIGNS)
    could_be_meant = len(core) > 1 and (core.isdigit() or split_syllable(core) is not None)
    gap = min((max(one.box.left - word.box.right, word.box.left - one.box.right) for one in neighbour), default=99.0)
    is_beside = gap < _BESIDE and sum(letter.isalpha() for letter in core) > 2
    return word.confidence < _SPECK and not could_be_meant and not is_beside


def _inside(row: Row, place: Place) -> bool:
    box = place.box
    middle = (row.box.top + row.box.bottom) / 2
    return (
        box is not None
        and row.page == place.page
        and box.left <= row.centre <= box.right
        and box.top <= middle <= box.bottom
    )


@dataclass(frozen=True)
class Witness:
    """What helps to choose between two spellings of a word.

    `uncertain` are words the second reading was not sure of; `pairs` counts neighbouring words all over the paper:
    its body mostly repeats what its abstract says.
    """

    uncertain: frozenset[str]
    pairs: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, first: Sequence[Row], second: Sequence[Row], title: FieldReading | None) -> Self:
        """From both readings' rows; what stands above the end of the abstract is no witness for it."""
        place = title.places[0] if title and title.places else None
        again = [word for row in second if place and _inside(row, place) for word in row.words]
        unsure = frozenset(word.text for word in again if word.confidence < _UNSURE)
        end = place.box.bottom if place and place.box else 0.0
        body = [row for row in first[:_WITNESSES] if place is None or row.page != place.page or row.box.top >= end]
        words = [word.strip(_SIGNS) for word in " ".join(row.text for row in body).lower().split()]
        return cls(unsure, Counter(pairwise(words)) + _known_pairs())

    def settled(self, words: Sequence[str]) -> list[str]:
        """Words both readings gave but were not sure of, in the accents the same words have beside the same neighbour
        elsewhere in the paper or in known phrases; all others as they are."""
        around = ["", *words, ""]
        return [
            self._respelled(word, around[at], around[at + 2]) if word in self.uncertain else word
            for at, word in enumerate(words)
        ]

    def _respelled(self, word: str, before: str, after: str) -> str:
        core, one, three = (part.lower().strip(_SIGNS) for part in (word, before, after))
        if not core or self._said(word, before, after):
            return word
        beside = [two for (first, two) in self.pairs if first == one and fold(two) == fold(core)]
        beside += [two for (two, last) in self.pairs if last == three and fold(two) == fold(core)]
        known = set(beside)
        if len(known) != 1:
            return word
        spelled = known.pop()
        return word.replace(word.strip(_SIGNS), spelled.capitalize() if word[:1].isupper() else spelled)

    def prefers(self, mine: str, theirs: str, before: str, after: str) -> str:
        """`mine` unless it cannot be a word, is uncertain, or stands beside its neighbours less often elsewhere."""
        if not _may_be_word(mine.strip(_SIGNS)) or not _may_be_word(theirs.strip(_SIGNS)):
            return mine if _may_be_word(mine.strip(_SIGNS)) else theirs
        said_mine, said_theirs = self._said(mine, before, after), self._said(theirs, before, after)
        if said_mine != said_theirs:
            return mine if said_mine > said_theirs else theirs
        return theirs if mine in self.uncertain else mine

    def _said(self, word: str, before: str, after: str) -> int:
        one, two, three = (part.lower().strip(_SIGNS) for part in (before, word, after))
        return self.pairs.get((one, two), 0) + self.pairs.get((two, three), 0)


@cache
def _known_pairs() -> Counter[tuple[str, str]]:
    phrases = [phrase.lower().split() for phrase in (*all_phrases(), *known_phrases(), *common_words())]
    return Counter({pair for phrase in phrases for pair in pairwise(phrase)})


def merged(
    first: Mapping[FieldName, FieldReading], second: Mapping[FieldName, FieldReading], witness: Witness
) -> dict[FieldName, FieldReading]:
    """Field by field: agreement makes surer; of two different values the more fitting one, with a doubt."""
    names = [*first, *(name for name in second if name not in first)]
    found = {name: _better(first.get(name), second.get(name), witness) for name in names}
    return _as_placed(found, (first, second))


def _better(one: FieldReading | None, other: FieldReading | None, witness: Witness) -> FieldReading:
    if one is None or other is None:
        found = one or other
        assert found is not None  # noqa: S101 - names come from the two mappings
        return found
    if one.value == other.value:
        if one.name is FieldName.TITLE:
            one = replace(one, value=" ".join(witness.settled(one.value.split())))
        sure = min(0.99, max(one.confidence, other.confidence) * _AGREED)
        return replace(one, confidence=round(sure, 3), doubt=one.doubt if one.doubt == other.doubt else "")
    best, worse = (one, other) if _fitness(one) * _WHOLE_PAGE >= _fitness(other) else (other, one)
    if best.name is FieldName.SIGNER and best.value and worse.value.endswith(f" {best.value}"):
        best, worse = worse, best  # a seal hides the beginning of a name, it adds none
    if best.name is FieldName.TITLE and worse.value:
        best = _longer_or_mixed(best, worse, witness)
    elif best.name in _WORDY and worse.value:
        tidy = " ".join(_without_strays(best.value.split(), worse.value.split()))
        best = replace(best, value=tidy if best.name is FieldName.SIGNER else known_spelling(tidy))
    if not worse.value:
        return best
    return replace(best, confidence=round(best.confidence * _DIFFERED, 3), doubt=best.doubt or DIFFERS)


def _fitness(reading: FieldReading) -> float:
    """The confidence, less for every word that cannot be Vietnamese."""
    if not reading.value:
        return 0.0
    if reading.name not in _WORDY:
        return reading.confidence
    words = [word.strip(_SIGNS) for word in reading.value.split()]
    wrong = sum(not _may_be_word(word) for word in words if word)
    return reading.confidence * (1 - min(0.9, 2.0 * wrong / max(len(words), 4)))


def _may_be_word(word: str) -> bool:
    """A syllable, an abbreviation or anything with digits; letters with accents must make a syllable."""
    if any(letter.isdigit() for letter in word) or word.isupper():
        return True
    return all(split_syllable(part) is not None for part in word.split("-") if part)


def _longer_or_mixed(best: FieldReading, worse: FieldReading, witness: Witness) -> FieldReading:
    """An abstract that goes on where the other stopped is whole; of as many words each the likelier is taken."""
    mine, theirs = best.value.split(), worse.value.split()
    if theirs[0] == "V/v" != mine[0]:
        mine = ["V/v", *mine]
        best = replace(best, value=" ".join(mine))
    if 0 < len(theirs) - len(mine) <= _LONGER and theirs[: len(mine) - 1] == mine[:-1]:
        return worse
    if len(mine) != len(theirs):
        return replace(best, value=" ".join(_without_strays(mine, theirs)))
    around = ["", *mine, ""]
    mixed = [
        a if a == b else witness.prefers(a, b, around[at], around[at + 2])
        for at, (a, b) in enumerate(zip(mine, theirs, strict=True))
    ]
    return replace(best, value=" ".join(witness.settled(mixed)))


def _without_strays(mine: list[str], theirs: list[str]) -> list[str]:
    """Single signs that the other reading did not see are dust or parts of the rule."""
    return [word for word in mine if len(word) > 1 or word in theirs or word.isalpha()]


def _as_placed(
    found: dict[FieldName, FieldReading], readings: Sequence[Mapping[FieldName, FieldReading]]
) -> dict[FieldName, FieldReading]:
    """A commune's paper names the commune twice: of two spellings of the issuer the one the place bears out."""
    issuer = found.get(FieldName.ISSUING_AGENCY)
    places = [reading[FieldName.PLACE].value for reading in readings if FieldName.PLACE in reading]
    if issuer is None or not places or any(issuer.value.endswith(place) for place in places):
        return found
    for reading in readings:
        other = reading.get(FieldName.ISSUING_AGENCY)
        if other and fold(other.value) == fold(issuer.value) and any(other.value.endswith(place) for place in places):
            return {**found, FieldName.ISSUING_AGENCY: replace(other, confidence=issuer.confidence, doubt=issuer.doubt)}
    return found
