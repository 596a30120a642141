"""“Độ chính xác đọc máy”: how the machine's proposals fared against what clerks registered, by field and by month."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.apps.documents import queries
from congso.apps.documents.models import FieldProposal
from congso.apps.documents.services.proposing import shown_text
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.lib.languages import in_vietnamese

SHOWN = 100
EXPORT_ROWS = 50_000
_HEADS = (
    "Tháng", "Trường", "Máy đọc", "Đã vào sổ", "Kết quả", "Độ tin cậy", "Lý do nghi ngờ", "Số đến", "Năm",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Correction:
    """One proposal that was not taken as it was."""

    proposal: FieldProposal
    proposed: str
    registered: str


@login_required
@require_GET
def accuracy(request: OfficeRequest) -> HttpResponseBase:
    """Figures, by month those of one chosen; the latest corrections; all of it as CSV with `dang=csv`."""
    offices = queries.offices_with(request.principals, timezone.localdate(), Function.CLERKS, Function.CHIEFS)
    if not offices:
        raise Http404
    months = queries.judged_months(offices)
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), None)
    judged = queries.judged_proposals(offices, month)
    if request.GET.get("dang") == "csv":
        return _csv(judged[:EXPORT_ROWS])
    wrong = judged.filter(outcome__in=(FieldProposal.Outcome.CORRECTED, FieldProposal.Outcome.MISSING))
    context = {
        "offices": offices,
        "months": months,
        "month": month,
        "by_field": queries.accuracy_by_field(judged),
        "by_month": queries.accuracy_by_month(judged),
        "corrections": [_correction(one) for one in wrong[:SHOWN]],
    }
    return render(request, "documents/accuracy.html", context)


def _correction(one: FieldProposal) -> Correction:
    return Correction(one, shown_text(one.name, one.proposed), shown_text(one.name, one.registered_value or ""))


@in_vietnamese()
def _csv(judged: Iterable[FieldProposal]) -> HttpResponse:
    """A line for each judged proposal, in UTF-8 with its mark so that spreadsheets read the accents."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="do-chinh-xac-doc-may.csv"'
    writer = csv.writer(answer)
    writer.writerow(_HEADS)
    writer.writerows([_plain(cell) for cell in row] for row in _rows(judged))
    return answer


def _rows(judged: Iterable[FieldProposal]) -> Iterator[tuple[object, ...]]:
    for one in judged:
        document, shown = one.document, _correction(one)
        yield (
            f"{timezone.localtime(document.registered_at):%m/%Y}" if document.registered_at else "",
            one.get_name_display(), shown.proposed, shown.registered, one.get_outcome_display(),
            f"{one.confidence:.2f}".replace(".", ","), one.doubt, document.arrival_number, document.arrival_year,
        )  # fmt: skip


def _plain(cell: object) -> str:
    """Text that a spreadsheet never takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
