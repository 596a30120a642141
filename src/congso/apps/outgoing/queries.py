"""What can be asked of outgoing documents. Row-level security is under every one of them."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from congso.apps.outgoing.models import (
    RECORD_TYPE,
    CoSigner,
    DraftVersion,
    Opinion,
    OpinionPoint,
    OutgoingDocument,
    Recipient,
    SigningGrant,
)
from congso.kernel.access import principals
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Assignment, Organization, valid_on
from congso.kernel.directory.queries import assignments_of, office_of
from congso.kernel.files.queries import text_of
from congso.kernel.records.filing import FiledFacts
from congso.kernel.records.models import Number, Record, Term
from congso.kernel.search.marks import Marks

_SPINE = ("owner", "unit", "issuer", "drafter", "signer")


def outgoing_documents() -> QuerySet[OutgoingDocument]:
    """Every outgoing document the caller sees."""
    return OutgoingDocument.objects.select_related(*_SPINE)


def outgoing_document(pk: int) -> OutgoingDocument:
    """One document. Raises DoesNotExist for what is not there and for what is not the caller's alike."""
    return OutgoingDocument.objects.select_related(*_SPINE, "owner__serves", "issuer__parent", "paper__blob").get(pk=pk)


def waiting_to_sign(person_id: int) -> QuerySet[OutgoingDocument]:
    """Papers whose next signature is the person's."""
    found = OutgoingDocument.objects.filter(state="to_sign", awaited__contains=[principals.person(person_id)])
    return found.select_related("issuer__parent", "owner__serves", "paper__blob", "signer", "unit")


def my_drafts(person_id: int) -> QuerySet[OutgoingDocument]:
    """What the person drafts and has not sent on."""
    return outgoing_documents().filter(drafter_id=person_id, closed_at__isnull=True)


def waiting(held: Collection[int], *states: str) -> QuerySet[Record]:
    """Open outgoing documents whose turn it is for somebody with these principals."""
    found = Record.objects.filter(type=RECORD_TYPE, awaited__overlap=sorted(held), closed_at__isnull=True)
    return found.filter(state__in=states) if states else found


def offices_with(held_principals: Iterable[int], *functions: Function) -> list[Organization]:
    """The offices where the person does one of these things, by name."""
    held = [describe(principal) for principal in held_principals]
    ids = {place for kind, place, function in held if kind is Kind.OFFICE and function in functions}
    return list(Organization.objects.filter(pk__in=ids, is_office=True).order_by("name_key", "id")) if ids else []


def registry_offices(held: Iterable[int]) -> list[Organization]:
    """The offices whose register of outgoing documents the person keeps."""
    return offices_with(held, Function.CLERKS)


def followed_offices(held: Iterable[int]) -> list[Organization]:
    """The offices whose register the person keeps or answers for."""
    return offices_with(held, Function.CLERKS, Function.CHIEFS, Function.LEADERS)


def home_of(person_id: int, day: date) -> tuple[Organization, Organization] | None:
    """The unit a person drafts for and the office whose registry issues it; None without a post."""
    held = assignments_of(person_id, day).first()
    if held is None:
        return None
    unit = held.post.organization
    office = office_of(unit, day)
    return (unit, office) if office else None


def issuers_of(office: Organization) -> list[Organization]:
    """In whose name the office issues: its own, and the committee's it serves."""
    return [office, *([office.serves] if office.serves else [])]


def possible_signers(office: Organization, day: date) -> list[Assignment]:
    """Leaders of the office and of the committee it serves, with their posts, the highest first."""
    bodies = issuers_of(office)
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization__in=bodies)
    held = held.filter(post__functions__overlap=["leaders", "chiefs"])
    return list(held.select_related("person", "post__organization").order_by("post__organization", "post__rank", "id"))


