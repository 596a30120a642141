"""The generic list: columns and filters, declared once, serve the page, a phone's cards, Excel and paper.

INCOMING = RecordList(
    key="van-ban-den", title=_("Văn bản đến"),
    columns=(Column("title", _("Trích yếu"), kind=Kind.LINK, sort="title", card=Card.TITLE), …),
    filters=(TextFilter("q", _("Tìm")), DateFilter("arrived", _("Ngày đến"), lookup="arrived_on")),
    default_sort="-opened",
)
def incoming(request): return list_response(request, INCOMING, incoming_documents())
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import IO, Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.naming import name_as_of_their_day
from congso.kernel.records.types import Words, url_of
from congso.kernel.web.excel import SheetColumn, workbook_response, write_workbook
from congso.kernel.web.filters import BoundFilter, Filter, TextFilter
from congso.kernel.web.htmx import render_page
from congso.kernel.workflow.flow import flow_of
from congso.lib.languages import in_vietnamese

PAGE_SIZE = 50
# Nobody leafs through ten thousand rows; beyond that a list asks for a filter, and the database is spared.
REACH = 10_000
# Characters: up to here a column keeps its values on one line; from there it takes what room there is.
SHORT = 16
WIDE = 40
EXPORT_ROWS = 50_000
EXPORT_CHUNK = 1_000
PRINT_ROWS = 2_000


class Kind(StrEnum):
    """How a value is shown."""

    TEXT = "text"
    LINK = "link"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    DUE = "due"
    STATE = "state"


class Align(StrEnum):
    """Where a value stands in its column."""

    START = "start"
    CENTER = "center"
    END = "end"


_EXCEL_ALIGN = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}


class Card(StrEnum):
    """Where a value goes when a row becomes a card on a phone."""

    TITLE = "title"
    TOP = "top"
    LINE = "line"
    PART = "part"
    NONE = "none"


NOTHING_YET = _("Chưa có mục nào")


@dataclass(frozen=True)
class Column:
    """One column. `value` is a dotted path on the record (default: the key) or a function of it.

    `sort` names the database field the head sorts by; without it the head does not sort. `official` is the
    title of the printed register and of Excel. `width` is in characters; up to 16 a value never wraps.
    `template` draws the cell itself, given `record` and `value`.
    """

    key: str
    label: Words
    value: str | Callable[[Any], Any] = ""
    kind: Kind = Kind.TEXT
    sort: str = ""
    width: int = 16
    align: Align = Align.START
    card: Card = Card.PART
    official: Words = ""
    template: str = ""
    on_screen: bool = True
    on_paper: bool = True

    def value_of(self, record: Any) -> Any:
        """What the record holds for this column; a broken path is an error, a missing link is empty."""
        if callable(self.value):
            return self.value(record)
        found = record
        for name in (self.value or self.key).split("."):
            if found is None:
                return None
            found = getattr(found, name)
        return found() if callable(found) else found

    @property
    def css(self) -> str:
        """The classes of its cells."""
        size = "is-wide" if self.width >= WIDE else "is-medium" if self.width > SHORT else "is-short"
        badge = "is-badge" if self.kind in (Kind.DUE, Kind.STATE) else ""
        return f"is-{self.align} on-card-{self.card} {size} {badge}".rstrip()


@dataclass(frozen=True)
class Scope:
    """A tab over a list (mine, my unit, late): a named narrowing, kept in the address as `scope`."""

    key: str
    label: Words
    narrow: Callable[[QuerySet[Any], OfficeRequest], QuerySet[Any]]


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what would stand here and what to do."""

    title: Words = NOTHING_YET
    hint: Words = ""
    url_name: str = ""
    act: Words = ""


def _none_is_unread(row: Any) -> bool:
    return False


@dataclass(frozen=True)
class RecordList:
    """A list of anything: what is shown, how it can be narrowed and sorted, what paper calls it."""

    key: str
    title: Words
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    scopes: tuple[Scope, ...] = ()
    default_sort: str = "-id"
    official_title: Words = ""
    empty: Empty = field(default_factory=Empty)
    row_url: Callable[[Any], str] = url_of
    is_unread: Callable[[Any], bool] = _none_is_unread
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        if self.default_sort.lstrip("-") not in {"id", *(c.key for c in self.columns if c.sort)}:
            raise ValueError(f"{self.key}: default_sort names no sortable column")


