"""What can be asked about batches, pages and copies; row-level security answers only for what the person may see."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum

from congso.apps.digitization.models import (
    Check,
    Correction,
    DigitalCopy,
    Folder,
    Need,
    Page,
    PageState,
    PageWords,
    Scan,
    ScanBatch,
    Stock,
)
from congso.apps.digitization.rules import Placed, Side, Word, corrected
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below, organizations_on

OPERATING = (Function.CLERKS, Function.ARCHIVISTS, Function.CHIEFS)
OPEN = ("unchecked", "second", "disputed")
DONE = ("accepted",)


def digitizing_for(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations somebody with these principals digitizes for."""
    told = (describe(principal) for principal in held)
    own = {pk for kind, pk, function in told if kind is Kind.OFFICE and function in OPERATING}
    return organizations_on(day).filter(pk__in=own).exclude(kind="unit")


def units_on(day: date) -> QuerySet[Organization]:
    """Organizations whose papers a batch may hold."""
    return organizations_on(day).exclude(kind__in=("unit", "province", "district", "commune"))


def batches() -> QuerySet[ScanBatch]:
    """Every batch one may see, with what lists show of it."""
    return ScanBatch.objects.select_related("owner", "unit")


def batch_of(pk: int) -> ScanBatch:
    """One batch. Raises ScanBatch.DoesNotExist."""
    return batches().select_related("job").get(pk=pk)


def copies() -> QuerySet[DigitalCopy]:
    """Every digital copy one may see."""
    return DigitalCopy.objects.select_related("owner", "unit", "batch", "folder")


def copy_of(pk: int) -> DigitalCopy:
    """One copy. Raises DigitalCopy.DoesNotExist."""
    return copies().get(pk=pk)


def page_of(pk: int) -> Page:
    """One page. Raises Page.DoesNotExist."""
    return Page.objects.select_related("batch", "scan", "copy__batch").get(pk=pk)


def pages_of(batch: ScanBatch) -> QuerySet[Page]:
    """The pages of a batch in the order of the stack."""
    return Page.objects.filter(batch=batch).select_related("scan").order_by("place", "id")


@dataclass(frozen=True)
class Counts:
    """How many pages a batch has in each state, and its words."""

    states: dict[str, int]
    words: int
    low_words: int
    confidence: float | None

    def of(self, state: str) -> int:
        """Pages in a state."""
        return self.states.get(state, 0)

    @property
    def total(self) -> int:
        """All pages that were scanned."""
        return sum(self.states.values())

    @property
    def done(self) -> int:
        """Pages the machine is through with."""
        return self.total - self.of(PageState.WAITING)


def counts_of(batch: ScanBatch) -> Counts:
    """Two queries, whatever the size of the batch."""
    rows = Page.objects.filter(batch=batch)
    states = dict(rows.order_by().values_list("state").annotate(Count("id")))
    told = rows.filter(state=PageState.READ).aggregate(
        words=Sum("word_count"), low=Sum("low_words"), confidence=Avg("confidence")
    )
    return Counts(states, told["words"] or 0, told["low"] or 0, told["confidence"])


def copy_states(batch: ScanBatch) -> dict[str, int]:
    """How many copies of the batch stand in each state."""
    return dict(
        DigitalCopy.objects.filter(batch=batch).order_by().values_list("state").annotate(Count("record_ptr_id"))
    )


def sides_of(batch: ScanBatch) -> Iterator[Side]:
    """The pages as the cutting sees them, streamed: a batch of a hundred thousand fits."""
    rows = Page.objects.filter(batch=batch).exclude(state=PageState.DROPPED).order_by("place", "id")
    for pk, scan, state, code in rows.values_list("pk", "scan_id", "state", "code").iterator(chunk_size=2_000):
        yield Side(pk, scan, state, code)


def next_to_check(batch: ScanBatch, person: int, *, after: int = 0) -> DigitalCopy | None:
    """The next copy of the batch that this person can check: not one whose first check was hers."""
    mine = Check.objects.filter(copy__batch=batch, copy__state="second", by=person).values("copy")
    waiting = copies().filter(batch=batch, state__in=OPEN, proposals__isnull=False).exclude(pk__in=mine)
    ordered = waiting.order_by("folder__position", "position", "pk")
    return ordered.filter(pk__gt=after).order_by("pk").first() or ordered.first()


def waiting_second(held_by: int) -> QuerySet[DigitalCopy]:
    """Copies that wait for somebody else's second look than this person's."""
    return copies().filter(state="second").exclude(checks__by=held_by)


