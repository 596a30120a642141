"""The law of incoming documents: 30/2020/NĐ-CP and the practice of Party offices (handbook office 2)."""

from datetime import date, datetime

from congso.lib.symbols import normalise_symbol
from congso.lib.vietnamese import fold
from congso.lib.workdays import Calendar, add_working_days, working_days_between

NORMAL, URGENT, VERY_URGENT, EXPRESS, EXPRESS_TIMED = range(5)
LEAD, SUPPORT, INFORM = "lead", "support", "inform"


def is_urgent(urgency: int) -> bool:
    """Any degree above “thường”: registered, presented and passed on at once (office 2.3)."""
    return urgency > NORMAL


def needs_hour(urgency: int) -> bool:
    """“Hỏa tốc hẹn giờ” is the only degree that names the hour of delivery (36-HD/VPTW; edXML code 4)."""
    return urgency == EXPRESS_TIMED


def must_present_by(registered_on: date, urgency: int, calendar: Calendar, *, working_days: int = 1) -> date:
    """The last day to present: the same day, at latest the next working day; urgent ones at once.

    30/2020/NĐ-CP art. 23.1; handbook office 2.1 step 3.
    """
    if is_urgent(urgency):
        return registered_on
    return add_working_days(registered_on, working_days, calendar)


def is_late(due_on: date | None, closed_on: date | None, today: date) -> bool:
    """Open after its last day, or closed after it (“hoàn thành quá hạn”, office 2.1 rule 6)."""
    return due_on is not None and (closed_on or today) > due_on


def is_due_soon(due_on: date | None, today: date, calendar: Calendar, *, working_days: int = 2) -> bool:
    """At most so many working days are left and the last day has not passed."""
    if due_on is None or today > due_on:
        return False
    return working_days_between(today, due_on, calendar) <= working_days


def may_withdraw(first_opened_at: datetime | None) -> bool:
    """What was passed on may be taken back only while the receiver has not opened it (office 2.1 step 5)."""
    return first_opened_at is None


def may_complete(kind: str) -> bool:
    """Who received a document only to know of it has nothing to complete (office 2.1 rule 4)."""
    return kind in {LEAD, SUPPORT}


def may_pass_on(kind: str, as_kind: str) -> bool:
    """What a unit received only to know, it may pass on only to know; work may be passed on as either."""
    return as_kind == INFORM or kind != INFORM


def is_result(note: str) -> bool:
    """Completing needs a result in words (office 2.1 rule 6): more than a tick or a dot."""
    return sum(letter.isalnum() for letter in note) >= 2


def queue_key(urgency: int, deliver_by: datetime | None, received_at: datetime) -> tuple[int, datetime, datetime]:
    """Urgent ones jump every queue (office 2.3): by degree, then by the hour named, then as they came."""
    return (-urgency, deliver_by or received_at, received_at)


def issuer_key(name: str) -> str:
    """How two spellings of one issuer are compared: without accents, case, marks and double spaces."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(name).lower())
    return " ".join(plain.split())


def duplicate_key(symbol: str, issued_on: date | None, issuer: str) -> tuple[str, date, str] | None:
    """Same symbol, date and issuer: the same document (office 2.1 rule 2); incomplete facts prove nothing."""
    normalised = normalise_symbol(symbol)
    if not normalised or issued_on is None or not issuer_key(issuer):
        return None
    return normalised, issued_on, issuer_key(issuer)
