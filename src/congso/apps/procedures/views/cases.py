"""Cases: their lists, one case, its acts and files."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.procedures import queries, services
from congso.apps.procedures.flow import CASE_FLOW, NOT_ONES_OWN
from congso.apps.procedures.forms import FilesForm
from congso.apps.procedures.models import Applicant, Case, Channel
from congso.apps.procedures.rules import days_late, own_limit
from congso.apps.procedures.views.acting import ACTS, ASKS
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.queries import uploads_of
from congso.kernel.records.naming import name_then_and_now
from congso.kernel.regulations.queries import calendar
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context, file_lines
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response
from congso.kernel.workflow.services import Refused, possible_transitions

_PRIMARY = ("submit", "receive", "take_additions", "finish_step", "ask_signature", "approve_result", "return_result")


def _mine(found: QuerySet[Case], request: OfficeRequest) -> QuerySet[Case]:
    return queries.mine(found, request.actor.id)


def _bodies(found: QuerySet[Case], request: OfficeRequest) -> QuerySet[Case]:
    return queries.of_my_bodies(found, request.principals)


def _late(found: QuerySet[Case], request: OfficeRequest) -> QuerySet[Case]:
    return queries.overdue(found, timezone.localdate())


def _ready(found: QuerySet[Case], request: OfficeRequest) -> QuerySet[Case]:
    return found.filter(state="result_ready")


def _all(found: QuerySet[Case], request: OfficeRequest) -> QuerySet[Case]:
    return found


CASES = RecordList(
    key="ho-so-thu-tuc",
    title=_("Hồ sơ thủ tục"),
    official_title=_("Sổ theo dõi hồ sơ thủ tục hành chính"),
    columns=(
        Column("number", _("Mã hồ sơ"), sort="number", card=Card.TOP, width=22),
        Column("title", _("Thủ tục"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=48),
        Column("applicant", _("Người đề nghị"), value="applicant_name", sort="applicant_name", width=24),
        Column("owner", _("Nơi tiếp nhận"), value="owner.short_name", width=22, on_screen=False),
        Column("unit", _("Đang ở"), value="unit.short_name", width=22),
        Column("received_at", _("Tiếp nhận"), kind=Kind.MOMENT, sort="received_at", width=16),
        Column("due", _("Hẹn trả"), value="due_on", kind=Kind.DUE, sort="due_on", width=16, card=Card.TOP),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=20, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm hồ sơ"), fields=("number", "title", "applicant_name")),
        ChoiceFilter("state", _("Trạng thái"), lookup="state",
                     choices=tuple((state.key, state.label) for state in CASE_FLOW.states)),
        ChoiceFilter("channel", _("Cách nộp"), lookup="channel", choices=Channel.choices),
        DateFilter("due", _("Hẹn trả"), lookup="due_on"),
        DateFilter("opened", _("Ngày lập"), lookup="opened_on"),
    ),
    scopes=(
        Scope("bodies", _("Cơ quan tôi"), _bodies),
        Scope("mine", _("Tôi nộp"), _mine),
        Scope("late", _("Quá hẹn"), _late),
        Scope("ready", _("Chờ trả kết quả"), _ready),
        Scope("all", _("Tất cả"), _all),
    ),
    default_sort="due",
    empty=Empty(_("Không có hồ sơ nào ở đây"),
                _("Hồ sơ bạn nộp, hoặc cơ quan bạn tiếp nhận, giải quyết sẽ hiện ở đây."),
                "procedures:index", _("Xem danh mục thủ tục")),
)  # fmt: skip


@login_required
@require_GET
def case_list(request: OfficeRequest) -> HttpResponseBase:
    """Cases one sees, each tab a narrowing."""
    return list_response(request, CASES, queries.cases(), template="procedures/cases.html")


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """A case: where it is, what is awaited, what the person may do now."""
    case = _case(pk)
    keys = {one.key for one in possible_transitions(case, held=request.principals)} - _barred(request, case)
    acts = [one for one in _acts(request, case) if one.key in keys]
    waiting = uploads_of(request.actor.id).filter(details__record=pk).exclude(state="ready")[:20]
    context = detail_context(
        request, case, facts=_facts(case), acts=acts, files=file_lines(case), waiting_files=list(waiting),
        steps=list(case.steps.all()), papers=list(case.papers.all()), stops=list(case.stops.all()),
        apologies=list(case.apologies.all()), files_form=FilesForm(), may_edit="edit" in keys,
        may_add=case.state not in ("returned", "refused", "withdrawn"),
        may_add_result=case.state in ("in_progress", "awaiting_signature") and bool(keys & {"ask_signature",
        "approve_result"}),
        has_receipt=case.received_at is not None and bool(keys or case.applicant_id == request.actor.id),
        warnings=_warnings(case, timezone.localdate()),
    )  # fmt: skip
    return render(request, "procedures/case.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it; a refusal is told on the same page and nothing has changed."""
    if key not in ACTS:
        raise Http404
    case, asked, transition = _case(pk), ACTS[key], CASE_FLOW.transition(key)
    request.shown_record = pk
    if request.method == "GET" and transition not in possible_transitions(case, held=request.principals):
        messages.warning(request, _t("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("procedures:case", pk)
    form = asked.form(request.POST if request.method == "POST" else None, **asked.prepare(case))
    if request.method == "POST" and form.is_valid():
        try:
            asked.carry_out(case, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, pk, key)
    context = {
        "record": case, "title": transition.label, "form": form, "back_url": reverse("procedures:case", args=[pk]),
        "submit_label": transition.label, "submit_icon": transition.icon,
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def add_files(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand papers in as files."""
    return _add(request, pk, is_result=False)


@login_required
@require_POST
def add_result(request: OfficeRequest, pk: int) -> HttpResponse:
    """The signed result, by who works on the case."""
    case = _case(pk)
    if not request.principals & set(case.handlers) or case.applicant_id == request.actor.id:
        raise Http404
    return _add(request, pk, is_result=True)


def _add(request: OfficeRequest, pk: int, *, is_result: bool) -> HttpResponse:
    case = _case(pk)
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _t("Hãy chọn tệp."))
        return redirect("procedures:case", pk)
    try:
        services.add_files(
            case, form.cleaned_data["enclosed"], by=request.actor, at=timezone.now(), is_result=is_result
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _t("Đã nhận tệp; hệ thống đang đọc và kiểm tra."))
    return redirect("procedures:case", pk)


def _done(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    messages.success(request, _t("Đã làm: %(act)s.") % {"act": CASE_FLOW.transition(key).label})
    if key == "receive":
        return redirect("procedures:receipt", pk)
    if key == "apologise":
        return redirect("procedures:apology", pk)
    # Who handed the case away may see it no more.
    return redirect("procedures:case", pk) if Case.objects.filter(pk=pk).exists() else redirect("procedures:cases")


def _barred(request: OfficeRequest, case: Case) -> set[str]:
    return set(NOT_ONES_OWN) if case.applicant_id == request.actor.id else set()


def _acts(request: OfficeRequest, case: Case) -> list[Act]:
    possible = {one.key for one in possible_transitions(case, held=request.principals)}
    primary = next((key for key in _PRIMARY if key in possible), "")
    return [
        one for one in acts_of(request, case, url_name="procedures:case-act", asks=ASKS, primary=primary)
        if one.key != "edit"
    ]  # fmt: skip


def _facts(case: Case) -> list[Fact]:
    public = reverse("procedures:public", args=[case.publication.code])
    first = case.first_due_on if case.first_due_on != case.due_on else None
    return [
        Fact(_("Thủ tục"), f"{case.publication.code} {case.publication.name}", url=public, is_wide=True),
        Fact(_("Người đề nghị"), case.applicant_name),
        Fact(_("Là"), Applicant(case.applicant_kind).label),
        Fact(_("Tổ chức đảng, cơ quan, đơn vị"), case.applicant_organization),
        Fact(_("Điện thoại"), case.phone),
        Fact(_("Thư điện tử"), case.email),
        Fact(_("Địa chỉ"), case.address),
        Fact(_("Nội dung đề nghị"), case.request_text, is_wide=True),
        Fact(_("Ngày của sự kiện"), case.event_on, "date"),
        Fact(_("Cách nộp"), case.get_channel_display()),
        Fact(_("Nơi tiếp nhận"), name_then_and_now(case.owner, case.opened_on)),
        Fact(_("Tiếp nhận lúc"), case.received_at, "moment"),
        Fact(_("Thời hạn"), _t("%(days)s ngày làm việc") % {"days": case.working_days}),
        Fact(_("Hẹn trả ban đầu"), first, "date"),
        Fact(_("Đang ở"), name_then_and_now(case.unit, case.opened_on) if case.unit and case.received_at else ""),
        Fact(_("Người thụ lý"), str(case.handler) if case.handler else ""),
        Fact(_("Chờ bổ sung"), case.asked_for, is_wide=True),
        Fact(_("Trả lời người nộp"), case.answer, is_wide=True),
        Fact(_("Có kết quả ngày"), case.result_on, "date"),
        Fact(_("Chữ ký trên kết quả"), _signature(case)),
        Fact(_("Trả ngày"), case.returned_on, "date"),
        Fact(_("Người nhận kết quả"), case.returned_to),
    ]


def _signature(case: Case) -> str:
    if case.state not in ("awaiting_signature", "result_ready", "returned"):
        return ""
    return _t("Chữ ký số hợp lệ") if case.result_is_signed else _t("Chưa có chữ ký số hợp lệ trên tệp kết quả")


def _warnings(case: Case, today: date) -> list[str]:
    """What both bodies should know: lateness, and the applicant's own limits (office 8, rule 7)."""
    days, content, found = calendar(), case.publication.content, []
    if case.closed_at is None and (late := days_late(case.due_on, today, days)):
        found.append(_t("Hồ sơ quá hẹn %(days)s ngày làm việc; hãy xin lỗi và hẹn lại.") % {"days": late})
    started = own_limit(case.event_on, content["start_within"], case.opened_on, days)
    if started and started.has_passed:
        found.append(
            _t("Người đề nghị làm thủ tục sau hạn %(day)s (%(days)s ngày làm việc kể từ sự kiện); cần giải trình.")
            % {"day": f"{started.last_day:%d/%m/%Y}", "days": content["start_within"]}
        )
    presented = own_limit(case.returned_on, content["present_within"], today, days)
    if presented:
        found.append(
            _t("Kết quả phải được xuất trình trước hết ngày %(day)s.") % {"day": f"{presented.last_day:%d/%m/%Y}"}
        )
    return found


def _case(pk: int) -> Case:
    """A case the person sees; not there and not hers look alike."""
    try:
        return queries.case_of(pk)
    except Case.DoesNotExist:
        raise Http404 from None
