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
