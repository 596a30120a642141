from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.library import queries
from congso.apps.library.flow import FLOW
from congso.apps.library.models import RECORD_TYPE, Contribution, Copy, Loan, Readers, Work
from congso.apps.library.services import PURPOSE, receive_book
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, PublicPlace, QuickAct, holds


def _keeps(request: OfficeRequest) -> bool:
    return holds(request, Function.ARCHIVISTS)


MANIFEST = Manifest(
    label="library",
    record_types=(
        RecordType(
            RECORD_TYPE, _("Tài liệu thư viện"), Work, "library:card", "book", kept_offline=queries.may_stay_on_devices
        ),
    ),
    flows=(FLOW,),
    url_prefix="thu-vien",
    menu=(
        MenuItem("library", pgettext_lazy("menu", "Thư viện"), "notebook", "library:index", Group.LIBRARY, order=70),
        MenuItem("library-mine", _("Sách tôi đang mượn"), "book", "library:mine", Group.LIBRARY, order=71),
        MenuItem("library-desk", _("Quầy mượn trả"), "scan", "library:desk", Group.LIBRARY, order=72, visible=_keeps),
        MenuItem("library-works", _("Biên mục tài liệu"), "pencil", "library:works", Group.LIBRARY, order=73,
                 visible=_keeps),
    ),
    quick_acts=(QuickAct(_("Quầy mượn trả sách"), "scan", "library:desk", _keeps),),
    public=(
        PublicPlace(_("Thư viện điện tử"), _("Sách, tài liệu mở cho mọi người, đọc ngay trên trình duyệt."), "notebook",
                    "library:index"),
    ),
    search_texts={RECORD_TYPE: queries.search_text},
    upload_handlers={PURPOSE: receive_book},
    code_lists=(
        CodeList("library_readers", _("Bạn đọc của bộ sưu tập"), Readers.choices, _("Quyền đọc dựa vào từng mã.")),
        CodeList("library_parts", _("Vai trò của tác giả"), Contribution.Part.choices, _("Mã vai trò theo MARC21.")),
        CodeList("library_copy_states", _("Tình trạng bản sách"), Copy.State.choices,
                 _("Mượn, trả, kiểm kê dựa vào từng mã.")),
        CodeList("library_sources", _("Nguồn bổ sung sách"), Copy.Source.choices, _("Ghi trong sổ đăng ký cá biệt.")),
        CodeList("library_endings", _("Lượt mượn kết thúc"), Loan.Ending.choices, _("Bồi hoàn dựa vào từng mã.")),
    ),
)  # fmt: skip
