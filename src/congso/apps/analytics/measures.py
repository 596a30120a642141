"""What the catalogue of figures counts of itself."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure
from congso.kernel.indicators.models import Indicator, RollUp, Standing
from congso.kernel.indicators.periods import Frequency, Period


def _at_hand(organization: Organization, day: date) -> Counted:
    """Of the indicators the organization and those below it answer for, those with a figure of the last whole period.

    What is asked for then is there without a letter; a ratio is worked out from its sides and not counted.
    """
    asked = Indicator.objects.filter(owner__in=ids_below(organization)).exclude(roll_up=RollUp.RATIO)
    last = Q(pk__in=[])
    for frequency in Frequency:
        first = Period.containing(day, frequency).previous.start
        given = Exists(Standing.objects.filter(indicator=OuterRef("pk"), first_day=first))
        last |= Q(given, frequency=frequency.value)
    return Counted(asked.filter(last).count(), asked.count(), reverse("analytics:indicators"))


MEASURES = (
    Measure(
        "analytics.at_hand", _("Chỉ tiêu thống kê có số liệu của kỳ vừa kết thúc trên tổng số chỉ tiêu"), "%", _at_hand
    ),
)
