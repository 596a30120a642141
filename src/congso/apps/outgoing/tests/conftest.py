"""A trust world, keys for the cast and the seal, a term in which the committee numbers, places on the sample paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.testing import TrustWorld, trust_world

if TYPE_CHECKING:
    from congso.apps.outgoing.tests.factories import Keys
    from congso.kernel.directory.testing import World


@pytest.fixture(scope="session")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture(scope="session")
def key_folder(trusted: TrustWorld, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the software keys lie and what is trusted, once for the run."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "trust" / "test").mkdir(parents=True)
    (folder / "trust" / "chain").mkdir()
    (folder / "trust" / "test" / "root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (folder / "trust" / "chain" / "issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))
    return folder


@pytest.fixture
def installed(trusted: TrustWorld, key_folder: Path, settings: Any) -> Path:
    """An installation that trusts the world's root and stamps with its authority."""
    settings.TRUST_DIR, settings.DATA_DIR = key_folder / "trust", key_folder
    settings.TIMESTAMP_URL = f"{trusted.authorities.address}/tsa"
    return key_folder


@pytest.fixture
def keys(world: "World", db: None, installed: Path, trusted: TrustWorld, monkeypatch: pytest.MonkeyPatch) -> "Keys":
    """Keys registered in this test's database, and a paper whose places are known."""
    from congso.apps.outgoing.tests import factories
    from congso.kernel.composing import rendering

    monkeypatch.setattr(rendering, "places_in", lambda _pdf: factories.PLACES)
    factories.open_term(world)
    made: dict[str, Any] = {}

    def holder(name: str, organization: str = "") -> tuple[Any, str]:
        path = installed / "secrets" / "test-authorities"
        path.mkdir(parents=True, exist_ok=True)
        issued = trusted.authorities.issue(name, organization=organization, at=trusted.born)
        label = f"key-{len(list(path.iterdir()))}"
        save_holder(issued, path, label)
        return as_asn1(issued.certificate), label

    made["secretary"] = factories.person_key(world, "secretary", holder, trusted.now())
    made["seal"] = factories.office_key(world, "VPTU", "clerk", holder, trusted.now())
    return factories.Keys(**made)
