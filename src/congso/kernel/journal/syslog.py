"""A line of the journal as a syslog message (RFC 5424) holding JSON or CEF. Pure functions."""

import json
import re
from dataclasses import dataclass
from typing import Any

# Facility 13 (log audit), severity 6 (informational).
PRIORITY = 13 * 8 + 6
BOM = "\ufeff"
DATAGRAM = 8000  # bytes; a longer line goes without its facts over UDP


@dataclass(frozen=True)
class Told:
    """A sealed entry as the SIEM is told it; `at` is RFC 3339 in UTC, `moment` the same in milliseconds."""

    organization_id: int
    position: int
    digest: str
    entry_id: int
    at: str
    moment: int
    actor: str
    actor_label: str
    act: str
    record_id: int | None
    facts: dict[str, Any]


def message(told: Told, *, form: str, host: str) -> str:
    """One message without framing. `form` is json or cef; the host is this machine's name."""
    text = as_cef(told) if form == "cef" else as_json(told)
    act = re.sub(r"[^\x21-\x7e]", "_", told.act)[:32] or "-"
    name = re.sub(r"[^\x21-\x7e]", "_", host)[:255] or "-"
    return f"<{PRIORITY}>1 {told.at} {name} congso - {act} - {BOM}{text}"


def framed(text: str) -> bytes:
    """A message on a stream: its length in bytes before it (RFC 6587, 3.4.1), so that it may hold anything."""
    body = text.encode()
    return f"{len(body)} ".encode() + body


def as_json(told: Told) -> str:
    """One JSON object, on one line."""
    return json.dumps(
        {
            "organization": told.organization_id,
            "position": told.position,
            "digest": told.digest,
            "id": told.entry_id,
            "at": told.at,
            "actor": told.actor,
            "actor_label": told.actor_label,
            "act": told.act,
            "record": told.record_id,
            "facts": told.facts,
        },
        ensure_ascii=False,
    )


def as_cef(told: Told) -> str:
    """ArcSight's Common Event Format, version 0."""
    head = "|".join(_head(part) for part in ("Cổng Số", "Cổng Số", "1", told.act, told.act))
    facts = json.dumps(told.facts, ensure_ascii=False) if told.facts else ""
    fields: list[tuple[str, object]] = [
        ("rt", told.moment), ("externalId", told.entry_id), ("suid", told.actor), ("suser", told.actor_label),
        ("cs1Label", "digest"), ("cs1", told.digest), ("cn1Label", "organization"), ("cn1", told.organization_id),
        ("cn2Label", "position"), ("cn2", told.position),
    ]  # fmt: skip
    if told.record_id is not None:
        fields += [("cn3Label", "record"), ("cn3", told.record_id)]
    if facts:
        fields.append(("msg", facts))
    return f"CEF:0|{head}|3|" + " ".join(f"{name}={_value(str(value))}" for name, value in fields)


def _head(text: str) -> str:
    """A field of the head: backslash and bar are escaped, and there are no line breaks."""
    return re.sub(r"[\r\n]+", " ", text).replace("\\", "\\\\").replace("|", "\\|")


def _value(text: str) -> str:
    """A value of the extension: backslash, equals sign and line breaks are escaped; a bar is not."""
    text = text.replace("\\", "\\\\").replace("=", "\\=")
    return text.replace("\r", "\\r").replace("\n", "\\n")
