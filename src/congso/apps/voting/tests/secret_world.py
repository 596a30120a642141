"""Secret ballots of the test world, from the keys of the committee to the opened box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from congso.apps.voting import services
from congso.apps.voting.models import Ballot, Box
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.sealing import new_signing_key, public_bytes
from congso.apps.voting.tests import voter
from congso.apps.voting.tests.factories import COUNTERS, NOW, VOTERS, as_one, do, prepare, see
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.regulations.services import set_parameter

RULE = "nhan-su"
# One key serves every test ballot: making one takes longer than the rest of an opening.
KEY = new_signing_key()


@dataclass
class Held:
    """A ballot, its box as voters know it, the committee's keys, what each voter's device holds."""

    ballot: Ballot
    address: UUID
    modulus: bytes
    public: list[bytes]
    keys: dict[str, X25519PrivateKey]
    threshold: int
    papers: dict[str, bytes] = field(default_factory=dict)


def allow(world: World) -> None:
    """The administrator enters the text that allows secret ballots on a screen."""
    by = world.administrator
    with acting_as(Actor.person(by)):
        set_parameter(
            "voting.electronic_secret_allowed", True, valid_from=NOW.date(), source="Quy chế thử", by=by, at=NOW
        )  # fmt: skip


def prepared(
    world: World, counters: tuple[str, ...] = COUNTERS, **facts: Any
) -> tuple[Ballot, dict[str, X25519PrivateKey]]:  # fmt: skip
    """A secret ballot whose committee has made its keys."""
    made = prepare(world, counters=counters, **({"rule": RULE, "method": "secret", "is_personnel": True} | facts))
    keys = {who: voter.new_key() for who in counters}
    for who, key in keys.items():
        do(world, who, services.keep_key, see(world, who, made), public_bytes(key))
    return see(world, "clerk", made), keys


def handing_out(world: World, listed: Sequence[services.Listed] = (), **facts: Any) -> Held:
    """Papers may be taken; by those listed where somebody else than the cast votes."""
    made, keys = prepared(world, **facts)
    if listed:
        do(world, "clerk", services.set_voters, made, listed)
    with patch("congso.apps.voting.services.opening.new_signing_key", return_value=KEY):
        do(world, "clerk", services.open_ballot, made)
    with as_one(world, "clerk"):
        box = Box.objects.get(ballot=made)
    public = [bytes.fromhex(one["public"]) for one in box.counter_keys]
    return Held(made, box.address, bytes(box.modulus), public, keys, made.threshold)


def take_paper(world: World, held: Held, who: str) -> None:
    """A voter takes hers and keeps it on her device."""
    paper = voter.blind_paper(held.modulus, held.address.bytes)
    signed = do(world, who, services.hand_out, see(world, who, held.ballot), paper.blinded)
    held.papers[who] = paper.token + voter.finish_paper(held.modulus, paper, signed)


def collecting(world: World, takers: Iterable[str] = VOTERS, **facts: Any) -> Held:
    """Papers are out and voting goes on."""
    held = handing_out(world, **facts)
    for who in takers:
        take_paper(world, held, who)
    do(world, "clerk", services.start_collecting, see(world, "clerk", held.ballot))
    return held


def slip_of(held: Held, who: str, choice: str | Sequence[int]) -> bytes:
    """What a voter's device puts into the box."""
    return voter.seal_slip(held.address.bytes, held.papers[who], held.public, held.threshold, voter.plain(choice))


def put(held: Held, slip: bytes, *, at: Any = NOW) -> str:
    """Into the box, as nobody."""
    with acting_as(NOBODY):
        return services.put_slip(held.address, slip, at=at)


def close(world: World, held: Held) -> None:
    """Voting ends."""
    do(world, "clerk", services.close_ballot, see(world, "clerk", held.ballot))


def give(world: World, held: Held, who: str, key: X25519PrivateKey | None = None) -> bool:
    """One of the committee gives her key."""
    raw = (key or held.keys[who]).private_bytes_raw()
    opened: bool = do(world, who, services.give_key, see(world, who, held.ballot), raw)
    return opened


def opened_box(world: World, **facts: Any) -> Held:
    """Voted, closed, opened by two of three, counted: three for it, two against."""
    held = collecting(world, **facts)
    for who, choice in zip(VOTERS, ("yes", "no", "yes", "yes", "no"), strict=True):
        put(held, slip_of(held, who, choice))
    close(world, held)
    for who in COUNTERS[:2]:
        give(world, held, who)
    return held


def seen(world: World, held: Held, who: str = "clerk") -> Ballot:
    """The ballot as it stands for somebody."""
    with as_one(world, who):
        return ballot_of(held.ballot.pk)
