"""What digitization counts of itself, for plans and reports."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.digitization.models import ScanBatch
from congso.apps.digitization.queries import accepted_pages, stock_pages
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure


def _digitized(organization: Organization, day: date) -> Counted:
    url = f"{reverse('digitization:progress')}?nam={day.year}"
    return Counted(accepted_pages(organization, day), stock_pages(organization, day.year), url)


def _in_time(organization: Organization, day: date) -> Counted:
    due = ScanBatch.objects.filter(owner__in=ids_below(organization), due_on__range=(date(day.year, 1, 1), day))
    due = due.exclude(state="cancelled")
    return Counted(due.filter(state="handed_over").count(), due.count(), reverse("digitization:list"))


MEASURES = (
    Measure("digitization.pages", _("Trang tài liệu giấy không mật đã số hóa, nghiệm thu (cộng dồn)"), "%", _digitized),
    Measure("digitization.in_time", _("Đợt số hóa đến hạn đã bàn giao (từ đầu năm)"), "%", _in_time),
)
