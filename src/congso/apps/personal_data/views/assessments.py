"""Impact assessments: the register, one assessment, its acts, form 10 as a paper."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.personal_data import queries
from congso.apps.personal_data.flow.assessments import ASSESSMENTS
from congso.apps.personal_data.forms.assessments import AssessmentForm, LetterForm, ReviseForm
from congso.apps.personal_data.models import Assessment, AssessmentKind, DataKind
from congso.apps.personal_data.services import assessments as services
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import Question, ask, fill, found_or_404, posted, pressed, who, with_reason
from congso.kernel.web.detail import Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.web.navigation import holds
from congso.lib.languages import in_vietnamese

LIST = RecordList(
    key="danh-gia-tac-dong",
    title=gettext_lazy("Đánh giá tác động xử lý dữ liệu"),
    official_title=gettext_lazy("Sổ hồ sơ đánh giá tác động xử lý dữ liệu cá nhân"),
    columns=(
        Column("number", gettext_lazy("Số"), sort="number", width=16),
        Column("title", gettext_lazy("Hoạt động xử lý"), kind=Kind.LINK, card=Card.TITLE, width=40),
        Column("kind", gettext_lazy("Loại"), lambda one: one.get_kind_display(), width=24, card=Card.LINE),
        Column("begun", gettext_lazy("Bắt đầu xử lý"), "begun_on", Kind.DATE, sort="begun_on", width=12),
        Column("reviewed", gettext_lazy("Rà soát gần nhất"), "reviewed_on", Kind.DATE, sort="reviewed_on", width=12),
        Column("due", gettext_lazy("Hạn tiếp theo"), "due_on", Kind.DUE, sort="due_on", width=12),
        Column("state", gettext_lazy("Tình trạng"), kind=Kind.STATE, width=16, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Tìm hồ sơ"), fields=("number", "title", "purpose")),
        ChoiceFilter("kind", gettext_lazy("Loại"), choices=AssessmentKind.choices),
        ChoiceFilter("state", gettext_lazy("Tình trạng"), choices=[(one.key, one.label) for one in ASSESSMENTS.states]),
    ),
    default_sort="due",
    empty=Empty(
        gettext_lazy("Chưa có hồ sơ đánh giá tác động nào"),
        gettext_lazy("Người phụ trách bảo vệ dữ liệu lập hồ sơ cho từng hoạt động; thời hạn ở trang “Quy định”."),
    ),
)  # fmt: skip


def _letter(service: Any, *, needs_words: bool = False) -> Question:
    return Question(
        lambda data, _found: LetterForm(data, needs_words=needs_words),
        lambda found, form, **who: service(found, form.letter(), **who),
    )


QUESTIONS = {
    "amend": Question(
        lambda data, found: AssessmentForm(data, initial=AssessmentForm.known(found)),
        lambda found, form, **who: services.amend_assessment(found, form.facts(), **who),
    ),
    "return": with_reason(services.return_assessment),
    "file": _letter(services.file_assessment),
    "note_asked": _letter(services.note_asked, needs_words=True),
    "note_accepted": _letter(services.note_accepted),
    "revise": Question(
        lambda data, _found: ReviseForm(data),
        lambda found, form, **who: services.revise_assessment(found, **form.facts(), **who),
    ),
    "end": with_reason(services.end_assessment),
    "submit": pressed(services.submit_assessment),
    "approve": pressed(services.approve_assessment),
    "confirm_unchanged": pressed(services.confirm_unchanged),
}
ASKED = frozenset(QUESTIONS) - {"submit", "approve", "confirm_unchanged"}


@login_required
@require_GET
def listed(request: OfficeRequest) -> HttpResponseBase:
    """The register of assessments, and sensitive processing that none covers, for who protects data and the leaders."""
    protects = holds(request, Function.DATA_PROTECTION)
    missing = queries.unassessed_activities() if protects else []
    return list_response(
        request, LIST, queries.assessments(), template="personal_data/assessments.html",
        context={"missing": missing, "may_open": protects or holds(request, Function.LEADERS)},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Begin an assessment."""
    return fill(
        request, AssessmentForm(posted(request), initial={"activities": request.GET.getlist("hoat-dong")}),
        title=_("Lập hồ sơ đánh giá tác động"), act=_("Lập hồ sơ"), icon="scale",
        do=lambda form: services.open_assessment(form.facts(), **who(request)),
        done=lambda made: reverse("personal_data:assessment", args=[made.pk]),
        back_url=reverse("personal_data:assessments"),
    )  # fmt: skip


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One assessment: what it says, its versions, what was sent."""
    found = queries.assessments().get(pk=pk)
    primary = {"drafting": "submit", "revising": "submit", "completing": "submit", "submitted": "approve"}
    context = detail_context(
        request, found,
        facts=_facts(found),
        acts=acts_of(
            request, found, url_name="personal_data:assessment_act", asks=ASKED, primary=primary.get(found.state, "")
        ),
        versions=list(found.versions.all()),
        filings=list(found.filings.all()),
    )  # fmt: skip
    return render(request, "personal_data/assessment.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on an assessment."""
    found = queries.assessments().get(pk=pk)
    return ask(request, found, key, QUESTIONS)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def form_10(request: OfficeRequest, pk: int) -> HttpResponse:
    """Form 10 as a paper: one version (`ban`), or as it stands now."""
    found = queries.assessments().get(pk=pk)
    asked = request.GET.get("ban", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    version = found.versions.filter(number=number).first()
    known = version.known if version else services.assessed_of(found)
    context = {
        "record": found, "known": known, "version": version, "begun_on": date.fromisoformat(known["begun_on"]),
        "kind": AssessmentKind(known["kind"]).label, "kinds": [DataKind(kind).label for kind in known["data_kinds"]],
    }  # fmt: skip
    return render(request, "personal_data/form_10.html", context)


def _facts(found: Assessment) -> list[Fact]:
    return [
        Fact(_("Loại hồ sơ"), found.get_kind_display()),
        Fact(_("Nơi phụ trách"), found.owner.name),
        Fact(_("Bắt đầu xử lý"), found.begun_on, "date"),
        Fact(_("Rà soát gần nhất"), found.reviewed_on, "date"),
        Fact(_("Ngày thay đổi"), found.changed_on, "date"),
        Fact(_("Số chủ thể dữ liệu"), found.people_count, "number"),
        Fact(_("Còn phải gửi cơ quan chuyên trách"), _("Có") if found.is_filing_owed else _("Không")),
        Fact(_("Mục đích"), found.purpose, is_wide=True),
        Fact(_("Dòng trong sổ hoạt động xử lý"), "; ".join(found.activities), is_wide=True),
        Fact(_("Loại dữ liệu"), found.kinds, is_wide=True),
        Fact(_("Bên xử lý, bên nhận dữ liệu"), found.recipients, is_wide=True),
        Fact(_("Thời hạn lưu, khi nào xóa"), found.retention, is_wide=True),
        Fact(_("Rủi ro cho chủ thể dữ liệu"), found.risks, is_wide=True),
        Fact(_("Biện pháp bảo vệ"), found.measures, is_wide=True),
        Fact(_("Đầu mối bảo vệ dữ liệu"), found.contact, is_wide=True),
    ]
