"""What can be asked of dossiers and the archive; row-level security answers only what the person may see."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import (
    ArchivedFile,
    Card,
    Catalogue,
    Disposal,
    Dossier,
    Entry,
    FilingRule,
    Fonds,
    HandOver,
    Line,
    ReadingRequest,
    Transfer,
)
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.catalogues.queries import code_on, codes_on, name_of
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import office_of
from congso.kernel.records.filing import facts_of
from congso.kernel.records.models import Record
from congso.lib.vietnamese import fold

PERIODS, SCHEDULE = "retention_periods", "retention_schedule"
OPEN_STATES = ("opened", "filling")
MOST_FOUND = 1000  # cards a search shows, the newest: more are narrowed by another word
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def catalogues() -> QuerySet[Catalogue]:
    """The yearly lists the person sees."""
    return Catalogue.objects.select_related("owner__parent", "unit")


def catalogue_of(pk: int) -> Catalogue:
    """One yearly list with its lines. Raises Catalogue.DoesNotExist."""
    return catalogues().prefetch_related("lines").get(pk=pk)


def dossiers() -> QuerySet[Dossier]:
    """The dossiers the person sees."""
    return Dossier.objects.select_related("owner", "unit", "holder", "fonds")


def dossier_of(pk: int) -> Dossier:
    """One dossier. Raises Dossier.DoesNotExist."""
    return Dossier.objects.select_related("owner__parent", "unit", "holder", "fonds", "line").get(pk=pk)


def entries_of(dossier: Dossier) -> QuerySet[Entry]:
    """The documents of the dossier the person may know of, in their order."""
    return Entry.objects.filter(dossier_id=dossier.pk).select_related("record", "rule").order_by("position", "id")


def documents_in(dossier: Dossier) -> int:
    """How many documents lie in it, those the person may not see too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.documents_in(%s)", [dossier.pk])
        return int(cursor.fetchone()[0])


def gaps_in(dossier: Dossier, entries: Iterable[Entry]) -> list[rules.Gap]:
    """What the dossier lacks before it may be closed."""
    return rules.completeness([(one.position, one) for one in entries], retention=dossier.retention)


def type_name(entry: Entry) -> str:
    """The name of the document's type as of its day."""
    kind = type_on(entry.type_key, entry.issued_on or entry.added_at.date()) if entry.type_key else None
    return kind.name if kind else ""


def files_of(entries: Collection[Entry]) -> dict[int, list[ArchivedFile]]:
    """What the archive keeps of each entry, by its id. One query."""
    found: dict[int, list[ArchivedFile]] = {}
    for row in ArchivedFile.objects.filter(entry__in=[one.pk for one in entries]).order_by("entry_id", "position"):
        found.setdefault(row.entry_id, []).append(row)
    return found


def may_be_filled(held: Collection[int]) -> QuerySet[Dossier]:
    """Open dossiers the person may put documents into."""
    return dossiers().filter(state__in=OPEN_STATES, handlers__overlap=sorted(held)).order_by("-year", "number")


def holding(record: Record) -> list[Dossier]:
    """The dossiers the person sees that the record lies in."""
    return list(dossiers().filter(entries__record_id=record.pk).distinct())


def late(found: QuerySet[Dossier], today: date) -> QuerySet[Dossier]:
    """Closed dossiers past their day of hand-over."""
    return found.filter(state__in=("closed", "submitted"), due_on__lt=today)


def expired(found: QuerySet[Dossier], today: date) -> QuerySet[Dossier]:
    """Archived dossiers whose retention is over and that nothing holds: “Xem xét hủy”."""
    over = found.filter(state="archived", review_after__lt=today)
    return over.exclude(holds__ended_at__isnull=True, holds__isnull=False)


def unit_choices(held: Collection[int], day: date) -> list[Organization]:
    """The units in whose name the person makes dossiers: where she works."""
    ids = offices_held(held, Function.STAFF)
    return list(Organization.objects.filter(pk__in=ids).select_related("parent").order_by("name_key"))


def offices_held(held: Iterable[int], *functions: Function) -> list[int]:
    """The organizations in which the person does one of these things."""
    described = (describe(principal) for principal in held)
    return [pk for kind, pk, function in described if kind is Kind.OFFICE and function in functions]


