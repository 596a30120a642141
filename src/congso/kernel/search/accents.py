"""Accents given back to a question typed without them, by which syllables stand side by side in the papers.

Words found by it are looked for as typed: only the model that knows meanings needs the accents. What was restored is
never shown, because the counts are of papers the asker may not see.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.db import connection

from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold, nfc

_UNSEEN = 0.05  # of a pair no paper has
_LONGEST = 64  # syllables

Counts = Mapping[str, int]
"""How often a syllable, or two with a space between, are written so."""


def restored(question: str) -> str:
    """The question with its accents; as typed when it has any, or when the papers know none of it."""
    if fold(question) != nfc(question):
        return question
    plain = [token.form for token in tokens(question)][:_LONGEST]
    if not plain:
        return question
    pairs = [f"{one} {two}" for one, two in pairwise(plain)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pair, count FROM congso.accented_pairs(%s)", [[*plain, *pairs]])
        counts = dict(cursor.fetchall())
    return " ".join(most_likely(plain, counts)) if counts else question


def most_likely(plain: Sequence[str], counts: Counts) -> list[str]:
    """The likeliest way to write the syllables with accents, of all ways the counts know; the typed form else."""
    forms = _forms(plain, counts)
    paths: dict[str, tuple[float, list[str]]] = {form: (_alone(form, counts), [form]) for form in forms[0]}
    for choices in forms[1:]:
        longer: dict[str, tuple[float, list[str]]] = {}
        for form in choices:
            score, path = max(
                ((before + _together(path[-1], form, counts), path) for before, path in paths.values()),
                key=lambda one: one[0],
            )
            longer[form] = (score + _alone(form, counts), [*path, form])
        paths = longer
    return max(paths.values(), key=lambda one: one[0])[1]


def _forms(plain: Sequence[str], counts: Counts) -> list[list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for written in counts:
        for form in written.split():
            known[fold(form)].add(form)
    return [sorted(known[word] or {word}) for word in plain]


def _together(one: str, two: str, counts: Counts) -> float:
    """How likely the second follows the first."""
    return math.log((counts.get(f"{one} {two}", 0) + _UNSEEN) / (counts.get(one, 0) + 1))


def _alone(form: str, counts: Counts) -> float:
    return 0.3 * math.log(counts.get(form, 0) + 0.5)
