"""Software keys for a journey: of people, and the office's seal, in an installation that trusts their authority."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from congso.apps.outgoing.tests import factories as papers
from congso.kernel.directory.testing import World
from congso.kernel.signing.authorities.issuing import save_holder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.testing import TrustWorld


def register_keys(world: World, installed: Path, trusted: TrustWorld, *people: str) -> None:
    """Keys of these people and of the office, whose committee numbers in a term."""
    holder = _holder(installed, trusted)
    papers.open_term(world)
    for who in people:
        papers.person_key(world, who, holder, trusted.now())
    papers.office_key(world, "VPTU", "clerk", holder, trusted.now())


def _holder(installed: Path, trusted: TrustWorld) -> Callable[..., tuple[Any, str]]:
    folder = installed / "secrets" / "test-authorities"
    folder.mkdir(parents=True, exist_ok=True)

    def made(name: str, organization: str = "") -> tuple[Any, str]:
        issued = trusted.authorities.issue(name, organization=organization, at=trusted.born)
        label = f"key-{len(list(folder.iterdir()))}"
        save_holder(issued, folder, label)
        return as_asn1(issued.certificate), label

    return made
