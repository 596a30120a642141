"""Breaches of personal data: written down, counted down, reported, printed as form 08."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.personal_data import queries
from congso.apps.personal_data.flow.breaches import BREACHES
from congso.apps.personal_data.forms.breaches import FactsForm, NewBreachForm, ReportForm, TellForm
from congso.apps.personal_data.models import Breach, BreachReport, DataKind
from congso.apps.personal_data.rules import Clock
from congso.apps.personal_data.services import breaches as services
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.regulations.queries import value
from congso.kernel.web.asking import Question, ask, found_or_404, with_reason
from congso.kernel.web.detail import Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

Phase = BreachReport.Phase
MUST_TELL = DataKind.BIOMETRIC
DRILLS = (("True", gettext_lazy("Diễn tập")), ("False", gettext_lazy("Sự cố thật")))


def _clock(breach: Breach) -> Clock | None:
    return queries.clock_of(breach, timezone.now()) if breach.state == "open" else None


LIST = RecordList(
    key="su-co-du-lieu-ca-nhan",
    title=gettext_lazy("Sự cố dữ liệu cá nhân"),
    official_title=gettext_lazy("Sổ sự cố dữ liệu cá nhân"),
    columns=(
        Column("number", gettext_lazy("Số"), sort="number", width=16),
        Column("title", gettext_lazy("Sự cố"), kind=Kind.LINK, card=Card.TITLE, width=40),
        Column("discovered", gettext_lazy("Phát hiện"), "discovered_at", Kind.MOMENT, sort="discovered_at", width=16),
        Column(
            "clock", gettext_lazy("Còn lại để báo cáo"), _clock, width=20, template="personal_data/_clock_cell.html",
            on_paper=False,
        ),
        Column("kinds", gettext_lazy("Loại dữ liệu"), width=30, card=Card.LINE),
        Column("people", gettext_lazy("Số người"), "people_count", Kind.NUMBER, width=10),
        Column("state", gettext_lazy("Tình trạng"), kind=Kind.STATE, width=16, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Tìm sự cố"), fields=("number", "title")),
        ChoiceFilter("state", gettext_lazy("Tình trạng"), choices=[(one.key, one.label) for one in BREACHES.states]),
        ChoiceFilter("drill", gettext_lazy("Diễn tập"), choices=DRILLS, lookup="is_drill"),
    ),
    default_sort="-discovered",
    empty=Empty(
        gettext_lazy("Không có sự cố nào"),
        gettext_lazy("Thấy dữ liệu cá nhân bị lộ, mất, sửa trái phép: ghi ngay, đừng đợi đủ thông tin."),
        "personal_data:new_breach",
        gettext_lazy("Báo sự cố"),
    ),
)  # fmt: skip


def _reported(phase: BreachReport.Phase) -> Question:
    def form(data: Any, breach: Breach) -> ReportForm:
        return ReportForm(data, is_late=phase is Phase.INITIAL and timezone.now() > breach.report_due_at)

    def do(breach: Breach, form: Any, **who: Any) -> None:
        services.report_breach(breach, phase, **form.cleaned_data, **who)

    return Question(form, do)


QUESTIONS = {
    "amend": Question(
        lambda data, breach: FactsForm(data, initial=FactsForm.known(breach)),
        lambda breach, form, **who: services.amend_breach(breach, form.facts(), **who),
    ),
    "report_initial": _reported(Phase.INITIAL),
    "report_additional": _reported(Phase.ADDITIONAL),
    "report_final": _reported(Phase.FINAL),
    "tell_people": Question(
        lambda data, _breach: TellForm(data),
        lambda breach, form, **who: services.tell_people(breach, **form.cleaned_data, **who),
    ),
    "judge_not_reportable": with_reason(services.judge_not_reportable),
    "take_up_again": with_reason(services.take_up_again),
    "reopen": with_reason(services.reopen_breach),
}


@login_required
@require_GET
def listed(request: OfficeRequest) -> HttpResponseBase:
    """The register of breaches, for who protects data and the leaders."""
    return list_response(request, LIST, queries.breaches(), template="personal_data/breaches.html")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Write down what was found. Anybody may, and does not see it afterwards unless she protects data."""
    now = timezone.now()
    form = NewBreachForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts = services.BreachFacts(told["description"])
        try:
            made = services.record_breach(
                facts, discovered_at=form.discovered_at, is_drill=told["is_drill"], by=request.actor, at=now
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Đã ghi sự cố %(number)s và báo ngay cho người phụ trách bảo vệ dữ liệu, lãnh đạo cơ quan.")
            messages.success(request, words % {"number": made.number})
            if queries.breaches().filter(pk=made.pk).exists():
                return redirect("personal_data:breach", made.pk)
            return redirect("personal_data:mine")
    context = {
        "form": form, "title": _("Báo sự cố dữ liệu cá nhân"), "form_action": request.path,
        "submit_label": _("Báo sự cố"), "submit_icon": "send", "back_url": reverse("personal_data:mine"),
    }  # fmt: skip
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One breach: the countdown, what is known, what was reported and to whom it was told."""
    found = queries.breaches().get(pk=pk)
    primary = {"open": "report_initial", "reported": "report_final"}.get(found.state, "")
    context = detail_context(
        request, found,
        facts=_facts(found),
        acts=acts_of(request, found, url_name="personal_data:breach_act", asks=QUESTIONS, primary=primary),
        clock=_clock(found),
        reports=list(found.reports.all()),
        notices=list(found.notices.all()),
        tell_hours=_tell_hours(found),
    )  # fmt: skip
    return render(request, "personal_data/breach.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a breach."""
    found = queries.breaches().get(pk=pk)
    return ask(request, found, key, QUESTIONS)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def form_08(request: OfficeRequest, pk: int) -> HttpResponse:
    """Form 08 as a paper: as reported in one phase (`bao-cao`), or as known now."""
    found = queries.breaches().get(pk=pk)
    asked = request.GET.get("bao-cao", "")
    report = found.reports.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    known = report.known if report else services.known_of(found)
    kinds = [DataKind(kind).label for kind in known["data_kinds"]]
    context = {"record": found, "known": known, "report": report, "kinds": kinds, "moments": _moments(known)}
    return render(request, "personal_data/form_08.html", context)


def _tell_hours(found: Breach) -> int:
    """Within how many hours affected people must be told, where the data touched asks for it; else 0."""
    if MUST_TELL not in found.data_kinds or found.closed_at is not None:
        return 0
    return int(value("personal_data.tell_people_hours", on=found.opened_on))


def _moments(known: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(known[name]) if known[name] else None for name in ("discovered_at", "happened_at")
    }


def _facts(found: Breach) -> list[Fact]:
    return [
        Fact(_("Phát hiện lúc"), found.discovered_at, "moment"),
        Fact(_("Hạn báo cáo"), found.report_due_at, "moment"),
        Fact(_("Xảy ra lúc"), found.happened_at, "moment"),
        Fact(_("Nơi phụ trách"), found.owner.name),
        Fact(_("Số người bị ảnh hưởng"), found.people_count, "number"),
        Fact(_("Loại nguyên nhân"), found.get_cause_display()),
        Fact(_("Loại dữ liệu"), found.kinds, is_wide=True),
        Fact(_("Diễn biến"), found.description, is_wide=True),
        Fact(_("Nguyên nhân"), found.cause_text, is_wide=True),
        Fact(_("Hậu quả"), found.consequences, is_wide=True),
        Fact(_("Biện pháp"), found.measures, is_wide=True),
        Fact(_("Đầu mối liên hệ"), found.contact, is_wide=True),
    ]
