from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.procedures.flow import CASE_FLOW, PROCEDURE_FLOW
from congso.apps.procedures.home import BLOCKS
from congso.apps.procedures.models import CASE, PROCEDURE, Applicant, Case, Channel, Level, PaperKind, Procedure
from congso.apps.procedures.services import RESULT, attach_result
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, PublicPlace, holds


def _keeps(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS, Function.CHIEFS, Function.TRACKERS, Function.LEADERS)


def _case_text(case: Case) -> str:
    parts = [case.applicant_name, case.applicant_organization, case.publication.code, case.request_text]
    return "\n".join(part for part in parts if part)


def _procedure_text(one: Procedure) -> str:
    return "\n".join(part for part in (one.field, one.result, one.basis, one.applicant_words) if part)


MANIFEST = Manifest(
    label="procedures",
    record_types=(
        RecordType(PROCEDURE, _("Thủ tục hành chính"), Procedure, "procedures:detail", "list-details"),
        RecordType(CASE, _("Hồ sơ thủ tục"), Case, "procedures:case", "clipboard-check"),
    ),
    flows=(PROCEDURE_FLOW, CASE_FLOW),
    url_prefix="thu-tuc",
    menu=(
        MenuItem("procedures", pgettext_lazy("menu", "Thủ tục hành chính"), "list-details", "procedures:index",
                 Group.SERVICES, order=60),
        MenuItem("procedure-cases", pgettext_lazy("menu", "Hồ sơ thủ tục"), "clipboard-check", "procedures:cases",
                 Group.SERVICES, order=61),
        MenuItem("procedure-editions", _("Soạn, công bố thủ tục"), "pencil", "procedures:editions", Group.SERVICES,
                 order=62, visible=_keeps),
    ),
    public=(
        PublicPlace(_("Thủ tục hành chính"), _("Cần giấy tờ gì, mất bao lâu, nộp ở đâu; mẫu đơn để tải về."),
                    "list-details", "procedures:index"),
        PublicPlace(_("Tra cứu hồ sơ"), _("Hồ sơ của bạn đến đâu: gõ mã trên giấy tiếp nhận."), "search",
                    "procedures:look-up"),
    ),
    home=BLOCKS,
    search_texts={CASE: _case_text, PROCEDURE: _procedure_text},
    upload_handlers={RESULT: attach_result},
    code_lists=(
        CodeList("procedure_levels", _("Cấp thực hiện thủ tục"), Level.choices, _("Bộ lọc dựa vào từng mã.")),
        CodeList("procedure_applicants", _("Đối tượng của thủ tục"), Applicant.choices,
                 _("Ai nộp được hồ sơ dựa vào từng mã.")),
        CodeList("procedure_paper_kinds", _("Bản của giấy tờ"), PaperKind.choices,
        _("Giấy tờ tra cứu không phải nộp.")),
        CodeList("procedure_channels", _("Cách nộp hồ sơ"), Channel.choices, _("Cách tiếp nhận dựa vào từng mã.")),
    ),
)  # fmt: skip
