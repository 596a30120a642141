"""One trust world and one SoftHSM token for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from congso.kernel.signing.keys.token import TokenKey
from congso.kernel.signing.testing import TrustWorld, make_token, trust_world


@pytest.fixture(scope="session")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture(scope="session")
def token_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("softhsm")


@pytest.fixture(scope="session")
def token_key(token_folder: Path, trusted: TrustWorld) -> TokenKey:
    """A key made inside the token. SoftHSM is a real PKCS#11 module; `./congso setup --tests` installs it."""
    return make_token(token_folder, trusted)[0]
