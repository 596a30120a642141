"""Who wants to know of moves: a system follows another's records without either knowing the other's name.

A follower runs inside the move's own transaction, as its actor, before the record is handed on. It must be quick, do
nothing for moves that are not its business, and never refuse: what it raises undoes the move.
"""

from collections.abc import Callable, Iterable
from typing import Any

Follower = Callable[[Any], None]

_followers: list[Follower] = []


def register_followers(followers: Iterable[Follower]) -> None:
    """Announce followers; done once at start-up by the manifests."""
    _followers.extend(one for one in followers if one not in _followers)


def followers() -> tuple[Follower, ...]:
    """All of them, in the order the systems announced them."""
    return tuple(_followers)
