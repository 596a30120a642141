"""The life of a wish to read or borrow: asked, granted by the archive or, of conditional dossiers, by a head; ended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.flow.parties import ARCHIVISTS, HEADS, KEEPER, people
from congso.apps.dossiers.models import READING, Mode, ReadingRequest
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

ASKER = Role("asker", _("Người yêu cầu"), lambda wish: people(wish.asker_id))


def _deciders(wish: ReadingRequest) -> set[int]:
    role = HEADS if wish.mode == Mode.CONDITIONAL else ARCHIVISTS
    return set(role.principals(wish))


def _is_paper(wish: ReadingRequest, at: datetime) -> bool:
    return wish.way == ReadingRequest.Way.PAPER


def _is_certified(wish: ReadingRequest, at: datetime) -> bool:
    return wish.way == ReadingRequest.Way.CERTIFIED


def _is_kept(wish: ReadingRequest, at: datetime) -> bool:
    return wish.wanted.state != "destroyed"


DECIDERS = Role("deciders", _("Người cho phép (tài liệu có điều kiện: lãnh đạo cơ quan)"), _deciders)
IS_PAPER = Guard(_is_paper, _("Chỉ bản giấy mới cho mượn."))
IS_CERTIFIED = Guard(_is_certified, _("Yêu cầu này không xin bản sao có xác thực."))
IS_KEPT = Guard(_is_kept, _("Hồ sơ đã hủy."))
_SEEN = (ASKER, ARCHIVISTS, HEADS)

READINGS = Flow(
    record_type=READING,
    initial="asked",
    states=(
        State("asked", _("Chờ cho phép"), _SEEN, Tone.WAITING, awaits=(DECIDERS,)),
        State("granted", _("Được khai thác"), _SEEN, Tone.DONE),
        State("lent", _("Đang mượn"), (*_SEEN, KEEPER), Tone.WARNING, awaits=(ASKER,)),
        State("ended", _("Đã kết thúc"), _SEEN, Tone.NEUTRAL, is_closed=True),
        State("refused", _("Không cho phép"), _SEEN, Tone.STOPPED, is_closed=True),
        State("withdrawn", _("Người yêu cầu rút"), _SEEN, Tone.NEUTRAL, is_closed=True),
    ),
    transitions=(
        Transition(
            "grant",
            _("Cho phép"),
            ("asked",),
            "granted",
            (DECIDERS,),
            notifies=(ASKER,),
            guards=(IS_KEPT,),
            icon="check",
        ),
        Transition(
            "refuse",
            _("Không cho phép"),
            ("asked",),
            "refused",
            (DECIDERS, ARCHIVISTS),
            needs_reason=True,
            notifies=(ASKER,),
            icon="circle-x",
        ),
        Transition("withdraw", _("Rút yêu cầu"), ("asked",), "withdrawn", (ASKER,), icon="arrow-back-up"),
        Transition(
            "lend",
            _("Giao bản giấy"),
            ("granted",),
            "lent",
            (ARCHIVISTS,),
            notifies=(ASKER,),
            guards=(IS_PAPER,),
            icon="send",
        ),
        Transition(
            "certify",
            _("Xác thực bản sao"),
            ("granted",),
            "",
            (ARCHIVISTS,),
            guards=(IS_CERTIFIED, IS_KEPT),
            icon="rubber-stamp",
        ),
        Transition("extend", _("Gia hạn mượn"), ("lent",), "", (ARCHIVISTS,), notifies=(ASKER,), icon="calendar"),
        Transition(
            "take_back", _("Nhận lại bản giấy"), ("lent",), "ended", (ARCHIVISTS,), notifies=(ASKER,), icon="check"
        ),
        Transition("end", _("Kết thúc khai thác"), ("granted",), "ended", (ARCHIVISTS, ASKER), icon="x"),
    ),
)
