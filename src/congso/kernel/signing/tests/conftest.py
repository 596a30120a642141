"""One trust world, one SoftHSM token and one remote service for the whole run."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.authorities.remote_service import Account, RemoteSimulator, remote_server
from congso.kernel.signing.authorities.responding import serving
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.keys.remote import RemoteService
from congso.kernel.signing.keys.token import TokenKey
from congso.kernel.signing.testing import CHIEF, MODULE, PIN, TOKEN, TrustWorld, key_in_token, trust_world

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World
    from congso.kernel.signing.models import Credential


@pytest.fixture(scope="session")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture(scope="session")
def token_key(trusted: TrustWorld) -> TokenKey:
    """A key made inside the token. SoftHSM is a real PKCS#11 module; `./congso setup --tests` installs it."""
    return key_in_token(trusted)


@pytest.fixture
def simulator(trusted: TrustWorld) -> RemoteSimulator:
    holder = trusted.authorities.issue(CHIEF.name, at=trusted.born, is_rsa=True)
    account = Account(holder, trusted.authorities.chain[:1], PIN)
    return RemoteSimulator("a token of the portal", {"chief": account})


@pytest.fixture
def remote(simulator: RemoteSimulator) -> Iterator[RemoteService]:
    with serving(remote_server(simulator)) as address:
        yield RemoteService(address, simulator.token)


@pytest.fixture
def installed(trusted: TrustWorld, tmp_path: Path, settings: Any) -> Path:
    """An installation that trusts the world's root, stamps with its authority and knows the token's module."""
    folder = tmp_path / "trust"
    (folder / "test").mkdir(parents=True)
    (folder / "chain").mkdir()
    (folder / "test" / "root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (folder / "chain" / "issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))
    settings.TRUST_DIR, settings.DATA_DIR = folder, tmp_path
    settings.TIMESTAMP_URL = f"{trusted.authorities.address}/tsa"
    settings.PKCS11_MODULES = {"SoftHSM": str(MODULE)}
    return tmp_path


@pytest.fixture
def token_credential(
    world: "World", db: None, token_key: TokenKey, installed: Path, trusted: TrustWorld
) -> "Credential":
    """The chief's credential in the token."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Person
    from congso.kernel.signing.models import Credential
    from congso.kernel.signing.services import register_credential

    chief = Actor.person(world.chief)
    with acting_as(chief):
        return register_credential(
            token_key.certificate, provider=Credential.Provider.TOKEN,
            details={"module": "SoftHSM", "token": TOKEN, "key": token_key.key_label},
            person=Person.objects.get(pk=world.chief), by=chief, at=trusted.now(),
        )  # fmt: skip


@pytest.fixture
def software_credential(
    world: "World", db: None, installed: Path, trusted: TrustWorld
) -> "Callable[[str], Credential]":
    """`software_credential("chief")`: a demonstration key of one of the cast."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Person
    from congso.kernel.signing.models import Credential
    from congso.kernel.signing.services import register_credential

    def make(who: str) -> "Credential":
        actor = Actor.person(getattr(world, who))
        with acting_as(actor):
            person = Person.objects.get(pk=actor.id)
            holder = trusted.authorities.issue(person.full_name, at=trusted.born)
            keys = installed / "secrets" / "test-authorities"
            keys.mkdir(parents=True, exist_ok=True)
            save_holder(holder, keys, who)
            return register_credential(
                as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": who},
                person=person, by=actor, at=trusted.now(),
            )  # fmt: skip

    return make
