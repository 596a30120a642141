from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.party_papers.flow import FLOW
from congso.apps.party_papers.models import RECORD_TYPE, BondKind, PartyPaper, Readers
from congso.apps.party_papers.queries import effects_of
from congso.apps.party_papers.services import FILE, attach_file
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.search.marks import Marks
from congso.kernel.web.navigation import Group, MenuItem, PublicPlace, holds


def _keeps(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS, Function.CHIEFS, Function.LEADERS)


def _search_marks(paper: PartyPaper) -> Marks:
    return Marks(kind=paper.document_type, issuer=paper.issuer_name, signer=paper.signer_words)


def _search_text(paper: PartyPaper) -> str:
    parts = [paper.document_type, paper.issuer_name, paper.volume, paper.text[:1_000_000]]
    return "\n".join(part for part in parts if part)


MANIFEST = Manifest(
    label="party_papers",
    record_types=(RecordType(RECORD_TYPE, _("Văn kiện"), PartyPaper, "party_papers:detail", "book"),),
    flows=(FLOW,),
    url_prefix="van-kien",
    menu=(
        MenuItem("party-papers", pgettext_lazy("menu", "Văn kiện"), "book", "party_papers:index", Group.ARCHIVE,
                 order=60),
        MenuItem("party-papers-keep", _("Soạn, công bố văn kiện"), "pencil", "party_papers:papers", Group.ARCHIVE,
                 order=61, visible=_keeps),
    ),
    public=(
        PublicPlace(_("Văn kiện"), _("Văn kiện đã công bố cho mọi người, còn hay hết hiệu lực."), "book",
                    "party_papers:index"),
    ),
    search_texts={RECORD_TYPE: _search_text},
    effects=(effects_of,),
    search_marks={RECORD_TYPE: _search_marks},
    upload_handlers={FILE: attach_file},
    code_lists=(
        CodeList("party_paper_readers", _("Ai được đọc văn kiện"), Readers.choices, _("Quyền đọc dựa vào từng mã.")),
        CodeList("party_paper_bonds", _("Quan hệ giữa các văn kiện"), BondKind.choices,
                 _("Tình trạng hiệu lực tính từ từng mã.")),
    ),
)  # fmt: skip
