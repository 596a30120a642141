"""“Sổ hoạt động xử lý dữ liệu cá nhân”: on screen, on paper, as Excel."""

from typing import IO

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.apps.personal_data.queries import Processing, processing_register
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.excel import SheetColumn, workbook_response, write_workbook


@login_required
@require_GET
def shown(request: OfficeRequest) -> HttpResponseBase:
    """The register of processing; `format` is print or xlsx."""
    rows = processing_register()
    if request.GET.get("format") == "xlsx":
        return workbook_response(_workbook(rows), "so-xu-ly-du-lieu-ca-nhan")
    template = "register_paper" if request.GET.get("format") == "print" else "register"
    return render(request, f"personal_data/{template}.html", {"rows": rows, "today": timezone.localdate()})


def _workbook(rows: list[Processing]) -> IO[bytes]:
    return write_workbook(
        title=_("Sổ hoạt động xử lý dữ liệu cá nhân"),
        words=_("Lập ngày %(day)s từ khai báo của các hệ thống") % {"day": f"{timezone.localdate():%d/%m/%Y}"},
        office="",
        columns=[
            SheetColumn(_("Hoạt động"), 28), SheetColumn(_("Chủ thể dữ liệu"), 24), SheetColumn(_("Dữ liệu"), 40),
            SheetColumn(_("Loại"), 12), SheetColumn(_("Mục đích"), 36), SheetColumn(_("Căn cứ"), 30),
            SheetColumn(_("Bên nhận"), 28), SheetColumn(_("Thời hạn lưu"), 30), SheetColumn(_("Khi hết hạn"), 24),
            SheetColumn(_("Nơi lưu"), 28),
        ],
        rows=(
            (
                row.activity, row.people, "; ".join(label for label, _sensitive in row.data),
                _("Nhạy cảm") if row.is_sensitive else _("Cơ bản"), row.purpose, row.basis, row.recipients,
                row.retention, row.ends, row.place,
            )
            for row in rows
        ),
    )  # fmt: skip
