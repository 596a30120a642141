"""What can be asked of incoming documents. Row-level security is under every one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, F, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth

from congso.apps.documents import rules
from congso.apps.documents.models import Channel, FieldProposal, Handling, IncomingDocument, Migrated
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Assignment, Organization, Person, valid_on
from congso.kernel.directory.queries import offices_on, organizations_on, people_in
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.queries import text_of
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.kernel.records.filing import FiledFacts
from congso.kernel.records.models import Number, Record
from congso.kernel.records.numbering import ARRIVALS
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.marks import Marks
from congso.lib.symbols import parse_symbol
from congso.lib.workdays import add_working_days

QUICK_WORKING_DAYS = (1, 3, 5, 7, 10, 15)

_LINES = Prefetch("handlings", Handling.objects.select_related("first_opened_by", "unit", "person").order_by("pk"))

_PROPOSED = Prefetch("proposals", FieldProposal.objects.order_by("pk"))
_CAME_AS = Prefetch("attachments", Attachment.objects.filter(role=Attachment.Role.ORIGINAL).order_by("position"))


@dataclass(frozen=True)
class Choice:
    """One unit (`u12`) or person (`p34`) a document may go to."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one heading of the picker."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Accuracy:
    """How proposals of one field, or in one month, fared."""

    label: str
    accepted: int
    corrected: int
    missing: int

    @property
    def proposed(self) -> int:
        """How many times the machine proposed something."""
        return self.accepted + self.corrected

    @property
    def right(self) -> int | None:
        """Percent of what stood on the papers that was proposed right; None when nothing did."""
        whole = self.proposed + self.missing
        return round(100 * self.accepted / whole) if whole else None


_JUDGED = (FieldProposal.Outcome.ACCEPTED, FieldProposal.Outcome.CORRECTED, FieldProposal.Outcome.MISSING)
_COUNTS = {one.value: Count("pk", filter=Q(outcome=one)) for one in _JUDGED}
_MONTH = TruncMonth("document__registered_at", output_field=DateField())


def incoming_documents() -> QuerySet[IncomingDocument]:
    """Every incoming document the person sees, with what lists show."""
    return IncomingDocument.objects.select_related("owner", "unit", "issuer").prefetch_related(_LINES)


def incoming_document(pk: int) -> IncomingDocument:
    """One document with what its page shows. Raises DoesNotExist alike for “not there” and “not yours”."""
    found = IncomingDocument.objects.select_related("owner__serves", "unit", "issuer", "presented_to")
    return found.prefetch_related(_LINES, "directions").get(pk=pk)


def handling(pk: int) -> Handling:
    """One line of a processing slip with its document. Raises DoesNotExist alike for “not there”, “not yours”."""
    return Handling.objects.select_related("document__owner__serves", "parent", "unit", "person").get(pk=pk)


def registry_offices(held: Iterable[int], day: date) -> list[Organization]:
    """The offices whose register the person keeps as a clerk."""
    return offices_with(held, day, Function.CLERKS)


def followed_offices(held: Iterable[int], day: date) -> list[Organization]:
    """The offices all of whose documents the person sees: as clerk, chief, leader, or leader of the body served."""
    directly = _organizations(held, Function.CLERKS, Function.CHIEFS, Function.LEADERS)
    served = Q(serves_id__in=_organizations(held, Function.LEADERS))
    return list(offices_on(day).filter(Q(pk__in=directly) | served))


def offices_with(held: Iterable[int], day: date, *functions: Function) -> list[Organization]:
    """The offices of the day in which the person has one of these functions."""
    return list(offices_on(day).filter(pk__in=_organizations(held, *functions)))


def waiting_documents(organizations: Iterable[Organization]) -> QuerySet[IncomingDocument]:
    """What waits to be registered, urgent ones first, then as they came (office 2.3)."""
    waiting = incoming_documents().filter(owner__in=list(organizations), state="received")
    return waiting.prefetch_related(_PROPOSED, _CAME_AS).order_by("-urgency", "received_at", "pk")


def proposals_of(document: IncomingDocument) -> QuerySet[FieldProposal]:
    """What the machine read of the document, as it was stored."""
    return FieldProposal.objects.filter(document=document).order_by("pk")


