"""What kinds of telling there are, how a person may be told, and when: pure rules."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from congso.lib.workdays import Calendar


class Kind(StrEnum):
    """Why somebody is told. The database's copy of those that cannot be silenced is in internal/functions.sql."""

    ASSIGNED = "assigned"
    MOVED = "moved"
    REMINDER = "reminder"
    URGENT = "urgent"
    SECURITY = "security"


class Way(StrEnum):
    """How a person is told of a kind. Whatever the way, what is told stands in the portal, unless it is NONE."""

    PORTAL = "portal"
    DIGEST = "digest"
    NOW = "now"
    NONE = "none"


class Frequency(StrEnum):
    """How often somebody gets a digest."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


LABELS: Final = {
    Kind.ASSIGNED: "Việc giao, văn bản chuyển đến",
    Kind.MOVED: "Diễn biến của việc đang tham gia",
    Kind.REMINDER: "Nhắc hạn, báo quá hạn",
    Kind.URGENT: "Văn bản khẩn",
    Kind.SECURITY: "Bảo mật, an toàn thông tin",
}
# Work given to somebody and what is urgent or dangerous reaches her whatever she chose: an order is not refused by a
# setting, an urgent paper is told at once (office 2.4, 151.3), a suspected secret at once (law 117/2025/QH15).
NEVER_SILENT: Final = frozenset({Kind.ASSIGNED, Kind.URGENT, Kind.SECURITY})
# These come by e-mail even in quiet hours, to whoever wants them at once.
NEVER_HELD: Final = frozenset({Kind.URGENT, Kind.SECURITY})


@dataclass(frozen=True)
class QuietHours:
    """A time of day in which nothing is sent at once; it may pass midnight. Both ends equal: none."""

    begins: time
    ends: time

    def contain(self, moment: time) -> bool:
        """Whether the time of day is quiet: the beginning is, the end no longer."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def ways_for(kind: Kind) -> list[Way]:
    """What a person may choose for a kind."""
    return [way for way in Way if way is not Way.NONE or kind not in NEVER_SILENT]


def is_held(kind: Kind, quiet: QuietHours, moment: time) -> bool:
    """Whether a letter of this kind waits for the end of the quiet hours."""
    return kind not in NEVER_HELD and quiet.contain(moment)


def digest_day(frequency: Frequency, hour: int, now: datetime, calendar: Calendar) -> date | None:
    """The day whose digest is due at the local moment `now`, if any.

    Daily: every working day from the person's hour on. Weekly: the week's first working day. A digest missed
    because the machine was off is sent later the same day, never a day late.
    """
    today = now.date()
    if frequency is Frequency.OFF or now.hour < hour or not calendar.is_working_day(today):
        return None
    if frequency is Frequency.WEEKLY:
        monday = today - timedelta(days=today.weekday())
        if any(calendar.is_working_day(monday + timedelta(days=n)) for n in range(today.weekday())):
            return None
    return today
