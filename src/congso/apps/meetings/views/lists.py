"""Meetings in lists."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from congso.apps.meetings.flow import MEETING_FLOW
from congso.apps.meetings.models import Forum, Meeting
from congso.apps.meetings.queries import meetings, mine, organizes_anything, to_answer
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response


def _coming(found: QuerySet[Meeting], request: OfficeRequest) -> QuerySet[Meeting]:
    return found.filter(closed_at__isnull=True)


def _mine(found: QuerySet[Meeting], request: OfficeRequest) -> QuerySet[Meeting]:
    return mine(found, request.actor.person_id or 0)


def _answer(found: QuerySet[Meeting], request: OfficeRequest) -> QuerySet[Meeting]:
    return to_answer(found, request.actor.person_id or 0, timezone.now())


def _all(found: QuerySet[Meeting], request: OfficeRequest) -> QuerySet[Meeting]:
    return found


def _states(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(state.key, str(state.label)) for state in MEETING_FLOW.states]


def _forums(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in Forum.choices]


MEETINGS = RecordList(
    key="cuoc-hop",
    title=_("Cuộc họp"),
    official_title=_("Danh sách cuộc họp"),
    columns=(
        Column("title", _("Cuộc họp"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=50),
        Column("starts_at", _("Bắt đầu"), kind=Kind.MOMENT, sort="starts_at", width=16),
        Column("place", _("Địa điểm"), width=24),
        Column("chair", _("Chủ trì"), "chair_label", width=28),
        Column("owner", _("Cơ quan"), "owner.short_name", sort="owner__name_key", width=20),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=14, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm trong tên, địa điểm"), fields=("title", "place")),
        ChoiceFilter("forum", _("Cấp họp"), lookup="forum", choices=_forums),
        DateFilter("day", _("Ngày"), lookup="opened_on"),
        ChoiceFilter("state", _("Trạng thái"), lookup="state", choices=_states),
    ),
    scopes=(
        Scope("coming", _("Sắp và đang họp"), _coming),
        Scope("mine", pgettext_lazy("meeting", "Của tôi"), _mine),
        Scope("answer", _("Chờ tôi trả lời"), _answer),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="-starts_at",
    empty=Empty(_("Không có cuộc họp nào"), _("Cuộc họp bạn được triệu tập hiện ở đây.")),
)


@login_required
@require_GET
def meeting_list(request: OfficeRequest) -> HttpResponseBase:
    """Meetings to come, mine, those that wait for my answer, all I see."""
    may_add = {"may_add": organizes_anything(request.principals)}
    return list_response(request, MEETINGS, meetings(), template="meetings/list.html", context=may_add)
