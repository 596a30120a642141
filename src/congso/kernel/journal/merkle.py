"""A Merkle tree over the entries one checkpoint closes (RFC 6962, 2.1): a short proof for each of them.

Leaves and inner nodes are hashed differently, so neither can be passed off as the other.
"""

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").hexdigest()


def leaf(organization_id: int, position: int, digest: str) -> bytes:
    """The leaf of a sealed entry: its place and its digest, which follows from its text and all before it."""
    return hashlib.sha256(b"\x00" + f"{organization_id}:{position}:{digest}".encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    """What stands above two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps only its right edge, so that memory follows the logarithm."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []  # height and root of each complete subtree, the tallest first

    def add(self, fresh: bytes) -> None:
        """Put a leaf at the end."""
        self.size += 1
        height = 0
        while self._edge and self._edge[-1][0] == height:
            fresh = node(self._edge.pop()[1], fresh)
            height += 1
        self._edge.append((height, fresh))

    def root(self) -> str:
        """The root over all leaves so far, in hexadecimal."""
        if not self._edge:
            return EMPTY
        found = self._edge[-1][1]
        for _, left in reversed(self._edge[:-1]):
            found = node(left, found)
        return found.hex()


def path(leaves: Iterable[bytes], index: int) -> list[str]:
    """The sister nodes from a leaf up to the root, in hexadecimal; with them and its index anybody finds the root."""
    level, found = list(leaves), []
    while len(level) > 1:
        sister = index ^ 1
        if sister < len(level):
            found.append(level[sister].hex())
        last = level[-1:] if len(level) % 2 else []
        level = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)] + last
        index //= 2
    return found
