from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.digitization import services
from congso.apps.digitization.flow import BATCHES, COPIES
from congso.apps.digitization.home import BLOCKS
from congso.apps.digitization.measures import MEASURES
from congso.apps.digitization.models import BATCH, COPY, DigitalCopy, Need, PageState, ScanBatch
from congso.apps.digitization.queries import OPERATING
from congso.apps.digitization.services import signing
from congso.apps.digitization.services.filing import filed_facts
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.filing import Filable
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, holds


def _digitizes(request: OfficeRequest) -> bool:
    return holds(request, *OPERATING)


def _batch_text(batch: ScanBatch) -> str:
    folders = batch.folders.values_list("code", "title")[:500]
    return "\n".join([batch.fonds, *(f"{code} {title}" for code, title in folders)])


def _copy_text(copy: DigitalCopy) -> str:
    return "\n".join(part for part in (copy.issuer, copy.signer) if part)


MANIFEST = Manifest(
    label="digitization",
    url_prefix="so-hoa",
    record_types=(
        RecordType(BATCH, _("Đợt số hóa"), ScanBatch, "digitization:detail", "scan"),
        RecordType(COPY, _("Bản số hóa"), DigitalCopy, "digitization:copy", "file-type-pdf"),
    ),
    flows=(BATCHES, COPIES),
    menu=(
        MenuItem(
            "digitization", pgettext_lazy("menu", "Số hóa tài liệu"), "scan", "digitization:list", Group.ARCHIVE,
            order=68, visible=_digitizes,
        ),
    ),
    home=BLOCKS,
    search_texts={BATCH: _batch_text, COPY: _copy_text},
    upload_handlers={services.PURPOSE: services.receive_scan},
    upload_stacks=frozenset({services.PURPOSE}),
    signed_handlers={signing.PURPOSE: signing.keep_signed},
    filable=(Filable(COPY, filed_facts),),
    code_lists=(
        CodeList("scan_page_states", _("Trạng thái trang quét"), PageState.choices, _("Cách tách dựa vào từng mã.")),
        CodeList("digital_copy_needs", _("Cách kiểm tra bản số hóa"), Need.choices, _("Quy trình dựa vào từng mã.")),
    ),
    measures=MEASURES,
)  # fmt: skip
