"""Writing down that private data was shown."""

from datetime import date, datetime

from django.db import connection

from congso.kernel.personal.models import Place, Purpose


def note_disclosure(
    *,
    place: Place,
    purpose: Purpose,
    at: datetime,
    person_id: int | None = None,
    organization_id: int | None = None,
    as_of: date | None = None,
) -> None:
    """The acting person is shown private data: of one person, or a list as of a day (one organization's, or
    everybody's).

    One row a day, one statement whatever the list's length. Looking at oneself is not written. Raises DatabaseError
    when nobody in particular is acting: private data is shown to people only.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.note_disclosure(%s, %s, %s, %s, %s, %s)",
            [person_id, organization_id, None if person_id else as_of, place, purpose, at],
        )
