"""Entries in lists: what waits for whom."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from congso.apps.schedule.flow import FLOW
from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import entries
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response


def _waiting(found: QuerySet[Entry], request: OfficeRequest) -> QuerySet[Entry]:
    return found.filter(awaited__overlap=list(request.principals), closed_at__isnull=True)


def _proposed(found: QuerySet[Entry], request: OfficeRequest) -> QuerySet[Entry]:
    return found.filter(created_by=request.actor.id)


def _all(found: QuerySet[Entry], request: OfficeRequest) -> QuerySet[Entry]:
    return found


def _states(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(state.key, str(state.label)) for state in FLOW.states]


ENTRIES = RecordList(
    key="lich",
    title=_("Đề xuất lịch"),
    official_title=_("Danh sách đề xuất lịch công tác"),
    columns=(
        Column("title", _("Nội dung"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=50),
        Column("starts_at", _("Bắt đầu"), kind=Kind.MOMENT, sort="starts_at", width=16),
        Column("chair", _("Chủ trì"), "chair_label", width=28),
        Column("owner", _("Lịch của"), "owner.short_name", width=20),
        Column("unit", _("Đơn vị chuẩn bị"), "unit.short_name", width=20),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=14, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm trong nội dung"), fields=("title", "place")),
        DateFilter("day", _("Ngày"), lookup="opened_on"),
        ChoiceFilter("state", _("Trạng thái"), lookup="state", choices=_states),
    ),
    scopes=(
        Scope("waiting", _("Chờ tôi"), _waiting),
        Scope("proposed", pgettext_lazy("schedule", "Tôi đăng ký"), _proposed),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="-starts_at",
    empty=Empty(_("Không có đề xuất nào"), _("Lịch đăng ký hiện ở đây cho đến khi được duyệt.")),
)


@login_required
@require_GET
def entry_list(request: OfficeRequest) -> HttpResponseBase:
    """Entries that wait for me, that I proposed, all I see."""
    return list_response(request, ENTRIES, entries())
