from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.flow import FLOWS
from congso.apps.dossiers.models import (
    CATALOGUE,
    DISPOSAL,
    DOSSIER,
    HAND_OVER,
    READING,
    TRANSFER,
    Catalogue,
    Disposal,
    Dossier,
    HandOver,
    ReadingRequest,
    Transfer,
)
from congso.apps.dossiers.services.filing import PURPOSE, follow, receive_file
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType

MANIFEST = Manifest(
    label="dossiers",
    url_prefix="ho-so",
    record_types=(
        RecordType(DOSSIER, _("Hồ sơ"), Dossier, "dossiers:detail", "archive"),
        RecordType(CATALOGUE, _("Danh mục hồ sơ"), Catalogue, "dossiers:catalogue", "list-details"),
        RecordType(HAND_OVER, _("Nộp lưu"), HandOver, "dossiers:hand_over", "package-export"),
        RecordType(TRANSFER, _("Nộp lưu trữ lịch sử"), Transfer, "dossiers:transfer", "building"),
        RecordType(DISPOSAL, _("Xét hủy tài liệu"), Disposal, "dossiers:disposal", "trash"),
        RecordType(READING, _("Yêu cầu khai thác"), ReadingRequest, "dossiers:reading", "book"),
    ),
    flows=FLOWS,
    upload_handlers={PURPOSE: receive_file},
    followers=(follow,),
)
