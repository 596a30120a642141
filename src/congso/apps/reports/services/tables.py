"""A period added up, as an Excel file: totals, each unit's figures with their sources, words by heading."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
from django.utils import timezone
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from congso.apps.reports.models import Form
from congso.apps.reports.queries import collected, merged_texts, reports_of_period, sources_of
from congso.apps.reports.rules import Schema
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.periods import Period
from congso.kernel.web.excel import FONT

MOST_SOURCES = 20_000


def gathered_sheet(form: Form, schema: Schema, period: Period, *, root: Organization, chart_day: date) -> bytes:
    """Every total, and on a second page every figure it is made of: whose, who typed it where, who sent it when."""
    book = openpyxl.Workbook()
    totals = collected(form, schema, period, root.pk, chart_day)
    sheet = book.active
    sheet.title = "Tổng hợp"
    _write(
        sheet,
        ("Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước", "Từ số đơn vị", "Mã chỉ tiêu"),
        (
            (
                schema.title_of(one.key), one.indicator.unit, *(
                    None if each.value is None else round(each.value, one.indicator.decimals)
                    for each in (one.now, one.before, one.year_ago)
                ), one.now.figures, one.indicator.code,
            )
            for one in totals
        ),
        (60, 14, 16, 16, 18, 12, 40),
    )  # fmt: skip
    sources = book.create_sheet("Nguồn số liệu")
    rows: list[Sequence[Any]] = []
    for one in totals:
        for each in sources_of(one.indicator, period, root.pk, chart_day, most=MOST_SOURCES):
            seen = each.observation
            rows.append(
                (
                    schema.title_of(one.key), each.organization, each.value, each.beside, seen.get_origin_display(),
                    seen.words, seen.by_label, timezone.make_naive(seen.at), seen.record.title if seen.record else "",
                )
            )  # fmt: skip
    heads = ("Chỉ tiêu", "Đơn vị", "Số", "Trọng số", "Nguồn", "Lấy từ", "Người gửi", "Lúc", "Báo cáo")
    _write(sources, heads, rows, (50, 40, 16, 14, 24, 60, 40, 18, 50))
    said = book.create_sheet("Phần lời")
    texts = merged_texts(reports_of_period(form, period), schema)
    _write(
        said,
        ("Mục", "Đơn vị", "Nội dung", "Người viết"),
        ((schema.title_of(key), each.organization, each.text, each.by_label) for key in texts for each in texts[key]),
        (40, 40, 100, 40),
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a value that begins like a formula is never calculated
    for cell in sheet[1]:
        cell.font = Font(name=FONT, bold=True)
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
