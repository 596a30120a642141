"""One document: its page, its processing slip."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from congso.apps.documents import queries, rules
from congso.apps.documents.models import Handling, IncomingDocument, Migrated
from congso.apps.documents.services import open_document
from congso.apps.documents.services.directing import givers_of
from congso.apps.documents.views.papers import file_lines
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.naming import name_then_and_now
from congso.kernel.records.services import EmptyComment, comment_on
from congso.kernel.web.asking import found_or_404
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.lib.languages import in_vietnamese

# Acts on single lines of the slip stand beside their line, not among the document's buttons.
ON_LINES = {
    "open", "take_back", "take_back_line", "pass_on", "ask_return", "ask_line_return", "accept_return",
    "refuse_return", "accept_line_return", "refuse_line_return", "report_result",
    "take_update",  # done by agreeing to the sender's packet
}  # fmt: skip
DIRECTING = {"direct", "replace_lead", "add_direction"}
_SHOWN_TEXT = 100_000  # characters on the page of a document taken over; search knows all of them
PAGES = {"register": "documents:register", "correct": "documents:correct"}
PRIMARY = {"received": "register", "registered": "present", "presented": "direct", "in_progress": "complete"}


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """The page of a document. Looking at it is what opens it for those it was directed to."""
    document = queries.incoming_document(pk)
    open_document(document, by=request.actor, at=timezone.now())
    lines = _lines(document, request.principals)
    origin = queries.origin_of(document)
    context = detail_context(
        request,
        document,
        facts=_origin_facts(document, origin) if origin else _facts(document),
        acts=_acts(request, document),
        files=file_lines(document),
        comment_url=reverse("documents:comment", args=[pk]),
        lines=lines,
        directions=document.directions.all(),
        origin_text=origin.text[:_SHOWN_TEXT] if origin else "",
        is_late_done=document.state == "completed"
        and rules.is_late(document.due_on, _day(document.closed_at), timezone.localdate()),
        duplicates=list(queries.duplicates_of(document)) if document.state == "received" else [],
    )
    return render(request, "documents/detail.html", context)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def slip(request: OfficeRequest, pk: int) -> HttpResponse:
    """Phiếu xử lý văn bản đến, for paper."""
    document = queries.incoming_document(pk)
    lines = [line for line in document.live_handlings if line.parent_id is None]
    by_kind = {kind: [line for line in lines if line.kind == kind] for kind in Handling.Kind.values}
    context = {"document": document, "lines": by_kind, "directions": document.directions.all()}
    return render(request, "documents/slip.html", context)


@login_required
@require_POST
@found_or_404
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say something about the document."""
    document = queries.incoming_document(pk)
    try:
        comment_on(document, by=request.actor, at=timezone.now(), text=request.POST.get("text", ""))
    except EmptyComment as refusal:
        from django.contrib import messages

        messages.error(request, str(refusal))
    return redirect(f"{reverse('documents:detail', args=[pk])}#y-kien")


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


def _facts(document: IncomingDocument) -> list[Fact]:
    arrival = f"{document.arrival_number}/{document.arrival_year}" if document.arrival_number else ""
    urgency = document.get_urgency_display() if document.is_urgent else ""
    return [
        Fact(_("Số đến"), arrival),
        Fact(_("Ngày đến"), document.received_at, "moment"),
        Fact(_("Số, ký hiệu"), document.number),
        Fact(_("Ngày văn bản"), document.issued_on, "date"),
        Fact(_("Tác giả"), document.issuer_name),
        Fact(_("Tên loại"), document.type_name),
        Fact(_("Người ký"), ", ".join(filter(None, [document.signer_name, document.signer_post]))),
        Fact(_("Độ khẩn"), urgency),
        Fact(_("Hẹn giờ"), document.deliver_by, "moment"),
        Fact(_("Hạn trình"), queries.present_by(document), "date"),
        Fact(_("Hạn xử lý"), document.due_on, "due"),
        Fact(_("Hạn trả lời"), document.reply_due_on, "date"),
        Fact(_("Phạm vi lưu hành"), document.get_circulation_display() if document.circulation else ""),
        Fact(_("Số trang"), document.pages, "number"),
        Fact(_("Số bản"), document.copies, "number"),
        Fact(_("Nhận qua"), document.get_channel_display()),
        Fact(_("Sổ văn bản của"), name_then_and_now(document.owner, document.opened_on)),
        Fact(_("Trình"), document.presented_to.full_name if document.presented_to else ""),
        Fact(_("Ý kiến đề xuất của văn phòng"), document.proposal, is_wide=True),
        Fact(_("Ghi chú"), document.note, is_wide=True),
    ]


