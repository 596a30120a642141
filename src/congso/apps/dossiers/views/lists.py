"""Lists: dossiers, catalogues, deliveries, disposals, transfers, what the archive keeps."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.dossiers import queries
from congso.apps.dossiers.flow import CATALOGUES, DOSSIERS
from congso.apps.dossiers.models import Dossier
from congso.apps.dossiers.services.handing_over import years_of
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Align, Card, Column, Empty, Kind, RecordList, Scope, list_response

Dossiers = QuerySet[Dossier]


def _period(dossier: Dossier) -> str:
    return queries.period_name(dossier.retention, dossier.opened_on)


def _due(dossier: Dossier) -> Any:
    return dossier.due_on if dossier.state in ("closed", "submitted") else None


def _units(request: OfficeRequest) -> list[int]:
    return queries.offices_held(request.principals, Function.STAFF, Function.LEADERS, Function.CHIEFS)


def _states(*states: str) -> Any:
    return lambda found, request: found.filter(state__in=states)


_COLUMNS = (
    Column(
        "symbol", _("Số, ký hiệu"), "number", sort="number", width=14, card=Card.TOP, official=_("Số, ký hiệu hồ sơ")
    ),
    Column("title", _("Tiêu đề hồ sơ"), kind=Kind.LINK, width=60, card=Card.TITLE),
    Column("years", _("Thời gian tài liệu"), value=years_of, width=12, card=Card.PART),
    Column("retention", _("Thời hạn lưu trữ"), value=_period, width=14, card=Card.PART),
    Column("documents", _("Văn bản"), "total_documents", Kind.NUMBER, width=8, align=Align.END),
    Column("pages", _("Số trang"), "total_pages", Kind.NUMBER, width=8, align=Align.END),
    Column("holder", _("Người lập"), "holder_label", width=26, card=Card.LINE),
    Column("due", _("Hạn nộp lưu"), value=_due, kind=Kind.DUE, sort="due_on", width=14),
    Column("state", _("Tình trạng"), kind=Kind.STATE, width=18),
)
_FILTERS = (
    TextFilter("q", _("Số, ký hiệu, tiêu đề, từ khóa"), fields=("number", "title", "keywords")),
    ChoiceFilter("state", _("Tình trạng"), choices=[(one.key, one.label) for one in DOSSIERS.states]),
    ChoiceFilter("retention", _("Thời hạn lưu trữ"), choices=lambda request: queries.periods(timezone.localdate())),
    DateFilter("opened", _("Ngày mở"), lookup="opened_on"),
)

DOSSIER_LIST = RecordList(
    key="ho-so",
    title=_("Hồ sơ công việc"),
    official_title=_("Danh sách hồ sơ"),
    columns=_COLUMNS,
    filters=_FILTERS,
    scopes=(
        Scope("mine", _("Tôi lập"), lambda found, request: found.filter(holder_id=request.actor.person_id)),
        Scope("unit", _("Đơn vị tôi"), lambda found, request: found.filter(unit__in=_units(request))),
        Scope("open", _("Đang lập"), _states("opened", "filling", "finishing")),
        Scope("closed", _("Chờ nộp lưu"), _states("closed")),
        Scope("late", _("Quá hạn nộp"), lambda found, request: queries.late(found, timezone.localdate())),
        Scope(
            "shared", _("Được chia sẻ"), lambda found, request: found.filter(shares__person_id=request.actor.person_id)
        ),
        Scope("all", _("Tất cả"), lambda found, request: found),
    ),
    default_sort="-id",
    empty=Empty(
        _("Chưa có hồ sơ nào"),
        _("Mở hồ sơ theo danh mục của đơn vị, hoặc mở hồ sơ ngoài danh mục."),
        "dossiers:open",
        _("Mở hồ sơ"),
    ),
)

KEPT_LIST = RecordList(
    key="ho-so-luu-tru",
    title=_("Hồ sơ trong lưu trữ"),
    official_title=_("Mục lục hồ sơ"),
    columns=(
        Column("inventory", _("Mục lục"), width=8, on_screen=False),
        Column("box", _("Hộp số"), width=8, on_screen=False),
        *_COLUMNS[:4],
        *(replace(one, on_screen=False) for one in _COLUMNS[4:6]),
        Column("place", _("Nơi xếp"), width=20, card=Card.LINE),
        Column("review", _("Hết hạn lưu trữ"), "review_after", Kind.DATE, sort="review_after", width=12),
        Column("state", _("Tình trạng"), kind=Kind.STATE, width=18),
    ),
    filters=_FILTERS,
    scopes=(
        Scope("kept", _("Đang giữ"), _states("archived", "historical", "review")),
        Scope("waiting", _("Chờ nhận"), _states("submitted")),
        Scope("late", _("Đơn vị chậm nộp"), lambda found, request: queries.late(found, timezone.localdate())),
        Scope("expired", _("Xem xét hủy"), lambda found, request: queries.expired(found, timezone.localdate())),
        Scope(
            "permanent",
            _("Vĩnh viễn, chưa nộp lịch sử"),
            lambda found, request: found.filter(state="archived", retention="permanent"),
        ),
        Scope(
            "held",
            _("Không hủy theo yêu cầu"),
            lambda found, request: found.filter(holds__isnull=False, holds__ended_at__isnull=True).distinct(),
        ),
        Scope(
            "damaged",
            _("Có tệp hỏng"),
            lambda found, request: found.filter(entries__files__state__in=("damaged", "missing")).distinct(),
        ),
        Scope("destroyed", _("Đã hủy"), _states("destroyed")),
    ),
    default_sort="-id",
    empty=Empty(_("Chưa có hồ sơ nào"), _("Hồ sơ đơn vị nộp và lưu trữ nhận sẽ hiện ở đây.")),
)

CATALOGUE_LIST = RecordList(
    key="danh-muc-ho-so",
    title=_("Danh mục hồ sơ"),
    columns=(
        Column("year", _("Năm"), sort="year", width=8, card=Card.TOP),
        Column("title", _("Danh mục"), kind=Kind.LINK, width=60, card=Card.TITLE),
        Column("number", _("Quyết định"), width=16),
        Column("issued", _("Ngày ban hành"), "issued_on", Kind.DATE, width=12),
        Column("state", _("Tình trạng"), kind=Kind.STATE, width=16),
    ),
    filters=(
        TextFilter("q", _("Tên danh mục"), fields=("title",)),
        ChoiceFilter("state", _("Tình trạng"), choices=[(one.key, one.label) for one in CATALOGUES.states]),
    ),
    default_sort="-year",
    empty=Empty(
        _("Chưa có danh mục hồ sơ"),
        _("Đầu năm, mỗi đơn vị lập danh mục hồ sơ dự kiến mở."),
        "dossiers:catalogue_new",
        _("Lập danh mục"),
    ),
)


def _deliveries(key: str, title: Any, extra: tuple[Column, ...], empty: Any) -> RecordList:
    return RecordList(
        key=key,
        title=title,
        columns=(
            Column("number", _("Số"), sort="number", width=16, card=Card.TOP),
            Column("title", _("Nội dung"), kind=Kind.LINK, width=60, card=Card.TITLE),
            Column("opened", _("Ngày lập"), "opened_on", Kind.DATE, sort="opened_on", width=12),
            *extra,
            Column("due", _("Hạn"), "due_on", Kind.DUE, sort="due_on", width=14),
            Column("state", _("Tình trạng"), kind=Kind.STATE, width=20),
        ),
        filters=(TextFilter("q", _("Số, nội dung")),),
        default_sort="-opened",
        empty=Empty(empty),
    )


HAND_OVER_LIST = _deliveries(
    "nop-luu",
    _("Nộp lưu hồ sơ"),
    (Column("giver", _("Người nộp"), "giver_label", width=26),),
    _("Chưa có đợt nộp lưu nào"),
)
TRANSFER_LIST = _deliveries(
    "nop-luu-lich-su",
    _("Nộp lưu trữ lịch sử"),
    (Column("decision", _("Quyết định"), width=16),),
    _("Chưa đăng ký đợt nào"),
)
DISPOSAL_LIST = _deliveries(
    "xet-huy", _("Xét hủy tài liệu"), (Column("decision", _("Quyết định"), width=16),), _("Chưa có đợt xét hủy nào")
)
READING_LIST = _deliveries(
    "yeu-cau-khai-thac",
    _("Yêu cầu khai thác"),
    (Column("asker", _("Người yêu cầu"), "asker_label", width=26),),
    _("Chưa có yêu cầu nào"),
)


@login_required
@require_GET
def dossiers(request: OfficeRequest) -> HttpResponseBase:
    """Dossiers the person sees, her own first; dossiers her unit's list still foresees stand above."""
    foreseen = list(queries.lines_to_open(request.principals)[:20])
    return list_response(
        request, DOSSIER_LIST, queries.dossiers(), template="dossiers/list.html", context={"foreseen": foreseen}
    )


