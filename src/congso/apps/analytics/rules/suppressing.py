"""Small cells left out of what other units see: a count of one to a few can point at a person.

One cell left out alone could be worked out from the total, so a second one goes with it.
"""

from collections.abc import Sequence


def suppressed(counts: Sequence[int], *, least: int) -> list[int | None]:
    """The counts with those from 1 to `least` - 1 left out, and the next smallest when only one was.

    Nothing can then be worked out exactly from the total: what is missing has at least two parts.
    """
    shown: list[int | None] = [None if 0 < count < least else count for count in counts]
    hidden = [place for place, count in enumerate(shown) if count is None]
    if len(hidden) == 1:
        rest = [place for place, count in enumerate(shown) if count]
        if rest:
            shown[min(rest, key=lambda place: counts[place])] = None
    return shown