def _origin_facts(document: IncomingDocument, origin: Migrated) -> list[Fact]:
    """What is known of a document taken over from another system: it never arrived at the registry."""
    return [
        Fact(_("Số, ký hiệu"), document.number),
        Fact(_("Ngày văn bản"), document.issued_on, "date"),
        Fact(_("Tác giả"), document.issuer_name),
        Fact(_("Cơ quan cấp trên"), origin.parent_agency),
        Fact(_("Tên loại"), document.type_name or origin.type_written),
        Fact(_("Người ký"), document.signer_name),
        Fact(_("Số trang"), document.pages, "number"),
        Fact(_("Sổ văn bản của"), name_then_and_now(document.owner, document.opened_on)),
        Fact(_("Mã ở hệ thống cũ"), origin.external_id),
        Fact(_("Chuyển vào lúc"), origin.migrated_at, "moment"),
    ]


def _acts(request: OfficeRequest, document: IncomingDocument) -> list[Act]:
    """The document's buttons; writing directions, registering and correcting have pages of their own."""
    primary = PRIMARY.get(document.state, "")
    asks = {"present", "conclude", "complete", "link_reply"}
    offered = acts_of(request, document, url_name="documents:act", asks=asks, primary=primary)
    acts = []
    for one in offered:
        if one.key in PAGES:
            url = reverse(PAGES[one.key], args=[document.pk])
            acts.append(Act(one.key, one.label, url, one.icon, one.tone, is_link=True))
        elif one.key in DIRECTING:
            if not any(act.key == "direct" for act in acts):
                tone = "primary" if document.state in {"presented", "directed"} else ""
                url = reverse("documents:direct", args=[document.pk])
                acts.append(Act("direct", _("Bút phê"), url, "pencil", tone, is_link=True, access_key="b"))
        elif one.key not in ON_LINES:
            acts.append(one)
    if document.arrival_number:
        url = reverse("documents:slip", args=[document.pk])
        acts.append(Act("slip", _("Phiếu xử lý"), url, "printer", is_link=True))
    return sorted(acts, key=lambda act: act.tone != "primary")


def _lines(document: IncomingDocument, held: frozenset[int]) -> list[dict[str, Any]]:
    """The slip's lines, what was passed on under its giver, each with what this person may do with it."""
    found: list[dict[str, Any]] = []

    def add(line: Handling, depth: int) -> None:
        found.append({"line": line, "depth": depth, "acts": _line_acts(document, line, held)})
        for child in (one for one in every if one.parent_id == line.pk):
            add(child, depth + 1)

    every = sorted(document.handlings.all(), key=lambda line: (bool(line.ending), line.order, line.pk))
    for line in every:
        line.document = document
        if line.parent_id is None:
            add(line, 0)
    return found


def _line_acts(document: IncomingDocument, line: Handling, held: frozenset[int]) -> list[tuple[str, Any, str]]:
    """(key, label, icon) of what may be done with one line now; the services check again."""
    if not line.is_live or document.state not in {"directed", "in_progress", "return_asked"}:
        return []
    is_mine, is_giver = bool(held & set(line.receivers)), bool(held & givers_of(line))
    at_work = document.state in {"directed", "in_progress"}
    asked = line.return_asked_at is not None
    offered = (
        (at_work and is_mine and line.unit_id is not None, "pass_on", _("Chuyển trong đơn vị"), "share"),
        (
            at_work and is_mine and line.is_open_work and not line.is_lead,
            "report",
            _("Báo cáo kết quả"),
            "clipboard-check",
        ),
        (at_work and is_mine and line.is_open_work and not asked, "ask_return", _("Đề nghị trả lại"), "arrow-back-up"),
        (is_giver and asked, "accept_return", _("Đồng ý cho trả lại"), "check"),
        (is_giver and asked, "refuse_return", _("Không đồng ý"), "x"),
        (at_work and is_giver and line.may_be_withdrawn(), "take_back", _("Thu hồi"), "arrow-back-up"),
    )
    return [(key, label, icon) for may, key, label, icon in offered if may]
