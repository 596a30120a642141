from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing import queries
from congso.apps.outgoing.flow import FLOW
from congso.apps.outgoing.home import BLOCKS
from congso.apps.outgoing.measures import MEASURES
from congso.apps.outgoing.models import RECORD_TYPE, Authority, Channel, OutgoingDocument
from congso.apps.outgoing.services import drafting, following, sealing, signing
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.filing import Filable
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, QuickAct, holds
from congso.kernel.web.offers import Offer

_INCOMING = "incoming_document"  # by its key: systems do not import one another


def _drafts(request: OfficeRequest) -> bool:
    """Whoever holds a post drafts for its unit."""
    return any(describe(one)[0] is Kind.OFFICE for one in request.principals)


def _follows_a_register(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS, Function.CHIEFS, Function.LEADERS)


def _answers(request: OfficeRequest, record: Record) -> bool:
    return record.type == _INCOMING and record.closed_at is None and _drafts(request)


MANIFEST = Manifest(
    label="outgoing",
    url_prefix="van-ban-di",
    record_types=(
        RecordType(
            RECORD_TYPE,
            _("Văn bản đi"),
            OutgoingDocument,
            "outgoing:detail",
            "send",
            kept_offline=queries.may_stay_on_devices,
        ),
    ),
    flows=(FLOW,),
    menu=(
        MenuItem("outgoing", _("Văn bản đi"), "send", "outgoing:list", Group.DOCUMENTS, order=52, visible=_drafts),
        MenuItem(
            "outgoing-book",
            _("Sổ đăng ký văn bản đi"),
            "notebook",
            "outgoing:book",
            Group.DOCUMENTS,
            order=54,
            visible=_follows_a_register,
        ),
    ),
    quick_acts=(QuickAct(_("Soạn văn bản đi"), "edit", "outgoing:draft", _drafts),),
    offers=(Offer(_("Soạn văn bản trả lời"), "edit", "outgoing:draft", _answers),),
    home=BLOCKS,
    search_texts={RECORD_TYPE: queries.searchable_text},
    search_marks={RECORD_TYPE: queries.search_marks},
    upload_handlers={drafting.PURPOSE: drafting.take_version},
    signed_handlers={
        signing.PURPOSE: signing.keep_signed_paper,
        sealing.PURPOSE: sealing.keep_sealed_paper,
        sealing.PART: sealing.keep_part_sealed,
    },
    answer_listener=following.note_answer,
    filable=(Filable(RECORD_TYPE, queries.filed_facts, after=frozenset({"issue"})),),
    code_lists=(
        CodeList("signing_authorities", _("Thể thức ký"), Authority.choices, _("Quyền ký dựa vào từng mã.")),
        CodeList("sending_channels", _("Kênh gửi văn bản"), Channel.choices, _("Cách gửi dựa vào từng mã.")),
    ),
    measures=MEASURES,
)
