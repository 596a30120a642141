"""What can be asked of incoming documents. Row-level security is under every one of them."""

from datetime import date

from django.db.models import Q, QuerySet

from congso.apps.documents.models import Handling, IncomingDocument
from congso.kernel.access.principals import Function, office
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import offices_on, people_in
from congso.kernel.records.models import Number
from congso.kernel.records.numbering import ARRIVALS


def incoming_documents() -> QuerySet[IncomingDocument]:
    """Every incoming document the person sees, with what lists show."""
    return IncomingDocument.objects.select_related("owner", "unit", "issuer").prefetch_related("handlings")


def incoming_document(pk: int) -> IncomingDocument:
    """One document with what its page shows. Raises DoesNotExist alike for “not there” and “not yours”."""
    return (
        IncomingDocument.objects.select_related("owner__serves", "unit", "issuer", "presented_to")
        .prefetch_related("handlings__unit", "handlings__person", "directions")
        .get(pk=pk)
    )


def registry_offices(held: frozenset[int], day: date) -> QuerySet[Organization]:
    """The offices whose register the person keeps as a clerk."""
    clerk = [p for p in held if p % 100 == Function.CLERKS and p // 10**15 == 3]
    return offices_on(day).filter(pk__in=[p % 10**15 // 100 for p in clerk])


def waiting_documents(organization: Organization) -> QuerySet[IncomingDocument]:
    """What waits to be registered, urgent ones first, then as they came (office 2.3)."""
    waiting = incoming_documents().filter(owner=organization, state="received")
    return waiting.order_by("-urgency", "received_at", "pk")


def next_waiting(document: IncomingDocument) -> IncomingDocument | None:
    """What the clerk registers after this one."""
    return waiting_documents(document.owner).exclude(pk=document.pk).first()


def register_rows(organization: Organization, year: int) -> QuerySet[Number]:
    """The register of a year, number by number; reserved ones stand in it without content."""
    return Number.objects.filter(organization=organization, series=ARRIVALS, period=str(year)).select_related(
        "record__incomingdocument__unit", "record__incomingdocument__owner"
    )


def handled_documents(held: frozenset[int]) -> QuerySet[IncomingDocument]:
    """What was directed or passed on to one of these principals and stands: the inbox of a unit, a person."""
    mine = Handling.objects.filter(receivers__overlap=list(held), ending="")
    return incoming_documents().filter(pk__in=mine.values("document_id"))


def my_lines(document: IncomingDocument, held: frozenset[int]) -> list[Handling]:
    """The live handlings of the document that these principals received."""
    return [line for line in document.live_handlings if held & set(line.receivers)]


def duplicates_of(document: IncomingDocument) -> QuerySet[IncomingDocument]:
    """Others of the office that are the same file, or have the same symbol, date and issuer (office 2.1)."""
    same = Q(pk__in=[])
    if document.file_digest:
        same |= Q(file_digest=document.file_digest)
    if document.symbol_key and document.issued_on and document.issuer_key:
        same |= Q(symbol_key=document.symbol_key, issued_on=document.issued_on, issuer_key=document.issuer_key)
    others = IncomingDocument.objects.filter(same, owner_id=document.owner_id).exclude(pk=document.pk)
    return others.exclude(state="withdrawn").order_by("-pk")


def people_behind_leaders(organization: Organization, day: date) -> QuerySet[Person]:
    """Who may direct in the office's register: its leaders and those of the committee it serves."""
    found = people_in(organization, day, ["leaders"])
    if organization.serves:
        above = people_in(organization.serves, day, ["leaders"])
        return Person.objects.filter(Q(pk__in=found.values("pk")) | Q(pk__in=above.values("pk"))).order_by("name_key")
    return found


def leader_principals(organization: Organization) -> list[int]:
    """The same as principals."""
    bodies = [organization.pk, *([organization.serves_id] if organization.serves_id else [])]
    return [office(body, Function.LEADERS) for body in bodies]
