"""What can be asked about credentials; row-level security answers only for one's own and one's organizations'."""

from django.db.models import QuerySet

from congso.kernel.signing.models import Credential


def credentials_of(*, active: bool = False) -> QuerySet[Credential]:
    """The credentials the person may use, hers first, those in use before those stopped. One query."""
    found = Credential.objects.select_related("person", "organization")
    if active:
        found = found.filter(status=Credential.Status.ACTIVE)
    return found.order_by("status", "organization_id", "-valid_to", "id")
