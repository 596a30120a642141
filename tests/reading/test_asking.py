"""Questions over papers taken over from another system: the one that answers comes first, or nearly."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.reading.asked_papers import papers, questions

pytestmark = pytest.mark.django_db

RECALL_AT_5 = 0.95
MRR_AT_10 = 0.85


def ask_all(folder: Path) -> list[int]:
    """The place of each question's answer among the first ten, 0 when it is not there; by the commands alone."""
    source, asked = folder / "papers.jsonl", folder / "questions.jsonl"
    source.write_text("\n".join(json.dumps(asdict(paper)) for paper in papers()))
    call_command("import", "documents", str(source), username="clerk", org="T.VPTU", stdout=io.StringIO())
    every = questions()
    asked.write_text("\n".join(json.dumps({"id": n, "query": one.query}) for n, one in enumerate(every)))
    out = io.StringIO()
    call_command("search", batch=str(asked), username="clerk", stdout=out)
    places = []
    for line in map(json.loads, out.getvalue().splitlines()):
        answer = every[line["id"]].answer
        places.append(line["docs"].index(answer) + 1 if answer in line["docs"] else 0)
    return places


def recall(places: list[int], most: int) -> float:
    """The share of questions whose answer is among the first so many."""
    return sum(0 < place <= most for place in places) / len(places)


def mean_reciprocal_rank(places: list[int]) -> float:
    """The mean of one over the answer's place, 0 when it is not among the first ten."""
    return sum(1 / place for place in places if place) / len(places)


def test_the_paper_that_answers_is_found(world, tmp_path):
    places = ask_all(tmp_path)
    missed = [questions()[n].query for n, place in enumerate(places) if not 0 < place <= 5]
    measured = {"recall@1": recall(places, 1), "recall@5": recall(places, 5), "MRR@10": mean_reciprocal_rank(places)}
    assert measured["recall@5"] >= RECALL_AT_5, (measured, missed)
    assert measured["MRR@10"] >= MRR_AT_10, (measured, missed)
