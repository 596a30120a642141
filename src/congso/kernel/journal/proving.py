"""One entry proved against the checkpoint that closes it: its text, its digest, a short path to the signed root."""

import json
from typing import Any

from congso.kernel.journal.closing import heads_of
from congso.kernel.journal.exporting import checkpoint_out, key_out
from congso.kernel.journal.merkle import leaf, path
from congso.kernel.journal.models import Checkpoint, Key, Seal
from congso.kernel.journal.reading import digests, lines, ranges


class NotProvable(Exception):
    """The entry is not closed by a checkpoint yet; the message says what to wait for, in Vietnamese."""


def proof_of(seal: Seal) -> dict[str, Any]:
    """All that is needed to check, anywhere and alone, that the entry stood in the book when it was closed.

    Raises NotProvable before the next checkpoint.
    """
    paper = checkpoint_over(seal)
    if paper is None:
        raise NotProvable("Dòng này chưa được biên bản nào chốt; chờ lần chốt sổ sắp tới.")
    chain, position = seal.organization_id, seal.position
    (line,) = lines([(chain, position - 1, position)])
    before = Checkpoint.objects.filter(number=paper.number - 1).first()
    leaves: list[bytes] = []
    index = 0
    for one, place, digest in digests(ranges(heads_of(before), heads_of(paper))):
        if (one, place) == (chain, position):
            index = len(leaves)
        leaves.append(leaf(one, place, digest))
    return {
        "format": "congso-proof-1",
        "organization": chain,
        "position": position,
        "previous": line.previous,
        "digest": line.digest,
        "entry": line.text or "",
        "index": index,
        "size": len(leaves),
        "path": path(leaves, index),
        "keys": [key_out(key) for key in Key.objects.order_by("fingerprint")],
        "checkpoint": checkpoint_out(paper),
    }


def proof_file(seal: Seal) -> str:
    """The proof as a file."""
    return json.dumps(proof_of(seal), ensure_ascii=False, indent=1) + "\n"


def checkpoint_over(seal: Seal) -> Checkpoint | None:
    """The first checkpoint that closes the line. Heads never go back, so a dozen looks find it among thousands."""
    numbers = list(Checkpoint.objects.order_by("number").values_list("number", flat=True))
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if _covers(numbers[middle], seal):
            high = middle
        else:
            low = middle + 1
    return Checkpoint.objects.get(pk=numbers[low]) if low < len(numbers) else None


def _covers(number: int, seal: Seal) -> bool:
    heads = heads_of(Checkpoint.objects.get(pk=number))
    return heads.get(seal.organization_id, (0, ""))[0] >= seal.position
