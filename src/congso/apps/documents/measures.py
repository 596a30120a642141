"""What the register of incoming documents counts of itself."""

from datetime import date

from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.documents.models import IncomingDocument
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure

_NOT_OURS = ("withdrawn", "migrated", "recalled", "returned_to_sender")


def _handled_in_time(organization: Organization, day: date) -> Counted:
    due = IncomingDocument.objects.filter(
        owner__in=ids_below(organization), due_on__range=(date(day.year, 1, 1), day)
    ).exclude(state__in=_NOT_OURS)
    kept = due.filter(state="completed").annotate(closed_on=TruncDate("closed_at")).filter(closed_on__lte=F("due_on"))
    url = f"{reverse('documents:list')}?scope=all"
    return Counted(kept.count(), due.count(), url)


MEASURES = (Measure("documents.in_time", _("Văn bản đến xử lý đúng hạn (từ đầu năm)"), "%", _handled_in_time),)
