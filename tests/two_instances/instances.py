"""Both installations and the axis, each a process under the product's supervisor, as two provinces would run them."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.testing import MODULE, TrustWorld, key_in_token
from operate.places import Places
from tests.faults.installation import (
    Installation,
    axis_of,
    free_port,
    installed,
    join_axis,
    processes_of,
    second_of,
    serves,
    supervised,
    wait_until,
)
from tests.two_instances.names import OFFICE, OURS, SEAL, SIGNER, THEIRS

_CARRY = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
VALUES ('default', 'exchange.carry', 'exchange.carry', 'exchange.carry', '{"timestamp": 0}') ON CONFLICT DO NOTHING
"""


@dataclass
class Portals:
    """The portal that issues and the one that receives; in each there is this dossier, into which plans go."""

    first: Installation
    second: Installation
    dossier: str
    title: str

    def carry(self) -> None:
        """Both workers make a round of the carrier now; by themselves they would each quarter of a minute."""
        for portal in (self.first, self.second):
            with psycopg.connect(portal.connections.owner_url) as owner:
                owner.execute(_CARRY)


@contextmanager
def two_portals(folder: Path, trusted: TrustWorld) -> Iterator[Portals]:
    """Both at work; the first has the signer's key in a token and the office's seal, both trust the authorities."""
    token = key_in_token(trusted, SIGNER)  # before the processes start: they are told where the token is
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIMESTAMP_URL", f"{trusted.authorities.address}/tsa")
        patch.setenv("PKCS11_MODULES", f"SoftHSM={MODULE}")
        with installed(folder) as first:
            _show_static_files(first.places)
            _trust(first.places, trusted)
            seal = trusted.authorities.issue(OFFICE, organization=OFFICE, at=trusted.born)
            save_holder(seal, first.places.secrets / "test-authorities", SEAL)
            certificates = {"token": token.certificate, "seal": as_asn1(seal.certificate)}
            told = {name: base64.b64encode(one.dump()).decode() for name, one in certificates.items()}
            made = inside(first, "office", key=token.key_label, **told)
            second, port = second_of(first, Places(folder / "second")), free_port()
            for shared in ("static", "trust"):
                (second.places.data / shared).symlink_to(first.places.data / shared)
            keys = {OURS: "ours", THEIRS: "theirs"}
            children = [axis_of(first, folder / "axis", keys, port)]
            for name, portal, code in (("A", first, OURS), ("B", second, THEIRS)):
                join_axis(portal, code, keys[code], port)
                for child in processes_of(portal).values():
                    child.name = f"{name} {child.name}"
                    children.append(child)
            with supervised(first, children):
                for portal in (first, second):
                    wait_until(lambda portal=portal: serves(portal), "the web serves")  # type: ignore[misc]
                yield Portals(first, second, made["dossier"], made["title"])


def inside(portal: Installation, what: str, **told: str) -> dict[str, Any]:
    """Run a part of `tests.two_instances.inside` in the portal."""
    world = {"people": portal.people["people"], "organizations": portal.people["organizations"]}
    return portal.inside(what, module="tests.two_instances.inside", told=world | told)


def _trust(places: Places, trusted: TrustWorld) -> None:
    roots, chain = places.data / "trust/test", places.data / "trust/chain"
    for made in (roots, chain, places.secrets / "test-authorities"):
        made.mkdir(parents=True)
    (roots / "root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (chain / "issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))


def _show_static_files(places: Places) -> None:
    """What `collectstatic` gathers, where it gathers it, without the half minute of compressing."""
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list(None):
            shown = places.data / "static" / path
            shown.parent.mkdir(parents=True, exist_ok=True)
            if not shown.is_symlink():
                shown.symlink_to(storage.path(path))
