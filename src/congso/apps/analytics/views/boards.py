"""Dashboards: their list, making, changing, sharing; their questions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.analytics import services
from congso.apps.analytics.forms import BoardForm, QuestionForm
from congso.apps.analytics.models import Dashboard, Question
from congso.apps.analytics.queries import board_of, boards, keeps, offices_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.indicators.models import Indicator
from congso.kernel.records.types import record_types
from congso.kernel.web.asking import fill, posted, who
from congso.kernel.web.filters import TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused

MOST_INDICATORS = 600

BOARDS = RecordList(
    key="bang-so-lieu",
    title=_("Bảng số liệu"),
    columns=(
        Column("title", _("Bảng"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=50),
        Column("words", _("Dùng để làm gì"), width=50, card=Card.LINE),
        Column("owner", _("Của"), value="owner.short_name", sort="owner__name_key", width=24),
        Column("updated_at", _("Sửa lần cuối"), kind=Kind.MOMENT, sort="updated_at", width=18),
    ),
    filters=(TextFilter("q", _("Tìm bảng"), fields=("title", "words")),),
    default_sort="title",
    row_url=lambda one: reverse("analytics:board", args=[one.pk]),
    empty=Empty(
        _("Chưa có bảng nào"),
        _("Bảng số liệu cơ quan bạn lập, hoặc cơ quan khác chia sẻ, sẽ hiện ở đây."),
        "analytics:board-new",
        _("Lập bảng số liệu"),
    ),
)


@login_required
@require_GET
def board_list(request: OfficeRequest) -> HttpResponseBase:
    """All dashboards one sees."""
    return list_response(request, BOARDS, boards(), template="analytics/boards.html")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Begin a dashboard."""
    owners = list(offices_of(request.principals, timezone.localdate()))
    if not owners:
        raise Http404
    form = BoardForm(request.POST if request.method == "POST" else None, owners=owners, units=_units())
    if request.method == "POST" and form.is_valid():
        try:
            board = services.make_board(
                form.facts, owner=form.cleaned_data["owner"], by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lập bảng. Hãy thêm câu hỏi."))
            return redirect("analytics:question-new", board.pk)
    context = {"form": form, "title": _t("Lập bảng số liệu"), "back_url": reverse("analytics:boards")}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Its words and who sees it."""
    board = kept_or_404(request, pk)
    back = reverse("analytics:board", args=[pk])
    form = BoardForm(posted(request), owners=[board.owner], units=_units(), initial=BoardForm.initial_of(board))
    return fill(
        request, form, title=_t("Sửa bảng số liệu"), act=_t("Lưu"), back_url=back,
        do=lambda form: services.change_board(board, form.facts, **who(request)), done=lambda _made: back,
    )  # fmt: skip


@login_required
@require_POST
def archive(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put it away, or bring it back."""
    board = kept_or_404(request, pk)
    services.archive_board(board, is_archived=not board.is_archived, by=request.actor, at=timezone.now())
    messages.success(
        request, _t("Đã mở lại bảng.") if board.is_archived else _t("Đã cất bảng; mở lại được tại trang này.")
    )
    return redirect("analytics:board", pk)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: OfficeRequest, pk: int) -> HttpResponse:
    """A further question."""
    return _asked(request, kept_or_404(request, pk), None)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: OfficeRequest, pk: int, question_id: int) -> HttpResponse:
    """Ask otherwise."""
    board = kept_or_404(request, pk)
    return _asked(request, board, question_or_404(board, question_id))


@login_required
@require_POST
def drop(request: OfficeRequest, pk: int, question_id: int) -> HttpResponse:
    """Take a question off the board."""
    board = kept_or_404(request, pk)
    services.drop_question(question_or_404(board, question_id), board=board, by=request.actor, at=timezone.now())
    messages.success(request, _t("Đã bỏ câu hỏi."))
    return redirect("analytics:board", pk)


@login_required
@require_POST
def move(request: OfficeRequest, pk: int, question_id: int) -> HttpResponse:
    """One place up or down."""
    board = kept_or_404(request, pk)
    question = question_or_404(board, question_id)
    services.move_question(question, up=request.POST.get("up") == "1", board=board, by=request.actor, at=timezone.now())
    return redirect(f"{reverse('analytics:board', args=[pk])}#cau-{question.pk}")


def board_or_404(pk: int) -> Dashboard:
    """A dashboard the person sees."""
    try:
        return board_of(pk)
    except Dashboard.DoesNotExist:
        raise Http404 from None


def kept_or_404(request: OfficeRequest, pk: int) -> Dashboard:
    """A dashboard the person keeps."""
    board = board_or_404(pk)
    if not keeps(board, request.principals, request.actor.id):
        raise Http404
    return board


def question_or_404(board: Dashboard, pk: int) -> Question:
    """A question of the dashboard."""
    found = next((one for one in board.questions.all() if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _asked(request: OfficeRequest, board: Dashboard, question: Question | None) -> HttpResponse:
    back = reverse("analytics:board", args=[board.pk])
    known = Indicator.objects.order_by("code").values_list("code", "name")[:MOST_INDICATORS]
    initial: dict[str, Any] = QuestionForm.initial_of(question) if question else {}
    form = QuestionForm(
        request.POST if request.method == "POST" else None, types=[(one.key, one.label) for one in record_types()],
        indicators=[(code, f"{code} · {name}") for code, name in known], units=_units(), initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            if question is None:
                services.ask_question(board, form.facts, by=request.actor, at=timezone.now())
            else:
                services.change_question(question, form.facts, board=board, by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lưu câu hỏi."))
            return redirect(back)
    context = {"form": form, "title": _t("Sửa câu hỏi") if question else _t("Thêm câu hỏi"), "back_url": back}
    return render(request, "analytics/question_form.html", context, status=422 if form.errors else 200)


def _units() -> list[Organization]:
    return list(organizations_on(timezone.localdate()).exclude(kind__in=("unit", "province", "district", "commune")))
