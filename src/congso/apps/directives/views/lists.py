"""Lists, board and dashboard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.directives import queries
from congso.apps.directives.flow import FLOW, RUNNING
from congso.apps.directives.models import DeadlineKind, Priority, Task
from congso.apps.directives.queries.overviews import touched
from congso.apps.directives.rules import days_late, is_completed_late, is_overdue, soon_until
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import assignments_of
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.web.dashboard import Bars, Line, Part, Tile, bars
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.htmx import render_page
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response
from congso.kernel.workflow.flow import State

ON_BOARD = 12
NO_CHAPTER = "-"
STANDINGS = {
    "counted": _("Tính vào tổng hợp"),
    "on_time": _("Hoàn thành đúng hạn"),
    "late_done": _("Hoàn thành quá hạn"),
    "running": _("Trong hạn"),
    "overdue": _("Quá hạn"),
    "resting": _("Tạm dừng"),
}
_PARTS = tuple(
    Part(key, STANDINGS[key], tone)
    for key, tone in (
        ("on_time", "good"), ("late_done", "warn"), ("running", "act"), ("overdue", "bad"), ("resting", "calm"),
    )
)  # fmt: skip


def soon_day(today: date) -> date:
    """The last day that counts as due soon."""
    within = int(value("directives.due_soon_working_days", on=today))
    return soon_until(today, within=within, calendar=calendar())


def standing_words(task: Task) -> str:
    """The state as the ledger holds it: “Hoàn thành quá hạn” and “quá hạn” are computed (office 6.1)."""
    label = str(FLOW.state(task.state).label)
    if task.completed_on is not None and is_completed_late(task.due_on, task.completed_on):
        return f"{label} quá hạn"
    today = timezone.localdate()
    if task.due_on and is_overdue(task.due_on, today, is_running=task.state in RUNNING):
        return f"{label}, quá hạn {days_late(task.due_on, today)} ngày"
    return label


def deadline_words(task: Task) -> date | str:
    """The deadline as the ledger holds it: a day, or the words instead of one."""
    return task.due_on or task.schedule_text or task.no_deadline_reason or task.get_deadline_kind_display()


def _supporting(task: Task) -> str:
    return "; ".join(support.organization.short_name for support in task.supports.all())


def _mine(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return queries.waiting_for(found, request.principals, request.actor.id)


def _of_units(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return queries.of_units(found, request.principals)


def _overdue(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return queries.overdue(found, timezone.localdate())


def _soon(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    today = timezone.localdate()
    return queries.due_soon(found, today, soon_day(today))


def _directed(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return found.filter(supervisor__isnull=False)


def _ordered(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    """What I gave, or what is done under my direction."""
    return found.filter(Q(created_by_id=request.actor.id) | Q(supervisor_id=request.actor.id))


def _touched(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return touched(found)


def _all(found: QuerySet[Task], request: OfficeRequest) -> QuerySet[Task]:
    return found


def _standing(found: QuerySet[Task], key: str, request: OfficeRequest) -> QuerySet[Task]:
    return found.filter(queries.standings(timezone.localdate())[key])


def _chapter(found: QuerySet[Task], chapter: str, request: OfficeRequest) -> QuerySet[Task]:
    return found.filter(chapter="" if chapter == NO_CHAPTER else chapter)


def _kind(found: QuerySet[Task], kind: str, request: OfficeRequest) -> QuerySet[Task]:
    return found.filter(
        {
            "series": Q(deadline_kind=DeadlineKind.RECURRING, state__in=("assigned", "in_progress")),
            "period": Q(occurrence__isnull=False),
            "single": Q(occurrence__isnull=True) & ~Q(deadline_kind=DeadlineKind.RECURRING),
        }[kind]
    )


def _named(model: type[Organization] | type[Person], field: str, request: OfficeRequest) -> list[tuple[str, str]]:
    rows = model._default_manager.filter(pk__in=Task.objects.order_by().values(field)).order_by("name_key")
    return [(str(row.pk), getattr(row, "short_name", None) or str(row)) for row in rows]


def _texts(field: str, request: OfficeRequest) -> list[tuple[str, str]]:
    values = queries.distinct_values(field)
    return [(text or NO_CHAPTER, text or _t("Không ghi nhóm")) for text in values]


FILTERS = (
    TextFilter("q", _("Tìm trong nhiệm vụ"), fields=("source_symbol", "content", "clause")),
    ChoiceFilter("standing", _("Tình hình"), choices=tuple(STANDINGS.items()), narrow=_standing),
    ChoiceFilter(
        "state", _("Trạng thái"), lookup="state", choices=tuple((state.key, state.label) for state in FLOW.states)
    ),
    ChoiceFilter("unit", _("Chủ trì"), lookup="unit_id", choices=partial(_named, Organization, "unit_id")),
    ChoiceFilter("owner", _("Nơi giao"), lookup="owner_id", choices=partial(_named, Organization, "owner_id")),
    ChoiceFilter("symbol", _("Văn bản giao"), lookup="source_symbol", choices=partial(_texts, "source_symbol")),
    ChoiceFilter("chapter", _("Nhóm"), choices=partial(_texts, "chapter"), narrow=_chapter),
    ChoiceFilter(
        "supervisor",
        _("Lãnh đạo chỉ đạo"),
        lookup="supervisor_id",
        choices=partial(_named, Person, "supervisor_id"),
    ),
    ChoiceFilter(
        "priority", _("Mức độ"), lookup="priority", choices=tuple((str(key), word) for key, word in Priority.choices)
    ),
    ChoiceFilter(
        "kind",
        _("Loại"),
        narrow=_kind,
        choices=(
            ("single", _("Nhiệm vụ")),
            ("series", _("Nhiệm vụ định kỳ")),
            ("period", _("Kỳ của nhiệm vụ định kỳ")),
        ),
    ),
    DateFilter("due", _("Hạn"), lookup="due_on"),
)

TASKS = RecordList(
    key="theo-doi-nhiem-vu",
    title=_("Theo dõi nhiệm vụ"),
    official_title=_("Sổ theo dõi thực hiện nghị quyết, chỉ thị, kết luận"),
    columns=(
        Column("symbol", _("Số văn bản"), value="source_symbol", sort="source_symbol", card=Card.TOP, width=18),
        Column("clause", _("Mục"), sort="clause", card=Card.NONE, width=9),
        Column("title", _("Nội dung giao"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60, on_paper=False),
        Column("content", _("Nội dung giao"), on_screen=False, width=60),
        Column("unit", _("Chủ trì"), value="unit.short_name", sort="unit__name_key",
               official=_("Cơ quan chủ trì"), width=22),
        Column("supporting", _("Phối hợp"), value=_supporting, official=_("Cơ quan phối hợp"), width=28,
               on_screen=False),
        Column("due", _("Hạn"), value=deadline_words, sort="open_due", template="directives/_due.html", width=18,
               card=Card.TOP),
        Column("state", _("Trạng thái"), value=standing_words, sort="state", template="directives/_standing.html",
               width=20, card=Card.TOP),
        Column("progress", _("Tiến độ"), kind=Kind.NUMBER, sort="progress", template="directives/_progress.html",
               official=_("Tiến độ (%)"), width=12),
        Column("result", _("Kết quả"), on_screen=False, width=40),
        Column("late_reason", _("Lý do chậm"), on_screen=False, width=30),
    ),
    filters=FILTERS,
    scopes=(
        Scope("mine", _("Của tôi"), _mine),
        Scope("unit", _("Đơn vị tôi"), _of_units),
        Scope("overdue", _("Quá hạn"), _overdue),
        Scope("soon", _("Sắp đến hạn"), _soon),
        Scope("ordered", _("Tôi giao, tôi chỉ đạo"), _ordered),
        Scope("touched", _("Nguồn đã thay thế, thu hồi"), _touched),
        Scope("directed", _("Theo lãnh đạo chỉ đạo"), _directed),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="due",
    empty=Empty(
        _("Không có nhiệm vụ nào ở đây"),
        _("Nhiệm vụ được giao cho bạn, đơn vị của bạn hoặc do bạn theo dõi sẽ hiện ở đây."),
    ),
)  # fmt: skip


@login_required
@require_GET
def task_list(request: OfficeRequest) -> HttpResponseBase:
    """Every list of tasks, each a tab; Excel and paper in the ledger's columns."""
    found = queries.tasks().prefetch_related("supports__organization")
    context = {"may_assign": queries.assigning_for(request.principals).exists()}
    office = _office_name(request)
    return list_response(request, TASKS, found, template="directives/list.html", context=context, office=office)