def grants_for(issuer: Organization, day: date) -> QuerySet[SigningGrant]:
    """Rights to sign by order or mandate on the day."""
    return SigningGrant.objects.filter(valid_on(day), issuer=issuer).select_related("person", "added_by")


def versions_of(document: OutgoingDocument) -> QuerySet[DraftVersion]:
    """All versions, the newest first."""
    return document.versions.select_related("attachment__blob", "pdf__blob", "made_by").order_by("-place")


def rounds_of(document: OutgoingDocument) -> list[dict[str, object]]:
    """Each asking with its opinions and their points, oldest first. Three queries."""
    points = Prefetch("points", OpinionPoint.objects.select_related("decided_by").order_by("id"))
    opinions = Prefetch("opinions", Opinion.objects.order_by("position", "id").prefetch_related(points))
    return [{"round": one, "opinions": list(one.opinions.all())} for one in document.rounds.prefetch_related(opinions)]


def recipients_of(document: OutgoingDocument) -> QuerySet[Recipient]:
    """Who gets it, those removed last."""
    return document.recipients.select_related("organization").order_by("id")


def register_rows(issuer: Organization, period: str) -> QuerySet[Number]:
    """The book of one issuer and period: every number given, of the lists of its types."""
    found = Number.objects.filter(organization=issuer, series__startswith="out:", period=period)
    about = OutgoingDocument.objects.select_related("signer", "unit", "owner", "issuer")
    signers = Prefetch("co_signers", CoSigner.objects.order_by("position"))
    recipients = Prefetch("recipients", Recipient.objects.exclude(state=Recipient.State.REMOVED).order_by("id"))
    return found.select_related("record").prefetch_related(
        Prefetch("record__outgoingdocument", about.prefetch_related(recipients, signers))
    )


def periods_of(issuer: Organization) -> list[tuple[str, str]]:
    """The periods the issuer has numbered in, newest first, with their names: a term's, or a year."""
    found = Number.objects.filter(organization=issuer, series__startswith="out:")
    keys = list(found.order_by("-period").values_list("period", flat=True).distinct()[:50])
    terms = {f"term:{one.pk}": one.name for one in Term.objects.filter(pk__in=_term_ids(keys))}
    return [(key, terms.get(key, key)) for key in keys]


def _term_ids(keys: Iterable[str]) -> list[int]:
    return [int(key.removeprefix("term:")) for key in keys if key.startswith("term:")]


def found_by_words(found: QuerySet[OutgoingDocument], typed: str) -> QuerySet[OutgoingDocument]:
    """Whose abstract or symbol has all the words."""
    for word in typed.split()[:10]:
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
    return found


def searchable_text(record: Record) -> str:
    """What a document is found by beside title and number: its newest text and who it is from and for."""
    document = OutgoingDocument.objects.filter(pk=record.pk).first()
    if document is None:
        return ""
    parts = (document.signer_name, document.addressees, document.recipients_text, document.content, text_of(record))
    return "\n".join(part for part in parts if part)


def search_marks(record: Record) -> Marks:
    """What a document is narrowed by: its kind, in whose name it goes out and who signs it."""
    document = record if isinstance(record, OutgoingDocument) else OutgoingDocument.objects.filter(pk=record.pk).first()
    if document is None:
        return Marks()
    return Marks(document.type_name, document.issuer.name, document.issuer_id, document.signer_name)


def may_stay_on_devices(record: Record) -> bool:
    """Whether people may keep a copy on their devices: of issued papers without a limit of circulation."""
    return OutgoingDocument.objects.filter(pk=record.pk, circulation="", issued_at__isnull=False).exists()


def filed_facts(record: Record) -> FiledFacts:
    """What a dossier's list of documents says of an outgoing document: the register's columns."""
    document = record if isinstance(record, OutgoingDocument) else outgoing_document(record.pk)
    return FiledFacts(
        title=document.title,
        type_key=document.doc_type,
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer.name,
        pages=document.paper.blob.pages if document.paper else 0,
        source="out",
    )
