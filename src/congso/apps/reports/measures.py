"""What reporting counts of itself."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.reports.flow import SENT
from congso.apps.reports.models import Report
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure


def _of_the_due(organization: Organization, day: date, wanted: Q) -> Counted:
    due = Report.objects.filter(organization__in=ids_below(organization), due_on__range=(date(day.year, 1, 1), day))
    found = due.exclude(state="waived").aggregate(due=Count("pk"), kept=Count("pk", filter=wanted))
    asked = {"scope": "all", "due_from": f"01/01/{day.year}", "due_to": f"{day:%d/%m/%Y}"}
    return Counted(found["kept"], found["due"], f"{reverse('reports:list')}?{urlencode(asked)}")


def _sent(organization: Organization, day: date) -> Counted:
    return _of_the_due(organization, day, Q(state__in=SENT))


def _in_time(organization: Organization, day: date) -> Counted:
    return _of_the_due(organization, day, Q(state__in=SENT, submitted_on__lte=F("due_on")))


MEASURES = (
    Measure("reports.sent", _("Báo cáo đã gửi trên hệ thống trên báo cáo đến hạn (từ đầu năm)"), "%", _sent),
    Measure("reports.in_time", _("Báo cáo gửi đúng hạn trên báo cáo đến hạn (từ đầu năm)"), "%", _in_time),
)
