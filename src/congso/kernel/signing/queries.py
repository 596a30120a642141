"""What can be asked about credentials; row-level security answers only for one's own and one's organizations'."""

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from congso.kernel.signing.models import Credential


def credentials_of(*, active: bool = False) -> QuerySet[Credential]:
    """The credentials the person may use, hers first, those in use before those stopped. One query."""
    found = Credential.objects.select_related("person", "organization")
    if active:
        found = found.filter(status=Credential.Status.ACTIVE)
    return found.order_by("status", "organization_id", "-valid_to", "id")


def signers_with_certificates(organizations: Collection[int], day: date) -> tuple[int, int]:
    """How many of those who may sign in these organizations hold a valid certificate of their own, and of how many.

    Leaders and chiefs of office of the day; demonstration keys do not count. Two numbers, never who. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT holders, signers FROM congso.signers_counted(%s, %s)", [list(organizations), day])
        holders, signers = cursor.fetchone()
    return holders, signers
