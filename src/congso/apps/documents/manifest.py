from django.utils.translation import gettext_lazy as _

from congso.apps.documents import queries
from congso.apps.documents.flow import FLOW
from congso.apps.documents.home import BLOCKS
from congso.apps.documents.measures import MEASURES
from congso.apps.documents.models import RECORD_TYPE, Channel, Handling, IncomingDocument
from congso.apps.documents.services.exchanging import HANDLER
from congso.apps.documents.services.migrating import PURPOSE as MIGRATED
from congso.apps.documents.services.migrating import receive_migrated_upload
from congso.apps.documents.services.papers import PURPOSE, receive_upload_as_document
from congso.kernel.access.principals import Function, Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.files.models import QuarantineItem
from congso.kernel.manifest.registry import Manifest
from congso.kernel.papers.services import study_fields
from congso.kernel.records.filing import Filable
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, QuickAct, holds, holds_role, once

COUNTED = 100


def _keeps_a_register(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS)


def _follows_a_register(request: OfficeRequest) -> bool:
    """A room's leader leads, but no register."""
    return bool(once(request, queries.followed_offices))


def _answers_for_a_register(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS) or holds(request, Function.CHIEFS)


def _sees_documents(request: OfficeRequest) -> bool:
    return _follows_a_register(request) or holds_role(request, Role.READER)


def _guards_secrets(request: OfficeRequest) -> bool:
    return holds(request, Function.SECRECY_OFFICERS)


def _waiting(request: OfficeRequest) -> int:
    offices = once(request, queries.registry_offices)
    return queries.waiting_documents(offices).order_by()[:COUNTED].count() if offices else 0


def _unopened(request: OfficeRequest) -> int:
    return queries.unread_count(request.principals)


def _held(request: OfficeRequest) -> int:
    return QuarantineItem.objects.filter(state=QuarantineItem.State.HELD)[:COUNTED].count()


MANIFEST = Manifest(
    label="documents",
    url_prefix="van-ban-den",
    record_types=(
        RecordType(
            RECORD_TYPE,
            _("Văn bản đến"),
            IncomingDocument,
            "documents:detail",
            "mail",
            queries.external_ids,
            kept_offline=queries.may_stay_on_devices,
        ),
    ),
    flows=(FLOW,),
    menu=(
        MenuItem(
            "intake",
            _("Tiếp nhận, vào sổ"),
            "file-plus",
            "documents:intake",
            Group.DOCUMENTS,
            order=10,
            phone=3,
            count=_waiting,
            visible=_keeps_a_register,
        ),
        MenuItem(
            "incoming",
            _("Văn bản đến"),
            "mail",
            "documents:list",
            Group.DOCUMENTS,
            order=20,
            phone=2,
            visible=_sees_documents,
        ),
        MenuItem(
            "inbox",
            _("Văn bản được giao"),
            "inbox",
            "documents:inbox",
            Group.DOCUMENTS,
            order=30,
            phone=3,
            count=_unopened,
        ),
        MenuItem(
            "book",
            _("Sổ đăng ký văn bản đến"),
            "notebook",
            "documents:book",
            Group.DOCUMENTS,
            order=40,
            visible=_follows_a_register,
        ),
        MenuItem(
            "tracking",
            _("Sổ theo dõi giải quyết"),
            "list-check",
            "documents:tracking",
            Group.DOCUMENTS,
            order=50,
            visible=_follows_a_register,
        ),
        MenuItem(
            "accuracy",
            _("Độ chính xác đọc máy"),
            "target-arrow",
            "documents:accuracy",
            Group.DOCUMENTS,
            order=80,
            visible=_answers_for_a_register,
        ),
        MenuItem(
            "quarantine",
            _("Khu cách ly"),
            "shield-lock",
            "documents:quarantine",
            Group.DOCUMENTS,
            order=90,
            count=_held,
            visible=_guards_secrets,
        ),
    ),
    quick_acts=(QuickAct(_("Tiếp nhận văn bản đến"), "file-plus", "documents:intake", _keeps_a_register),),
    home=BLOCKS,
    search_texts={RECORD_TYPE: queries.searchable_text},
    search_marks={RECORD_TYPE: queries.search_marks},
    upload_handlers={PURPOSE: receive_upload_as_document, MIGRATED: receive_migrated_upload},
    upload_studies={PURPOSE: study_fields},
    packet_handler=HANDLER,
    filable=(Filable(RECORD_TYPE, queries.filed_facts, after=frozenset({"register", "correct", "direct"})),),
    code_lists=(
        CodeList("urgency", _("Độ khẩn"), Urgency.choices, _("Thứ tự xử lý, giờ hẹn và mã edXML dựa vào từng mã.")),
        CodeList(
            "circulation", _("Phạm vi lưu hành"), Circulation.choices, _("Dấu trên văn bản được nhận ra theo từng mã.")
        ),
        CodeList("channels", _("Đường văn bản đến"), Channel.choices, _("Cách tiếp nhận dựa vào từng mã.")),
        CodeList(
            "handling_kinds", _("Vai trò xử lý"), Handling.Kind.choices, _("Mỗi văn bản có đúng một nơi xử lý chính.")
        ),
    ),
    measures=MEASURES,
)
