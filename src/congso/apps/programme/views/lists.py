"""Programmes in lists."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from congso.apps.programme.flow import FLOW, IN_FORCE
from congso.apps.programme.models import Body, Programme, Span
from congso.apps.programme.queries import programmes
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response


def _running(found: QuerySet[Programme], request: OfficeRequest) -> QuerySet[Programme]:
    return found.exclude(state__in=("closed", "dropped"))


def _mine(found: QuerySet[Programme], request: OfficeRequest) -> QuerySet[Programme]:
    return found.filter(awaited__overlap=list(request.principals), closed_at__isnull=True)


def _in_force(found: QuerySet[Programme], request: OfficeRequest) -> QuerySet[Programme]:
    return found.filter(state__in=(*IN_FORCE, "confirming"))


def _all(found: QuerySet[Programme], request: OfficeRequest) -> QuerySet[Programme]:
    return found


def _bodies(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in Body.choices]


def _spans(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in Span.choices]


def _states(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(state.key, str(state.label)) for state in FLOW.states]


PROGRAMMES = RecordList(
    key="chuong-trinh",
    title=_("Chương trình công tác"),
    official_title=_("Danh mục chương trình công tác"),
    columns=(
        Column("title", _("Chương trình"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("body", _("Của"), "get_body_display", sort="body", width=16),
        Column("first_day", _("Từ ngày"), kind=Kind.DATE, sort="first_day", width=14),
        Column("approved_on", _("Ngày duyệt"), kind=Kind.DATE, sort="approved_on", width=14),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=16, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm trong tên"), fields=("title",)),
        ChoiceFilter("body", _("Của"), lookup="body", choices=_bodies),
        ChoiceFilter("span", _("Thời gian"), lookup="span", choices=_spans),
        ChoiceFilter("state", _("Trạng thái"), lookup="state", choices=_states),
    ),
    scopes=(
        Scope("running", _("Đang làm"), _running),
        Scope("mine", _("Chờ tôi"), _mine),
        Scope("in_force", pgettext_lazy("programme", "Đang thực hiện"), _in_force),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="-first_day",
    empty=Empty(_("Chưa có chương trình công tác nào"), _("Chương trình hiện ở đây khi văn phòng soạn và mở ra.")),
)


@login_required
@require_GET
def programme_list(request: OfficeRequest) -> HttpResponseBase:
    """Programmes that run, that wait for me, all."""
    return list_response(request, PROGRAMMES, programmes())
