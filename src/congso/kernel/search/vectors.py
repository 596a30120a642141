"""Text vectors as PostgreSQL literals: the exact and the accentless form of a word at the same position.

Weights say which of the four a word is: A title as written, B title without accents, C text as written,
D text without accents. So what was typed with accents is found by it first, and phrases work either way.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold

MAX_TEXT = 1_000_000  # characters of a record's text that are indexed, about 400 pages
_LAST_POSITION = 16_383  # PostgreSQL knows no later place; words beyond are found, without phrases
_PLACES_A_WORD = 255
_MAX_BYTES = 900_000  # PostgreSQL refuses a vector of 1 MB
_GAP = 8  # between title and text: no phrase runs across


_folded = lru_cache(maxsize=20_000)(fold)  # a language has some ten thousand syllables


class Vectors(NamedTuple):
    """The literals of one record."""

    title: str
    text: str


class _Vector:
    """A vector under construction that stops growing before PostgreSQL would refuse it."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.position = 0
        self._bytes = 0

    def add(self, text: str, exact: str, plain: str) -> None:
        for token in tokens(text):
            self.position += 1
            place = min(self.position, _LAST_POSITION)
            for form in (token.form, *token.wholes):
                self._put(form, f"{place}{exact}")
                folded = _folded(form)
                if folded != form:
                    self._put(folded, f"{place}{plain}")

    def _put(self, lexeme: str, place: str) -> None:
        known = self.places.get(lexeme)
        if known is None:
            self._bytes += len(lexeme.encode()) + 6
            if self._bytes < _MAX_BYTES:
                self.places[lexeme] = [place]
        elif len(known) < _PLACES_A_WORD and known[-1] != place:
            self._bytes += 2
            if self._bytes < _MAX_BYTES:
                known.append(place)

    def literal(self) -> str:
        return " ".join(f"{quoted(lexeme)}:{','.join(places)}" for lexeme, places in self.places.items())


def build_vectors(*, number: str, title: str, body: str, marks: Iterable[str] = ()) -> Vectors:
    """The vectors of a record; of a very long text, the first `MAX_TEXT` characters. `marks` have no place in it."""
    vector = _Vector()
    vector.add(number, "A", "B")
    vector.add(title, "A", "B")
    head = vector.literal()
    vector.position += _GAP
    vector.add(body[:MAX_TEXT], "C", "D")
    return Vectors(head, " ".join([vector.literal(), *map(quoted, marks)]).strip())


def passage_vector(text: str) -> str:
    """The words of one passage."""
    vector = _Vector()
    vector.add(text, "C", "D")
    return vector.literal()


def quoted(lexeme: str) -> str:
    """A lexeme as vectors and queries write it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
