"""The life of a dossier (domain handbook, office 5.2): opened, filled, closed, handed over, kept, perhaps destroyed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.flow.parties import ARCHIVISTS, HEADS, KEEPER, UNIT_LEADERS, functions_in, people
from congso.apps.dossiers.models import DOSSIER, Dossier
from congso.kernel.access.principals import Function
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def _historical(dossier: Dossier) -> set[int]:
    archive = dossier.fonds.historical_archive_id if dossier.fonds else None
    return functions_in([archive], Function.ARCHIVISTS) if archive else set()


def _shared(dossier: Dossier) -> set[int]:
    # A dossier on its way in from a package has no row yet, and nobody to share with.
    return people(*dossier.shares.values_list("person_id", flat=True)) if dossier.pk else set()


HOLDER = Role("holder", _("Người lập hồ sơ"), lambda dossier: people(dossier.holder_id))
SHARED = Role(
    "shared",
    _("Người được chia sẻ"),
    _shared,
)
HISTORICAL = Role("historical", _("Lưu trữ lịch sử"), _historical)


def _is_permanent(dossier: Dossier, at: datetime) -> bool:
    return dossier.is_permanent


def _not_permanent(dossier: Dossier, at: datetime) -> bool:
    return not dossier.is_permanent


def _not_held(dossier: Dossier, at: datetime) -> bool:
    return not dossier.holds.filter(ended_at__isnull=True).exists()


def _held(dossier: Dossier, at: datetime) -> bool:
    return not _not_held(dossier, at)


def _is_empty(dossier: Dossier, at: datetime) -> bool:
    return not dossier.entries.exists()


def _has_entries(dossier: Dossier, at: datetime) -> bool:
    return dossier.entries.exists()


def _is_decided(dossier: Dossier, at: datetime) -> bool:
    """A council proposed it and the competent person decided, with a symbol (handbook office 5, rule 6)."""
    decided = dossier.disposals.filter(outcome="destroy", disposal__state__in=("decided", "destroying"))
    return decided.exclude(disposal__decision="").exists()


PERMANENT_ONLY = Guard(_is_permanent, _("Lưu trữ lịch sử chỉ nhận hồ sơ có thời hạn lưu trữ vĩnh viễn."))
NOT_PERMANENT = Guard(_not_permanent, _("Hồ sơ lưu trữ vĩnh viễn không được xét hủy."))
NOT_HELD = Guard(_not_held, _("Hồ sơ đang có yêu cầu không hủy."))
HELD = Guard(_held, _("Hồ sơ không có yêu cầu không hủy nào đang hiệu lực."))
IS_EMPTY = Guard(_is_empty, _("Hồ sơ đã có văn bản, không bỏ được; hãy rút văn bản ra trước."))
HAS_ENTRIES = Guard(_has_entries, _("Hồ sơ chưa có văn bản nào."))
IS_DECIDED = Guard(_is_decided, _("Chưa có quyết định hủy của người có thẩm quyền."))

_MAKERS = (HOLDER, UNIT_LEADERS)
_OWN = (HOLDER, UNIT_LEADERS, SHARED, HEADS, ARCHIVISTS)
_KEPT = (*_OWN, KEEPER)
OPEN = ("opened", "filling")
KEPT = ("archived", "historical", "review")

DOSSIERS = Flow(
    record_type=DOSSIER,
    initial="opened",
    migrated="archived",
    migrated_by=(ARCHIVISTS,),
    states=(
        State("opened", _("Mới mở"), _OWN, Tone.WAITING, awaits=(HOLDER,)),
        State("filling", _("Đang lập"), _OWN, Tone.WORKING),
        State("finishing", _("Chờ kết thúc"), _OWN, Tone.WARNING, awaits=(UNIT_LEADERS,)),
        State("closed", _("Đã kết thúc"), _KEPT, Tone.DONE, awaits=(HOLDER,)),
        State("submitted", _("Chờ lưu trữ nhận"), _KEPT, Tone.WAITING),
        State("archived", _("Đã nộp (hiện hành)"), _KEPT, Tone.DONE, is_closed=True),
        State("historical", _("Đã nộp (lịch sử)"), (*_KEPT, HISTORICAL), Tone.DONE, is_closed=True),
        State("review", _("Xem xét hủy"), _KEPT, Tone.WARNING, is_closed=True),
        State("destroyed", _("Đã hủy"), _OWN, Tone.STOPPED, is_closed=True),
        State("cancelled", _("Đã bỏ"), _OWN, Tone.NEUTRAL, is_closed=True),
    ),
    transitions=(
        Transition("file", _("Đưa văn bản vào hồ sơ"), OPEN, "filling", _MAKERS, icon="file-plus"),
        Transition(
            "ask_close",
            _("Đề nghị kết thúc"),
            ("filling",),
            "finishing",
            (HOLDER,),
            notifies=(UNIT_LEADERS,),
            guards=(HAS_ENTRIES,),
            icon="flag-check",
        ),
        Transition(
            "close",
            _("Kết thúc hồ sơ"),
            ("filling", "finishing"),
            "closed",
            (UNIT_LEADERS,),
            notifies=(HOLDER,),
            guards=(HAS_ENTRIES,),
            icon="circle-check",
        ),
        Transition(
            "send_back",
            _("Trả lại để bổ sung"),
            ("finishing",),
            "filling",
            (UNIT_LEADERS,),
            needs_reason=True,
            notifies=(HOLDER,),
            icon="arrow-back-up",
        ),
        Transition("describe", _("Sửa thông tin hồ sơ"), OPEN, "", _MAKERS, icon="pencil"),
        Transition("arrange", _("Sửa mục lục văn bản"), (*OPEN, "finishing"), "", _MAKERS, icon="list"),
        Transition("pass_over", _("Bàn giao hồ sơ"), OPEN, "", _MAKERS, notifies=(HOLDER,), icon="arrow-forward-up"),
        Transition(
            "share", _("Chia sẻ để xem"), (*OPEN, "finishing", "closed"), "", _MAKERS, notifies=(SHARED,), icon="users"
        ),
        Transition("unshare", _("Thôi chia sẻ"), (*OPEN, "finishing", "closed"), "", _MAKERS, icon="x"),
        Transition(
            "cancel",
            _("Bỏ hồ sơ"),
            ("opened", "filling"),
            "cancelled",
            _MAKERS,
            needs_reason=True,
            guards=(IS_EMPTY,),
            icon="ban",
        ),
        Transition(
            "reopen",
            _("Mở lại hồ sơ"),
            ("closed",),
            "filling",
            (ARCHIVISTS,),
            needs_reason=True,
            notifies=_MAKERS,
            icon="rotate-clockwise",
        ),
        Transition("submit", _("Nộp lưu"), ("closed",), "submitted", _MAKERS, icon="send"),
        Transition(
            "withdraw",
            _("Rút khỏi đợt nộp lưu"),
            ("submitted",),
            "closed",
            (*_MAKERS, ARCHIVISTS),
            icon="arrow-back-up",
        ),
        Transition(
            "accept", _("Nhận vào lưu trữ"), ("submitted",), "archived", (ARCHIVISTS,), notifies=_MAKERS, icon="check"
        ),
        Transition(
            "refuse",
            _("Trả lại đơn vị"),
            ("submitted",),
            "filling",
            (ARCHIVISTS,),
            needs_reason=True,
            notifies=_MAKERS,
            icon="circle-x",
        ),
        Transition("place", _("Ghi nơi xếp"), KEPT, "", (ARCHIVISTS,), icon="building"),
        Transition(
            "hold",
            _("Yêu cầu không hủy"),
            KEPT,
            "",
            (ARCHIVISTS, HEADS),
            needs_reason=True,
            guards=(NOT_PERMANENT,),
            icon="lock",
        ),
        Transition(
            "release",
            _("Thôi yêu cầu không hủy"),
            KEPT,
            "",
            (ARCHIVISTS, HEADS),
            needs_reason=True,
            guards=(HELD,),
            icon="x",
        ),
        Transition(
            "transfer",
            _("Nộp lưu trữ lịch sử"),
            ("archived",),
            "historical",
            (ARCHIVISTS,),
            notifies=(HISTORICAL,),
            guards=(PERMANENT_ONLY,),
            icon="building",
        ),
        Transition(
            "propose",
            _("Đưa vào xem xét hủy"),
            ("archived",),
            "review",
            (ARCHIVISTS,),
            guards=(NOT_PERMANENT, NOT_HELD),
            icon="trash",
        ),
        Transition("keep", _("Giữ lại"), ("review",), "archived", (ARCHIVISTS,), needs_reason=True, icon="check"),
        Transition(
            "destroy",
            _("Hủy hồ sơ"),
            ("review",),
            "destroyed",
            (ARCHIVISTS,),
            guards=(NOT_PERMANENT, NOT_HELD, IS_DECIDED),
            icon="trash",
        ),
    ),
)
