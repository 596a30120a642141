"""Figures of use that name nobody and let nobody be guessed."""

from collections.abc import Iterable

FEWEST = 5


def folded(count: int, fewest: int = FEWEST) -> int | None:
    """The figure as it is told: None stands for “fewer than the fewest”, so that a small cell points at nobody."""
    return count if count == 0 or count >= fewest else None


def folded_sum(counts: Iterable[int], fewest: int = FEWEST) -> int | None:
    """A sum as it is told. A single small part must not follow from the sum and its other parts: with exactly one
    small part the sum is told without it, rounded down to its neighbour of tens."""
    told = list(counts)
    total = sum(told)
    small = [one for one in told if 0 < one < fewest]
    if len(small) == 1:
        return folded(total // 10 * 10, fewest)
    return folded(total, fewest)