@dataclass(frozen=True)
class Head:
    """A column's head: where clicking it leads, and the order it shows now."""

    column: Column
    url: str
    order: str


class Listing:
    """A list as one request asks for it: bound filters, order, page. All its queries are bounded."""

    def __init__(self, request: OfficeRequest, spec: RecordList, queryset: QuerySet[Any]) -> None:
        self.request = request
        self.spec = spec
        self.params = request.GET
        self.filters: list[BoundFilter] = [one.bind(self.params, request) for one in spec.filters]
        self.scope = next((s for s in spec.scopes if s.key == self.params.get("scope")), None)
        if self.scope is None and spec.scopes:
            self.scope = spec.scopes[0]
        self.sort = self._read_sort()
        self._base = queryset

    def _read_sort(self) -> str:
        wanted = self.params.get("sort", "")
        allowed = {column.key for column in self.spec.columns if column.sort}
        return wanted if wanted.removeprefix("-") in allowed else self.spec.default_sort

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        """The narrowed and ordered query; the last key is the id, so pages never repeat a row."""
        found = self._base
        if self.scope:
            found = self.scope.narrow(found, self.request)
        for bound in self.filters:
            if bound.is_active:
                found = bound.filter.apply(found, bound.value, self.request)
        key, falling = self.sort.removeprefix("-"), self.sort.startswith("-")
        column = next((c for c in self.spec.columns if c.key == key and c.sort), None)
        if column is None:
            return found.order_by("-pk" if falling else "pk")
        by = F(column.sort)
        return found.order_by(by.desc(nulls_last=True) if falling else by.asc(nulls_last=True), "-pk")

    @cached_property
    def count(self) -> int:
        """How many there are, counted up to the reach of the list and one more."""
        return self.queryset.order_by()[: REACH + 1].count()

    @property
    def is_beyond_reach(self) -> bool:
        """Whether there is more than can be leafed through."""
        return self.count > REACH

    @property
    def page_count(self) -> int:
        """How many pages can be leafed through, at least one."""
        return max(1, -(-min(self.count, REACH) // self.spec.page_size))

    @cached_property
    def page(self) -> int:
        """The page asked for, within what there is."""
        asked = self.params.get("page", "1")
        return min(int(asked), self.page_count) if asked.isascii() and asked.isdigit() and int(asked) else 1

    @cached_property
    def rows(self) -> list[Any]:
        """The records of the page."""
        start = (self.page - 1) * self.spec.page_size
        return _as_called_then(self.queryset[start : start + self.spec.page_size])

    @property
    def first(self) -> int:
        """Place of the page's first row, counted from 1."""
        return (self.page - 1) * self.spec.page_size + 1

    @property
    def last(self) -> int:
        """Place of the page's last row."""
        return self.first + len(self.rows) - 1

    @property
    def columns(self) -> list[Column]:
        """The columns of the screen."""
        return [column for column in self.spec.columns if column.on_screen]

    @property
    def paper_columns(self) -> list[Column]:
        """The columns of Excel and of the printed register."""
        return [column for column in self.spec.columns if column.on_paper]

    @property
    def heads(self) -> list[Head]:
        """The heads of the screen's columns."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column, "", "none")
        is_current = self.sort.removeprefix("-") == column.key
        falling = is_current and self.sort.startswith("-")
        order = ("descending" if falling else "ascending") if is_current else "none"
        turned = column.key if falling or not is_current else f"-{column.key}"
        return Head(column, self.url(sort=turned), order)

    @property
    def active_filters(self) -> list[tuple[BoundFilter, str]]:
        """What narrows the list now, each with the address without it."""
        active = [bound for bound in self.filters if bound.is_active]
        return [(bound, self.url(**dict.fromkeys(bound.filter.names, ""))) for bound in active]

    @property
    def has_open_filters(self) -> bool:
        """Whether a filter other than the typed words is active, so that its field should be in view."""
        return any(bound.is_active and not isinstance(bound.filter, TextFilter) for bound in self.filters)

    @cached_property
    def unread_rows(self) -> list[Any]:
        """The page's rows the person has not opened yet, as the list's owner defines it."""
        return [row for row in self.rows if self.spec.is_unread(row)]

    @property
    def scope_urls(self) -> list[tuple[Scope, str]]:
        """The tabs with their addresses."""
        return [(scope, self.url(scope=scope.key)) for scope in self.spec.scopes]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters the filter form must carry along."""
        return [(name, self.params[name]) for name in ("scope", "sort") if self.params.get(name)]

    @property
    def clear_url(self) -> str:
        """The list without any filter."""
        names = [name for bound in self.filters for name in bound.filter.names]
        return self.url(**dict.fromkeys(names, ""))

    @property
    def own_url(self) -> str:
        """The address of exactly what is shown."""
        return self.url(page=str(self.page) if self.page > 1 else "")

    @property
    def excel_url(self) -> str:
        """The same rows as an Excel file."""
        return self.url(format="xlsx")

    @property
    def print_url(self) -> str:
        """The same rows as a printed register."""
        return self.url(format="print")

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self.url(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return self.url(page=str(self.page + 1)) if self.page < self.page_count else ""

    def url(self, **changes: str) -> str:
        """This list's address with changed parameters; an empty value removes one; paging starts anew."""
        wanted = {name: value for name, value in self.params.items() if name not in ("page", "format")} | changes
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{self.request.path}?{query}" if query else self.request.path


def list_response(
    request: OfficeRequest,
    spec: RecordList,
    queryset: QuerySet[Any],
    *,
    template: str = "web/list.html",
    context: Mapping[str, Any] | None = None,
    office: str = "",
) -> HttpResponseBase:
    """The list as a page, a fragment for HTMX, Excel (`format=xlsx`) or a printed register (`format=print`).

    `queryset` must hold what the person may see and select what the columns show. `office` is the
    organization whose name the paper and the Excel file bear.
    """
    listing = Listing(request, spec, queryset)
    match request.GET.get("format"):
        case "xlsx":
            return workbook_response(list_workbook(listing, office), spec.key)
        case "print":
            found = _as_called_then(listing.queryset[: PRINT_ROWS + 1])
            paper = {"rows": found[:PRINT_ROWS], "is_cut": len(found) > PRINT_ROWS, "limit": PRINT_ROWS}
            with in_vietnamese():
                return render(request, "web/register.html", {"listing": listing, "office": office, **paper})
    shown = {"listing": listing, "list": spec, **(context or {})}
    response = render_page(request, template, "web/_rows.html", shown)
    # The form sends empty fields too; the address a person may pass on stays short.
    response["HX-Push-Url"] = listing.own_url
    return response


@in_vietnamese()
def list_workbook(listing: Listing, office: str) -> IO[bytes]:
    """The whole narrowed list, up to `EXPORT_ROWS`, with the official titles of its columns.

    It is complete before the answer starts, so the rows are read under the person's own transaction.
    """
    columns = listing.paper_columns
    found = listing.queryset[:EXPORT_ROWS].iterator(chunk_size=EXPORT_CHUNK)
    cut = listing.is_beyond_reach and listing.queryset.order_by()[: EXPORT_ROWS + 1].count() > EXPORT_ROWS
    return write_workbook(
        title=str(listing.spec.official_title or listing.spec.title),
        words="; ".join(bound.words for bound, _url in listing.active_filters),
        office=office,
        columns=[SheetColumn(str(c.official or c.label), c.width, _EXCEL_ALIGN[c.align]) for c in columns],
        rows=(
            [plain_value(column, record) for column in columns]
            for chunk in iter(lambda: list(islice(found, EXPORT_CHUNK)), [])
            for record in _as_called_then(chunk)
        ),
        note=str(_("Tệp chỉ gồm %(limit)s dòng đầu; hãy lọc thêm.") % {"limit": EXPORT_ROWS}) if cut else "",
    )


def _as_called_then(rows: Iterable[Any]) -> list[Any]:
    """The rows; records with their organizations named as of their day."""
    found = list(rows)
    return name_as_of_their_day(found) if found and isinstance(found[0], Record) else found


def plain_value(column: Column, record: Any) -> Any:
    """A value as paper and Excel hold it: the word of a state, the name of an organization."""
    value = column.value_of(record)
    if column.kind is Kind.STATE:
        return flow_of(record.type).state(value).label
    return value
