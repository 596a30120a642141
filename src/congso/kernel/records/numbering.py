"""Gap-free numbers of registers and series (office.md 1.4, 2.1).

A number is taken when its record is registered or issued, inside the act's transaction: a failure gives it
back, a parallel act waits. Party series run by term, Front and state series by calendar year, arrival
numbers by organization and year.
"""

from datetime import date, datetime

from django.db import connection

from congso.kernel.directory.models import LayoutProfile, Organization, valid_on
from congso.kernel.records.models import Number, Record, Term

ARRIVALS = "arrivals"


class NoTerm(Exception):
    """The organization has no term on that day, so its series cannot be numbered."""


def year_period(day: date) -> str:
    """The period of a series that restarts every calendar year."""
    return str(day.year)


def series_period(organization: Organization, day: date) -> str:
    """The period a document series of the organization runs in on the day.

    Party committees and the bodies they set up count within a term (36-HD/VPTW, kept by 05-HD/VPTW), Front and
    state bodies within the calendar year (30/2020/NĐ-CP). Raises NoTerm when no term covers the day.
    """
    if organization.layout_profile != LayoutProfile.PARTY:
        return year_period(day)
    body: Organization | None = organization
    while body is not None:
        term = Term.objects.filter(valid_on(day), organization=body).first()
        if term:
            return f"term:{term.id}"
        body = body.parent
    raise NoTerm(f"{organization} chưa có nhiệm kỳ vào ngày {day:%d/%m/%Y}.")


def next_number(record: Record, *, organization: Organization, series: str, period: str, at: datetime) -> int:
    """The next number of the series, given to a record the actor may act on."""
    return _give(organization, series, period, at, holder=record.pk)


def reserve_number(
    *, organization: Organization, series: str, period: str, reason: Number.Reservation, at: datetime
) -> int:
    """A number without content: a classified paper handled outside, or a cancelled one. Clerks only."""
    return _give(organization, series, period, at, reserved=reason)


def _give(
    organization: Organization, series: str, period: str, at: datetime, *, holder: int | None = None, reserved: str = ""
) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.give_number(%s, %s, %s, %s, %s, %s)",
            [organization.pk, series, period, holder, reserved, at],
        )
        return int(cursor.fetchone()[0])
