"""Registering many at once: what the machine read without a doubt, ticked by a clerk who looked it over."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.documents import queries, services
from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.services.proposing import is_certain
from congso.apps.documents.views.registry import keeping, named
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.services import Refused

SHOWN = 100


@dataclass(frozen=True)
class Told:
    """What became of one ticked row."""

    document: IncomingDocument
    words: str
    is_done: bool


@login_required
@require_http_methods(["GET", "POST"])
def quick(request: OfficeRequest) -> HttpResponse:
    """The table of what is certain; ticked rows are registered one by one, a failure stops no other."""
    office = named(request, keeping(request))
    told: list[Told] = []
    if request.method == "POST":
        wanted = {int(pk) for pk in request.POST.getlist("document") if pk.isdigit()}
        told = [_register(request, one) for one in _certain(office) if one.pk in wanted]
    context = {"office": office, "certain": _certain(office), "told": told}
    return render(request, "documents/quick.html", context)


def _certain(office: Organization) -> list[IncomingDocument]:
    rows = queries.with_duplicates(queries.waiting_documents([office]))
    return [one for one, same in rows if not same and is_certain(one)][:SHOWN]


def _register(request: OfficeRequest, document: IncomingDocument) -> Told:
    try:
        with transaction.atomic():
            done = services.register_as_proposed(document, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return Told(document, str(refusal), is_done=False)
    return Told(done, _("số đến %(number)s") % {"number": done.arrival_number}, is_done=True)
