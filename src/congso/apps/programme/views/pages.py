"""One programme: its page, its acts, the paper."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.programme import services
from congso.apps.programme.forms import ProgrammeForm
from congso.apps.programme.models import Item, Programme, Standing
from congso.apps.programme.queries import drafting_for, slipped, tally_of
from congso.apps.programme.queries.slips import counted
from congso.apps.programme.services.printing import change_words, when_words
from congso.apps.programme.views.requests import can, opened
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import ask, fill, found_or_404, who, with_note, with_reason
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context, file_lines

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
QUESTIONS = {
    "submit": with_note(services.submit_programme),
    "return": with_reason(services.return_programme),
    "approve": with_note(services.approve_programme),
    "adjust": with_reason(services.adjust_programme),
    "ask_confirm": with_note(services.ask_confirmation),
    "refuse": with_reason(services.refuse_adjustment),
    "confirm": with_note(services.confirm_adjustment),
    "close": with_note(services.close_programme),
    "drop": with_reason(services.drop_programme),
}
_FIRST = ("approve", "confirm", "give_opinion", "submit", "ask_confirm", "edit", "adjust")
_TONES = {Standing.DONE: "good", Standing.POSTPONED: "warn", Standing.WITHDRAWN: "bad"}


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What is planned, what changed, what units said, what may be done now."""
    programme, today = opened(request, pk), timezone.localdate()
    items = counted(programme)
    _name_sessions(items)
    context = detail_context(
        request, programme, facts=_facts(programme), acts=_acts(request, programme), files=file_lines(programme),
        comment_url=reverse("programme:comment", args=[pk]), months=_months(programme),
        tally=tally_of(items, today), slipped=slipped(programme, today) if programme.revision else (),
        changes=_changes(programme),
        opinions=list(programme.opinions.select_related("organization", "item").order_by("id")[:500]),
        can_edit=can(request, programme, "edit"), can_slip=can(request, programme, "slip"),
        can_record=can(request, programme, "record"), can_answer=can(request, programme, "answer"),
    )  # fmt: skip
    return render(request, "programme/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """Ask what the act needs, do it."""
    return ask(request, opened(request, pk), key, QUESTIONS)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Begin a draft."""
    offices = drafting_for(request.principals)
    if not offices.exists():
        messages.info(request, _("Chương trình công tác do văn phòng soạn."))
        return redirect("programme:list")
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, offices=offices, today=timezone.localdate()
    )
    return fill(
        request, form, title=_("Chương trình mới"), act=_("Bắt đầu soạn"), icon="plus",
        do=lambda answered: services.create_programme(answered.told(), **who(request)),
        done=lambda made: reverse("programme:detail", args=[made.pk]), back_url=reverse("programme:list"),
    )  # fmt: skip


@login_required
@require_GET
@found_or_404
def word(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The programme as a Word file, to be finished and issued."""
    programme = opened(request, pk)
    response = HttpResponse(services.programme_paper(programme), content_type=WORD)
    name = f"chuong-trinh-{programme.body.lower()}-{programme.period.code}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
@found_or_404
def printed(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The programme as a sheet to print, changes marked."""
    programme = opened(request, pk)
    context = {
        "record": programme, "rows": [(item, when_words(item)) for item in counted(programme)],
        "changes": _changes(programme), "back_url": reverse("programme:detail", args=[pk]),
    }  # fmt: skip
    return render(request, "programme/print.html", context)


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say something about a programme one sees."""
    try:
        comment_on(opened(request, pk), by=request.actor, at=timezone.now(), text=request.POST.get("text", "")[:5000])
    except EmptyComment as empty:
        messages.error(request, str(empty))
    return redirect(f"{reverse('programme:detail', args=[pk])}#y-kien")


def _months(programme: Programme) -> list[tuple[str, list[tuple[Item, str, str]]]]:
    """The items by the month they are planned for, in order; those without a month last."""
    items = sorted(counted(programme), key=lambda one: (one.month is None, one.month or one.programme_id, one.place))
    told = []
    for month, found in groupby(items, key=lambda one: one.month):
        rows = [(one, when_words(one), _TONES.get(one.standing, "")) for one in found]  # type: ignore[call-overload]
        told.append((_("Tháng %(month)s") % {"month": f"{month:%m/%Y}"} if month else _("Chưa xếp tháng"), rows))
    return told


def _name_sessions(items: list[Item]) -> None:
    """The sessions that spoke of the items, for who sees them. One query, none without."""
    heard = [one for item in items for one in item.heard.all()]
    known = Record.objects.in_bulk({one.session_id for one in heard}) if heard else {}
    for one in heard:
        one.shown = known.get(one.session_id)


def _changes(programme: Programme) -> list[tuple[Any, str]]:
    found = programme.changes.select_related("item").order_by("id")[:500]
    return [(one, change_words(one)) for one in found]


def _acts(request: OfficeRequest, programme: Programme) -> list[Act]:
    found = acts_of(request, programme, url_name="programme:act", asks=QUESTIONS)
    pages = {"edit": "programme:add-item", "consult": "programme:consult", "give_opinion": "programme:give-opinion"}
    told = []
    for one in found:
        if one.key in pages:
            label = _("Thêm nội dung") if one.key == "edit" else one.label
            icon = "plus" if one.key == "edit" else one.icon
            told.append(Act(one.key, label, reverse(pages[one.key], args=[programme.pk]), icon, is_link=True))
        elif one.key in QUESTIONS:
            told.append(one)
    if "edit" in {one.key for one in found}:
        carry = reverse("programme:carry", args=[programme.pk])
        told.append(Act("carry", _("Lấy từ chương trình khác"), carry, "copy", is_link=True))
    first = next((key for key in _FIRST if key in {one.key for one in told}), "")
    ordered = sorted(told, key=lambda one: one.key != first)
    return [_primary(one) if one.key == first else one for one in ordered]


def _primary(one: Act) -> Act:
    return Act(one.key, one.label, one.url, one.icon, "primary", one.ask, one.is_link, one.needs_reason)


def _facts(programme: Programme) -> list[Fact]:
    above = programme.above
    units = ", ".join(one.organization.short_name or one.organization.name for one in programme.consulted.all())
    return [
        Fact(_("Cơ quan"), programme.organization.name),
        Fact(_("Của"), programme.get_body_display()),
        Fact(_("Kỳ"), programme.period.name),
        Fact(
            _("Cụ thể hóa"), above.title if above else "",
            url=reverse("programme:detail", args=[above.pk]) if above else "",
        ),
        Fact(_("Đơn vị góp ý"), units, is_wide=True),
        Fact(_("Góp ý đến hết ngày"), programme.opinions_until, "date"),
        Fact(_("Ngày duyệt"), programme.approved_on, "date"),
        Fact(_("Số lần điều chỉnh"), programme.revision - 1 if programme.revision > 1 else ""),
        Fact(_("Căn cứ, yêu cầu chung"), programme.note, is_wide=True),
    ]  # fmt: skip
