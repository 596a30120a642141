"""Every known attack is reported as not valid, and every changed byte is found (issue 5, show 3)."""

import os
import secrets
import sys
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from congso.kernel.signing.filling import fill
from congso.kernel.signing.means import Level
from congso.kernel.signing.testing import SEAL, TrustWorld, prepared
from congso.kernel.signing.tests.attacks import CASES
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict
from tests.faults.report import write_section

SHORT, LONG = 100, 1_000
COUNT = LONG if os.environ.get("FAULTS") else SHORT
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))


@pytest.mark.parametrize("name", CASES)
def test_the_attack_is_reported_as_not_valid(trusted: TrustWorld, name: str) -> None:
    told = judge(CASES[name](trusted), trusted.trust, at=datetime.now(UTC))
    assert told["verdict"] == Verdict.INVALID, told


@pytest.fixture(scope="module")
def papers(trusted: TrustWorld) -> dict[str, bytes]:
    """Papers whose every byte some signature or its strict envelope covers."""
    numbered = fill(trusted.signed(prepared(), level=Level.B_LT), {"so": "16-KH/TU", "ngay": "ngày 05 tháng 02"})
    return {
        "one signature (B-B)": trusted.signed(prepared()),
        "numbered and sealed (B-LT, then B-LTA)": trusted.signed(numbered, SEAL, level=Level.B_LTA),
        "archived (B-LTA)": trusted.signed(prepared(), level=Level.B_LTA),
    }


@pytest.mark.faults
@pytest.mark.timeout(3_600)
def test_a_changed_byte_is_always_found(
    trusted: TrustWorld, papers: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """A hundred in every run, a thousand under `make faults`, spread over the papers."""
    at, found, missed = datetime.now(UTC), Counter(), []
    before = {name: judge(pdf, trusted.trust, at=at)["verdict"] for name, pdf in papers.items()}
    assert list(before.values()) == [Verdict.UNKNOWN, Verdict.VALID, Verdict.VALID]
    for number in range(COUNT):
        random = Random(f"{SEED}:{number}")  # noqa: S311 - repeatable on purpose
        # A paper with one signature is judged ten times as fast as one with three: the short form takes mostly that.
        name = random.choice(list(papers) if COUNT == LONG else ["one signature (B-B)"] * 8 + list(papers))
        changed = bytearray(papers[name])
        place = random.randrange(len(changed))
        changed[place] ^= random.randrange(1, 256)
        verdict = judge(bytes(changed), trusted.trust, at=at)["verdict"]
        found[name, verdict] += 1
        if verdict != Verdict.INVALID:
            missed.append((name, place, verdict))
    with capsys.disabled():
        sys.stdout.write(f"FAULTS_SEED={SEED} bytes={COUNT} { {f'{n}: {v}': c for (n, v), c in found.items()} }\n")
    assert missed == []
    if COUNT == LONG:
        lines = [f"{COUNT} random changes of one byte (seed {SEED}), all reported as not valid:", ""]
        write_section("Changed bytes of signed papers", [*lines, *(f"- {n}: {c}" for (n, _v), c in found.items())])
