"""What dossiers and the archive count of themselves."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.models import Dossier, Reliability
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure

_ARCHIVED = ("archived", "historical", "review", "destroyed")


def _handed_over(organization: Organization, day: date) -> Counted:
    due = Dossier.objects.filter(
        owner__in=ids_below(organization),
        due_on__range=(date(day.year, 1, 1), day),
        state__in=(*_ARCHIVED, "closed", "submitted"),
    )
    return Counted(due.filter(state__in=_ARCHIVED).count(), due.count(), f"{reverse('dossiers:list')}?scope=all")


def _electronic(organization: Organization, day: date) -> Counted:
    opened = Dossier.objects.filter(
        owner__in=ids_below(organization), opened_on__range=(date(day.year, 1, 1), day)
    ).exclude(state="cancelled")
    electronic = opened.exclude(reliability=Reliability.MIXED)
    url = f"{reverse('dossiers:list')}?scope=all&opened_from=01/01/{day.year}&opened_to={day:%d/%m/%Y}"
    return Counted(electronic.count(), opened.count(), url)


MEASURES = (
    Measure("dossiers.handed_over", _("Hồ sơ đến hạn đã nộp lưu (từ đầu năm)"), "%", _handed_over),
    Measure("dossiers.electronic", _("Hồ sơ điện tử trong các hồ sơ mở từ đầu năm"), "%", _electronic),
)
