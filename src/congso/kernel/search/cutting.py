"""A text cut into passages: along its clauses where it has them, never across pages, each with its address.

Pure. A passage is a stretch of the text as it stands there, so what is quoted from it can be found in it again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

TARGET = 600  # characters from which a passage ends at the next sentence; some 170 tokens of the model
LONGEST = 900
_SHORT = 140  # a shorter clause takes the next one in as well
_HEADING = 120  # a chapter's heading alone, which belongs to what follows
MOST = 2_000  # passages of one record, some 400 pages
LONGEST_CLAUSE = 200
_ARTICLE_DEPTH = 2  # articles, parts of a plan, chapters: each begins a passage
_ENDS = (".", ";", ":", "!", "?", "…")

_SENTENCE_END = re.compile(r"(?<=[.;:!?…])\s+")
_ROMAN = r"[IVXLC]{1,7}"
_CHAPTER = re.compile(rf"\s*(Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+({_ROMAN}|\d{{1,3}})\b")
_ARTICLE = re.compile(r"\s*(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)\s*[.:)]")
_PART = re.compile(rf"\s*({_ROMAN})\s*[.)\-–]\s+\S")
_NUMBERED = re.compile(r"\s*(?:Khoản\s+|Mục\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)\-–]?\s+(?=[^\W\d_])")
_NUMBER_SIGN = re.compile(r"\s*(?:Khoản\s+\d|Mục\s+\d|\d{1,2}(?:[.)\-–]|\.\d))")
_LETTER = re.compile(r"\s*(?:điểm\s+)?([a-zđ])\)\s+\S")


@dataclass(frozen=True)
class Part:
    """A text to be cut: a page of a file, or a text that is no file's."""

    text: str
    file: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Cut:
    """One passage: what it says, where it stands, its address within the paper."""

    text: str
    file: int | None
    page: int | None
    clause: str


Path = tuple[tuple[int, str], ...]  # headings above a place: (depth, name), outermost first


def cut(parts: Iterable[Part]) -> list[Cut]:
    """The passages of a record in order; of a very long one the first `MOST`."""
    found: list[Cut] = []
    path: Path = ()
    file: int | None = None
    for part in parts:
        if part.file != file:
            file, path = part.file, ()
        for text, above, below in _stretches(part.text, path):
            found.append(Cut(text, part.file, part.page, name_of(above)))
            path = below
            if len(found) == MOST:
                return found
    return found


def name_of(path: Path) -> str:
    """The address as an office writes it: “Điều 5, khoản 2, điểm a”; “mục II.3” in a plan."""
    names = [name for _depth, name in path]
    article = next((place for place, name in enumerate(names) if name.startswith("Điều")), None)
    if article is not None:
        numbered = [f"khoản {name}" if name[0].isdigit() else name for name in names[article + 1 :]]
        return ", ".join([names[article], *numbered])[:LONGEST_CLAUSE]
    chapters = [name for name in names if name[:4] in {"Phần", "Chươ", "Mục "}]
    numbers = [name for name in names if name not in chapters and not name.startswith("điểm")]
    below = [*numbers[1:], ""]
    last = [one for one, next_one in zip(numbers, below, strict=False) if not next_one.startswith(f"{one}.")]
    section = [f"mục {'.'.join(last)}"] if last else []
    return ", ".join([*chapters, *section, *(name for name in names if name.startswith("điểm"))])[:LONGEST_CLAUSE]


class _Unit(NamedTuple):
    """A stretch under one heading, which begins it; `path` are the headings above, its own last."""

    start: int
    end: int
    path: Path
    depth: int | None  # of the heading that begins it; None for a text that goes on


