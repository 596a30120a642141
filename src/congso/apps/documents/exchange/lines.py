"""Lines of a file that may be anything: one at a time, never more of it in memory than a line may hold."""

from collections.abc import Iterator
from typing import BinaryIO

MAX_LINE = 8 * 2**20
_BOM = b"\xef\xbb\xbf"
_SKIPPED_AT_ONCE = 2**20


def lines(stream: BinaryIO, *, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes | None]]:
    """The number of each line, from 1, and its bytes; None for one longer than the limit. Empty ones are left out.

    A byte order mark before the first line and CRLF are how some systems write, and no fault.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_rest(stream)
            yield number, None
        elif line.strip():
            yield number, line


def _skip_rest(stream: BinaryIO) -> None:
    while (rest := stream.readline(_SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
        pass
