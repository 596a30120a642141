"""Requests of people about their own data: made, listed, answered, printed."""

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
from congso.apps.personal_data.flow.requests import REQUESTS
from congso.apps.personal_data.forms.requests import AcknowledgeForm, AnswerForm, RefuseForm, RequestForm
from congso.apps.personal_data.models import RequestKind, SubjectRequest
from congso.apps.personal_data.services import requests as services
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import Question, ask, found_or_404
from congso.kernel.web.detail import Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

LIST = RecordList(
    key="yeu-cau-du-lieu-ca-nhan",
    title=gettext_lazy("Yêu cầu về dữ liệu cá nhân"),
    official_title=gettext_lazy("Sổ theo dõi yêu cầu của chủ thể dữ liệu"),
    columns=(
        Column("number", gettext_lazy("Số"), sort="number", width=16),
        Column("title", gettext_lazy("Yêu cầu"), kind=Kind.LINK, card=Card.TITLE, width=30),
        Column("subject", gettext_lazy("Người yêu cầu"), "subject_label", width=30, card=Card.LINE),
        Column("opened", gettext_lazy("Ngày nhận"), "opened_on", Kind.DATE, sort="opened_on", width=12),
        Column("due", gettext_lazy("Hạn"), "due_on", Kind.DUE, sort="due_on", width=12),
        Column("state", gettext_lazy("Tình trạng"), kind=Kind.STATE, width=16, card=Card.TOP),
        Column("answered", gettext_lazy("Ngày trả lời"), "answered_at", Kind.MOMENT, width=16),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Tìm yêu cầu"), fields=("number", "subject_label", "text")),
        ChoiceFilter("kind", gettext_lazy("Loại"), choices=RequestKind.choices),
        ChoiceFilter("state", gettext_lazy("Tình trạng"), choices=[(one.key, one.label) for one in REQUESTS.states]),
    ),
    default_sort="-opened",
    empty=Empty(
        gettext_lazy("Chưa có yêu cầu nào"),
        gettext_lazy("Bạn có quyền yêu cầu sửa, xóa, hạn chế xử lý dữ liệu của mình."),
        "personal_data:new_request",
        gettext_lazy("Gửi yêu cầu"),
    ),
)


def _acknowledge(request: SubjectRequest, form: Any, **who: Any) -> None:
    services.acknowledge_request(request, **form.cleaned_data, **who)


def _noted(service: Any) -> Any:
    return lambda request, form, **who: service(request, note=form.cleaned_data["note"], **who)


QUESTIONS = {
    "acknowledge": Question(lambda data, _record: AcknowledgeForm(data), _acknowledge),
    "accept_correction": Question(lambda data, _record: NoteForm(data), _noted(services.accept_correction)),
    "correct": Question(lambda data, _record: NoteForm(data), _noted(services.carry_out_correction)),
    "fulfil": Question(
        lambda data, _record: AnswerForm(data),
        lambda request, form, **who: services.fulfil_request(request, answer=form.cleaned_data["note"], **who),
    ),
    "extend": Question(lambda data, _record: ReasonForm(data), _noted(services.extend_request)),
    "refuse": Question(
        lambda data, _record: RefuseForm(data),
        lambda request, form, **who: services.refuse_request(
            request, ground=form.cleaned_data["ground"], reason=form.cleaned_data["note"], **who
        ),
    ),
    "withdraw": Question(lambda data, _record: NoteForm(data), _noted(services.withdraw_request)),
}


@login_required
@require_GET
def listed(request: OfficeRequest) -> HttpResponseBase:
    """The register of requests: one's own, and those one answers."""
    return list_response(request, LIST, queries.requests(), template="personal_data/requests.html")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Ask about one's own data."""
    form = RequestForm(request.POST or None, initial={"kind": request.GET.get("loai", RequestKind.CORRECT)})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_request(form.request(), by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi yêu cầu số %(number)s.") % {"number": made.number})
            return redirect("personal_data:request", made.pk)
    context = {
        "form": form, "title": _("Gửi yêu cầu về dữ liệu của tôi"), "form_action": request.path,
        "submit_label": _("Gửi yêu cầu"), "submit_icon": "send", "back_url": reverse("personal_data:mine"),
    }  # fmt: skip
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One request: what is asked, until when it is answered, what was answered."""
    found = queries.requests().get(pk=pk)
    acts = acts_of(request, found, url_name="personal_data:request_act", asks=QUESTIONS, primary=_primary(found))
    context = detail_context(request, found, facts=_facts(found), acts=acts)
    return render(request, "personal_data/request.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a request."""
    found = queries.requests().get(pk=pk)
    return ask(request, found, key, QUESTIONS)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """The reply as a paper."""
    found = queries.requests().get(pk=pk, answered_at__isnull=False)
    ground = services.refusal_grounds(found.opened_on).get(found.ground, found.ground)
    return render(request, "personal_data/reply.html", {"record": found, "ground": ground})


def _primary(found: SubjectRequest) -> str:
    if found.state == "received":
        return "acknowledge"
    if found.state == "correcting":
        return "correct"
    return "accept_correction" if found.proposed else "fulfil"


def _facts(found: SubjectRequest) -> list[Fact]:
    words = {"full_name": _("Họ và tên"), "email": _("Thư điện tử"), "phone": _("Điện thoại")}
    ground = services.refusal_grounds(found.opened_on).get(found.ground, "") if found.ground else ""
    return [
        Fact(_("Người yêu cầu"), found.subject_label),
        Fact(_("Loại"), found.get_kind_display()),
        Fact(_("Ngày nhận"), found.opened_on, "date"),
        Fact(_("Nơi trả lời"), found.owner.name),
        Fact(_("Hạn trả lời"), found.answer_due_on, "date"),
        Fact(_("Gia hạn từ"), found.extended_from, "date"),
        Fact(_("Báo đã tiếp nhận"), found.acknowledged_at, "moment"),
        Fact(_("Qua bên thứ ba"), _("có") if found.needs_third_party else ""),
        Fact(_("Nội dung"), found.text, is_wide=True),
        *(Fact(_("%(name)s mới") % {"name": words[name]}, told) for name, told in found.proposed.items()),
        Fact(_("Căn cứ từ chối"), ground, is_wide=True),
        Fact(_("Trả lời"), found.answer, is_wide=True),
        Fact(_("Người trả lời"), found.answered_label),
        Fact(_("Trả lời lúc"), found.answered_at, "moment"),
    ]
