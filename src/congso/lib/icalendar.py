"""Calendars as phones and desks subscribe to them (RFC 5545): events of a day or of some hours, nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets a line, its end apart (3.1)


@dataclass(frozen=True)
class DayEvent:
    """Something on one day. `uid` never changes, so that a later version replaces it; `is_cancelled` takes it away."""

    uid: str
    day: date
    title: str
    words: str = ""
    url: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class TimedEvent:
    """Something in some hours, told in UTC so that no time zone must be explained. `sequence` counts its changes.

    `is_busy`: it takes the person's time; one that is private is told without words.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    words: str = ""
    place: str = ""
    url: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False
    is_busy: bool = True
    is_private: bool = False


Event = DayEvent | TimedEvent


def calendar(name: str, events: Iterable[Event], *, made_at: datetime) -> str:
    """The whole file, lines ended and folded as the standard says."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong So//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for event in events:
        lines += _timed(event, made_at) if isinstance(event, TimedEvent) else _event(event, made_at)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    """Text with the signs that mean something in the file made harmless (3.3.11); control signs are dropped."""
    plain = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the later ones begun with a space; no letter is torn apart."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _timed(event: TimedEvent, made_at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{_moment(made_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"SEQUENCE:{event.sequence}",
    ]
    told = (("DESCRIPTION", event.words), ("LOCATION", event.place))
    lines += [f"{key}:{escaped(words)}" for key, words in told if words]
    if event.changed_at:
        lines.append(f"LAST-MODIFIED:{_moment(event.changed_at)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    lines.append(f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}")
    if event.is_private:
        lines.append("CLASS:PRIVATE")
    return [*lines, f"TRANSP:{'OPAQUE' if event.is_busy and not event.is_cancelled else 'TRANSPARENT'}", "END:VEVENT"]


def _event(event: DayEvent, made_at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.title)}",
    ]
    if event.words:
        lines.append(f"DESCRIPTION:{escaped(event.words)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.is_cancelled:
        lines.append("STATUS:CANCELLED")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]
