"""Ballots in lists."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from congso.apps.voting.flow import FLOW
from congso.apps.voting.models import Ballot, BallotMethod, BallotWay
from congso.apps.voting.queries import ballots, to_vote
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response


def _mine(found: QuerySet[Ballot], request: OfficeRequest) -> QuerySet[Ballot]:
    return to_vote(found, request.actor.person_id or 0)


def _running(found: QuerySet[Ballot], request: OfficeRequest) -> QuerySet[Ballot]:
    return found.filter(state__in=("draft", "open", "closed"))


def _counted(found: QuerySet[Ballot], request: OfficeRequest) -> QuerySet[Ballot]:
    return found.filter(state="counted")


def _all(found: QuerySet[Ballot], request: OfficeRequest) -> QuerySet[Ballot]:
    return found


def _states(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(state.key, str(state.label)) for state in FLOW.states]


def _methods(request: OfficeRequest) -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in BallotMethod.choices]


def deadline_words(ballot: Ballot) -> str:
    """When answers are due, to the minute."""
    return f"{timezone.localtime(ballot.closes_at):%H:%M %d/%m/%Y}" if ballot.closes_at else ""


def verdict_words(ballot: Ballot) -> str:
    """What came of it."""
    return str(ballot.result.get("outcome", {}).get("verdict", ""))


def method_words(ballot: Ballot) -> str:
    """How votes are given."""
    if ballot.way == BallotWay.CIRCULATION:
        return str(ballot.get_way_display())
    return str(ballot.get_method_display())


BALLOTS = RecordList(
    key="bieu-quyet",
    title=_("Biểu quyết, xin ý kiến"),
    official_title=_("Danh mục các cuộc biểu quyết"),
    columns=(
        Column("title", _("Việc biểu quyết"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=48),
        Column("body", _("Cơ quan"), "owner.short_name", sort="owner__name_key", width=24),
        Column("method", _("Hình thức"), method_words, width=24),
        Column("opened", _("Ngày lập"), "opened_on", kind=Kind.DATE, sort="opened_on", width=12),
        Column("due", _("Hạn trả lời"), deadline_words, sort="closes_at", width=18),
        Column("verdict", pgettext_lazy("ballot", "Kết quả"), verdict_words, width=20, card=Card.TOP),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=14, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm trong tên"), fields=("title",)),
        ChoiceFilter("method", _("Hình thức"), lookup="method", choices=_methods),
        ChoiceFilter("state", _("Trạng thái"), lookup="state", choices=_states),
        DateFilter("opened", _("Ngày lập"), lookup="opened_on"),
    ),
    scopes=(
        Scope("mine", _("Cần tôi biểu quyết"), _mine),
        Scope("running", _("Đang tiến hành"), _running),
        Scope("counted", _("Có kết quả"), _counted),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="-opened",
    empty=Empty(_("Không có cuộc biểu quyết nào"), _("Cuộc biểu quyết có tên bạn hiện ở đây khi được mở.")),
)


@login_required
@require_GET
def ballot_list(request: OfficeRequest) -> HttpResponseBase:
    """Ballots to vote in, under way, with results, all."""
    return list_response(request, BALLOTS, ballots())
