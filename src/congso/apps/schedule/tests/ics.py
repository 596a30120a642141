"""A small strict reader of iCalendar (RFC 5545), written for the tests apart from what writes it."""

import re
from datetime import UTC, datetime

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", re.DOTALL)
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP"}
SIGNS = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def read(content: bytes) -> list[dict[str, str]]:
    """The events; fails where a line breaks the standard's rules (3.1, 3.6, 3.6.1, 3.8)."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    lines: list[str] = []
    for line in raw:
        text = line.decode()  # each folded piece holds whole letters
        if text.startswith((" ", "\t")):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0"} <= set(lines)
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    events: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for line in lines[1:-1]:
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            assert {"UID", "DTSTAMP", "DTSTART"} <= inside.keys()
            events.append(inside)
            inside = None
        elif inside is not None:
            assert name not in ONCE or name not in inside, f"{name} twice"
            inside[name] = re.sub(r"\\.", lambda sign: SIGNS[sign.group()], value)
            inside[f"{name};"] = parameters
    assert inside is None
    assert len({one["UID"] for one in events}) == len(events)
    return events


def moment(written: str) -> datetime:
    """A moment in UTC, the only form that is written."""
    return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
