"""Keeping documents: drafts, their files and relations, review and publication."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.party_papers import queries, services
from congso.apps.party_papers.flow import FLOW, keeper_principals
from congso.apps.party_papers.forms import FileForm, PaperForm, RelationForm
from congso.apps.party_papers.models import PartyPaper, Proposal, Readers
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.queries import organizations_on
from congso.kernel.files.queries import uploads_of
from congso.kernel.web.detail import Fact, acts_of, detail_context, file_lines
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import Refused, possible_transitions

PAPERS = RecordList(
    key="van-kien",
    title=_("Soạn, công bố văn kiện"),
    official_title=_("Danh mục văn kiện"),
    columns=(
        Column("number", _("Số, ký hiệu"), sort="number", card=Card.TOP, width=16),
        Column("title", _("Trích yếu"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("document_type", _("Tên loại"), sort="document_type", width=16),
        Column("issuer_name", _("Cơ quan ban hành"), width=28),
        Column("opened_on", _("Ngày ban hành"), kind=Kind.DATE, sort="opened_on", width=14),
        Column("readers", _("Ai được đọc"), value="get_readers_display", width=20),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=16, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm văn kiện")),
        ChoiceFilter("state", _("Trạng thái"), lookup="state",
                     choices=tuple((state.key, state.label) for state in FLOW.states)),
        ChoiceFilter("readers", _("Ai được đọc"), lookup="readers", choices=Readers.choices),
        DateFilter("issued", _("Ngày ban hành"), lookup="opened_on"),
    ),
    default_sort="-opened_on",
    empty=Empty(_("Chưa soạn văn kiện nào"), _("Văn kiện cơ quan bạn lưu, công bố sẽ hiện ở đây.")),
)  # fmt: skip
_FORMS: dict[str, type[Any]] = {
    "submit": NoteForm, "publish": NoteForm, "reject": ReasonForm, "withdraw": ReasonForm, "drop": ReasonForm,
}  # fmt: skip


@login_required
@require_GET
def papers(request: OfficeRequest) -> HttpResponseBase:
    """All papers one keeps."""
    context = {"may_keep": queries.keeping_for(request.principals, timezone.localdate()).exists()}
    return list_response(
        request, PAPERS, queries.papers().defer("text"), template="party_papers/papers.html", context=context
    )


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """A paper, its relations, and what may be done with it; who only reads it is led to the published text."""
    paper = _paper(pk)
    keys = _keys(request, paper)
    if paper.state == "published" and not request.principals & keeper_principals(paper.owner):
        return redirect("party_papers:edition", paper.edition.pk)
    acts = [one for one in acts_of(request, paper, url_name="party_papers:act", primary="publish")
            if one.key in _FORMS]  # fmt: skip
    waiting = uploads_of(request.actor.id).filter(details__record=pk).exclude(state="ready")[:20]
    context = detail_context(
        request, paper, facts=_facts(paper), acts=acts, files=file_lines(paper), file_form=FileForm(),
        proposals=list(paper.proposals.select_related("target")), may_edit="edit" in keys, may_relate="relate" in keys,
        waiting_files=list(waiting), has_text=bool(paper.text.strip()),
    )  # fmt: skip
    return render(request, "party_papers/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Begin a paper."""
    if not queries.keeping_for(request.principals, timezone.localdate()).exists():
        raise Http404
    return _drafted(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    paper = _paper(pk)
    if "edit" not in _keys(request, paper):
        messages.warning(request, _t("Chỉ sửa được bản đang soạn."))
        return redirect("party_papers:detail", pk)
    return _drafted(request, paper)


@login_required
@require_POST
def add_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper's own file; its text is taken when there is none."""
    paper, form = _editable(request, pk), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _t("Hãy chọn tệp."))
        return redirect("party_papers:detail", pk)
    try:
        services.add_file(paper, form.cleaned_data["file"], by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _t("Đã nhận tệp; hệ thống đang đọc chữ. Tải lại trang sau ít phút."))
    return redirect("party_papers:detail", pk)


@login_required
@require_POST
def read_relations(request: OfficeRequest, pk: int) -> HttpResponse:
    """Propose relations from the text."""
    made = services.read_relations(_editable(request, pk), by=request.actor, at=timezone.now())
    if made:
        messages.success(request, _t("Tìm thấy %(count)s quan hệ; hãy xem từng dòng.") % {"count": made})
    else:
        messages.info(request, _t("Không tìm thấy quan hệ mới nào trong nội dung."))
    return redirect(f"{reverse('party_papers:detail', args=[pk])}#quan-he")


@login_required
@require_http_methods(["GET", "POST"])
def relation(request: OfficeRequest, pk: int, proposal_id: int) -> HttpResponse:
    """Confirm a relation as it is, or put right."""
    paper = _editable(request, pk)
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=proposal_id, paper=paper)
    initial = {
        "bond": proposal.bond, "target_symbol": proposal.target_symbol, "target": proposal.target_id,
        "target_anchor": proposal.target_anchor, "effective_on": proposal.effective_on,
    }  # fmt: skip

    def confirm(said: services.Decision) -> None:
        services.confirm_relation(proposal, said, by=request.actor, at=timezone.now())

    return _asked_relation(request, paper, initial, confirm, quote=proposal.quote)


