"""Remote signing through a real HTTP server that keeps the rules of the CSC API v2."""

from datetime import UTC, datetime

import pytest

from congso.kernel.signing.authorities.remote_service import RemoteSimulator
from congso.kernel.signing.keys.remote import RemoteKey, RemoteService
from congso.kernel.signing.means import Level
from congso.kernel.signing.pades import sign
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.testing import CHIEF, PERSONAL, PIN, TrustWorld, prepared
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict


def signed(trusted: TrustWorld, opened: object, level: Level = Level.B_B) -> bytes:
    return sign(
        prepared(),
        key=opened,
        place=PERSONAL,
        reason="",
        by=CHIEF,
        at=datetime.now(UTC),
        means=trusted.means,
        level=level,
    )


def test_a_leader_signs_by_remote_key(trusted: TrustWorld, remote: RemoteService, simulator: RemoteSimulator) -> None:
    assert remote.credentials() == ["chief"]
    with RemoteKey(remote, "chief", "16-KH/TU").opened(PIN) as opened:
        paper = signed(trusted, opened, Level.B_LT)
    assert judge(paper, trusted.trust, at=datetime.now(UTC))["verdict"] == Verdict.VALID
    assert simulator.accounts["chief"].shown == ["16-KH/TU"]


@pytest.mark.parametrize(("binds_hashes", "asked"), [(False, 1), (True, 3)])
def test_one_pin_opens_for_many_signatures(
    trusted: TrustWorld, remote: RemoteService, simulator: RemoteSimulator, binds_hashes: bool, asked: int
) -> None:
    simulator.accounts["chief"].binds_hashes = binds_hashes
    with RemoteKey(remote, "chief").opened(PIN, signatures=3) as opened:
        assert len({signed(trusted, opened) for _ in range(3)}) == 3
    assert len(simulator.accounts["chief"].shown) == asked


def test_a_wrong_pin_a_locked_key_and_a_dead_service_are_told_apart(
    trusted: TrustWorld, remote: RemoteService, simulator: RemoteSimulator
) -> None:
    told = []
    for _ in range(4):
        with pytest.raises(SigningRefused) as refused, RemoteKey(remote, "chief").opened("0000") as opened:
            signed(trusted, opened)
        told.append(refused.value.code)
    assert told == [Why.WRONG_PIN, Why.WRONG_PIN, Why.WRONG_PIN, Why.SERVICE_REFUSED]
    simulator.fail_after = 0
    with pytest.raises(SigningRefused) as away, RemoteKey(remote, "chief").opened(PIN):
        pass
    assert away.value.code is Why.SERVICE_AWAY
    with pytest.raises(SigningRefused) as nobody, RemoteKey(RemoteService("http://127.0.0.1:9"), "chief").opened(PIN):
        pass
    assert nobody.value.code is Why.SERVICE_AWAY


def test_activation_data_is_good_once_and_for_its_hashes(remote: RemoteService, simulator: RemoteSimulator) -> None:
    simulator.accounts["chief"].binds_hashes = True
    said = remote.ask("credentials/authorize", credentialID="chief", numSignatures=1, hashes=["QUFB"],
                      authData=[{"id": "PIN", "value": PIN}])  # fmt: skip
    for hashes in (["QkJC"], ["QUFB", "QkJC"]):
        with pytest.raises(SigningRefused) as refused:
            remote.ask("signatures/signHash", credentialID="chief", SAD=said["SAD"], hashes=hashes)
        assert refused.value.code is Why.SERVICE_REFUSED