@dataclass(frozen=True)
class BoardColumn:
    """One state: its nearest tasks with what may be done to each at once, how many there are, their list."""

    state: State
    cards: list[tuple[Task, list[Any]]]
    count: int
    url: str


@login_required
@require_GET
def board(request: OfficeRequest) -> HttpResponse:
    """Tasks by state; a card is moved by its buttons, so the keyboard does all."""
    scope = request.GET.get("scope", "mine")
    narrow = {one.key: one.narrow for one in TASKS.scopes}.get(scope, _mine)
    # The lists' queries join; ranking them needs the bare ids.
    found = queries.tasks().filter(pk__in=narrow(Task.objects.all(), request).values("pk"))
    counts = queries.counts_by_state(found)
    cards = queries.first_of_each_state(found, ON_BOARD)
    shown = [state for state in FLOW.states if state.key != "cancelled" or counts.get("cancelled")]
    columns = [
        BoardColumn(
            state, [(task, queries.board_acts(task, request.principals)) for task in cards.get(state.key, [])],
            counts.get(state.key, 0), list_url(scope=scope, state=state.key),
        )
        for state in shown
    ]  # fmt: skip
    context = {"title": _t("Bảng nhiệm vụ"), "columns": columns, "scopes": TASKS.scopes, "scope": scope}
    return render_page(request, "directives/board.html", "directives/_board.html", context)


