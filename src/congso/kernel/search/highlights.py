"""Marking in a shown text what was asked for."""

from collections.abc import Collection
from typing import NamedTuple

from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold, nfc


class Piece(NamedTuple):
    """A stretch of text, found or not; templates mark it."""

    text: str
    is_found: bool


def marked(text: str, words: Collection[str]) -> tuple[Piece, ...]:
    """The text cut where words of the question stand. A word asked without accents marks any accents."""
    shown, pieces, done = nfc(text), [], 0
    for token in tokens(text):
        if token.form not in words and fold(token.form) not in words and not set(token.wholes) & set(words):
            continue
        pieces.append(Piece(shown[done : token.start], is_found=False))
        pieces.append(Piece(shown[token.start : token.end], is_found=True))
        done = token.end
    pieces.append(Piece(shown[done:], is_found=False))
    return tuple(piece for piece in pieces if piece.text)


def excerpt(text: str, words: Collection[str], most: int = 280) -> tuple[Piece, ...]:
    """The stretch of a text where most of the words stand together, marked; “…” where more stands before or after."""
    line = " ".join(nfc(text).split())
    if len(line) <= most:
        return marked(line, words)
    found = [token.start for token in tokens(line) if token.form in words or fold(token.form) in words]
    first = max(found, key=lambda start: sum(start <= other < start + most - 40 for other in found), default=0)
    start = max(0, min(first - 40, len(line) - most))
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = line.rfind(" ", start, start + most) if start + most < len(line) else len(line)
    pieces = marked(line[start:end], words)
    before = (Piece("… ", is_found=False),) if start else ()
    after = (Piece(" …", is_found=False),) if end < len(line) else ()
    return (*before, *pieces, *after)
