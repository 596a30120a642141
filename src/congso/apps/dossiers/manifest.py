from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.dossiers.flow import FLOWS
from congso.apps.dossiers.home import BLOCKS
from congso.apps.dossiers.measures import MEASURES
from congso.apps.dossiers.models import (
    CATALOGUE,
    DISPOSAL,
    DOSSIER,
    HAND_OVER,
    READING,
    TRANSFER,
    Catalogue,
    Condition,
    Disposal,
    Dossier,
    HandOver,
    Language,
    Mode,
    ReadingRequest,
    Reliability,
    Transfer,
)
from congso.apps.dossiers.services import certifying
from congso.apps.dossiers.services.filing import PURPOSE, follow, receive_file
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, QuickAct, holds
from congso.kernel.web.offers import Offer

OWN = frozenset({CATALOGUE, DISPOSAL, DOSSIER, HAND_OVER, READING, TRANSFER})


def _works_somewhere(request: OfficeRequest) -> bool:
    return holds(request, Function.STAFF)


def _keeps_an_archive(request: OfficeRequest) -> bool:
    return holds(request, Function.ARCHIVISTS)


def _may_be_filed(request: OfficeRequest, record: Record) -> bool:
    """Any record of another system, by whoever works somewhere: her dossiers are asked for when she presses."""
    return record.type not in OWN and _works_somewhere(request)


def _search_text(record: Record) -> str:
    dossier = record if isinstance(record, Dossier) else Dossier.objects.get(pk=record.pk)
    return "\n".join(part for part in (dossier.keywords, dossier.description, dossier.holder_label) if part)


MANIFEST = Manifest(
    label="dossiers",
    url_prefix="ho-so",
    record_types=(
        RecordType(DOSSIER, _("Hồ sơ"), Dossier, "dossiers:detail", "archive"),
        RecordType(CATALOGUE, _("Danh mục hồ sơ"), Catalogue, "dossiers:catalogue", "list-details"),
        RecordType(HAND_OVER, _("Nộp lưu"), HandOver, "dossiers:hand_over", "send"),
        RecordType(TRANSFER, _("Nộp lưu trữ lịch sử"), Transfer, "dossiers:transfer", "building"),
        RecordType(DISPOSAL, _("Xét hủy tài liệu"), Disposal, "dossiers:disposal", "trash"),
        RecordType(READING, _("Yêu cầu khai thác"), ReadingRequest, "dossiers:reading", "book"),
    ),
    flows=FLOWS,
    menu=(
        MenuItem(
            "dossiers",
            pgettext_lazy("menu", "Hồ sơ công việc"),
            "archive",
            "dossiers:list",
            Group.ARCHIVE,
            order=60,
            visible=_works_somewhere,
        ),
        MenuItem(
            "archive",
            pgettext_lazy("menu", "Lưu trữ cơ quan"),
            "building",
            "dossiers:kept",
            Group.ARCHIVE,
            order=64,
            visible=_keeps_an_archive,
        ),
        MenuItem(
            "search-room",
            pgettext_lazy("menu", "Phòng đọc lưu trữ"),
            "book",
            "dossiers:room",
            Group.ARCHIVE,
            order=66,
            visible=_works_somewhere,
        ),
    ),
    quick_acts=(QuickAct(_("Mở hồ sơ"), "folder", "dossiers:open", _works_somewhere),),
    offers=(Offer(_("Đưa vào hồ sơ"), "archive", "dossiers:choose", _may_be_filed),),
    home=BLOCKS,
    search_texts={DOSSIER: _search_text},
    upload_handlers={PURPOSE: receive_file},
    signed_handlers={certifying.PURPOSE: certifying.keep_certified},
    followers=(follow,),
    code_lists=(
        CodeList("dossier_modes", _("Chế độ sử dụng hồ sơ"), Mode.choices, _("Quyền khai thác dựa vào từng mã.")),
        CodeList("dossier_languages", _("Ngôn ngữ tài liệu"), Language.choices, _("Gói lưu trữ ghi từng mã.")),
        CodeList("dossier_conditions", _("Tình trạng vật lý"), Condition.choices, _("Gói lưu trữ ghi từng mã.")),
        CodeList("dossier_reliability", _("Mức độ tin cậy"), Reliability.choices, _("Hạn nộp lưu tính theo từng mã.")),
    ),
    measures=MEASURES,
)
