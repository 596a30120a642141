"""What the tracking of tasks counts of itself."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.models import Task
from congso.apps.directives.queries import overdue, totals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure


def _in_time(organization: Organization, day: date) -> Counted:
    found = totals(Task.objects.filter(unit__in=ids_below(organization)), day, day)
    asked = {"scope": "all", "standing": "counted", "due_from": f"01/01/{day.year}", "due_to": f"{day:%d/%m/%Y}"}
    return Counted(found["kept"], found["due"], f"{reverse('directives:list')}?{urlencode(asked)}")


def _overdue(organization: Organization, day: date) -> Counted:
    late = overdue(Task.objects.filter(unit__in=ids_below(organization)), day)
    return Counted(late.order_by().count(), None, f"{reverse('directives:list')}?scope=overdue")


MEASURES = (
    Measure("directives.in_time", _("Nhiệm vụ hoàn thành đúng hạn trên nhiệm vụ đến hạn (từ đầu năm)"), "%", _in_time),
    Measure("directives.overdue", _("Nhiệm vụ đang quá hạn"), _("nhiệm vụ"), _overdue),
)
