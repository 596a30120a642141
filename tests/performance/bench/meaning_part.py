"""Parts of the bench of words and meaning, each a process of its own: `… meaning_part world|quality|scale {…}`."""

import json
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django


def world(told: dict[str, Any]) -> dict[str, Any]:
    """The test world. Runs as the owner."""
    from congso.kernel.accounts.testing import open_doors
    from congso.kernel.directory.testing import build_world

    built = build_world()
    open_doors(built)
    return {"clerk": built.clerk}


def quality(told: dict[str, Any]) -> dict[str, Any]:
    """Every method over the asked corpus: places of the answers; seconds of learning and of asking."""
    from congso.kernel.access.services import Actor, acting_as
    from tests.reading import asked_scores as scores
    from tests.reading.asked_corpus import papers, questions

    every = papers(told["subjects"])
    asked = [one for one in questions(told["subjects"]) if one.answer]
    begun = time.monotonic()
    with TemporaryDirectory(prefix="bench-meaning-") as folder:
        scores.take_over(every, Path(folder))
    learnt = time.monotonic() - begun
    methods = {
        "words and meaning": scores.hybrid, "words alone": scores.words_alone, "meaning alone": scores.meaning_alone,
        "BM25 over syllables": scores.bm25(every),
    }  # fmt: skip
    found, seconds = {}, {}
    for name, method in methods.items():
        begun = time.monotonic()
        with acting_as(Actor.person(told["clerk"])):
            found[name] = scores.places(method, asked)
        seconds[name] = (time.monotonic() - begun) / len(asked)
    groups = {
        "all": [True] * len(asked), "with accents": [not one.is_plain for one in asked],
        "without accents": [one.is_plain for one in asked], "the papers' words": [not one.is_reworded for one in asked],
        "other words": [one.is_reworded for one in asked],
    }  # fmt: skip
    told_scores = {
        name: {
            group: [
                scores.recall([place for place, is_in in zip(places, among, strict=True) if is_in], 1),
                scores.recall([place for place, is_in in zip(places, among, strict=True) if is_in]),
                scores.mean_reciprocal_rank([place for place, is_in in zip(places, among, strict=True) if is_in]),
            ]
            for group, among in groups.items()
        }
        for name, places in found.items()
    }
    missed = [one.query for one, place in zip(asked, found["words and meaning"], strict=True) if not 0 < place <= 5]
    return {"scores": told_scores, "seconds": seconds, "learnt": learnt, "papers": len(every), "missed": missed}


def scale(told: dict[str, Any]) -> dict[str, Any]:
    """Hybrid questions at this size: milliseconds by who asks, recall of the nearest against comparing everything."""
    import psycopg

    from congso.kernel.access.services import Actor, acting_as
    from tests.performance.bench.corpus import Corpus
    from tests.performance.bench.machine import app_backend, measured
    from tests.performance.bench.searching import WHO

    corpus, chance = Corpus(), random.Random(7)  # noqa: S311
    asked = [
        " ".join(["cho hỏi", *(phrase for topic in chance.sample(corpus.topics, 1) for phrase in topic[:3])])
        for _ in range(told["questions"])
    ]
    times = {}
    for who, people in WHO.items():
        askers = [people[place % len(people)] for place in range(len(asked))]
        acts = [lambda person=person, text=text: _ask(person, text) for person, text in zip(askers, asked, strict=True)]
        measured(acts, app_backend)
        one = measured(acts, app_backend)
        times[who] = [one.p50, one.p95]
    recalls: dict[str, list[float]] = {}
    with psycopg.connect(told["owner"]) as owner:
        owner.execute("SET enable_indexscan = off")  # the exact comparison
        for who, people in {"sees 0.1 %": [told["narrow"]], **WHO}.items():
            for place, vector in enumerate(told["vectors"]):
                person = people[place % len(people)]
                with acting_as(Actor.person(person)) as held:
                    near = _near(vector)
                exact = [row[0] for row in owner.execute(
                    "SELECT m.passage_id FROM search_meaning m JOIN search_entry e USING (record_id)"
                    " WHERE e.audience && %s ORDER BY 1 - (m.embedding <=> %s::halfvec) DESC, m.passage_id LIMIT 20",
                    [list(held), vector],
                )]  # fmt: skip
                if exact:
                    recalls.setdefault(who, []).append(len(set(near[:20]) & set(exact)) / len(exact))
    return {"times": times, "recall": {who: sum(each) / len(each) for who, each in recalls.items()}}


def _ask(person: int, text: str) -> None:
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.search.queries import search

    with acting_as(Actor.person(person)):
        search(text)


def _near(vector: str) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM congso.nearest_meaning(%s, '{}', NULL, 20)", [vector])
        return [pk for (pk,) in cursor.fetchall()]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](json.loads(sys.argv[2]))))  # noqa: T201 - read by meaning.py
