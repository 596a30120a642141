"""One task: its page, its acts, a report on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.directives import queries
from congso.apps.directives.flow import FLOW
from congso.apps.directives.forms import FigureFormSet, ReportForm
from congso.apps.directives.models import Extension, Task
from congso.apps.directives.queries.trees import may_divide, parent_of, sub_tasks_of
from congso.apps.directives.services import add_evidence, report_progress
from congso.apps.directives.views.acting import ACTS, PRESSED, REASON_ONLY
from congso.apps.directives.views.lists import deadline_words, list_url, standing_words
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.queries import files_of, uploads_of
from congso.kernel.records.naming import name_then_and_now
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.records.types import url_of
from congso.kernel.regulations.queries import calendar
from congso.kernel.web.detail import Act, Fact, FileLine, detail_context
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import Refused

_PRIMARY = ("confirm", "grant_extension", "grant_late_extension", "accept", "report", "resume", "reassign")
_REPORTS_SHOWN = 30
NAMES_SHOWN = 12


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """All that is known of a task and what the person may do now."""
    task = _task(pk)
    reports = list(task.reports.prefetch_related("figures").order_by("-at", "-id")[:_REPORTS_SHOWN])
    parent = parent_of(task)
    wishes = sorted(task.extensions.all(), key=lambda one: one.asked_at, reverse=True)
    context = detail_context(
        request, task,
        facts=_facts(task, parent),
        acts=_acts(request, task),
        files=_files(task),
        waiting_files=list(uploads_of(request.actor.id).filter(details__record=pk).exclude(state="ready")[:20]),
        comment_url=reverse("directives:comment", args=[pk]),
        reports=reports,
        targets=list(task.targets.order_by("id")),
        wishes=wishes,
        pending=next((one for one in wishes if one.decision == Extension.Decision.PENDING), None),
        standing=standing_words(task),
        periods=_periods(task),
        sub_tasks=sub_tasks_of(task),
    )  # fmt: skip
    if context["periods"]:  # they have a list of their own
        context["links"] = [line for line in context["links"] if line.record.type != task.type]
    return render(request, "directives/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it; a refusal is told on the same page and nothing has changed."""
    if key not in ACTS:
        raise Http404
    task, asked = _task(pk), ACTS[key]
    transition = FLOW.transition(key)
    request.shown_record = pk
    if request.method == "GET" and transition not in queries.acts_open_to(task, request.principals):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("directives:detail", pk)
    form = asked.form(_posted(request, key), **asked.prepare(task))
    if request.method == "POST" and form.is_valid():
        try:
            asked.carry_out(task, form.cleaned_data, request.actor, timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, pk, transition)
    return _ask(request, task, transition, form)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, pk: int) -> HttpResponse:
    """Report how far the work is, with figures."""
    task = _task(pk)
    request.shown_record = pk
    form = ReportForm(request.POST or None, request.FILES or None, initial={"percent": task.progress})
    figures = FigureFormSet(request.POST or None, prefix="so", initial=_asked_figures(task))
    if request.method == "POST" and form.is_valid() and figures.is_valid():
        try:
            _send_report(request, task, form, figures)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            key = "finish" if form.cleaned_data["percent"] == 100 else "report"
            return _done(request, pk, FLOW.transition(key))
    status = 422 if request.method == "POST" else 200
    return render(request, "directives/report.html", _report_context(task, form, figures), status=status)


@login_required
@require_POST
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say something about a task one sees."""
    try:
        comment_on(_task(pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('directives:detail', args=[pk])}#y-kien")


def _task(pk: int) -> Task:
    """A task the person sees; not there and not hers look alike."""
    try:
        return queries.task_of(pk)
    except Task.DoesNotExist:
        raise Http404 from None


def _posted(request: OfficeRequest, key: str) -> Any:
    """What was posted; a card's button sends no day of completion, so the form's own stands for it."""
    if request.method != "POST":
        return None
    if key == "confirm" and "completed_on" not in request.POST:
        posted = request.POST.copy()
        posted["completed_on"] = request.POST.get("finished_on") or f"{timezone.localdate():%d/%m/%Y}"
        return posted
    return request.POST


def _done(request: OfficeRequest, pk: int, transition: Transition) -> HttpResponse:
    """Back to where the person was: the board, the task, or the list when the task is no longer hers."""
    if request.POST.get("next") == "board":
        return redirect(f"{reverse('directives:board')}?scope={request.POST.get('scope', 'mine')[:20]}")
    messages.success(request, _("Đã thực hiện: %(label)s.") % {"label": transition.label})
    if Task.objects.filter(pk=pk).exists():
        return redirect("directives:detail", pk)
    return redirect("directives:list")


def _send_report(request: OfficeRequest, task: Task, form: ReportForm, figures: "BaseFormSet[Any]") -> None:
    """The report with its figures and files, or nothing of it."""
    told = dict(form.cleaned_data)
    files = told.pop("evidence")
    rows = [one.row for one in figures if one.cleaned_data.get("value") is not None]
    now = timezone.now()
    with transaction.atomic():
        sent = report_progress(task, by=request.actor, at=now, figures=rows, **told)
        add_evidence(task, report=sent, files=files, by=request.actor, at=now)


def _files(task: Task) -> list[FileLine]:
    """The evidence, as the task's page lists it."""
    return [
        FileLine(one.file.name, reverse("files:view", args=[one.shown.pk]), one.file.blob.size, one.file.note)
        for one in files_of(task)
    ]


