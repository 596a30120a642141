"""The list of outgoing documents and the page of one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.flow import FLOW, seals_missing
from congso.apps.outgoing.models import Opinion, OutgoingDocument
from congso.apps.outgoing.views.papers import file_lines
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.catalogues.document_marks import Urgency
from congso.kernel.catalogues.document_types import CATALOGUE as DOCUMENT_TYPES
from congso.kernel.catalogues.queries import published_on
from congso.kernel.files.models import Upload
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import found_or_404
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response

Documents = QuerySet[OutgoingDocument]
STATES = [(state.key, state.label) for state in FLOW.states]
# What has a page of its own; the flow's other acts ask on the common page or are done by pressing.
PAGES = {
    "edit": "outgoing:edit",
    "add_version": "outgoing:bring",
    "correct_form": "outgoing:bring",
    "ask_opinions": "outgoing:ask",
    "decide_points": "outgoing:opinions",
    "sign": "outgoing:sign",
    "sign_part": "outgoing:sign",
    "send_outside": "outgoing:outside",
    "set_signers": "outgoing:signers",
    "set_recipients": "outgoing:recipients",
    "address": "outgoing:recipients",
    "number": "outgoing:issue",
    "seal": "outgoing:issue",
    "seal_part": "outgoing:issue",
    "issue": "outgoing:issue",
    "send_more": "outgoing:recipients",
    "replace": "outgoing:replace",
}
# Beside their own line, or on the page where the paper is sent out to be signed.
ELSEWHERE = {"give_opinion", "mark_sent", "note_return", "take_outside", "take_outside_part"}
PRIMARY = {
    "drafting": "submit", "consulting": "close_opinions", "at_unit": "approve_unit", "verifying": "verify",
    "at_leader": "approve", "to_sign": "sign", "signed": "number", "numbered": "seal", "sealed": "issue",
}  # fmt: skip
_LEADERS_READ = {"at_unit", "at_leader", "to_sign"}


def _type_choices(request: OfficeRequest) -> list[tuple[str, str]]:
    version = published_on(DOCUMENT_TYPES, timezone.localdate())
    return [(one.code, one.name) for one in version.codes.values()] if version else []


def _in(*states: str) -> Any:
    return lambda found, request: found.filter(state__in=states)


def _mine(found: Documents, request: OfficeRequest) -> Documents:
    return found.filter(drafter_id=account_of(request).person_id, closed_at__isnull=True)


def _waiting(found: Documents, request: OfficeRequest) -> Documents:
    return found.filter(awaited__overlap=sorted(request.principals), closed_at__isnull=True)


DOCUMENTS = RecordList(
    key="van-ban-di",
    title=_("Văn bản đi"),
    columns=(
        Column("number", _("Số, ký hiệu"), sort="number", width=16, card=Card.TOP),
        Column("issued_on", _("Ngày văn bản"), kind=Kind.DATE, sort="issued_on", width=12, card=Card.PART),
        Column(
            "title", _("Tên loại và trích yếu"), value="type_and_abstract", kind=Kind.LINK, width=60, card=Card.TITLE
        ),
        Column("signer", _("Người ký"), value="signer_name", width=20, card=Card.PART),
        Column("unit", _("Đơn vị soạn thảo"), value="unit.short_name", width=22, card=Card.LINE),
        Column("due", _("Hạn ban hành"), value="due_on", kind=Kind.DUE, sort="due_on", width=14, card=Card.PART),
        Column("state", _("Tình trạng"), kind=Kind.STATE, width=20, card=Card.PART),
    ),
    filters=(
        TextFilter("q", _("Số, ký hiệu, trích yếu"), narrow=queries.found_by_words),
        DateFilter("issued", _("Ngày văn bản"), lookup="issued_on"),
        ChoiceFilter("state", _("Tình trạng"), choices=STATES),
        ChoiceFilter("urgency", _("Độ khẩn"), choices=[(str(key), label) for key, label in Urgency.choices]),
        ChoiceFilter("doc_type", _("Tên loại"), choices=_type_choices),
    ),
    scopes=(
        Scope("all", _("Tất cả"), lambda found, request: found.exclude(state="withdrawn")),
        Scope("waiting", _("Chờ tôi"), _waiting),
        Scope("mine", _("Tôi soạn"), _mine),
        Scope("moving", _("Đang trình"), _in("at_unit", "verifying", "at_leader", "to_sign")),
        Scope("registry", _("Chờ phát hành"), _in("signed", "numbered", "sealed")),
        Scope("issued", _("Đã phát hành"), _in("issued")),
        Scope("ended", _("Thu hồi, thay thế, hủy"), _in("recalled", "replaced", "withdrawn", "cancelled")),
    ),
    default_sort="-id",
    empty=Empty(
        _("Chưa có văn bản đi"), _("Soạn dự thảo, hoặc tải tệp Word lên để bắt đầu."), "outgoing:draft",
        _("Soạn văn bản"),
    ),
)  # fmt: skip


@login_required
@require_GET
def documents(request: OfficeRequest) -> HttpResponseBase:
    """Every outgoing document one sees."""
    found = queries.outgoing_documents().order_by("-opened_on", "-id")
    return list_response(request, DOCUMENTS, found, template="outgoing/list.html")


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """The page of a document: where it stands, who has what to do, versions, opinions, recipients."""
    document = queries.outgoing_document(pk)
    rounds = queries.rounds_of(document)
    files = file_lines(document)
    context = detail_context(
        request,
        document,
        facts=_facts(document),
        acts=_acts(request, document),
        files=files,
        comment_url=reverse("outgoing:comment", args=[pk]),
        versions=list(queries.versions_of(document)),
        rounds=rounds,
        my_opinions=_my_opinions(rounds, request.principals),
        notes=list(document.page_notes.select_related("version")[:200]),
        signers=document.signers_after,
        recipients=list(queries.recipients_of(document)[:500]),
        being_read=_being_read(request, document),
        reads_to_sign=document.state in _LEADERS_READ and bool(files),
    )
    return render(request, "outgoing/detail.html", context)


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say something about the document."""
    document = queries.outgoing_document(pk)
    try:
        comment_on(document, by=request.actor, at=timezone.now(), text=request.POST.get("text", ""))
    except EmptyComment as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('outgoing:detail', args=[pk])}#y-kien")