@dataclass
class _Group:
    """The passage under construction."""

    start: int
    end: int
    path: Path
    is_bare: bool = True  # headings alone so far

    @property
    def length(self) -> int:
        return self.end - self.start

    def takes(self, unit: _Unit) -> bool:
        """Whether the next stretch belongs to the same passage: headings take what follows, clauses each other."""
        if self.length == 0 or self._heads(unit):
            return True
        if unit.depth is not None and (unit.depth <= _ARTICLE_DEPTH or self.length >= _SHORT):
            return False
        return self.length < TARGET and unit.end - self.start <= LONGEST

    def take(self, unit: _Unit) -> None:
        self.is_bare = self.length == 0 or self._heads(unit)
        self.path = unit.path if self.is_bare else _common(self.path, unit.path)
        self.end = unit.end

    def _heads(self, unit: _Unit) -> bool:
        """So far only the headings that the clause stands under."""
        is_below = unit.depth is not None and unit.path[: len(self.path)] == self.path != ()
        return self.is_bare and 0 < self.length < _HEADING and is_below


def _common(one: Path, other: Path) -> Path:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[:same]


def _stretches(text: str, path: Path) -> Iterator[tuple[str, Path, Path]]:
    """Each passage of a text with its address, and the headings that hold where it ends."""
    group = _Group(0, 0, path)
    for unit in _units(text, path):
        if not group.takes(unit):
            if said := text[group.start : group.end].strip():
                yield said, group.path, path
            group = _Group(unit.start, unit.start, unit.path)
        group.take(unit)
        path = unit.path
    if said := text[group.start : group.end].strip():
        yield said, group.path, path


def _units(text: str, path: Path) -> Iterator[_Unit]:
    """Lines, each with the headings above it; those that begin no clause in pieces that end with a sentence."""
    start = end = 0
    depth: int | None = None
    for first, last in _lines(text):
        heading = _heading(text[first:last], path)
        ends_a_sentence = end - start >= TARGET and text[start:end].rstrip().endswith(_ENDS)
        if end > start and (heading is not None or ends_a_sentence or last - start > LONGEST):
            yield _Unit(start, end, path, depth)
            start, depth = first, None
        if heading is not None:
            path, depth = heading, heading[-1][0]
        end = last
    if end > start:
        yield _Unit(start, end, path, depth)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end; a very long line is taken sentence by sentence, a sentence without end by words."""
    for line in re.finditer(r"[^\n]*\n|[^\n]+", text):
        if line.end() - line.start() <= LONGEST:
            yield line.start(), line.end()
            continue
        start = line.start()
        ends = [found.end() for found in _SENTENCE_END.finditer(text, line.start(), line.end())]
        for end in [*ends, line.end()]:
            while end - start > LONGEST:
                space = text.rfind(" ", start + 1, start + LONGEST)
                broken = space + 1 if space > start else start + LONGEST
                yield start, broken
                start = broken
            if end > start:
                yield start, end
            start = end


def _heading(line: str, path: Path) -> Path | None:
    """The headings above what this line begins; None when it begins no clause."""
    found = _named(line)
    if found is None:
        return None
    depth, name = found
    kept = (above for above in path if above[0] < depth and _may_stand_above(above[1], name))
    return (*kept, (depth, name))


def _may_stand_above(above: str, name: str) -> bool:
    """2.1 stands under 2, not under 1."""
    both_numbered = above[0].isdigit() and name[0].isdigit()
    return not both_numbered or name.startswith(f"{above}.")


def _named(line: str) -> tuple[int, str] | None:
    if chapter := _CHAPTER.match(line):
        word = chapter.group(1).capitalize()
        return ({"Phần": -1, "Chương": 0, "Mục": 1}[word], f"{word} {chapter.group(2)}")
    if article := _ARTICLE.match(line):
        return (2, f"Điều {article.group(1)}")
    if part := _PART.match(line):
        return (2, part.group(1))
    if _NUMBER_SIGN.match(line) and (numbered := _NUMBERED.match(line)):
        return (3 + numbered.group(1).count("."), numbered.group(1))
    if letter := _LETTER.match(line):
        return (8, f"điểm {letter.group(1)}")
    return None
