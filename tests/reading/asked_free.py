"""Twenty papers, each written in its own way, and questions in other words than theirs: the harder part of the set.

Half of the papers (`is_held`) was only measured while search and the assistant were worked on; of the other half the
misses were looked at. To each paper belong questions it answers, a third of them without accents, and near misses:
questions about its matter that no paper answers.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from congso.lib.vietnamese import fold
from tests.reading.asked_corpus import Paper


@dataclass(frozen=True)
class Asked:
    """A question, the one paper that answers (empty: none) and what the answer must say."""

    query: str
    answer: str
    expected: str
    is_plain: bool
    is_held: bool


_WRITTEN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["papers"]


def papers() -> list[Paper]:
    """The papers as lines of a migration file."""
    return [
        Paper(
            id=f"free{place}",
            number_symbol=one["number"],
            issued_date=one["day"],
            issuing_agency=one["agency"],
            doc_type=one["kind"],
            title=one["title"],
            signer=one["signer"],
            text=one["text"].strip(),
        )
        for place, one in enumerate(_WRITTEN)
    ]


def questions() -> list[Asked]:
    """All questions, those without an answer behind the others of each paper; every third without accents."""
    found = []
    for place, paper in enumerate(_WRITTEN):
        lines = [line.split(" | ") for line in paper["asked"]] + [[line, ""] for line in paper["missing"]]
        for query, expected in lines:
            is_plain = len(found) % 3 == 2
            typed = fold(query) if is_plain else query
            found.append(Asked(typed, f"free{place}" if expected else "", expected, is_plain, place % 2 == 1))
    return found
