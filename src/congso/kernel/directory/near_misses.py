"""Names misread by a letter or two: which known keys stand nearest."""

from collections.abc import Iterable

_SHORTEST = 8  # below this a slip makes another name


def allowed_slips(key: str) -> int:
    """How many letters may differ: none in a short name, one in eight letters, at most three."""
    return 0 if len(key) < _SHORTEST else min(3, 1 + len(key) // 16)


def nearest_keys(key: str, known: Iterable[str]) -> list[str]:
    """The known keys fewest letters away, within what is allowed; more than one when several are as near.

    A key one letter further than the nearest counts as near too: what is that close is not clear.
    """
    allowed = allowed_slips(key)
    if not allowed:
        return []
    size = -(-len(key) // (allowed + 2))  # one slip more than allowed leaves one piece whole
    pieces = [key[at : at + size] for at in range(0, len(key), size)]
    near: list[tuple[int, str]] = []
    for other in known:
        if abs(len(other) - len(key)) <= allowed + 1 and any(piece in other for piece in pieces):
            slips = distance(key, other, most=allowed + 1)
            if slips <= allowed + 1 and allowed_slips(other):
                near.append((slips, other))
    best = min((slips for slips, _ in near), default=allowed + 1)
    return [other for slips, other in near if slips <= best + 1] if best <= allowed else []


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to insert, drop or change to make one the other; `most + 1` when it takes more."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            changed = before[column - 1] + (letter != against)
            current.append(min(changed, before[column] + 1, current[column - 1] + 1))
        if min(current) > most:
            return most + 1
        before = current
    return before[-1]
