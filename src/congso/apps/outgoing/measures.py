"""What the outgoing register counts of itself."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing.models import OutgoingDocument
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure


def _issued(organization: Organization, day: date) -> Counted:
    issued = OutgoingDocument.objects.filter(
        owner__in=ids_below(organization), state="issued", issued_on__range=(date(day.year, 1, 1), day)
    )
    url = f"{reverse('outgoing:list')}?scope=issued&issued_from=01/01/{day.year}&issued_to={day:%d/%m/%Y}"
    return Counted(issued.filter(signed_at__isnull=False).count(), issued.count(), url)


MEASURES = (Measure("outgoing.signed", _("Văn bản phát hành có chữ ký số (từ đầu năm)"), "%", _issued),)