def _acts(request: OfficeRequest, document: OutgoingDocument) -> Sequence[Act]:
    found, primary = [], PRIMARY.get(document.state, "")
    if primary in {"sign", "seal"} and document.signers_after:
        primary = _step_of_several(document, primary)
    for one in acts_of(request, document, url_name="outgoing:act", primary=primary):
        if one.key in ELSEWHERE or (one.key == "decide_points" and not document.opinions_asked):
            continue
        page = PAGES.get(one.key)
        if page is None:
            found.append(one)
        else:
            url = reverse(page, args=[document.pk])
            found.append(Act(one.key, one.label, url, one.icon, one.tone, is_link=True))
    if _may_begin_replacement(request, document, found):
        url = reverse("outgoing:replace", args=[document.pk])
        found.append(Act("replace", _("Soạn văn bản thay thế"), url, "repeat", is_link=True))
    return found


def _step_of_several(document: OutgoingDocument, primary: str) -> str:
    """The next step of a paper with several signers: theirs here, or an agency's outside."""
    if primary == "sign":
        turn = services.turn_of(document)
        is_outside = turn.co_signer is not None and turn.co_signer.is_outside
        return "send_outside" if is_outside else "sign" if turn.is_last else "sign_part"
    missing = seals_missing(document)
    if any(one.is_outside for one in missing):
        return "send_outside"
    return "seal_part" if missing else "seal"


def _may_begin_replacement(request: OfficeRequest, document: OutgoingDocument, offered: Sequence[Act]) -> bool:
    """Whoever drafts for the office; the clerks, who end the old document, are led there by that act."""
    if document.state != "issued" or any(one.key == "replace" for one in offered):
        return False
    home = queries.home_of(account_of(request).person_id, timezone.localdate())
    return home is not None and home[1].pk == document.owner_id


def _my_opinions(rounds: list[dict[str, Any]], held: frozenset[int]) -> list[Opinion]:
    return [
        one for told in rounds for one in told["opinions"]
        if one.state == Opinion.State.ASKED and held & set(one.receivers)
    ]  # fmt: skip


def _being_read(request: OfficeRequest, document: OutgoingDocument) -> list[Upload]:
    """The drafter's own files on their way, and those that were not taken, of the last ones."""
    found = Upload.objects.filter(batch=f"outgoing-{document.pk}").select_related("job").order_by("-id")[:3]
    return [one for one in found if one.state != Upload.State.READY]


def _facts(document: OutgoingDocument) -> list[Fact]:
    authority = document.get_authority_display() if document.authority else ""
    over = f"{authority} ({document.authority_over})" if document.authority_over else authority
    return [
        Fact(_("Số, ký hiệu"), document.number),
        Fact(_("Ngày văn bản"), document.issued_on, "date"),
        Fact(_("Cơ quan ban hành"), document.issuer.name),
        Fact(_("Tên loại"), document.type_name),
        Fact(_("Người ký"), ", ".join(filter(None, [document.signer_name, document.signer_post]))),
        Fact(_("Thể thức ký"), over),
        Fact(_("Người soạn thảo"), document.drafter.full_name),
        Fact(_("Đơn vị soạn thảo"), document.unit.name if document.unit else ""),
        Fact(_("Độ khẩn"), document.get_urgency_display() if document.is_urgent else ""),
        Fact(_("Hẹn giờ"), document.deliver_by, "moment"),
        Fact(_("Hạn ban hành"), document.due_on, "due"),
        Fact(_("Hạn nơi nhận trả lời"), document.asked_by, "date"),
        Fact(_("Đã lưu ý nơi nhận"), document.told_last.content if document.told_last else "", is_wide=True),
        Fact(_("Phạm vi lưu hành"), document.get_circulation_display() if document.circulation else ""),
        Fact(_("Cùng ban hành"), document.joint_agencies),
        Fact(_("Ký lúc"), document.signed_at, "moment"),
        Fact(_("Phát hành lúc"), document.issued_at, "moment"),
        Fact(_("Số bản"), document.copies, "number"),
        Fact(
            _("Thay thế"), document.replaces.number if document.replaces else "",
            url=reverse("outgoing:detail", args=[document.replaces_id]) if document.replaces_id else "",
        ),
        Fact(_("Kính gửi"), document.addressees, is_wide=True),
        Fact(_("Nơi nhận in trên văn bản"), document.recipients_text, is_wide=True),
        Fact(_("SHA-256 bản phát hành"), document.paper_sha256, is_wide=True),
        Fact(_("Ghi chú"), document.note, is_wide=True),
    ]  # fmt: skip