def words_of(pages: Collection[Page]) -> dict[int, list[list[Any]]]:
    """The words of these pages as people put them right, by page. Two queries."""
    pks = [page.pk for page in pages]
    read: dict[int, list[Word]] = dict(PageWords.objects.filter(page__in=pks).values_list("page_id", "words"))
    told: dict[int, list[Placed]] = {}
    rows = Correction.objects.filter(page__in=pks).order_by("id")
    for page, text, *box in rows.values_list("page_id", "text", "left", "top", "right", "bottom"):
        told.setdefault(page, []).append(Placed((box[0], box[1], box[2], box[3]), text))
    return {pk: corrected(read.get(pk, []), told.get(pk, ())) for pk in pks}


def to_proofread(batch: ScanBatch) -> QuerySet[Page]:
    """Pages of copies that two people look at, not yet read against their picture: where accuracy is measured."""
    wanted = Page.objects.filter(batch=batch, state=PageState.READ, proofread_at__isnull=True)
    return wanted.filter(copy__need__in=(Need.LOW, Need.SAMPLE)).exclude(copy__state="dropped").order_by("place")


def folders_of(batch: ScanBatch) -> QuerySet[Folder]:
    """The paper dossiers of a batch with how much was made of each."""
    living = ~Q(copies__state="dropped")
    return Folder.objects.filter(batch=batch).annotate(
        made=Count("copies", filter=living), made_pages=Sum("copies__pages", filter=living)
    )


def scans_of(batch: ScanBatch) -> QuerySet[Scan]:
    """The scanned files of a batch, newest first."""
    return Scan.objects.filter(batch=batch).order_by("-position")


@dataclass(frozen=True)
class Progress:
    """A body's stock of a year against what was accepted until a day. `percent` is None where nothing is known."""

    stock: Stock
    organization: Organization
    done: int

    @property
    def percent(self) -> float:
        """Which share of the stock is done."""
        return round(100 * self.done / self.stock.pages, 1)

    @property
    def is_reached(self) -> bool:
        """Whether the share of the year is reached."""
        return self.done * 100 >= self.stock.pages * self.stock.percent


def stocks_of(year: int) -> list[Progress]:
    """Each body's stock of the year with the pages accepted until its end, as the asker may see them. Two queries."""
    stocks = list(Stock.objects.filter(year=year).select_related("organization").order_by("organization__name"))
    until = date(year, 12, 31)
    units = [stock.organization_id for stock in stocks]
    done = dict(
        DigitalCopy.objects.filter(state__in=DONE, unit__in=units, batch__year__lte=until.year)
        .order_by().values_list("unit").annotate(Sum("pages"))
    )  # fmt: skip
    return [Progress(stock, stock.organization, done.get(stock.organization_id) or 0) for stock in stocks]


def accepted_pages(organization: Organization, day: date) -> int:
    """Pages accepted until the day of the body and what stands below it, as the asker may see them."""
    rows = DigitalCopy.objects.filter(state__in=DONE, unit__in=ids_below(organization), closed_at__date__lte=day)
    return rows.aggregate(pages=Sum("pages"))["pages"] or 0


def stock_pages(organization: Organization, year: int) -> int:
    """Pages to be digitized by the body and what stands below it, by the newest count of each until the year."""
    rows = Stock.objects.filter(organization__in=ids_below(organization), year__lte=year).order_by("year")
    newest = dict(rows.values_list("organization_id", "pages"))
    return sum(newest.values())


@dataclass(frozen=True)
class Output:
    """What one operator did on one day, as the timeline and the pages tell."""

    day: date
    operator: str
    scanned: int
    checked: int


def output_of(batch: ScanBatch) -> list[Output]:
    """Pages scanned and documents checked by operator and day, newest first. Two queries."""
    scanned = (
        Scan.objects.filter(batch=batch).order_by().values_list("scanned_at__date", "operator_label")
        .annotate(Sum("pages"))
    )  # fmt: skip
    checked = (
        Check.objects.filter(copy__batch=batch).order_by().values_list("at__date", "by_label").annotate(Count("id"))
    )
    found: dict[tuple[date, str], list[int]] = {}
    for place, rows in ((0, scanned), (1, checked)):
        for day, label, number in rows:
            found.setdefault((day, label), [0, 0])[place] = number or 0
    return [Output(day, label, *numbers) for (day, label), numbers in sorted(found.items(), reverse=True)]
