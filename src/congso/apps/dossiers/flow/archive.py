"""The lives of the archive's own acts: hand-over, transfer to the historical archive, disposal."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.flow.parties import ARCHIVISTS, HEADS, UNIT_LEADERS, functions_in, people
from congso.apps.dossiers.models import DISPOSAL, HAND_OVER, TRANSFER, Disposal, HandOver, Transfer
from congso.kernel.access.principals import Function
from congso.kernel.regulations.queries import value
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

GIVER = Role("giver", _("Người nộp"), lambda delivery: people(delivery.giver_id))


def _has_items(record: HandOver | Transfer | Disposal, at: datetime) -> bool:
    return record.items.exists()


HAS_ITEMS = Guard(_has_items, _("Danh sách chưa có hồ sơ nào."))
_GIVERS = (GIVER, UNIT_LEADERS)

HAND_OVERS = Flow(
    record_type=HAND_OVER,
    initial="prepared",
    states=(
        State("prepared", _("Đang chuẩn bị"), (*_GIVERS, HEADS), Tone.WORKING, awaits=(GIVER,)),
        State("submitted", _("Chờ lưu trữ nhận"), (*_GIVERS, HEADS, ARCHIVISTS), Tone.WAITING, awaits=(ARCHIVISTS,)),
        State("received", _("Đã giao nhận"), (*_GIVERS, HEADS, ARCHIVISTS), Tone.DONE, is_closed=True),
        State("withdrawn", _("Đã bỏ"), (*_GIVERS, HEADS), Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition(
            "submit",
            _("Nộp lưu"),
            ("prepared",),
            "submitted",
            _GIVERS,
            notifies=(ARCHIVISTS,),
            guards=(HAS_ITEMS,),
            icon="send",
        ),
        Transition(
            "receive",
            _("Nhận hồ sơ"),
            ("submitted",),
            "received",
            (ARCHIVISTS,),
            notifies=_GIVERS,
            icon="check",
        ),
        Transition(
            "send_back",
            _("Trả lại cả đợt"),
            ("submitted",),
            "withdrawn",
            (ARCHIVISTS,),
            needs_reason=True,
            notifies=_GIVERS,
            icon="arrow-back-up",
        ),
        Transition(
            "withdraw", _("Rút đợt nộp lưu"), ("prepared", "submitted"), "withdrawn", _GIVERS, needs_reason=True,
            icon="ban",
        ),
    ),
)  # fmt: skip


def _historical(transfer: Transfer) -> set[int]:
    archive = transfer.fonds.historical_archive_id
    return functions_in([archive], Function.ARCHIVISTS) if archive else set()


HISTORICAL = Role("historical", _("Lưu trữ lịch sử"), _historical)
_BOTH = (ARCHIVISTS, HEADS, HISTORICAL)


def _has_decision(transfer: Transfer, at: datetime) -> bool:
    return bool(transfer.decision and transfer.decided_on)


TRANSFERS = Flow(
    record_type=TRANSFER,
    initial="registered",
    states=(
        State("registered", _("Đã đăng ký"), _BOTH, Tone.WAITING, awaits=(HISTORICAL,)),
        State("answered", _("Đã trả lời, chờ quyết định"), _BOTH, Tone.WORKING, awaits=(HISTORICAL,)),
        State("decided", _("Đã quyết định, chờ giao nộp"), _BOTH, Tone.WARNING, awaits=(ARCHIVISTS,)),
        State("delivered", _("Đã giao nộp"), _BOTH, Tone.DONE, is_closed=True),
        State("refused", _("Không tiếp nhận"), _BOTH, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition(
            "answer", _("Trả lời đăng ký"), ("registered",), "answered", (HISTORICAL,), notifies=(ARCHIVISTS,),
            icon="check",
        ),
        Transition(
            "decide", _("Quyết định tiếp nhận"), ("answered",), "decided", (HISTORICAL,), notifies=(ARCHIVISTS,),
            icon="checks",
        ),
        Transition(
            "refuse", _("Không tiếp nhận"), ("registered", "answered"), "refused", (HISTORICAL,), needs_reason=True,
            notifies=(ARCHIVISTS,), icon="circle-x",
        ),
        Transition(
            "deliver", _("Giao nộp"), ("decided",), "delivered", (ARCHIVISTS,), notifies=(HISTORICAL,), icon="send"
        ),
    ),
)  # fmt: skip


def _members(disposal: Disposal) -> set[int]:
    return people(*disposal.members.values_list("person_id", flat=True))


def _chair(disposal: Disposal) -> set[int]:
    return people(*disposal.members.filter(part="chair").values_list("person_id", flat=True))


def _silent(disposal: Disposal) -> set[int]:
    return people(*disposal.members.filter(opinion="").values_list("person_id", flat=True))


def _has_council(disposal: Disposal, at: datetime) -> bool:
    least = int(value("dossiers.council_members", on=at.date()))
    parts = list(disposal.members.values_list("part", flat=True))
    return len(parts) >= least and "chair" in parts


def _all_spoke(disposal: Disposal, at: datetime) -> bool:
    return not disposal.members.filter(opinion="").exists()


MEMBERS = Role("members", _("Thành viên Hội đồng xét hủy"), _members)
CHAIR = Role("chair", _("Chủ tịch Hội đồng"), _chair)
SILENT = Role("silent", _("Thành viên chưa có ý kiến"), _silent)
HAS_COUNCIL = Guard(_has_council, _("Hội đồng chưa đủ số thành viên hoặc chưa có Chủ tịch."))
ALL_SPOKE = Guard(_all_spoke, _("Còn thành viên Hội đồng chưa có ý kiến."))
_ALL = (ARCHIVISTS, HEADS, MEMBERS)

DISPOSALS = Flow(
    record_type=DISPOSAL,
    initial="drafted",
    states=(
        State("drafted", _("Đang lập danh mục"), (ARCHIVISTS, HEADS), Tone.WORKING, awaits=(ARCHIVISTS,)),
        State("reviewing", _("Hội đồng xem xét"), _ALL, Tone.WAITING, awaits=(SILENT,)),
        State("concluded", _("Chờ quyết định hủy"), _ALL, Tone.WARNING, awaits=(HEADS,)),
        State("decided", _("Đã có quyết định hủy"), _ALL, Tone.WARNING, awaits=(ARCHIVISTS,)),
        State("destroying", _("Đang hủy"), _ALL, Tone.WORKING, awaits=(ARCHIVISTS,)),
        State("destroyed", _("Đã hủy"), _ALL, Tone.DONE, is_closed=True),
        State("cancelled", _("Đã dừng"), _ALL, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("compose", _("Lập danh mục, Hội đồng"), ("drafted",), "", (ARCHIVISTS,), icon="pencil"),
        Transition(
            "convene", _("Trình Hội đồng"), ("drafted",), "reviewing", (ARCHIVISTS,), notifies=(MEMBERS,),
            guards=(HAS_ITEMS, HAS_COUNCIL), icon="users",
        ),
        Transition("opine", _("Ghi ý kiến"), ("reviewing",), "", (MEMBERS,), icon="message"),
        Transition(
            "conclude", _("Kết luận của Hội đồng"), ("reviewing",), "concluded", (CHAIR,),
            notifies=(HEADS, ARCHIVISTS), guards=(ALL_SPOKE,), icon="checks",
        ),
        Transition(
            "decide", _("Quyết định hủy"), ("concluded",), "decided", (HEADS,), notifies=(ARCHIVISTS,), icon="writing"
        ),
        Transition("carry_out", _("Hủy tài liệu"), ("decided",), "destroying", (ARCHIVISTS,), icon="trash"),
        Transition(
            "finish", _("Lập biên bản hủy"), ("destroying",), "destroyed", (ARCHIVISTS,), notifies=(HEADS,),
            icon="clipboard-check",
        ),
        Transition(
            "cancel", _("Dừng xét hủy"), ("drafted", "reviewing", "concluded", "decided"), "cancelled",
            (ARCHIVISTS, HEADS), needs_reason=True, notifies=(MEMBERS,), icon="ban",
        ),
    ),
)  # fmt: skip
