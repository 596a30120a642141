"""The life of a Party document here: drafted with its text, reviewed, published; withdrawn with a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.party_papers.models import RECORD_TYPE, PartyPaper, Proposal, Readers
from congso.kernel.access.principals import Function, office
from congso.kernel.directory.models import LayoutProfile, Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

PARTY_KINDS = ("committee", "commune_committee", "agency", "unit")  # as congso.is_in_party_body


def _offices(owner: Organization) -> list[Organization]:
    return [owner, *(() if owner.is_office else owner.serving_offices.all())]


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def keeper_principals(owner: Organization) -> set[int]:
    """Who drafts and keeps the organization's documents."""
    return _principals(_offices(owner), Function.CLERKS, Function.CHIEFS, Function.LEADERS)


def _listed(paper: PartyPaper) -> set[int]:
    if paper.readers != Readers.LISTED:
        return set()
    bodies = paper.listed_bodies.values_list("organization_id", flat=True)
    return {office(pk, function) for pk in bodies for function in (Function.STAFF, Function.LEADERS)}


def _party_bodies(paper: PartyPaper) -> set[int]:
    """Staff of every Party body of today, so that they find it in the portal's search; visitors have the app's own."""
    if paper.readers == Readers.LISTED:
        return set()
    bodies = organizations_on(timezone.localdate()).filter(layout_profile=LayoutProfile.PARTY, kind__in=PARTY_KINDS)
    return {office(pk, Function.STAFF) for pk in bodies.values_list("pk", flat=True)}


KEEPERS = Role("keepers", _("Người soạn, lưu văn kiện"), lambda paper: keeper_principals(paper.owner))
REVIEWERS = Role(
    "reviewers",
    _("Lãnh đạo, lãnh đạo văn phòng duyệt công bố"),
    lambda paper: _principals(_offices(paper.owner), Function.CHIEFS, Function.LEADERS),
)
LISTED = Role("listed", _("Cơ quan được ghi tên"), _listed)
PARTY = Role("party", _("Cơ quan, tổ chức đảng"), _party_bodies)


def _has_text(paper: PartyPaper, at: datetime) -> bool:
    return bool(paper.text.strip())


def _is_decided(paper: PartyPaper, at: datetime) -> bool:
    return not paper.proposals.filter(state=Proposal.State.PROPOSED).exists()


def _names_readers(paper: PartyPaper, at: datetime) -> bool:
    return paper.readers != Readers.LISTED or paper.listed_bodies.exists()


HAS_TEXT = Guard(_has_text, _("Văn kiện chưa có nội dung; hãy dán chữ hoặc tải tệp lên."))
IS_DECIDED = Guard(_is_decided, _("Còn quan hệ với văn kiện khác chưa được xem; hãy xác nhận hoặc bỏ từng dòng."))
NAMES_READERS = Guard(_names_readers, _("Hãy ghi các cơ quan được đọc."))

FLOW = Flow(
    RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", _("Đang soạn"), (KEEPERS,), Tone.NEUTRAL, awaits=(KEEPERS,)),
        State("reviewing", _("Chờ duyệt"), (KEEPERS,), Tone.WAITING, awaits=(REVIEWERS,)),
        State("published", _("Đã công bố"), (KEEPERS, LISTED, PARTY), Tone.DONE),
        State("withdrawn", _("Đã thu hồi"), (KEEPERS,), Tone.STOPPED, is_closed=True, closes_files=True),
        State("dropped", _("Đã bỏ bản soạn"), (KEEPERS,), Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa"), ("draft",), "", (KEEPERS,), icon="pencil"),
        Transition("submit", _("Trình duyệt"), ("draft",), "reviewing", (KEEPERS,),
                   guards=(HAS_TEXT, IS_DECIDED, NAMES_READERS), notifies=(REVIEWERS,), icon="send"),
        Transition("reject", _("Trả lại để sửa"), ("reviewing",), "draft", (REVIEWERS,), needs_reason=True,
                   notifies=(KEEPERS,), icon="arrow-back-up"),
        Transition("publish", _("Công bố"), ("reviewing",), "published", (REVIEWERS,),
                   guards=(HAS_TEXT, IS_DECIDED, NAMES_READERS), notifies=(KEEPERS,), icon="share"),
        Transition("relate", _("Thêm quan hệ"), ("published",), "", (REVIEWERS,), icon="link"),
        Transition("withdraw", _("Thu hồi công bố"), ("published",), "withdrawn", (REVIEWERS,), needs_reason=True,
                   notifies=(KEEPERS,), icon="ban"),
        Transition("drop", _("Bỏ bản soạn"), ("draft", "reviewing"), "dropped", (KEEPERS,), needs_reason=True,
                   icon="trash"),
    ),
)  # fmt: skip
