"""Whatever single byte of a signed paper is changed, the report says “not valid”.

A hundred in every run, a thousand under `make faults`, spread over papers whose every byte some signature or its
strict envelope covers.
"""

import logging
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from congso.kernel.signing.filling import fill
from congso.kernel.signing.means import Level
from congso.kernel.signing.testing import SEAL, TrustWorld, prepared, trust_world
from congso.kernel.signing.tests.attacks import CASES
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict
from tests.faults.report import write_section

SHORT, LONG = 100, 1_000
COUNT = LONG if os.environ.get("FAULTS") else SHORT
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
ONE = "one signature (B-B)"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3_600)]


@pytest.fixture(scope="module")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture(scope="module")
def papers(trusted: TrustWorld) -> dict[str, bytes]:
    numbered = fill(trusted.signed(prepared(), level=Level.B_LT), {"so": "16-KH/TU", "ngay": "ngày 05 tháng 02"})
    return {
        ONE: trusted.signed(prepared()),
        "numbered and sealed (B-LT, then B-LTA)": trusted.signed(numbered, SEAL, level=Level.B_LTA),
        "archived (B-LTA)": trusted.signed(prepared(), level=Level.B_LTA),
    }


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """pyHanko logs every doubt with a trace."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_a_changed_byte_is_always_found(
    trusted: TrustWorld, papers: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    at, found, missed = datetime.now(UTC), Counter(), []
    before = [judge(pdf, trusted.trust, at=at)["verdict"] for pdf in papers.values()]
    assert before == [Verdict.UNKNOWN, Verdict.VALID, Verdict.VALID]  # B-B brings no revocation data
    for number in range(COUNT):
        random = Random(f"{SEED}:{number}")  # noqa: S311 - repeatable on purpose
        # A paper with one signature is judged ten times as fast as one with three: the short form takes mostly that.
        name = random.choice(list(papers) if COUNT == LONG else [ONE] * 8 + list(papers))
        changed = bytearray(papers[name])
        place = random.randrange(len(changed))
        changed[place] ^= random.randrange(1, 256)
        verdict = judge(bytes(changed), trusted.trust, at=at)["verdict"]
        found[name] += verdict == Verdict.INVALID
        if verdict != Verdict.INVALID:
            missed.append((name, place, verdict))
    with capsys.disabled():
        sys.stdout.write(f"FAULTS_SEED={SEED} bytes={COUNT} {dict(found)}\n")
    assert missed == []
    if COUNT == LONG:
        lines = [
            f"{COUNT} random changes of one byte in signed papers (seed {SEED}), every one reported as not valid:",
            "",
        ]
        write_section(
            "Changed bytes of signed papers", [*lines, *(f"- {name}: {n}" for name, n in sorted(found.items()))]
        )


@pytest.mark.skipif(COUNT != LONG, reason="each is a test of its own in kernel/signing; here they are written down")
def test_the_known_attacks_are_written_down(trusted: TrustWorld) -> None:
    lines = [
        "Made from a paper our chief signed after the published descriptions (universal forgery, incremental saving,",
        "wrapping; shadow attacks; attacks on certified papers). Each is reported as not valid; the first reason:",
        "",
    ]
    for name, make in CASES.items():
        told = judge(make(trusted), trusted.trust, at=datetime.now(UTC))
        assert told["verdict"] == Verdict.INVALID, name
        judged = [told, *(one for one in told["signatures"] if one["verdict"] == Verdict.INVALID)]
        reasons = [reason for one in judged for reason in one["reasons"]]
        lines.append(f"- {name}: `{reasons[0]}`")
    write_section("Known attacks on PDF signatures", lines)
