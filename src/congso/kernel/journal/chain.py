"""Checking the book outside the database: line by line, checkpoint by checkpoint, without trust in stored functions.

The book is read as blocks: the lines a checkpoint closes, ordered by chain and position, then the checkpoint. Memory
follows the number of chains, not of lines.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from congso.kernel.journal.merkle import Tree, leaf

MOST_FAULTS = 100  # a book rewritten from end to end is told by its first faults


class Line(NamedTuple):
    """A sealed entry as stored: the seal's four values, then the entry's chain and text (None: the entry is gone)."""

    organization_id: int
    position: int
    previous: str
    digest: str
    entry_organization_id: int | None
    text: str | None


@dataclass(frozen=True)
class Fault:
    """A place where the book does not hold: of a chain, or (`checkpoint`) of a checkpoint."""

    organization_id: int
    position: int
    what: str
    checkpoint: int = 0

    def __str__(self) -> str:
        if self.checkpoint:
            return f"biên bản số {self.checkpoint}: {self.what}"
        return f"chuỗi {self.organization_id}, dòng {self.position}: {self.what}"


@dataclass(frozen=True)
class Closing:
    """A checkpoint's body, read: what it closes and what it follows."""

    number: int
    at: str
    previous: str
    entries: int
    fresh: int
    root: str
    heads: dict[int, tuple[int, str]]
    key: str


def digest_of(previous: str, text: str) -> str:
    """The digest of an entry that follows `previous`; a checkpoint's too, which follows nothing."""
    return hashlib.sha256((previous + text).encode()).hexdigest()


def read_closing(body: str) -> Closing | None:
    """A checkpoint's body; None when it is not one."""
    try:
        told = json.loads(body)
        heads = {int(chain): (int(position), str(digest)) for chain, position, digest in told["heads"]}
        if any(not 0 <= value < 2**63 for chain, (position, _) in heads.items() for value in (chain, position)):
            return None
        return Closing(
            int(told["number"]), str(told["at"]), str(told["previous"]), int(told["entries"]), int(told["new"]),
            str(told["root"]), heads, str(told["key"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None


class Book:
    """Reads the book in order and keeps the first fault of each chain and of each checkpoint."""

    def __init__(self, signature_fault: Callable[[str, str, str], str]) -> None:
        self.faults: list[Fault] = []
        self.heads: dict[int, tuple[int, str]] = {}
        self.lines = 0
        self.checkpoints = 0
        self._signature_fault = signature_fault  # (body, signature, key) → what is wrong, or nothing
        self._broken: set[int] = set()
        self._tree = Tree()
        self._last_body = ""
        self._is_block_whole = True  # the block began where a good checkpoint ended

    def read_line(self, line: Line) -> None:
        """The next line of the block."""
        chain = line.organization_id
        position, head = self.heads.get(chain, (0, ""))
        self.lines += 1
        self._tree.add(leaf(chain, line.position, line.digest))
        if chain not in self._broken:
            what = _line_fault(line, position, head)
            if what:
                self._broken.add(chain)
                self._report(Fault(chain, position + 1, what))
        self.heads[chain] = (line.position, line.digest)

    def read_checkpoint(self, number: int, body: str, signature: str) -> Closing | None:
        """The checkpoint that closes the block; returns it when its own words can be trusted."""
        closing = read_closing(body)
        what = self._paper_fault(number, body, signature, closing)
        if what or closing is None:
            self._report(Fault(0, 0, what, checkpoint=number))
            self._begin_block(whole=False)
            self._last_body, self.checkpoints = body, number
            return None
        found = self._block_fault(closing)
        if found:
            self._report(found)
        self._last_body, self.checkpoints = body, number
        self._begin_block(whole=True)
        return closing

    def _begin_block(self, *, whole: bool) -> None:
        # After a checkpoint that cannot be trusted the block goes on: its lines belong to the next good one.
        self._is_block_whole = whole
        self._tree = Tree()

    def _paper_fault(self, number: int, body: str, signature: str, closing: Closing | None) -> str:
        if closing is None:
            return "không đọc được nội dung"
        if number != self.checkpoints + 1:
            return f"thiếu biên bản số {self.checkpoints + 1}"
        wrong = self._signature_fault(body, signature, closing.key)
        if wrong:
            return wrong
        if closing.number != number:
            return f"mang số {closing.number}"
        return "" if self._follows(closing) else "không nối với biên bản trước"

    def _follows(self, closing: Closing) -> bool:
        return closing.previous == (digest_of("", self._last_body) if self._last_body else "")

    def _block_fault(self, closing: Closing) -> Fault | None:
        for chain, (position, digest) in sorted(closing.heads.items()):
            last, head = self.heads.get(chain, (0, ""))
            if last < position:
                return Fault(chain, last + 1, f"thiếu dòng: biên bản số {closing.number} chốt đến dòng {position}")
            if last == position and head != digest and chain not in self._broken:
                return Fault(chain, position, f"khác với biên bản số {closing.number}: chuỗi đã bị viết lại")
        if self._is_block_whole and (self._tree.size, self._tree.root()) != (closing.fresh, closing.root):
            return Fault(0, 0, "các dòng không khớp gốc cây băm", checkpoint=closing.number)
        if closing.entries != sum(position for position, _ in closing.heads.values()):
            return Fault(0, 0, "tổng số dòng không khớp", checkpoint=closing.number)
        return None

    def _report(self, fault: Fault) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def _line_fault(line: Line, position: int, head: str) -> str:
    if line.position != position + 1:
        return "thiếu dòng"
    if line.text is None:
        return "dòng nhật ký đã bị xóa"
    if line.entry_organization_id != line.organization_id:
        return "dòng thuộc cơ quan khác"
    if line.previous != head:
        return "không nối với dòng trước"
    if line.digest != digest_of(head, line.text):
        return "nội dung đã bị sửa"
    return ""
