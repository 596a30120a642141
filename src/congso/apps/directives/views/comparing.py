"""What an amended document changes about tasks already given, and acting on it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from congso.apps.directives.models import PlanReading, ProposedTask
from congso.apps.directives.services import amend_given, comparison_of, withdraw_given
from congso.apps.directives.views.requests import reading_or_404
from congso.apps.directives.views.showing import ShownRow, due_words, shown
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused

_FIELDS = {
    "text": gettext_lazy("Nội dung"), "lead": gettext_lazy("Chủ trì"), "supporting": gettext_lazy("Phối hợp"),
    "start": gettext_lazy("Bắt đầu"), "due": gettext_lazy("Thời hạn"), "recurrence": gettext_lazy("Kỳ lặp lại"),
    "product": gettext_lazy("Sản phẩm"),
}  # fmt: skip


@dataclass(frozen=True)
class ChangedLine:
    """A task given, as it was and as the paper has it now, field by field."""

    one: ShownRow
    fields: list[tuple[Any, str, str]]


@login_required
@require_http_methods(["GET", "POST"])
def changes(request: OfficeRequest, pk: int) -> HttpResponse:
    """Added, removed and changed rows; a press amends or withdraws the tasks of one, with the reason."""
    reading = reading_or_404(pk)
    if reading.previous is None or reading.read_at is None:
        raise Http404
    if request.method == "POST":
        _act(request, reading)
        return redirect("directives:reading-changes", pk)
    found = comparison_of(reading)
    lines = {one.row.pk: one for one in shown([*found.removed, *(row for pair in found.changed for row in pair)], {})}
    context = {
        "title": _("So với lần đọc trước"), "reading": reading, "found": found,
        "removed": [lines[row.pk] for row in found.removed],
        "changed": [_changed(lines[before.pk], lines[now.pk]) for before, now in found.changed],
        "back_url": reverse("directives:reading", args=[pk]),
        "reason": _("Theo %(symbol)s") % {"symbol": reading.record.number or reading.record.title[:200]},
    }  # fmt: skip
    return render(request, "directives/changes.html", context)


def _act(request: OfficeRequest, reading: PlanReading) -> None:
    acts = {"amend": amend_given, "withdraw": withdraw_given}
    service, row = acts.get(request.POST.get("act", "")), request.POST.get("row", "")
    if service is None or not (row.isascii() and row.isdigit()):
        raise Http404
    try:
        note = request.POST.get("note", "")[:1500]
        count = service(reading, int(row), by=request.actor, at=timezone.now(), note=note)
    except ProposedTask.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        done = _("Đã điều chỉnh %(count)s nhiệm vụ.") if service is amend_given else _("Đã hủy %(count)s nhiệm vụ.")
        messages.success(request, done % {"count": count})


def _changed(before: ShownRow, now: ShownRow) -> ChangedLine:
    return ChangedLine(now, [(_FIELDS[name], _words(before, name), _words(now, name)) for name in now.row.amended])


def _words(one: ShownRow, name: str) -> str:
    if name == "lead":
        return one.lead.name
    if name == "supporting":
        return "; ".join(unit.name for unit in one.supporting)
    if name == "recurrence":
        return one.row.get_recurrence_display()
    return due_words(one.row) if name == "due" else str(getattr(one.row, name))