@login_required
@require_GET
def dashboard(request: OfficeRequest) -> HttpResponse:
    """How the work stands by unit, group and state; every figure opens its list."""
    today = timezone.localdate()
    symbol = request.GET.get("symbol", "")[:120]
    found = Task.objects.filter(source_symbol=symbol) if symbol else Task.objects.all()
    kept = {"symbol": symbol} if symbol else {}
    totals = queries.totals(found, today, soon_day(today))
    context = {
        "tiles": _tiles(totals, today, kept),
        "by_unit": _by_unit(found, today, kept),
        "by_group": _by_group(found, today, kept),
        "by_state": _by_state(found, today, kept),
        "rate": round(100 * totals["kept"] / totals["due"]) if totals["due"] else None,
        "totals": totals, "today": today, "symbol": symbol,
        "symbols": queries.distinct_values("source_symbol"),
    }  # fmt: skip
    return render_page(request, "directives/dashboard.html", "directives/_dashboard.html", context)


def list_url(**facts: object) -> str:
    """The list of all tasks narrowed by these filters."""
    return f"{reverse('directives:list')}?{urlencode({'scope': 'all'} | facts)}"


def _tiles(totals: dict[str, int], today: date, kept: dict[str, str]) -> list[Tile]:
    year = {"due_from": f"01/01/{today.year}", "due_to": f"{today:%d/%m/%Y}"}
    soon = {"due_from": f"{today:%d/%m/%Y}", "due_to": f"{soon_day(today):%d/%m/%Y}"}

    def tile(label: Any, key: str, tone: str = "", **facts: str) -> Tile:
        return Tile(label, totals[key], list_url(**kept, **facts), tone)

    return [
        tile(_("Nhiệm vụ"), "counted", standing="counted"),
        tile(_("Quá hạn"), "overdue", "bad", standing="overdue"),
        tile(_("Sắp đến hạn"), "soon", "warn", standing="running", **soon),
        tile(_("Chờ xác nhận"), "awaiting", "warn", standing="counted", state="awaiting_confirmation"),
        tile(_("Đến hạn từ đầu năm"), "due", standing="counted", **year),
        tile(_("Trong đó hoàn thành đúng hạn"), "kept", "good", standing="on_time", **year),
        tile(_("Nhiệm vụ định kỳ đang mở"), "series", kind="series"),
    ]


def _line(label: str, row: dict[str, Any], facts: dict[str, Any]) -> Line:
    urls = {part.key: list_url(**facts, standing=part.key) for part in _PARTS}
    return Line(label, {part.key: row[part.key] for part in _PARTS}, urls | {"": list_url(**facts, standing="counted")})


def _by_unit(found: QuerySet[Task], today: date, kept: dict[str, str]) -> Bars:
    rows = queries.counts_by(found, ("unit__name_key", "unit_id", "unit__short_name"), today)
    lines = [_line(row["unit__short_name"], row, kept | {"unit": row["unit_id"]}) for row in rows]
    return bars(_("Theo đơn vị chủ trì"), _("Đơn vị"), _PARTS, lines)


def _by_group(found: QuerySet[Task], today: date, kept: dict[str, str]) -> Bars:
    rows = queries.counts_by(found, ("source_symbol", "chapter"), today)
    lines = [
        _line(
            f"{row['source_symbol']} · {row['chapter'] or _t('Không ghi nhóm')}", row,
            kept | {"symbol": row["source_symbol"], "chapter": row["chapter"] or NO_CHAPTER},
        )
        for row in rows
    ]  # fmt: skip
    return bars(_("Theo văn bản, nhóm nhiệm vụ"), _("Văn bản · nhóm"), _PARTS, lines)


def _by_state(found: QuerySet[Task], today: date, kept: dict[str, str]) -> Bars:
    rows = {row["state"]: row for row in queries.counts_by(found, ("state",), today)}
    states: Iterable[State] = (state for state in FLOW.states if state.key in rows)
    lines = [_line(str(state.label), rows[state.key], kept | {"state": state.key}) for state in states]
    return bars(_("Theo trạng thái"), _("Trạng thái"), _PARTS, lines)


def _office_name(request: OfficeRequest) -> str:
    held = assignments_of(request.actor.id, timezone.localdate()).first()
    if held is None:
        return ""
    organization = held.post.organization
    return (organization.parent if organization.kind == "unit" and organization.parent else organization).name
