"""Filling a report on the page."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.reports import services
from congso.apps.reports.models import Report
from congso.apps.reports.queries import Board, Filled, acts_open_to, board_of, latest_version
from congso.apps.reports.rules import WORDS, Finding, NumberCell, Schema, Section, TextCell, check
from congso.apps.reports.services import Given, InvalidReport
from congso.apps.reports.views.requests import report_or_404, schema_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused

VALUE, SEEN = "o-", "s-"


@dataclass(frozen=True)
class Shown:
    """A cell with all its line shows."""

    cell: NumberCell | TextCell
    filled: Filled
    text: str
    findings: tuple[Finding, ...]

    @property
    def field(self) -> str:
        """Its name in the page."""
        return self.cell.key.replace(".", "-")


@dataclass(frozen=True)
class Part:
    """A section as the page draws it."""

    section: Section
    cells: tuple[Shown, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...] = ()


@login_required
@require_http_methods(["GET", "POST"])
def fill(request: OfficeRequest, pk: int) -> HttpResponse:
    """The form with what is written; saving keeps everything, sending checks everything."""
    report = report_or_404(pk)
    request.shown_record = pk
    acts = {one.key for one in acts_open_to(report, request.principals)}
    if "fill" not in acts:
        messages.warning(request, _("Báo cáo này không còn ở bước nhập số liệu. Dưới đây là tình trạng mới nhất."))
        return redirect("reports:detail", pk)
    if request.method == "POST":
        return _save(request, report)
    board = board_of(report, schema_of(report))
    # An empty cell is not reproached before something is typed or sent.
    findings = [one for one in check(board.schema, board.texts, board.last) if board.texts[one.key]]
    return _page(request, report, board, {}, findings)


@login_required
@require_POST
def carry(request: OfficeRequest, pk: int) -> HttpResponse:
    """Fill what the form marks so from the last period."""
    report = report_or_404(pk)
    try:
        saved = services.carry_over(report, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:detail", pk)
    messages.success(request, _("Đã lấy %(count)s ô từ kỳ trước.") % {"count": len(saved.written)})
    return redirect("reports:fill", pk)


@login_required
@require_POST
def renew(request: OfficeRequest, pk: int) -> HttpResponse:
    """Go over to the form's newest version."""
    report = report_or_404(pk)
    try:
        gone = services.renew_form(report, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:detail", pk)
    messages.success(request, _("Đã chuyển sang mẫu mới; số liệu đã nhập được giữ nguyên."))
    if gone:
        words = "; ".join(f"“{title}”" for title in gone[:10])
        messages.warning(
            request, _("Mẫu mới không còn ô: %(cells)s. Nội dung cũ vẫn xem được ở cuối trang.") % {"cells": words}
        )
    return redirect("reports:fill", pk)


@login_required
@require_POST
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Choose one of two people's answers."""
    report = report_or_404(pk)
    chosen = request.POST.get("entry", "")
    try:
        services.settle_cell(
            report, request.POST.get("key", "")[:130], chosen=_number(chosen),
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:fill", pk)


@login_required
@require_POST
def attach(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add files to the report."""
    report = report_or_404(pk)
    files = request.FILES.getlist("files")
    try:
        services.add_files(report, files, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if files:
            messages.success(
                request, _("Đã nhận %(count)s tệp; tệp hiện ở trang báo cáo khi đọc xong.") % {"count": len(files)}
            )
    return redirect("reports:fill", pk)


def _save(request: OfficeRequest, report: Report) -> HttpResponse:
    given = _given(request)
    now = timezone.now()
    try:
        saved = services.save_cells(report, given, by=request.actor, at=now)
        if saved.contested:
            messages.warning(
                request,
                _("Có %(count)s ô vừa được người khác ghi khác với bạn. Cả hai số được giữ; hãy chọn một.")
                % {"count": len(saved.contested)},
            )
        elif "send" in request.POST:
            services.submit_report(report, by=request.actor, at=now)
            messages.success(request, _("Đã gửi báo cáo."))
            return redirect("reports:detail", report.pk)
        else:
            messages.success(request, _("Đã lưu %(count)s ô.") % {"count": len(saved.written)})
    except InvalidReport as invalid:
        board = board_of(report, schema_of(report))
        findings = invalid.findings or check(board.schema, board.texts, board.last)
        return _page(request, report, board, {}, findings, refusal=str(invalid))
    except Refused as refusal:
        board = board_of(report, schema_of(report))
        typed = {key: one.text for key, one in given.items()}
        return _page(request, report, board, typed, [], refusal=str(refusal))
    return redirect("reports:fill", report.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _given(request: OfficeRequest) -> dict[str, Given]:
    found = {}
    for name, value in request.POST.items():
        if name.startswith(VALUE):
            key, seen = name.removeprefix(VALUE), request.POST.get(f"{SEEN}{name.removeprefix(VALUE)}", "")
            found[key[:130]] = Given(str(value), _number(seen))
    return found


def _page(
    request: OfficeRequest, report: Report, board: Board, typed: dict[str, str], findings: Iterable[Finding],
    *, refusal: str = "",
) -> HttpResponse:  # fmt: skip
    schema = board.schema
    newest = latest_version(report.form)
    is_old = newest is not None and newest.pk != report.version_of_form_id
    by_key: dict[str, list[Finding]] = {}
    for one in findings:
        by_key.setdefault(one.key, []).append(one)
    acts = {one.key for one in acts_open_to(report, request.principals)}
    context = {
        "record": report, "title": report.title, "parts": list(parts_of(board, typed, by_key)), "board": board,
        "may_send": "submit" in acts, "refusal": refusal,
        "errors": [one for one in findings if one.severity == "error"],
        "changes": services.differences(schema, Schema.parse(newest.schema)) if is_old and newest else [],
        "is_old": is_old, "rules": rules_for_browser(board), "takes_files": schema.takes_files,
        "may_carry": _may_carry(board), "back_url": reverse("reports:detail", args=[report.pk]),
    }  # fmt: skip
    return render(request, "reports/fill.html", context, status=422 if refusal else 200)


def _may_carry(board: Board) -> bool:
    carried = [key for key, cell in board.schema.numbers.items() if cell.carries and key in board.last]
    return any(not board.texts[key] for key in (*carried, *board.last_texts))


def rules_for_browser(board: Board) -> dict[str, Any]:
    """The form's rules as the page's script reads them: the very definition the server checks by."""
    schema = board.schema
    return {
        "numbers": [
            {
                "key": cell.key, "title": cell.title, "decimals": cell.decimals, "required": cell.is_required,
                "least": None if cell.least is None else f"{cell.least:f}",
                "most": None if cell.most is None else f"{cell.most:f}",
            }
            for cell in schema.numbers.values()
        ],
        "texts": [{"key": one.key, "required": one.is_required, "most": one.most} for one in schema.texts.values()],
        "rules": [asdict(rule) for rule in schema.rules],
        "last": {key: f"{value:f}" for key, value in board.last.items()},
        "words": WORDS,
    }  # fmt: skip


def parts_of(board: Board, typed: dict[str, str], found: dict[str, list[Finding]]) -> Iterable[Part]:
    """The sections with their cells; `typed` stands over what is written, `found` is what to say by cell."""
    for section in board.schema.sections:
        if section.kind == "table":
            rows = tuple(
                (row.title, tuple(_shown(cell, board, typed, found) for cell in cells)) for row, cells in section.grid
            )
            yield Part(section, (), rows)
        else:
            cells = (*section.numbers, *((section.text,) if section.text else ()))
            yield Part(section, tuple(_shown(cell, board, typed, found) for cell in cells))


def _shown(cell: NumberCell | TextCell, board: Board, typed: dict[str, str], found: dict[str, list[Finding]]) -> Shown:
    filled = board.cells[cell.key]
    return Shown(cell, filled, typed.get(cell.key, filled.text), tuple(found.get(cell.key, ())))
