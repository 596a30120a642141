"""Lists and registers: all documents of the office, the inbox, the two official books."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.documents import queries, rules
from congso.apps.documents.flow import FLOW
from congso.apps.documents.models import Handling, IncomingDocument
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.document_marks import Urgency
from congso.kernel.catalogues.document_types import CATALOGUE as DOCUMENT_TYPES
from congso.kernel.catalogues.queries import published_on
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Number
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Align, Card, Column, Empty, Kind, RecordList, Scope, list_response
from congso.kernel.web.navigation import once
from congso.lib.symbols import normalise_symbol, parse_symbol
from congso.lib.vietnamese import fold

Documents = QuerySet[IncomingDocument]
STATES = [(state.key, state.label) for state in FLOW.states]


def _words(found: Documents, typed: str) -> Documents:
    """A symbol finds itself in any spelling, a number its arrival number, words the abstract or the issuer."""
    if parse_symbol(typed):
        return found.filter(symbol_key=normalise_symbol(typed))
    if typed.isdigit():
        return found.filter(arrival_number=int(typed))
    for word in typed.split()[:10]:
        found = found.filter(title__icontains=word) | found.filter(issuer_key__contains=fold(word).lower())
    return found


def _type_choices(request: OfficeRequest) -> list[tuple[str, str]]:
    """Every type a document may bear, those closed since too."""
    version = published_on(DOCUMENT_TYPES, timezone.localdate())
    return [(one.code, one.name) for one in version.codes.values()] if version else []


def _arrival(document: IncomingDocument) -> str:
    return f"{document.arrival_number}/{document.arrival_year}" if document.arrival_number else ""


def _due(document: IncomingDocument) -> date | None:
    """The deadline, unless the work ended without being done: then it no longer counts."""
    return None if document.state in {"returned_to_sender", "recalled", "withdrawn"} else document.due_on


_FILTERS = (
    TextFilter("q", _("Số đến, số ký hiệu, trích yếu, tác giả"), narrow=_words),
    DateFilter("arrived", _("Ngày đến"), lookup="opened_on"),
    DateFilter("issued", _("Ngày văn bản"), lookup="issued_on"),
    ChoiceFilter("state", _("Tình trạng"), choices=STATES),
    ChoiceFilter("urgency", _("Độ khẩn"), choices=[(str(key), label) for key, label in Urgency.choices]),
    ChoiceFilter("doc_type", _("Tên loại"), choices=_type_choices),
)
_COLUMNS = (
    Column("arrival", _("Số đến"), value=_arrival, sort="arrival_number", width=11, card=Card.TOP),
    Column("opened", _("Ngày đến"), value="opened_on", kind=Kind.DATE, sort="opened_on", width=12, card=Card.PART),
    Column(
        "number",
        _("Số, ký hiệu, tác giả"),
        sort="symbol_key",
        width=18,
        card=Card.TOP,
        official=_("Số, ký hiệu"),
        template="documents/_origin_cell.html",
    ),
    Column("issuer_name", _("Tác giả"), sort="issuer_key", width=28, card=Card.LINE, on_screen=False),
    Column("title", _("Trích yếu"), kind=Kind.LINK, width=60, card=Card.TITLE, template="documents/_title_cell.html"),
    Column("unit", _("Đơn vị chủ trì"), value="unit.short_name", width=24, card=Card.PART),
    Column("due", _("Hạn xử lý"), value=_due, kind=Kind.DUE, sort="due_on", width=14, card=Card.PART),
    Column("state", _("Tình trạng"), kind=Kind.STATE, width=16, card=Card.PART),
)


def _in(*states: str) -> Any:
    return lambda found, request: found.filter(state__in=states)


def _closed(found: Documents) -> Documents:
    return found.filter(closed_at__isnull=False).exclude(state="migrated")


DOCUMENTS = RecordList(
    key="van-ban-den",
    title=_("Văn bản đến"),
    columns=_COLUMNS,
    filters=_FILTERS,
    scopes=(
        Scope("all", _("Tất cả"), lambda found, request: found.exclude(state__in=["withdrawn", "migrated"])),
        Scope("received", _("Chờ vào sổ"), _in("received")),
        Scope("registered", _("Chờ trình"), _in("registered")),
        Scope("presented", _("Chờ bút phê"), _in("presented")),
        Scope("working", _("Đang xử lý"), _in("directed", "in_progress", "return_asked")),
        Scope("late", _("Quá hạn"), lambda found, request: queries.late_documents(found, timezone.localdate())),
        Scope("closed", _("Đã xong"), lambda found, request: _closed(found)),
        Scope("migrated", _("Từ hệ thống cũ"), _in("migrated")),
    ),
    default_sort="-opened",
    empty=Empty(_("Chưa có văn bản đến"), _("Văn thư tiếp nhận tệp hoặc bản quét để bắt đầu.")),
)
INBOX = RecordList(
    key="van-ban-nhan-xu-ly",
    title=_("Văn bản được giao"),
    columns=_COLUMNS,
    filters=_FILTERS,
    scopes=(
        Scope("open", _("Đang xử lý"), lambda found, request: found.filter(closed_at__isnull=True)),
        Scope("lead", _("Chủ trì"), lambda found, request: _as(found, request, Handling.Kind.LEAD)),
        Scope("support", _("Phối hợp"), lambda found, request: _as(found, request, Handling.Kind.SUPPORT)),
        Scope("inform", _("Để biết"), lambda found, request: _as(found, request, Handling.Kind.INFORM)),
        Scope("late", _("Quá hạn"), lambda found, request: queries.late_documents(found, timezone.localdate())),
        Scope("closed", _("Đã xong"), lambda found, request: found.filter(closed_at__isnull=False)),
    ),
    default_sort="-opened",
    empty=Empty(_("Chưa có văn bản nào được giao"), _("Văn bản lãnh đạo bút phê giao bạn hoặc đơn vị sẽ hiện ở đây.")),
)


def _as(found: Documents, request: OfficeRequest, kind: str) -> Documents:
    mine = Handling.objects.filter(receivers__overlap=sorted(request.principals), ending="", kind=kind)
    return found.filter(pk__in=mine.values("document_id"))


@login_required
@require_GET
def documents(request: OfficeRequest) -> HttpResponseBase:
    """All documents of the registers the person keeps or directs; a reader sees every one she may."""
    offices = once(request, queries.followed_offices)
    found = queries.incoming_documents()
    if offices:
        found = found.filter(owner__in=offices)
    return list_response(
        request, DOCUMENTS, found, template="documents/list.html", context={"offices": offices}, office=_names(offices)
    )


@login_required
@require_GET
def inbox(request: OfficeRequest) -> HttpResponseBase:
    """What was directed or passed on to the person or her unit."""
    held = request.principals
    mine = replace(INBOX, is_unread=lambda document: queries.is_unread(document, held))
    return list_response(request, mine, queries.handled_documents(held))


# The two official books. Sổ đăng ký văn bản đến is a list of numbers given: a number reserved for a classified
# paper stands in it without content.


def _document(row: Number) -> IncomingDocument | None:
    return row.record.incomingdocument if row.record else None


def _of(name: str) -> Any:
    def read(row: Number) -> Any:
        document = _document(row)
        return getattr(document, name) if document else None

    return read


def _arrived(row: Number) -> date:
    document = _document(row)
    return timezone.localtime(document.received_at if document else row.given_at).date()


def _subject(row: Number) -> str:
    document = _document(row)
    return document.type_and_abstract if document else str(row.get_reservation_display())


def _handed_on(row: Number) -> date | None:
    document = _document(row)
    lines = [line for line in document.live_handlings if line.parent_id is None] if document else []
    return timezone.localtime(min(line.assigned_at for line in lines)).date() if lines else None


def _signed_for(row: Number) -> str:
    """Who opened it first and when: the electronic “ký nhận”."""
    document = _document(row)
    line = document.lead if document else None
    if line is None or line.first_opened_at is None or line.first_opened_by is None:
        return ""
    return f"{line.first_opened_by.full_name}, {timezone.localtime(line.first_opened_at):%d/%m/%Y %H:%M}"


def _remark(row: Number) -> str:
    document = _document(row)
    if document is None:
        return ""
    urgent = document.get_urgency_display() if document.is_urgent else ""
    ended = FLOW.state(document.state).label if document.state in {"recalled", "returned_to_sender"} else ""
    return "; ".join(str(part) for part in (urgent, ended, document.note) if part)


def _book_words(found: QuerySet[Number], typed: str) -> QuerySet[Number]:
    if typed.isdigit():
        return found.filter(value=int(typed))
    if parse_symbol(typed):
        return found.filter(record__incomingdocument__symbol_key=normalise_symbol(typed))
    return found.filter(record__title__icontains=typed) | found.filter(
        record__incomingdocument__issuer_key__contains=fold(typed).lower()
    )


BOOK = RecordList(
    key="so-dang-ky-van-ban-den",
    title=_("Sổ đăng ký văn bản đến"),
    official_title=_("Sổ đăng ký văn bản đến"),
    columns=(
        Column("arrived", _("Ngày đến"), value=_arrived, kind=Kind.DATE, width=12, card=Card.PART),
        Column("value", _("Số đến"), kind=Kind.NUMBER, sort="value", width=8, card=Card.TOP, align=Align.END),
        Column("issuer", _("Tác giả"), value=_of("issuer_name"), width=28, card=Card.LINE),
        Column("symbol", _("Số, ký hiệu"), value=_of("number"), width=16, card=Card.TOP),
        Column("issued", _("Ngày văn bản"), value=_of("issued_on"), kind=Kind.DATE, width=12),
        Column(
            "subject",
            _("Tên loại và trích yếu"),
            value=_subject,
            width=60,
            card=Card.TITLE,
            template="documents/_subject_cell.html",
        ),
        Column("receivers", _("Đơn vị hoặc người nhận"), value=_of("receivers_label"), width=32, card=Card.LINE),
        Column("handed", _("Ngày chuyển"), value=_handed_on, kind=Kind.DATE, width=12),
        Column("signed", _("Ký nhận"), value=_signed_for, width=24),
        Column("remark", _("Ghi chú"), value=_remark, width=24),
    ),
    filters=(
        TextFilter("q", _("Số đến, số ký hiệu, trích yếu, tác giả"), narrow=_book_words),
        DateFilter("given", _("Ngày vào sổ"), lookup="given_at", is_moment=True),
    ),
    default_sort="value",
    empty=Empty(_("Sổ chưa có văn bản nào")),
)


def _origin(document: IncomingDocument) -> str:
    """“Kế hoạch số 16-KH/TU ngày 11/08/2025 của Tỉnh ủy Lào Cai”."""
    parts = [
        document.type_name,
        f"số {document.number}" if document.number else "",
        f"ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else "",
        f"của {document.issuer_name}" if document.issuer_name else "",
    ]
    return " ".join(part for part in parts if part)


def _progress(document: IncomingDocument) -> str:
    """The state in words; completed late is said by the system (office 2.1 rule 6)."""
    closed = timezone.localtime(document.closed_at).date() if document.closed_at else None
    if document.state == "completed" and rules.is_late(document.due_on, closed, timezone.localdate()):
        return str(_("Hoàn thành quá hạn"))
    late = rules.is_late(document.due_on, closed, timezone.localdate())
    label = str(FLOW.state(document.state).label)
    return f"{label} ({_('quá hạn')})" if late and not closed else label


def _replies(document: IncomingDocument) -> str:
    return "; ".join(line.reply_symbol for line in document.live_handlings if line.reply_symbol)


TRACKING = RecordList(
    key="so-theo-doi-giai-quyet-van-ban-den",
    title=_("Sổ theo dõi giải quyết văn bản đến"),
    official_title=_("Sổ theo dõi giải quyết văn bản đến"),
    columns=(
        Column("arrival", _("Số đến"), value=_arrival, sort="arrival_number", width=11, card=Card.TOP),
        Column(
            "origin",
            _("Tên loại, số, ký hiệu, ngày tháng và tác giả văn bản"),
            value=_origin,
            kind=Kind.LINK,
            width=44,
            card=Card.TITLE,
        ),
        Column("receivers", _("Đơn vị hoặc người nhận"), value="receivers_label", width=32, card=Card.LINE),
        Column("due", _("Thời hạn giải quyết"), value="due_on", kind=Kind.DATE, sort="due_on", width=14),
        Column("progress", _("Tiến độ giải quyết"), value=_progress, width=22),
        Column("reply", _("Số, ký hiệu văn bản trả lời"), value=_replies, width=20),
        Column("note", _("Ghi chú"), width=24),
    ),
    filters=(
        TextFilter("q", _("Số đến, số ký hiệu, trích yếu, tác giả"), narrow=_words),
        DateFilter("arrived", _("Ngày đến"), lookup="opened_on"),
        DateFilter("due", _("Thời hạn"), lookup="due_on"),
        ChoiceFilter("state", _("Tình trạng"), choices=STATES),
    ),
    default_sort="-arrival",
    empty=Empty(_("Chưa có văn bản nào phải theo dõi")),
)


@login_required
@require_GET
def book(request: OfficeRequest) -> HttpResponseBase:
    """Sổ đăng ký văn bản đến of one office and year."""
    offices, office, year = _which(request)
    rows = queries.register_rows(office, year)
    years = queries.register_years(office, timezone.localdate().year)
    context = {
        "offices": offices,
        "office": office,
        "year": year,
        "years": years,
        "may_reserve": _keeps(request, office),
    }
    return list_response(
        request, BOOK, rows, template="documents/book.html", context=context, office=f"{office.name}, năm {year}"
    )


@login_required
@require_GET
def tracking(request: OfficeRequest) -> HttpResponseBase:
    """Sổ theo dõi giải quyết văn bản đến: what was directed, to whom, until when, how it stands."""
    _offices, office, year = _which(request)
    found = queries.incoming_documents().filter(owner=office, arrival_year=year)
    return list_response(request, TRACKING, found.order_by(F("arrival_number")), office=f"{office.name}, năm {year}")


def _which(request: OfficeRequest) -> tuple[list[Organization], Organization, int]:
    """The register and the year the address asks for, else the person's first and this year's."""
    offices = once(request, queries.followed_offices)
    if not offices:
        raise Http404
    wanted = request.GET.get("office")
    office = next((one for one in offices if str(one.pk) == wanted), offices[0])
    year = request.GET.get("year", "")
    return offices, office, int(year) if year.isdigit() and len(year) == 4 else timezone.localdate().year


def _keeps(request: OfficeRequest, office: Organization) -> bool:
    return office in once(request, queries.registry_offices)


def _names(offices: list[Organization]) -> str:
    return ", ".join(office.name for office in offices)
