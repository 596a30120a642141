"""Editions: their list, drafting, approving, publishing, replacing, ending."""

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

from congso.apps.procedures import services
from congso.apps.procedures.flow import PROCEDURE_FLOW
from congso.apps.procedures.forms import DecisionForm, EndForm, FilesForm, PaperFormSet, ProcedureForm, StepFormSet
from congso.apps.procedures.models import Level, Procedure
from congso.apps.procedures.queries import keeping_for, procedure_of, procedures
from congso.apps.procedures.services.content import performer_words
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.queries import organizations_on
from congso.kernel.files.models import Attachment
from congso.kernel.web.detail import Fact, acts_of, detail_context, file_lines
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused, possible_transitions

EDITIONS = RecordList(
    key="soan-thu-tuc",
    title=_("Soạn, công bố thủ tục"),
    official_title=_("Danh mục thủ tục hành chính"),
    columns=(
        Column("number", _("Mã"), sort="number", card=Card.TOP, width=14),
        Column("title", _("Tên thủ tục"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("edition", _("Phiên bản"), kind=Kind.NUMBER, width=10),
        Column("field", _("Lĩnh vực"), sort="field", width=24),
        Column("performer", _("Cơ quan thực hiện"), value=performer_words, width=28),
        Column("valid_from", _("Hiệu lực từ"), kind=Kind.DATE, sort="valid_from", width=14),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=24, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm thủ tục")),
        ChoiceFilter("state", _("Trạng thái"), lookup="state",
                     choices=tuple((state.key, state.label) for state in PROCEDURE_FLOW.states)),
        ChoiceFilter("level", _("Cấp thực hiện"), lookup="level", choices=Level.choices),
    ),
    default_sort="number",
    empty=Empty(_("Chưa soạn thủ tục nào"), _("Thủ tục bạn soạn cho cơ quan sẽ hiện ở đây.")),
)  # fmt: skip
_FORMS: dict[str, type[Any]] = {
    "reject": ReasonForm, "drop": ReasonForm, "decide": DecisionForm, "end": EndForm, "submit": NoteForm,
    "approve": NoteForm, "publish": NoteForm,
}  # fmt: skip
_PRESSED = frozenset({"submit", "approve", "publish"})


@login_required
@require_GET
def editions(request: OfficeRequest) -> HttpResponseBase:
    """All editions one keeps."""
    context = {"may_keep": keeping_for(request.principals, timezone.localdate()).exists()}
    return list_response(request, EDITIONS, procedures(), template="procedures/editions.html", context=context)


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """An edition and what may be done with it."""
    one = _edition(pk)
    acts = [act for act in acts_of(request, one, url_name="procedures:act", asks=("decide", "end"), primary="publish")
            if act.key not in ("edit", "replace")]  # fmt: skip
    keys = {transition.key for transition in possible_transitions(one, held=request.principals)}
    context = detail_context(
        request, one, facts=_facts(one), acts=acts, files=file_lines(one), steps=one.steps.all(),
        papers=one.papers.all(), may_edit="edit" in keys, may_open="replace" in keys, files_form=FilesForm(),
        total=sum(step.working_days for step in one.steps.all()),
    )  # fmt: skip
    return render(request, "procedures/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Begin an edition."""
    owners = keeping_for(request.principals, timezone.localdate())
    if not owners.exists():
        raise Http404
    return _drafted(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    one = _edition(pk)
    if one.state != "draft" or not _may(request, one, "edit"):
        messages.warning(request, _t("Chỉ sửa được bản đang soạn."))
        return redirect("procedures:detail", pk)
    return _drafted(request, one)


@login_required
@require_POST
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add forms to a draft; each can then be named as the form of a paper."""
    one = _edition(pk)
    form = FilesForm(request.POST, request.FILES)
    if not _may(request, one, "edit"):
        raise Http404
    if form.is_valid():
        try:
            services.add_files(one, form.cleaned_data["enclosed"], by=request.actor, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _t("Đã nhận tệp; hệ thống đang đọc. Xong sẽ chọn được làm mẫu."))
    else:
        messages.error(request, _t("Hãy chọn tệp."))
    return redirect("procedures:detail", pk)


@login_required
@require_POST
def next_edition(request: OfficeRequest, pk: int) -> HttpResponse:
    """Draft the next edition of a published procedure."""
    try:
        made = services.open_edition(_edition(pk), by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("procedures:detail", pk)
    messages.success(request, _t("Đã mở phiên bản mới; thủ tục hiện hành giữ nguyên đến khi công bố."))
    return redirect("procedures:edit", made.pk)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it."""
    if key not in _FORMS:
        raise Http404
    one = _edition(pk)
    request.shown_record = pk
    transition = PROCEDURE_FLOW.transition(key)
    if request.method == "GET" and not _may(request, one, key):
        messages.warning(request, _t("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("procedures:detail", pk)
    form = _FORMS[key](request.POST if request.method == "POST" else None, **_opened(one, key))
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(one, key, form.cleaned_data, request)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã làm: %(act)s.") % {"act": transition.label})
            return redirect("procedures:detail", pk)
    context = {
        "record": one, "title": transition.label, "form": form, "back_url": reverse("procedures:detail", args=[pk]),
        "submit_label": transition.label, "submit_icon": transition.icon,
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _carry_out(one: Procedure, key: str, data: dict[str, Any], request: OfficeRequest) -> None:
    who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    match key:
        case "decide":
            services.record_decision(one, **data, **who)
        case "publish":
            services.publish_procedure(one, **who)
        case "end":
            services.end_procedure(one, **data, **who)
        case _:
            services.step_on(one, key, note=data["note"], **who)


def _opened(one: Procedure, key: str) -> dict[str, Any]:
    if key != "decide":
        return {}
    return {"initial": {"symbol": one.decision_symbol, "decided_on": one.decision_on, "valid_from": one.valid_from}}


def _drafted(request: OfficeRequest, one: Procedure | None) -> HttpResponse:
    today = timezone.localdate()
    owners = [one.owner] if one else list(keeping_for(request.principals, today))
    performers = list(organizations_on(today).exclude(kind__in=("unit", "province", "district", "commune")))
    files = list(Attachment.objects.filter(record_id=one.pk, source__isnull=True).order_by("id")) if one else []
    posted = request.POST if request.method == "POST" else None
    form = ProcedureForm(
        posted, owners=owners, performers=performers, initial=ProcedureForm.initial_of(one) if one else None
    )
    steps = StepFormSet(posted, prefix="buoc", initial=_steps(one), form_kwargs={"performers": performers})
    papers = PaperFormSet(posted, prefix="giay", initial=_papers(one), form_kwargs={"files": files})
    if posted is not None and all([form.is_valid(), steps.is_valid(), papers.is_valid()]):
        rows = {
            "steps": [row.row for row in steps if row.cleaned_data.get("name")],
            "papers": [row.row for row in papers if row.cleaned_data.get("name")],
        }
        try:
            made = _saved(one, form, rows, request)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lưu bản soạn."))
            return redirect("procedures:detail", made.pk)
    context = {
        "form": form, "steps": steps, "papers": papers, "record": one,
        "title": _t("Sửa thủ tục") if one else _t("Soạn thủ tục mới"),
        "back_url": reverse("procedures:detail", args=[one.pk]) if one else reverse("procedures:editions"),
    }  # fmt: skip
    is_wrong = posted is not None
    return render(request, "procedures/draft.html", context, status=422 if is_wrong else 200)


def _saved(one: Procedure | None, form: ProcedureForm, rows: dict[str, Any], request: OfficeRequest) -> Procedure:
    who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    if one is None:
        return services.draft_procedure(form.facts, owner=form.cleaned_data["owner"], **rows, **who)
    services.edit_procedure(one, form.facts, **rows, **who)
    return one


def _steps(one: Procedure | None) -> list[dict[str, Any]]:
    rows = one.steps.all() if one else ()
    return [
        {"name": row.name, "organization": row.organization_id, "working_days": row.working_days} for row in rows
    ]  # fmt: skip


def _papers(one: Procedure | None) -> list[dict[str, Any]]:
    rows = one.papers.all() if one else ()
    return [
        {"name": row.name, "kind": row.kind, "quantity": row.quantity, "is_required": row.is_required,
         "form": row.form_id}
        for row in rows
    ]  # fmt: skip


def _facts(one: Procedure) -> list[Fact]:
    public = reverse("procedures:public", args=[one.number]) if one.state in ("published", "ended", "replaced") else ""
    return [
        Fact(_("Mã"), one.number, url=public),
        Fact(_("Phiên bản"), one.edition, "number"),
        Fact(_("Lĩnh vực"), one.field),
        Fact(_("Cấp thực hiện"), one.get_level_display()),
        Fact(_("Cơ quan thực hiện"), performer_words(one)),
        Fact(_("Thẩm quyền quyết định"), one.decided_by),
        Fact(_("Đối tượng"), one.applicant_words, is_wide=True),
        Fact(_("Cách thức thực hiện"), one.manner, is_wide=True),
        Fact(_("Yêu cầu, điều kiện"), one.conditions, is_wide=True),
        Fact(_("Kết quả"), one.result, is_wide=True),
        Fact(_("Hiệu lực của kết quả"), one.result_validity),
        Fact(_("Lệ phí"), one.fee or _t("Không")),
        Fact(_("Căn cứ"), one.basis, is_wide=True),
        Fact(_("Quyết định công bố"), one.decision_symbol),
        Fact(_("Ngày quyết định"), one.decision_on, "date"),
        Fact(_("Có hiệu lực từ"), one.valid_from, "date"),
        Fact(_("Hết hiệu lực từ"), one.valid_to, "date"),
    ]


def _may(request: OfficeRequest, one: Procedure, key: str) -> bool:
    return any(transition.key == key for transition in possible_transitions(one, held=request.principals))


def _edition(pk: int) -> Procedure:
    """An edition the person sees; not there and not hers look alike."""
    try:
        return procedure_of(pk)
    except Procedure.DoesNotExist:
        raise Http404 from None