def readings_of(document: IncomingDocument) -> dict[FieldName, FieldReading]:
    """What the machine read of the document, in its own words; nothing for what it did not find."""
    return {
        FieldName(one.name): FieldReading(FieldName(one.name), one.value, one.written, one.confidence, doubt=one.doubt)
        for one in proposals_of(document)
        if one.value
    }


def judged_proposals(offices: Iterable[Organization], month: date | None = None) -> QuerySet[FieldProposal]:
    """What the machine proposed in these registers and a clerk has judged, newest first; of one month when named."""
    found = FieldProposal.objects.filter(document__owner__in=list(offices)).exclude(outcome=FieldProposal.Outcome.OPEN)
    if month:
        found = found.alias(month=_MONTH).filter(month=month)
    return found.select_related("document").order_by("-document__registered_at", "pk")


def judged_months(offices: Iterable[Organization]) -> list[date]:
    """The months in which something was judged, newest first."""
    found = judged_proposals(offices).order_by().annotate(month=_MONTH).values_list("month", flat=True).distinct()
    return sorted(found, reverse=True)


def accuracy_by_field(judged: QuerySet[FieldProposal]) -> list[Accuracy]:
    """How the proposals fared, field by field in the order of the register form."""
    rows = {row["name"]: row for row in judged.order_by().values("name").annotate(**_COUNTS)}
    return [_accuracy(label, rows[name]) for name, label in FieldProposal.NAMES.items() if name in rows]


def accuracy_by_month(judged: QuerySet[FieldProposal]) -> list[Accuracy]:
    """How the proposals fared month by month, newest first."""
    rows = judged.order_by().annotate(month=_MONTH).values("month").annotate(**_COUNTS).order_by("-month")
    return [_accuracy(f"{row['month']:%m/%Y}", row) for row in rows]


def _accuracy(label: str, row: Mapping[str, Any]) -> Accuracy:
    return Accuracy(label, *(row[one.value] for one in _JUDGED))


def enclosed_uploads(message: Upload) -> QuerySet[Upload]:
    """The files that came with an e-mail, on their own way in."""
    return Upload.objects.filter(details__cover=message.pk).order_by("pk")


def next_waiting(document: IncomingDocument) -> IncomingDocument | None:
    """What the clerk registers after this one."""
    return waiting_documents([document.owner]).exclude(pk=document.pk).first()


def register_rows(organization: Organization, year: int | None = None) -> QuerySet[Number]:
    """The register, number by number; reserved ones stand in it without content."""
    rows = Number.objects.filter(organization=organization, series=ARRIVALS)
    if year is not None:
        rows = rows.filter(period=str(year))
    return rows.select_related("record__incomingdocument__unit").prefetch_related(
        Prefetch("record__incomingdocument__handlings", Handling.objects.select_related("first_opened_by"))
    )


def handled_documents(held: Iterable[int]) -> QuerySet[IncomingDocument]:
    """What was directed or passed on to one of these principals and stands: the inbox of a unit, a person."""
    mine = Handling.objects.filter(receivers__overlap=sorted(held), ending="")
    return incoming_documents().filter(pk__in=mine.values("document_id"))


def unread_count(held: Iterable[int]) -> int:
    """How many documents wait to be opened by these principals, counted up to a hundred."""
    unopened = Handling.objects.filter(receivers__overlap=sorted(held), ending="", first_opened_at=None)
    return unopened.values("document_id").distinct()[:100].count()


def my_lines(document: IncomingDocument, held: Iterable[int]) -> list[Handling]:
    """The live handlings of the document that these principals received."""
    mine = set(held)
    return [line for line in document.live_handlings if mine & set(line.receivers)]


def is_unread(document: IncomingDocument, held: Iterable[int]) -> bool:
    """Whether the document lies unopened before these principals."""
    return any(line.first_opened_at is None for line in my_lines(document, held))


def late_documents(found: QuerySet[IncomingDocument], today: date) -> QuerySet[IncomingDocument]:
    """Open and past their deadline."""
    return found.filter(closed_at__isnull=True, due_on__lt=today)


