"""What the screens of readings need of a request."""

from django.http import Http404

from congso.apps.directives.models import PlanReading, ProposedTask
from congso.apps.directives.queries import reading_of


def reading_or_404(pk: int) -> PlanReading:
    """A reading the person sees; not there and not hers look alike."""
    try:
        return reading_of(pk)
    except PlanReading.DoesNotExist:
        raise Http404 from None


def row_or_404(reading: PlanReading, pk: int) -> ProposedTask:
    """A row of the reading."""
    try:
        return ProposedTask.objects.get(pk=pk, reading=reading)
    except ProposedTask.DoesNotExist:
        raise Http404 from None
