"""Measuring the assistant: the generated papers are put into a register inside a transaction that is taken back."""

import io
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import transaction

from congso.apps.assistant.rules.words import plain
from congso.apps.assistant.samples.papers import samples
from congso.apps.assistant.samples.questions import Asked, questions

Ask = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Figures:
    """How the answers were; shares from 0 to 1. A citation is right when it names the paper that answers."""

    papers: int
    asked: int
    answered: float  # of the answerable questions, answered at all
    exact: float  # of these, with everything expected in the answer
    cited: float  # of the citations shown, those that name the paper that answers or one that opposes it
    quoted: float  # of the citations shown, those whose words stand in the paper named
    refusal_precision: float
    refusal_recall: float  # of the unanswerable questions, refused
    seconds_each: float
    failed: tuple[str, ...] = ()


def measure(ask: Ask, *, username: str, organization: str, most: int = 0) -> Figures:
    """Import, ask, count; nothing of it remains. `most` limits the questions, evenly taken."""
    papers = samples()
    asked = questions()
    chosen = asked[:: max(1, len(asked) // most)] if most else asked
    with transaction.atomic():
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "papers.jsonl"
            source.write_text("\n".join(json.dumps(paper.line(), ensure_ascii=False) for paper in papers))
            silent = {"stdout": io.StringIO(), "stderr": io.StringIO()}
            call_command("import", "documents", str(source), username=username, org=organization, **silent)
        begun = perf_counter()
        told = [(one, ask(one.question)) for one in chosen]
        seconds = perf_counter() - begun
        transaction.set_rollback(True)
    return _counted(told, seconds)


def _counted(told: Sequence[tuple[Asked, dict[str, Any]]], seconds: float) -> Figures:
    texts = {paper.id: " ".join(f"{paper.title} {paper.line()['text']}".split()) for paper in samples()}
    answerable = [(one, said) for one, said in told if one.is_answerable]
    refused = [one for one, said in told if said["refused"]]
    without = [one for one, _ in told if not one.is_answerable]
    shown = [(one, cited) for one, said in answerable for cited in said["citations"]]
    answered = [(one, said) for one, said in answerable if not said["refused"]]
    exact = [one for one, said in answered if _is_exact(one, said)]
    wrong = [f"{one.id}: {one.question}" for one, said in told if not _is_well(one, said)]
    return Figures(
        papers=len(texts),
        asked=len(told),
        answered=_share(len(answered), len(answerable)),
        exact=_share(len(exact), len(answerable)),
        cited=_share(sum(cited["record"] == one.paper for one, cited in shown), len(shown)),
        quoted=_share(sum(cited["quote"] in texts.get(str(cited["record"]), "") for _, cited in shown), len(shown)),
        refusal_precision=_share(sum(not one.is_answerable for one in refused), len(refused)),
        refusal_recall=_share(sum(not one.is_answerable for one in refused), len(without)),
        seconds_each=seconds / max(1, len(told)),
        failed=tuple(wrong),
    )


def _is_exact(one: Asked, said: dict[str, Any]) -> bool:
    spoken = plain(said["answer"])
    return all(plain(expected) in spoken for expected in one.expected)


def _is_well(one: Asked, said: dict[str, Any]) -> bool:
    return (_is_exact(one, said) and not said["refused"]) if one.is_answerable else bool(said["refused"])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