def duplicates_of(document: IncomingDocument) -> QuerySet[IncomingDocument]:
    """Others of the office that are the same file, or have the same symbol, date and issuer (office 2.1)."""
    same = Q(pk__in=[])
    if document.file_digest:
        same |= Q(file_digest=document.file_digest)
    if document.symbol_key and document.issued_on and document.issuer_key:
        same |= Q(symbol_key=document.symbol_key, issued_on=document.issued_on, issuer_key=document.issuer_key)
    others = IncomingDocument.objects.filter(same, owner_id=document.owner_id).exclude(pk=document.pk)
    return others.exclude(state="withdrawn").order_by("-pk")


def present_by(document: IncomingDocument) -> date | None:
    """The last day to present a registered document that still waits for it."""
    if document.state != "registered" or document.registered_at is None:
        return None
    day = document.registered_at.date()
    allowed = value("documents.present_working_days", on=day)
    return rules.must_present_by(day, document.urgency, calendar(), working_days=allowed)


def leaders_for(organization: Organization, day: date) -> QuerySet[Person]:
    """Who may direct in the office's register: its leaders and those of the committee it serves."""
    found = people_in(organization, day, ["leaders"])
    if organization.serves:
        found = Person.objects.filter(
            Q(pk__in=found.values("pk")) | Q(pk__in=people_in(organization.serves, day, ["leaders"]).values("pk"))
        )
    return found.order_by("name_key", "id")


def issuer_names(organization: Organization, day: date) -> list[str]:
    """What the clerk may mean while typing an issuer: names used in the register, then organizations of the day."""
    used = IncomingDocument.objects.filter(owner=organization).exclude(issuer_name="")
    names = list(used.order_by("issuer_name").values_list("issuer_name", flat=True).distinct()[:300])
    known = organizations_on(day).exclude(kind__in=["unit", "commune", "district", "province"])
    return list(dict.fromkeys([*names, *known.values_list("name", flat=True)[:1000]]))


def issuer_named(name: str) -> Organization | None:
    """The organization of that name or short name, if the directory knows exactly one."""
    found = Organization.objects.filter(Q(name__iexact=name) | Q(short_name__iexact=name))[:2]
    return found[0] if len(found) == 1 else None


def parts_of(unit: Organization, day: date) -> QuerySet[Organization]:
    """What stands directly inside an organization, and nothing of the committee it serves."""
    return organizations_on(day).filter(parent=unit)


def choices_of(organization: Organization, day: date) -> tuple[ChoiceGroup, ...]:
    """To whom a document of the office's register may be directed, nearest first."""
    units = list(parts_of(organization, day))
    others: list[Organization] = []
    if organization.serves_id:
        below = organizations_on(day).filter(parent_id=organization.serves_id)
        others = list(below.exclude(pk=organization.pk).exclude(kind__in=["commune", "district", "province"]))
    groups = (
        ChoiceGroup("Đơn vị trong cơ quan", tuple(map(_unit_choice, units))),
        ChoiceGroup("Cán bộ trong cơ quan", _people_choices([organization, *units], day)),
        ChoiceGroup("Cơ quan, tổ chức khác", tuple(map(_unit_choice, others))),
    )
    return tuple(group for group in groups if group.choices)


def choices_inside(unit: Organization, day: date) -> tuple[ChoiceGroup, ...]:
    """To whom a unit may pass a document on."""
    below = list(parts_of(unit, day))
    groups = (
        ChoiceGroup("Bộ phận", tuple(map(_unit_choice, below))),
        ChoiceGroup("Cán bộ", _people_choices([unit, *below], day)),
    )
    return tuple(group for group in groups if group.choices)


def _unit_choice(unit: Organization) -> Choice:
    return Choice(f"u{unit.pk}", unit.short_name if unit.kind == "unit" else unit.name)


def _people_choices(units: list[Organization], day: date) -> tuple[Choice, ...]:
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization__in=units)
    rows = held.select_related("person", "post__organization").order_by(F("post__rank"), "person__name_key")
    found: dict[int, Choice] = {}
    for row in rows:
        note = f"{row.post.name}, {row.post.organization.short_name}"
        found.setdefault(row.person_id, Choice(f"p{row.person_id}", row.person.full_name, note))
    return tuple(found.values())


def _organizations(held: Iterable[int], *functions: Function) -> list[int]:
    described = (describe(principal) for principal in held)
    return [pk for kind, pk, function in described if kind is Kind.OFFICE and function in functions]


