"""Checking the chain outside the database: the same text, the same digest, no trust in stored functions."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Line:
    """A sealed entry as stored: the seal's four values, then the entry's (None where the entry is gone)."""

    organization_id: int
    position: int
    previous: str
    digest: str
    entry_id: int | None
    at: datetime | None
    entry_organization_id: int
    actor: str
    actor_label: str
    act: str
    record_id: int | None
    facts: str


@dataclass(frozen=True)
class Fault:
    """The first place where a chain does not hold."""

    organization_id: int
    position: int
    what: str


def entry_text(line: Line) -> str:
    """The text the digest is taken over, as congso.entry_text writes it."""
    if line.at is None:
        return ""
    at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    values = (line.entry_id, at, line.entry_organization_id, line.actor, line.actor_label, line.act, line.record_id)
    return "[" + ", ".join(json.dumps(value, ensure_ascii=False) for value in values) + f", {line.facts}]"


def digest_of(previous: str, text: str) -> str:
    """The digest of an entry that follows `previous`."""
    return hashlib.sha256((previous + text).encode()).hexdigest()


def faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """The first fault of every chain; `lines` come ordered by organization and position."""
    organization, position, head, broken = None, 0, "", False
    for line in lines:
        if line.organization_id != organization:
            organization, position, head, broken = line.organization_id, 0, "", False
        if broken:
            continue
        what = _fault(line, position, head)
        if what:
            broken = True
            yield Fault(line.organization_id, position + 1, what)
        position, head = line.position, line.digest


def _fault(line: Line, position: int, head: str) -> str:
    if line.position != position + 1:
        return "thiếu dòng"
    if line.at is None:
        return "dòng nhật ký đã bị xóa"
    if line.entry_organization_id != line.organization_id:
        return "dòng thuộc cơ quan khác"
    if line.previous != head:
        return "không nối với dòng trước"
    if line.digest != digest_of(head, entry_text(line)):
        return "nội dung đã bị sửa"
    return ""
