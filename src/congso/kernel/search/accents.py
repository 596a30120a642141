"""Accents given back to a question typed without them, by which syllables stand side by side in the papers and in the
product's own texts (tools/syllables.py).

Words found by it are looked for as typed: only the model that knows meanings needs the accents. What was restored is
never shown, because the counts are of papers the asker may not see.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from django.db import connection

from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold, nfc

_UNSEEN = 0.05  # of a syllable no paper has
_PAIRS = 0.98  # what pairs count, beside syllables alone
_LONGEST = 64  # syllables

Counts = Mapping[str, int]
"""How often a syllable, or two with a space between, are written so."""


def restored(question: str) -> str:
    """The question with its accents; as typed when it has any, or when nobody wrote any of it."""
    if fold(question) != nfc(question):
        return question
    plain = [token.form for token in tokens(question)][:_LONGEST]
    if not plain:
        return question
    pairs = [f"{one} {two}" for one, two in pairwise(plain)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pair, count FROM congso.accented_pairs(%s)", [[*plain, *pairs]])
        counts = Counter(dict(cursor.fetchall()))
    for written in (*plain, *pairs):
        counts.update(_known().get(written, {}))
    return " ".join(most_likely(plain, counts)) if counts else question


@cache
def _known() -> dict[str, dict[str, int]]:
    """What the product's own texts know, by the form without accents: enough until papers have taught more."""
    known: dict[str, dict[str, int]] = defaultdict(dict)
    text = files("congso.kernel.search").joinpath("syllables.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        written, _tab, count = line.partition("\t")
        known[fold(written)][written] = int(count)
    return dict(known)


def most_likely(plain: Sequence[str], counts: Counts) -> list[str]:
    """The likeliest way to write the syllables with accents, of all ways the counts know; the typed form else."""
    forms = _forms(plain, counts)
    total = sum(count for written, count in counts.items() if " " not in written) + 1

    def alone(form: str) -> float:
        return (counts.get(form, 0) + _UNSEEN) / total

    def together(one: str, two: str) -> float:
        share = counts.get(f"{one} {two}", 0) / max(counts.get(one, 0), 1)
        return math.log(_PAIRS * share + (1 - _PAIRS) * alone(two))

    paths = {form: (math.log(alone(form)), [form]) for form in forms[0]}
    for choices in forms[1:]:
        longer = {}
        for form in choices:
            steps = ((before + together(path[-1], form), path) for before, path in paths.values())
            score, path = max(steps, key=lambda one: one[0])
            longer[form] = (score, [*path, form])
        paths = longer
    return max(paths.values(), key=lambda one: one[0])[1]


def _forms(plain: Sequence[str], counts: Counts) -> list[list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for written in counts:
        for form in written.split():
            known[fold(form)].add(form)
    return [sorted(known[word] or {word}) for word in plain]