def archives_kept(held: Iterable[int]) -> list[Organization]:
    """The bodies whose archive the person keeps."""
    ids = offices_held(held, Function.ARCHIVISTS)
    return list(Organization.objects.filter(pk__in=ids).select_related("parent").order_by("name_key"))


def body_of(unit: Organization, day: date) -> Organization:
    """The body whose archive keeps the unit's dossiers: the office whose registry serves it, else itself."""
    return office_of(unit, day) or unit


def fonds_of(organization: Organization | int) -> Fonds | None:
    """The fonds of a body, if its archive has described it."""
    pk = organization if isinstance(organization, int) else organization.pk
    return Fonds.objects.filter(organization_id=pk).select_related("historical_archive").first()


def periods(day: date) -> list[tuple[str, str]]:
    """Retention periods that may be chosen."""
    return [(one.code, one.name) for one in codes_on(PERIODS, day)]


def period_name(code: str, day: date) -> str:
    """“Vĩnh viễn”, “20 năm”."""
    return name_of(PERIODS, code, day) if code else ""


def period_years(code: str, day: date) -> int | None:
    """The years of a period; None: for ever. An unknown code counts as for ever: nothing is lost by a mistake."""
    found = code_on(PERIODS, code, day)
    years = str(found.attributes.get("years", "")) if found else ""
    return int(years) if years.isdigit() else None


def schedule_rows(day: date) -> list[tuple[str, str, str]]:
    """The model schedule: code, group of dossiers, proposed period."""
    return [(one.code, one.name, str(one.attributes.get("period", ""))) for one in codes_on(SCHEDULE, day)]


def rules_for(organization_id: int) -> list[FilingRule]:
    """Live filing rules of a body."""
    return list(FilingRule.objects.filter(organization_id=organization_id, is_live=True))


def words_of(rule: FilingRule) -> rules.RuleWords:
    """A rule's conditions, for the law of matching."""
    return rules.RuleWords(rule.type_key, rule.issuer, rule.words, rule.symbol, rule.source, rule.unit_id)


def facts_for_rules(record: Record) -> dict[str, Any]:
    """What filing rules look at in a record."""
    facts = facts_of(record)
    return {
        "type_key": facts.type_key, "issuer": facts.issuer, "title": facts.title, "number": facts.number,
        "source": facts.source, "unit": record.unit_id,
    }  # fmt: skip


def cards(typed: str = "") -> QuerySet[Card]:
    """The search room's catalogue; of a search the newest `MOST_FOUND` in which every word occurs, accents aside."""
    return narrowed(Card.objects.select_related("organization").defer("words", "found_by"), typed)


def narrowed(found: QuerySet[Card], typed: str) -> QuerySet[Card]:
    """The newest cards in which every typed word begins a word, with or without accents."""
    words = [word for word in _BETWEEN_WORDS.split(fold(typed).casefold()) if word][:10]
    if not words:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM congso.find_cards(%s, %s)", [words, MOST_FOUND])
        ids = [pk for (pk,) in cursor.fetchall()]
    return found.filter(pk__in=ids)


def hand_overs() -> QuerySet[HandOver]:
    """Deliveries to an archive the person sees."""
    return HandOver.objects.select_related("owner__parent", "unit")


def transfers() -> QuerySet[Transfer]:
    """Deliveries to the historical archive the person sees."""
    return Transfer.objects.select_related("owner", "unit", "fonds__historical_archive", "fonds__organization")


def disposals() -> QuerySet[Disposal]:
    """Disposals the person sees."""
    return Disposal.objects.select_related("owner__parent", "unit")


def readings() -> QuerySet[ReadingRequest]:
    """Wishes to read the person made or answers."""
    return ReadingRequest.objects.select_related("owner", "unit")


def card_of(pk: int) -> Card:
    """The card of an archived dossier. Raises Card.DoesNotExist."""
    return Card.objects.select_related("organization").get(pk=pk)


def lines_to_open(held: Collection[int]) -> QuerySet[Line]:
    """Lines of issued catalogues without a dossier, of the units where the person works."""
    units = offices_held(held, Function.STAFF)
    issued = Q(catalogue__state="issued", catalogue__unit__in=units)
    return Line.objects.filter(issued, dossiers__isnull=True).select_related("catalogue__unit").order_by("position")
