"""Reports in lists."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.reports.flow import FLOW
from congso.apps.reports.models import Form, Report
from congso.apps.reports.queries import in_hand, reports, to_judge
from congso.apps.reports.queries.reports import overdue
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response


def _mine(found: QuerySet[Report], request: OfficeRequest) -> QuerySet[Report]:
    return in_hand(found, request.principals)


def _judge(found: QuerySet[Report], request: OfficeRequest) -> QuerySet[Report]:
    return to_judge(found, request.principals)


def _overdue(found: QuerySet[Report], request: OfficeRequest) -> QuerySet[Report]:
    return overdue(found, timezone.localdate())


def _all(found: QuerySet[Report], request: OfficeRequest) -> QuerySet[Report]:
    return found


def _forms(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(str(one.pk), one.title) for one in Form.objects.order_by("title")[:200]]


def _states(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(state.key, str(state.label)) for state in FLOW.states]


def sent_words(report: Report) -> str:
    """When it was sent, and whether in time."""
    if report.submitted_on is None:
        return ""
    return f"{report.submitted_on:%d/%m/%Y}{', quá hạn' if report.is_late else ''}"


REPORTS = RecordList(
    key="bao-cao",
    title=_("Báo cáo"),
    official_title=_("Danh mục báo cáo"),
    columns=(
        Column("title", _("Báo cáo"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=48),
        Column("unit", _("Đơn vị"), "organization.name", sort="organization__name_key", width=32),
        Column("receiver", _("Nơi nhận"), "owner.short_name", width=20),
        Column("due", _("Hạn gửi"), "due_on", kind=Kind.DUE, sort="due_on", width=14, card=Card.TOP),
        Column("sent", _("Ngày gửi"), sent_words, sort="submitted_on", width=16),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=14, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm trong tên"), fields=("title", "organization__name")),
        ChoiceFilter("form", _("Mẫu báo cáo"), lookup="form_id", choices=_forms),
        ChoiceFilter("state", _("Trạng thái"), lookup="state", choices=_states),
        DateFilter("due", _("Hạn gửi"), lookup="due_on"),
    ),
    scopes=(
        Scope("mine", _("Phải gửi"), _mine),
        Scope("judge", _("Chờ tôi duyệt"), _judge),
        Scope("overdue", _("Quá hạn"), _overdue),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="due",
    empty=Empty(_("Không có báo cáo nào"), _("Báo cáo hiện ở đây khi đến kỳ.")),
)


@login_required
@require_GET
def report_list(request: OfficeRequest) -> HttpResponseBase:
    """Reports to send, to judge, late, all."""
    return list_response(request, REPORTS, reports())
