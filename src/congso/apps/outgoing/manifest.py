from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing import queries
from congso.apps.outgoing.flow import FLOW
from congso.apps.outgoing.models import RECORD_TYPE, Authority, Channel, OutgoingDocument
from congso.apps.outgoing.services import drafting, following, sealing, signing
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType

MANIFEST = Manifest(
    label="outgoing",
    url_prefix="van-ban-di",
    record_types=(RecordType(RECORD_TYPE, _("Văn bản đi"), OutgoingDocument, "outgoing:detail", "send"),),
    flows=(FLOW,),
    search_texts={RECORD_TYPE: queries.searchable_text},
    upload_handlers={drafting.PURPOSE: drafting.take_version},
    signed_handlers={
        signing.PURPOSE: signing.keep_signed_paper,
        sealing.PURPOSE: sealing.keep_sealed_paper,
    },
    answer_listener=following.note_answer,
    code_lists=(
        CodeList("signing_authorities", _("Thể thức ký"), Authority.choices, _("Quyền ký dựa vào từng mã.")),
        CodeList("sending_channels", _("Kênh gửi văn bản"), Channel.choices, _("Cách gửi dựa vào từng mã.")),
    ),
)