@login_required
@require_GET
def kept(request: OfficeRequest) -> HttpResponseBase:
    """What the person's archive keeps, and what it waits for."""
    archives = queries.archives_kept(request.principals)
    if not archives:
        raise Http404
    mine = Q(owner__in=archives) | Q(fonds__historical_archive__in=archives)
    return list_response(
        request,
        KEPT_LIST,
        queries.dossiers().filter(mine),
        template="dossiers/kept.html",
        context={"archives": archives},
        office=", ".join(one.name for one in archives),
    )


@login_required
@require_GET
def catalogues(request: OfficeRequest) -> HttpResponseBase:
    """Yearly lists of dossiers."""
    return list_response(request, CATALOGUE_LIST, queries.catalogues(), template="dossiers/catalogues.html")


@login_required
@require_GET
def hand_overs(request: OfficeRequest) -> HttpResponseBase:
    """Deliveries to the archive."""
    return list_response(request, HAND_OVER_LIST, queries.hand_overs(), template="dossiers/hand_overs.html")


@login_required
@require_GET
def transfers(request: OfficeRequest) -> HttpResponseBase:
    """Deliveries to the historical archive."""
    return list_response(request, TRANSFER_LIST, queries.transfers())


@login_required
@require_GET
def disposals(request: OfficeRequest) -> HttpResponseBase:
    """Disposals."""
    return list_response(request, DISPOSAL_LIST, queries.disposals())


@login_required
@require_GET
def readings(request: OfficeRequest) -> HttpResponseBase:
    """Wishes to read: one's own, and those one answers."""
    return list_response(request, READING_LIST, queries.readings())
