"""One report: its page, its acts, a cell's history, the paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.reports import services
from congso.apps.reports.flow import FLOW
from congso.apps.reports.forms import ReturnForm
from congso.apps.reports.models import Entry, Report
from congso.apps.reports.queries import acts_open_to, board_of, indicators_of
from congso.apps.reports.rules import check
from congso.apps.reports.views.filling import parts_of
from congso.apps.reports.views.lists import sent_words
from congso.apps.reports.views.requests import report_or_404, root_for, schema_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.queries import uploads_of
from congso.kernel.indicators.queries import history
from congso.kernel.records.naming import name_then_and_now
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.records.types import url_of
from congso.kernel.web.detail import Act, Fact, detail_context, file_lines
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PRIMARY = ("approve", "fill", "submit", "lock")
_SERVICES: dict[str, Callable[..., Any]] = {
    "submit": services.submit_report,
    "recall": services.recall_report,
    "return": services.return_report,
    "approve": services.approve_report,
    "unapprove": services.unapprove_report,
    "lock": services.lock_report,
    "unlock": services.unlock_report,
    "waive": services.waive_report,
    "ask_again": services.ask_again,
}


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """What the unit reported, where each figure is from, what may be done now."""
    report = report_or_404(pk)
    board = board_of(report, schema_of(report))
    findings: dict[str, list[Any]] = {}
    for one in check(board.schema, board.texts, board.last):
        if one.severity == "warning":
            findings.setdefault(one.key, []).append(one)
    context = detail_context(
        request, report,
        facts=_facts(report),
        acts=_acts(request, report),
        files=file_lines(report),
        waiting_files=list(uploads_of(request.actor.id).filter(details__record=pk).exclude(state="ready")[:20]),
        comment_url=reverse("reports:comment", args=[pk]),
        parts=list(parts_of(board, {}, findings)),
        board=board,
        gathered_url=_gathered_url(request, report),
        may_hand_over=services.may_hand_over(report.organization, request.actor, timezone.localdate()),
    )  # fmt: skip
    return render(request, "reports/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it; a refusal is told on the same page and nothing has changed."""
    if key not in _SERVICES:
        raise Http404
    report, transition = report_or_404(pk), FLOW.transition(key)
    request.shown_record = pk
    if request.method == "GET" and transition not in acts_open_to(report, request.principals):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("reports:detail", pk)
    form = _form_of(transition)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, report, key, form.cleaned_data["note"])
        except services.InvalidReport as invalid:
            messages.error(request, str(invalid))
            return redirect("reports:fill", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thực hiện: %(label)s.") % {"label": transition.label})
            return redirect("reports:detail", pk) if Report.objects.filter(pk=pk).exists() else redirect("reports:list")
    return _ask(request, report, transition, form)


@login_required
@require_GET
def cell(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Everything that was ever put into a cell, and what it became in the catalogue of figures."""
    report = report_or_404(pk)
    schema = schema_of(report)
    entries = list(Entry.objects.filter(report=report, key=key).order_by("-id")[:200])
    if key not in schema.numbers and key not in schema.texts and not entries:
        raise Http404
    request.shown_record = pk
    indicator = indicators_of(report.form, schema).get(key)
    seen = list(history(indicator, report.organization_id, report.period)[:200]) if indicator else []
    context = {
        "record": report, "cell_title": schema.title_of(key), "entries": entries, "indicator": indicator, "seen": seen,
        "standing": next((one.pk for one in entries if not one.is_contested), 0),
    }  # fmt: skip
    return render(request, "reports/cell.html", context)


@login_required
@require_GET
def word(request: OfficeRequest, pk: int) -> HttpResponse:
    """The report as a Word file."""
    report = report_or_404(pk)
    request.shown_record = pk
    return download(services.report_paper(report), f"bao-cao-{report.period.code}-{report.pk}.docx", WORD)


@login_required
@require_POST
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """The unit's report becomes a draft of its outgoing documents, to be checked, signed and issued."""
    report = report_or_404(pk)
    try:
        document = services.hand_over_report(report, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:detail", pk)
    messages.success(request, _("Đã lập dự thảo văn bản đi. Hãy xem lại người ký, nơi nhận rồi trình."))
    return redirect(url_of(document))


@login_required
@require_POST
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say something about a report one sees."""
    try:
        comment_on(report_or_404(pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('reports:detail', args=[pk])}#y-kien")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes as a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _carry_out(request: OfficeRequest, report: Report, key: str, note: str) -> None:
    more: dict[str, Any] = {}
    if key == "return":
        prefix = "nx-"
        said = {name.removeprefix(prefix): str(text) for name, text in request.POST.items() if name.startswith(prefix)}
        more = {"remarks": said}
    _SERVICES[key](report, by=request.actor, at=timezone.now(), note=note, **more)


def _form_of(transition: Transition) -> type[Any]:
    if transition.key == "return":
        return ReturnForm
    return ReasonForm if transition.needs_reason else NoteForm


def _ask(request: OfficeRequest, report: Report, transition: Transition, form: Any) -> HttpResponse:
    board = board_of(report, schema_of(report)) if transition.key == "return" else None
    context = {
        "title": transition.label, "record": report, "form": form, "submit_label": transition.label,
        "submit_icon": transition.icon, "back_url": reverse("reports:detail", args=[report.pk]),
        "form_action": reverse("reports:act", args=[report.pk, transition.key]),
        "parts": list(parts_of(board, {}, {})) if board else [],
    }  # fmt: skip
    return render(request, "reports/ask.html", context, status=422 if request.method == "POST" else 200)


def _acts(request: OfficeRequest, report: Report) -> list[Act]:
    open_to = acts_open_to(report, request.principals)
    keys = [one.key for one in open_to]
    first = next((key for key in _PRIMARY if key in keys), "")
    shown = [
        Act(
            key=one.key, label=one.label, icon=one.icon, tone="primary" if one.key == first else "",
            url=reverse("reports:fill", args=[report.pk]) if one.key == "fill"
            else reverse("reports:act", args=[report.pk, one.key]),
            ask=one.key not in ("approve", "submit"), is_link=one.key in ("fill", "return"),
            needs_reason=one.needs_reason and one.key != "return",
        )
        for one in open_to
    ]  # fmt: skip
    return sorted(shown, key=lambda one: one.tone != "primary")


def _facts(report: Report) -> list[Fact]:
    return [
        Fact(_("Đơn vị báo cáo"), name_then_and_now(report.organization, report.period.end)),
        Fact(_("Nơi nhận"), name_then_and_now(report.owner, report.opened_on)),
        Fact(_("Kỳ"), report.period.name),
        Fact(_("Hạn gửi"), report.due_on, "date"),
        Fact(_("Ngày gửi lần đầu"), sent_words(report)),
        Fact(_("Mẫu báo cáo"), f"{report.form.title}, bản {report.version_of_form.number}"),
        Fact(_("Căn cứ, hướng dẫn"), report.form.note, is_wide=True),
    ]


def _gathered_url(request: OfficeRequest, report: Report) -> str:
    if root_for(request, report.form) is None:
        return ""
    return reverse("reports:gathered", args=[report.form.code, report.period.code])
