"""“Ai xem được và vì sao”: of every record, for whoever sees it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.types import url_of
from congso.kernel.workflow.explaining import explain_record


@login_required
@require_GET
def seen_by(request: OfficeRequest, pk: int) -> HttpResponse:
    """Each principal of the record's audience, the flow's reasons, the people behind it today."""
    record = get_object_or_404(Record, pk=pk)
    seers = explain_record(record, day=timezone.localdate())
    people = {person.pk for seer in seers for person, _ in seer.people}
    context = {"record": record, "seers": seers, "people": len(people), "back_url": url_of(record)}
    return render(request, "web/seen_by.html", context)
