"""Things people keep in an order of their own."""

from typing import Protocol, TypeVar


class Placed(Protocol):
    """Has a place among its neighbours, counted from one."""

    position: int


T = TypeVar("T", bound=Placed)


def step(rows: list[T], one: T, *, up: bool) -> bool:
    """Let it change places with the neighbour above or below and count the places anew; False at the edge."""
    place = rows.index(one)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    return True
