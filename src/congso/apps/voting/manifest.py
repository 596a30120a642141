from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.voting.flow import FLOW
from congso.apps.voting.home import BLOCKS
from congso.apps.voting.models import RECORD_TYPE, Ballot
from congso.apps.voting.queries import organizes_anything
from congso.apps.voting.services.sheets import PURPOSE, receive_sheets
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem
from congso.kernel.web.offers import Offer


def _organizes(request: OfficeRequest) -> bool:
    return organizes_anything(request.principals)


def _may_decide_on(request: OfficeRequest, record: Record) -> bool:
    return record.type != RECORD_TYPE and organizes_anything(request.principals)


def _search_text(ballot: Ballot) -> str:
    return f"{ballot.title}\n{ballot.question}\n{ballot.owner}"


MANIFEST = Manifest(
    label="voting",
    record_types=(
        RecordType(RECORD_TYPE, pgettext_lazy("record", "Biểu quyết"), Ballot, "voting:detail", "checkbox"),
    ),
    flows=(FLOW,),
    url_prefix="bieu-quyet",
    menu=(
        MenuItem("voting", _("Biểu quyết, xin ý kiến"), "checkbox", "voting:list", Group.DIRECTION, order=80),
        MenuItem(
            "voting-rules", _("Quy tắc biểu quyết"), "scale", "voting:rules", Group.DIRECTION, order=82,
            visible=_organizes,
        ),
    ),
    offers=(Offer(_("Đưa ra biểu quyết"), "checkbox", "voting:new", _may_decide_on),),
    home=BLOCKS,
    upload_handlers={PURPOSE: receive_sheets},
    upload_stacks=frozenset({PURPOSE}),
    search_texts={RECORD_TYPE: _search_text},
)  # fmt: skip