@login_required
@require_http_methods(["GET", "POST"])
def add_relation(request: OfficeRequest, pk: int) -> HttpResponse:
    """A relation somebody names: of a draft, or of a published paper where it was overlooked."""
    paper = _paper(pk)
    keys = _keys(request, paper)
    if not keys & {"edit", "relate"}:
        raise Http404
    service: Any = services.add_relation if "edit" in keys else services.relate_published

    def add(said: services.Decision) -> None:
        service(paper, said, by=request.actor, at=timezone.now())

    return _asked_relation(request, paper, {}, add)


@login_required
@require_POST
def drop_relation(request: OfficeRequest, pk: int, proposal_id: int) -> HttpResponse:
    """The text does not say that."""
    paper = _editable(request, pk)
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=proposal_id, paper=paper)
    services.drop_relation(proposal, by=request.actor, at=timezone.now())
    return redirect(f"{reverse('party_papers:detail', args=[pk])}#quan-he")


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it."""
    if key not in _FORMS:
        raise Http404
    paper, transition = _paper(pk), FLOW.transition(key)
    request.shown_record = pk
    if request.method == "GET" and key not in _keys(request, paper):
        messages.warning(request, _t("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("party_papers:detail", pk)
    form = _FORMS[key](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
        try:
            match key:
                case "publish":
                    services.publish_paper(paper, **who)
                case "withdraw":
                    services.withdraw_paper(paper, note=form.cleaned_data["note"], **who)
                case _:
                    services.move_paper(paper, key, note=form.cleaned_data["note"], **who)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã làm: %(act)s.") % {"act": transition.label})
            return redirect("party_papers:detail", pk)
    return _confirm(request, paper, form, transition.label, transition.icon)


def _asked_relation(
    request: OfficeRequest, paper: PartyPaper, initial: dict[str, Any], carry_out: Any, quote: str = ""
) -> HttpResponse:
    symbol = (
        request.POST.get("target_symbol", "")[:120] if request.method == "POST" else initial.get("target_symbol", "")
    )
    targets = [one for one in queries.named(symbol.replace("\x00", "")) if one.paper_id != paper.pk] if symbol else []
    form = RelationForm(request.POST if request.method == "POST" else None, targets=targets, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(form.said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã ghi quan hệ."))
            return redirect(f"{reverse('party_papers:detail', args=[paper.pk])}#quan-he")
    context = {
        "record": paper, "title": _t("Quan hệ với văn kiện khác"), "form": form, "quote": quote,
        "back_url": reverse("party_papers:detail", args=[paper.pk]), "submit_label": _t("Xác nhận"),
    }  # fmt: skip
    return render(request, "party_papers/relation.html", context, status=422 if form.errors else 200)


def _confirm(request: OfficeRequest, paper: PartyPaper, form: Any, title: Any, icon: str) -> HttpResponse:
    context = {
        "record": paper, "title": title, "form": form, "back_url": reverse("party_papers:detail", args=[paper.pk]),
        "submit_label": title, "submit_icon": icon,
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _drafted(request: OfficeRequest, paper: PartyPaper | None) -> HttpResponse:
    today = timezone.localdate()
    owners = [paper.owner] if paper else list(queries.keeping_for(request.principals, today))
    bodies = list(organizations_on(today).exclude(kind__in=("unit", "province", "district", "commune")))
    form = PaperForm(
        request.POST if request.method == "POST" else None, owners=owners, bodies=bodies,
        initial=PaperForm.initial_of(paper) if paper else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
        try:
            if paper is None:
                paper = services.draft_paper(form.facts, owner=form.cleaned_data["owner"], **who)
            else:
                services.edit_paper(paper, form.facts, **who)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lưu bản soạn."))
            return redirect("party_papers:detail", paper.pk)
    context = {
        "form": form, "record": paper, "title": _t("Sửa văn kiện") if paper else _t("Soạn văn kiện mới"),
        "back_url": reverse("party_papers:detail", args=[paper.pk]) if paper else reverse("party_papers:papers"),
    }  # fmt: skip
    return render(request, "party_papers/draft.html", context, status=422 if form.errors else 200)


def _facts(paper: PartyPaper) -> list[Fact]:
    published = paper.state == "published"
    url = reverse("party_papers:edition", args=[paper.edition.pk]) if published else ""
    bodies = "; ".join(one.organization.name for one in paper.listed_bodies.select_related("organization"))
    return [
        Fact(_("Bản công bố"), paper.number if published else "", url=url),
        Fact(_("Tên loại"), paper.document_type),
        Fact(_("Cơ quan ban hành"), paper.issuer_name),
        Fact(_("Chức vụ, người ký"), paper.signer_words),
        Fact(_("Ngày ban hành"), paper.opened_on, "date"),
        Fact(_("Có hiệu lực từ"), paper.effective_from, "date"),
        Fact(_("Hết hiệu lực từ (ghi trong văn kiện)"), paper.effective_to, "date"),
        Fact(_("Tập văn kiện"), paper.volume),
        Fact(_("Ai được đọc"), paper.get_readers_display()),
        Fact(_("Cơ quan được đọc"), bodies, is_wide=True),
    ]


def _keys(request: OfficeRequest, paper: PartyPaper) -> set[str]:
    return {one.key for one in possible_transitions(paper, held=request.principals)}


def _editable(request: OfficeRequest, pk: int) -> PartyPaper:
    paper = _paper(pk)
    if "edit" not in _keys(request, paper):
        raise Http404
    return paper


def _paper(pk: int) -> PartyPaper:
    """A paper the person sees; not there and not hers look alike."""
    try:
        return queries.paper_of(pk)
    except PartyPaper.DoesNotExist:
        raise Http404 from None
