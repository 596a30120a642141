"""Lists and one packet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.packets.queries import PAGE, told
from congso.apps.packets.services import changes_of, records_of
from congso.kernel.access.principals import Function, office
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.exchange import queries
from congso.kernel.exchange.configuration import BadConfiguration, connection
from congso.kernel.exchange.deciding import acts_of
from congso.kernel.exchange.judging import words_of
from congso.kernel.exchange.models import Direction, Packet
from congso.kernel.exchange.signing_packets import key_problems
from congso.kernel.web.navigation import holds
from congso.lib.edxml.comparing import FILE

LABELS = {
    "subject": _("Trích yếu"), "type_name": _("Tên loại"), "number": _("Số"), "notation": _("Ký hiệu"),
    "issued_on": _("Ngày văn bản"), "due_on": _("Hạn trả lời"), "urgency": _("Độ khẩn"),
    "sphere": _("Phạm vi lưu hành"), "content": _("Nội dung tóm tắt"), "competence": _("Thể thức ký"),
    "position": _("Chức vụ người ký"), "signer": _("Người ký"), "place": _("Địa danh"), "to_places": _("Nơi nhận"),
    "copies": _("Số bản"), "pages": _("Số trang"), "appendixes": _("Phụ lục"), FILE: _("Tệp"),
}  # fmt: skip


@login_required
@require_GET
def stuck(request: OfficeRequest) -> HttpResponse:
    """“Có gì tắc không?”: everything that does not go on by itself, with its owner, reason and next step."""
    found = list(queries.stuck(timezone.now())[: PAGE + 1])
    context = {
        "rows": [_row(request, one) for one in found[:PAGE]],
        "has_more": len(found) > PAGE,
        "contacts": queries.failing_contacts(),
        "keys": _keys() if holds(request, Function.CLERKS, Function.CHIEFS) else [],
        "tab": "stuck",
    }
    return render(request, "packets/stuck.html", context)


@login_required
@require_GET
def every(request: OfficeRequest) -> HttpResponse:
    """All packets, the newest first; `q` looks for a symbol, a code or a DocumentId from its beginning."""
    before, q = request.GET.get("truoc", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = queries.found(q)
    if before.isascii() and before.isdigit() and len(before) < 18:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    context = {
        "packets": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else 0,
        "q": q,
        "tab": "every",
    }
    return render(request, "packets/every.html", context)


@login_required
@require_GET
def packet(request: OfficeRequest, pk: int) -> HttpResponse:
    """One packet: what it says, how it stands, what may be done, and all that was exchanged about its document."""
    found = get_object_or_404(queries.packets(), pk=pk)
    changes = changes_of(found)
    context = _row(request, found) | {
        "history": queries.history_of(found)[:100], "records": records_of(found), "is_compared": changes is not None,
        "signature_words": words_of(found),
        "changes": [(LABELS[one.field], one) for one in changes or ()],
    }  # fmt: skip
    return render(request, "packets/packet.html", context)


def _keys() -> list[tuple[str, str]]:
    """Our codes whose key does not sign, with the reason."""
    try:
        found = connection()
    except BadConfiguration:
        return []
    return list(key_problems(found.codes, at=timezone.now()).items()) if found else []


def _row(request: OfficeRequest, found: Packet) -> dict[str, Any]:
    is_clerk = office(found.organization_id, Function.CLERKS) in request.principals
    return told(found, timezone.now()) | {
        "acts": acts_of(found, timezone.now()) if is_clerk else [],
        "is_in": found.direction == Direction.IN,
    }
