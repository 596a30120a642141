"""A text cut into sentences that know where they stand, with the heading above each.

Pages of files break lines in the middle of sentences; a line that goes on in small letters belongs to the one before.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from congso.apps.assistant.rules.words import Word, words_of
from congso.lib.vietnamese import nfc

LONGEST = 900  # characters of one sentence that is shown; a longer one is cut at a comma or space
_SHORT_LINE = 60  # a line shorter than a page's width ends what it says
_BULLET = re.compile(
    r"\s*(?:[-–+•*●▪]\s|\d{1,3}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s|[IVXLC]{1,6}[.)]\s|"
    r"(?:Điều|Chương|Mục|Phần|Khoản)\s+[\dIVXLC]+)"
)
_END = re.compile(r"(?<=[.!?;…])[\"”»)]?\s+(?=[\"“«(]?[A-ZĐÀ-Ỹ\d\-–+•])")
# What a full stop does not end: numbers of lists, initials, short forms.
_NO_END = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[A-ZĐ]|[IVXLC]{1,5}|TP|Đ/c|Tp|tr|ThS|TS|PGS|GS|KT|TM|TL|TUQ|Q|v\.v)\.$")
_HEADING = re.compile(r"^(?:[IVXLC]{1,6}[.)]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]|Điều|Chương|Mục|Phần)\s*", re.UNICODE)


class Sentence(NamedTuple):
    """A sentence of a text in NFC: `text[start:end]`, its words, the heading it stands under, whether more follows."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    heading: str
    leads_list: bool


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order. The same text is cut once."""
    shown = nfc(text)
    found: list[Sentence] = []
    heading = ""
    for start, end in _cuts(shown):
        piece = shown[start:end]
        words = tuple(words_of(piece))
        if not words:
            continue
        flat = " ".join(piece.split())
        leads = flat.endswith(":")
        found.append(Sentence(piece, start, end, words, heading, leads))
        if leads or (_HEADING.match(flat) and len(flat) < 160 and not flat.endswith((".", ";"))):
            heading = flat[:200]
    return tuple(found)


def _cuts(shown: str) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    for first, last in _paragraphs(shown):
        begin = first
        for mark in _END.finditer(shown, first, last):
            stop = mark.start()
            if _NO_END.search(shown[begin : stop + 1].rstrip()[-12:]) or mark.end() >= last:
                continue
            cuts += _bounded(shown, begin, stop)
            begin = mark.end()
        cuts += _bounded(shown, begin, last)
    return cuts


def _paragraphs(shown: str) -> list[tuple[int, int]]:
    """Lines that belong together, as places."""
    found: list[tuple[int, int]] = []
    place = 0
    for line in shown.splitlines(keepends=True):
        bare = line.strip()
        begin, stop = place, place + len(line)
        place = stop
        if not bare:
            found.append((stop, stop))
        elif found and found[-1][0] != found[-1][1] and _goes_on(shown[found[-1][0] : found[-1][1]], bare):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
    return [(first, last) for first, last in found if first != last]


def _goes_on(before: str, line: str) -> bool:
    if _BULLET.match(line):
        return False
    last = before.rstrip().rpartition("\n")[2].strip()
    if line[0].islower() or line[0] in ",;)":
        return not last.endswith((".", ":", "!", "?"))
    return len(last) >= _SHORT_LINE and not last.endswith((".", ":", ";", "!", "?", "…"))


def _bounded(shown: str, start: int, end: int) -> list[tuple[int, int]]:
    """The place without white space around it; what is too long in parts."""
    while start < end and shown[start].isspace():
        start += 1
    while end > start and shown[end - 1].isspace():
        end -= 1
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST:
        cut = max(shown.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in (", ", " ", "\n"))
        cut = cut if cut > start else start + LONGEST
        parts.append((start, cut))
        start = cut + 1
    return [*parts, (start, end)] if end > start else parts


def is_heading(sentence: Sentence) -> bool:
    """“II. MỤC TIÊU”, “Phần II. Hạn chế”: a short line that names what follows and says nothing itself."""
    flat = " ".join(sentence.text.split())
    letters = [letter for letter in flat if letter.isalpha()]
    is_loud = bool(letters) and all(letter.isupper() for letter in letters)
    return len(sentence.words) <= 14 and (is_loud or (bool(_HEADING.match(flat)) and flat[-1:] not in ".;:,"))