def record_numbered(number: str) -> Record | None:
    """The newest record of any system that bears the number-symbol and that the person sees."""
    written = number.strip()
    symbol = parse_symbol(written)
    spellings = {written, str(symbol)} if symbol else {written}
    return Record.objects.filter(number__in=spellings).order_by("-pk").first() if written else None


def quick_deadlines(today: date) -> list[tuple[int, date]]:
    """Deadlines a leader picks by pressing: so many working days from today, by the official calendar."""
    days_off = calendar()
    return [(count, add_working_days(today, count, days_off)) for count in QUICK_WORKING_DAYS]


def with_duplicates(waiting: QuerySet[IncomingDocument]) -> list[tuple[IncomingDocument, list[IncomingDocument]]]:
    """Waiting documents, each with those that are the same file or seem the same paper; one query more for all."""
    found = list(waiting)
    digests = {one.file_digest for one in found if one.file_digest}
    symbols = {one.symbol_key for one in found if one.symbol_key}
    alike = IncomingDocument.objects.filter(Q(file_digest__in=digests) | Q(symbol_key__in=symbols))
    others = list(alike.exclude(state="withdrawn").order_by("pk")) if digests or symbols else []
    return [(one, [other for other in others if _is_repeated(one, other)]) for one in found]


def _is_repeated(one: IncomingDocument, other: IncomingDocument) -> bool:
    """The rule of `duplicates_of`, for documents already read."""
    if other.pk == one.pk or other.owner_id != one.owner_id:
        return False
    facts = [(each.symbol_key, each.issued_on, each.issuer_key) for each in (one, other)]
    return (bool(one.file_digest) and one.file_digest == other.file_digest) or (all(facts[0]) and facts[0] == facts[1])


def register_years(organization: Organization, this_year: int) -> list[int]:
    """The years the office's register has numbers of, newest first; this year always."""
    given = (
        Number.objects.filter(organization=organization, series=ARRIVALS).values_list("period", flat=True).distinct()
    )
    return sorted({int(period) for period in given} | {this_year}, reverse=True)


def searchable_text(record: Record) -> str:
    """What search finds a document by besides its symbol and abstract: the register's words, then its pages."""
    document = record if isinstance(record, IncomingDocument) else IncomingDocument.objects.get(pk=record.pk)
    origin = origin_of(document)
    text = "\n".join(part for part in (origin.text if origin else "", text_of(document)) if part)
    return migrated_words(document, parent_agency=origin.parent_agency if origin else "", text=text)


def search_marks(record: Record) -> Marks:
    """What a document is narrowed by: its kind, who issued and who signed it."""
    document = record if isinstance(record, IncomingDocument) else IncomingDocument.objects.get(pk=record.pk)
    return Marks(document.type_name, document.issuer_name, document.issuer_id, document.signer_name)


def migrated_words(document: IncomingDocument, *, parent_agency: str, text: str) -> str:
    """The register's words with a text that is at hand: nothing is asked of the database."""
    arrival = f"số đến {document.arrival_number}" if document.arrival_number else ""
    words = [document.issuer_name, parent_agency, document.type_name, document.signer_name, document.note, arrival]
    return "\n".join(part for part in [*words, text] if part)


def origin_of(document: IncomingDocument) -> Migrated | None:
    """Where a document was taken over from; None for what came in through the registry."""
    if document.arrival_number or document.state not in {"migrated", "withdrawn"}:
        return None
    return Migrated.objects.filter(record=document).first()


def external_ids(records: Iterable[int]) -> dict[int, str]:
    """The ids that documents had in the systems they were taken over from."""
    return dict(Migrated.objects.filter(record__in=list(records)).values_list("record_id", "external_id"))


def may_stay_on_devices(record: Record) -> bool:
    """Whether people may keep a copy on their devices: not of papers handed back after a meeting or kept inside."""
    return IncomingDocument.objects.filter(pk=record.pk, circulation="").exists()


def filed_facts(record: Record) -> FiledFacts:
    """What a dossier's list of documents says of an incoming document: the register's columns."""
    document = record if isinstance(record, IncomingDocument) else IncomingDocument.objects.get(pk=record.pk)
    return FiledFacts(
        title=document.title,
        type_key=document.doc_type,
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer_name,
        pages=document.pages or 0,
        source="in",
        is_electronic=document.channel != Channel.PAPER,
    )