def _ask(request: OfficeRequest, task: Task, transition: Transition, form: Any) -> HttpResponse:
    context = {
        "title": transition.label, "record": task, "form": form, "submit_label": transition.label,
        "submit_icon": transition.icon, "back_url": reverse("directives:detail", args=[task.pk]),
        "form_action": reverse("directives:act", args=[task.pk, transition.key]), "may_wait": transition.may_wait,
    }  # fmt: skip
    return render(request, "directives/ask.html", context, status=422 if request.method == "POST" else 200)


def _report_context(task: Task, form: ReportForm, figures: "BaseFormSet[Any]") -> dict[str, Any]:
    return {
        "title": _("Báo cáo tiến độ"), "record": task, "form": form, "figures": figures,
        "submit_label": _("Gửi báo cáo"), "submit_icon": "send", "is_late": "quá hạn" in standing_words(task),
        "back_url": reverse("directives:detail", args=[task.pk]),
        "form_action": reverse("directives:report", args=[task.pk]), "may_wait": True,
    }  # fmt: skip


def _asked_figures(task: Task) -> list[dict[str, str]]:
    return [{"name": target.name, "unit": target.unit} for target in task.targets.order_by("id")]


def _acts(request: OfficeRequest, task: Task) -> list[Act]:
    open_to = queries.acts_open_to(task, request.principals)
    keys = [one.key for one in open_to]
    first = next((key for key in _PRIMARY if key in keys), "")
    shown = [_act(task, one, is_primary=one.key == first) for one in open_to]
    if may_divide(task, request.principals):
        url = f"{reverse('directives:assign')}?parent={task.pk}"
        shown.append(Act("divide", _("Giao nhiệm vụ con"), url, "list-details", is_link=True))
    return sorted(shown, key=lambda one: one.tone != "primary")


def _act(task: Task, transition: Transition, *, is_primary: bool) -> Act:
    key = transition.key
    is_report = key == "report"
    url = reverse("directives:report", args=[task.pk]) if is_report else reverse("directives:act", args=[task.pk, key])
    return Act(
        key=key, label=transition.label, url=url, icon=transition.icon,
        tone="primary" if is_primary else "", ask=key not in PRESSED, is_link=is_report,
        needs_reason=key in REASON_ONLY, may_wait=transition.may_wait,
    )  # fmt: skip


def _facts(task: Task, parent: Task | None) -> list[Fact]:
    same_source = list_url(symbol=task.source_symbol) if task.source_symbol else ""
    due = deadline_words(task)
    return [
        Fact(_("Nội dung giao"), task.content if task.content != task.title else "", is_wide=True),
        Fact(_("Sản phẩm phải đạt"), task.product, is_wide=True),
        Fact(_("Đơn vị chủ trì"), name_then_and_now(task.unit, task.opened_on) if task.unit else ""),
        Fact(_("Người thực hiện"), str(task.in_charge) if task.in_charge else _("Chưa phân công")),
        Fact(_("Đơn vị phối hợp"), _supporting(task), is_wide=True),
        Fact(_("Nơi giao"), name_then_and_now(task.owner, task.opened_on)),
        Fact(_("Văn bản giao"), task.source_symbol, url=same_source),
        Fact(_("Nhiệm vụ cấp trên"), parent.title if parent else "", url=url_of(parent) if parent else ""),
        Fact(_("Mục"), task.clause),
        Fact(_("Nhóm"), task.chapter if task.chapter != task.clause else ""),
        Fact(_("Ngày giao"), task.opened_on, "date"),
        Fact(_("Hạn"), due, "text" if isinstance(due, str) else "date"),
        Fact(_("Lưu ý về hạn"), _provisional(task)),
        Fact(_("Hạn giao ban đầu"), task.first_due_on if task.first_due_on != task.due_on else None, "date"),
        Fact(_("Tiến độ theo văn bản"), task.schedule_text if task.due_on else ""),
        Fact(_("Định kỳ"), task.get_recurrence_display() if task.recurrence else ""),
        Fact(_("Lãnh đạo chỉ đạo"), task.supervisor_label),
        Fact(_("Người theo dõi, đôn đốc"), str(task.tracker) if task.tracker else ""),
        Fact(_("Mức độ"), task.get_priority_display() if task.priority else ""),
        Fact(_("Đơn vị báo hoàn thành"), task.finished_on, "date"),
        Fact(_("Ngày hoàn thành"), task.completed_on, "date"),
    ]


def _supporting(task: Task) -> str:
    """The supporting units by name; of a long list the first ones and how many more."""
    names = [support.organization.name for support in task.supports.all()]
    if len(names) <= NAMES_SHOWN:
        return "; ".join(names)
    more = _("và %(count)s đơn vị khác (danh sách đủ trong tệp Excel)") % {"count": len(names) - NAMES_SHOWN}
    return f"{'; '.join(names[:NAMES_SHOWN])}; {more}"


def _provisional(task: Task) -> str:
    """A deadline in a year whose days off are not announced may move (public 8, rule 3)."""
    if task.due_on is None or not calendar().is_provisional(task.due_on):
        return ""
    return _("Tạm tính: chưa công bố lịch nghỉ năm %(year)s.") % {"year": task.due_on.year}


def _periods(task: Task) -> list[Task]:
    """The tasks a recurring one has opened, newest first."""
    if not task.recurrence:
        return []
    found = queries.tasks().filter(occurrence__series=task).order_by("-occurrence__first_day")
    return list(found[:24])
