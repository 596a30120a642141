"""Every known attack on PDF signatures is reported as not valid (changed bytes: tests/faults/test_changed_bytes.py)."""

from datetime import UTC, datetime

import pytest

from congso.kernel.signing.testing import TrustWorld
from congso.kernel.signing.tests.attacks import CASES
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict


@pytest.mark.parametrize("name", CASES)
def test_the_attack_is_reported_as_not_valid(trusted: TrustWorld, name: str) -> None:
    told = judge(CASES[name](trusted), trusted.trust, at=datetime.now(UTC))
    assert told["verdict"] == Verdict.INVALID, told
