"""Words and meaning together: how well questions are answered, and how fast at a million records and vectors.

`MEANING_SIZE` (1,000,000) sets the size of the second part, `MEANING_SUBJECTS` (50) of the first.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from operate.environment import app_environment, owner_environment
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, description, fresh_database, shown

HEADING = "Words and meaning together"
MODULE = "tests.performance.bench.meaning_part"
DIMENSIONS, TOPICS, QUESTIONS = 384, 2_000, 40
_BATCH = 20_000
_SPREAD = 0.6  # of a text around its topic; topics themselves stand apart as unlike texts do
NARROW = 99  # a person who sees one record in a thousand
_ABOUT = """\
Three hundred invented papers of six kinds on fifty subjects, a hundred and twenty questions whose answer stands in one
paper alone: a third without accents, half in other words than any paper (`tests/reading/asked_corpus.py`). Cells:
recall@1 · recall@5 · MRR@10.
"""


def run_meaning(path: Path) -> None:
    """Measure both and put the section into the page."""
    machine = description()
    found = measure_quality(int(os.environ.get("MEANING_SUBJECTS", "50")))
    size = int(os.environ.get("MEANING_SIZE", "1000000"))
    lines = [_ABOUT, *_quality_lines(found)]
    if size:
        lines += _scale_lines(size, *measure_scale(size), machine)
    put_section(path, f"## {HEADING}\n\n" + "\n".join(lines) + "\n")


def measure_quality(subjects: int) -> dict[str, Any]:
    """The asked corpus in a database of its own."""
    connections = fresh_database("bench_meaning")
    told = _part(owner_environment(PLACES, connections), "world", {})
    return _part(app_environment(PLACES, connections), "quality", told | {"subjects": subjects})


def measure_scale(size: int) -> tuple[dict[str, Any], float, str]:
    """Records of the search bench with a clustered vector each: what was measured, minutes of loading, size on disk."""
    connections = fresh_database("bench_meanings")
    os.environ |= app_environment(PLACES, connections) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from tests.performance.bench.loading import load_papers, load_people

    begun = time.monotonic()
    load_people(connections.owner_url)
    load_papers(connections.owner_url, 0, size)
    vectors = load_vectors(connections.owner_url, size)
    minutes = (time.monotonic() - begun) / 60
    with psycopg.connect(connections.owner_url) as owner:
        disk = owner.execute("SELECT pg_size_pretty(pg_relation_size('search_meaning_near'))").fetchone()[0]
    told = {"owner": connections.owner_url, "vectors": vectors, "questions": QUESTIONS, "narrow": NARROW}
    return _part(app_environment(PLACES, connections), "scale", told), minutes, disk


def load_vectors(owner_url: str, size: int) -> list[str]:
    """A passage and a vector for every record, clustered about topics; returns vectors to ask with."""
    from congso.kernel.access.principals import person

    chance = np.random.default_rng(16)
    topics = _unit(chance.standard_normal((TOPICS, DIMENSIONS)))
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE search_passage DROP CONSTRAINT IF EXISTS one_passage_a_position")
        owner.execute("ALTER TABLE search_meaning SET UNLOGGED")
        owner.execute("DROP INDEX search_meaning_near")
        for table, name in owner.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid IN ('search_passage'::regclass, 'search_meaning'::regclass)"
        ).fetchall():
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for first in range(0, size, _BATCH):
            keys = range(first + 1, min(first + _BATCH, size) + 1)
            near = topics[chance.integers(0, TOPICS, len(keys))]
            vectors = _unit(near + _SPREAD * _unit(chance.standard_normal((len(keys), DIMENSIONS))))
            columns = "id, record_id, position, clause, text, words, is_known"
            with owner.cursor().copy(f"COPY search_passage ({columns}) FROM STDIN") as copy:
                for key in keys:
                    copy.write_row((key, key, 0, "", f"đoạn {key}", "", True))
            with owner.cursor().copy("COPY search_meaning (passage_id, record_id, embedding) FROM STDIN") as copy:
                for key, vector in zip(keys, vectors, strict=True):
                    copy.write_row((key, key, _written(vector)))
        owner.execute("SET maintenance_work_mem = '3GB'")
        owner.execute(
            "CREATE INDEX search_meaning_near ON search_meaning"
            " USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)"
        )
        owner.execute("ALTER TABLE search_passage ADD UNIQUE (record_id, position)")
        for table, key in (("records_record", "id"), ("search_entry", "record_id")):
            owner.execute(
                f"UPDATE {table} SET audience = audience || %s::bigint WHERE {key} %% 1000 = 0", [person(NARROW)]
            )
        owner.execute("VACUUM (ANALYZE) search_meaning")
        owner.execute("VACUUM (ANALYZE) search_passage")
        owner.execute("ANALYZE search_entry, records_record")
    asked = _unit(topics[:QUESTIONS] + _SPREAD * _unit(chance.standard_normal((QUESTIONS, DIMENSIONS))))
    return [_written(vector) for vector in asked]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _written(vector: np.ndarray) -> str:
    return "[" + ",".join(f"{value:.4f}" for value in vector) + "]"


def _part(environment: dict[str, str], what: str, told: dict[str, Any]) -> dict[str, Any]:
    """One part in a process of its own, run to its end."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", MODULE, what, json.dumps(told)]
    done = subprocess.run(command, env=environment | settings, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _quality_lines(found: dict[str, Any]) -> list[str]:
    groups = list(next(iter(found["scores"].values())))
    lines = ["| found by | " + " | ".join(groups) + " | ms a question |", "|---" * (len(groups) + 2) + "|"]
    for name, scores in found["scores"].items():
        cells = " | ".join(" · ".join(f"{value:.2f}" for value in scores[group]) for group in groups)
        lines.append(f"| {name} | {cells} | {1000 * found['seconds'][name]:.0f} |")
    lines.append(
        f"\n{found['papers']} papers taken over and learnt in {found['learnt']:.0f} s. Not among the first five:\n"
    )
    return [*lines, *(f"- {query}" for query in found["missed"] or ["nothing"]), ""]


def _scale_lines(size: int, found: dict[str, Any], minutes: float, disk: str, machine: str) -> list[str]:
    times = "; ".join(f"{who} {shown(p50)} / {shown(p95)}" for who, (p50, p95) in found["times"].items())
    recalls = "; ".join(f"{who} {value:.3f}" for who, value in found["recall"].items())
    said = (
        f"At {size:,} records with one vector each (half precision, clustered about {TOPICS:,} topics; loaded in"
        f" {minutes:.0f} minutes, the graph {disk}; {machine}), questions of some ten words with everything the page"
        f" asks for, p50 / p95 ms: {times}. Recall@20 of the nearest against comparing everything: {recalls}."
    )
    return [said, ""]
