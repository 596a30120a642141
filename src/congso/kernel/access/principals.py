"""Principals as numbers: kind · 10^15 + id · 100 + function, so one can be read back from an audience."""

from enum import IntEnum

_KIND = 10**15
_ID = 100


class Kind(IntEnum):
    PERSON = 1
    POST = 2
    OFFICE = 3
    ROLE = 4
    ADMINISTRATION = 5
    SYSTEM = 6
    RECORDS = 7  # who may see an organization's records for some hours
    OPENING = 8  # who may see one record for some hours


class Function(IntEnum):
    """What people do in an organization; the database's copy is in internal/functions.sql."""

    STAFF = 1
    LEADERS = 2
    CLERKS = 3
    CHIEFS = 4
    TRACKERS = 5
    SECRECY_OFFICERS = 6
    DATA_PROTECTION = 7
    ARCHIVISTS = 8


class Role(IntEnum):
    """What is granted to a person by name, for a term, and shown openly."""

    READER = 1  # may read everything that is not sealed
    ADMINISTRATOR = 2  # keeps the directory; reads no content by it
    AUDITOR = 3  # reads the journal


class System(IntEnum):
    """Work nobody in particular does; each sees only records that list it."""

    REMINDERS = 2
    SIGN_IN = 3  # the desk at the door: knows accounts and their factors, no records
    CHART = 7  # brings names and superiors that begin today into force
    RIGHTS = 9  # opens quarterly reviews, reports on emergency openings
    JOURNAL = 14  # closes the journal's book and sends it out; reads the journal, no records
    ARCHIVE = 24  # checks stored archive files, reminds of hand-over; sees dossiers that list it
    EXCHANGE = 20  # carries packets between agencies; sees packets, no records
    SESSIONS = 13  # writes what a sitting took up into the working programme; sees programmes in force
    MAILER = 8  # sends letters about notices; reads them as the person they are for


def person(person_id: int) -> int:
    """The person alone: for what is personal."""
    return Kind.PERSON * _KIND + person_id * _ID


def post(post_id: int) -> int:
    """Whoever holds the post."""
    return Kind.POST * _KIND + post_id * _ID


def office(organization_id: int, function: Function) -> int:
    """Those who do this in the organization."""
    return Kind.OFFICE * _KIND + organization_id * _ID + function


def role(name: Role) -> int:
    """Those to whom the role is granted today."""
    return Kind.ROLE * _KIND + name * _ID


def administration(organization_id: int) -> int:
    """Those who administer the organization and what stands below it."""
    return Kind.ADMINISTRATION * _KIND + organization_id * _ID


def system(name: System) -> int:
    """A named part of the machine."""
    return Kind.SYSTEM * _KIND + name * _ID


def records_of(organization_id: int) -> int:
    """Those to whom the organization's records are open for some hours. In the audience of all that is not sealed."""
    return Kind.RECORDS * _KIND + organization_id * _ID


def staff() -> int:
    """Whoever holds a post today, wherever: the role nobody is given. Without it what all of staff may read would need
    a number for each office."""
    return Kind.ROLE * _KIND


def opening(opening_id: int) -> int:
    """The one to whom an opening shows one record."""
    return Kind.OPENING * _KIND + opening_id * _ID


def describe(principal: int) -> tuple[Kind, int, int]:
    """Kind, id and function of a principal, for explanations."""
    kind, rest = divmod(principal, _KIND)
    object_id, function = divmod(rest, _ID)
    return Kind(kind), object_id, function
