"""The lives of a batch and of the documents cut from it (domain handbook, office 5.4).

Operators (registry clerks, archivists and chiefs of the body) scan and check; its archivists and chiefs accept. The
unit whose papers they are sees a batch from its acceptance on; what hangs on a batch is seen with it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.apps.digitization.models import BATCH, COPY, DigitalCopy, PageState, ScanBatch
from congso.kernel.access.principals import Function, office
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def _functions(organization: int | None, *functions: Function) -> set[int]:
    return {office(organization, function) for function in functions} if organization else set()


def operator_principals(organization: int) -> set[int]:
    """Who digitizes for the organization."""
    return _functions(organization, Function.CLERKS, Function.ARCHIVISTS, Function.CHIEFS)


def decider_principals(organization: int) -> set[int]:
    """Who plans and accepts batches of the organization."""
    return _functions(organization, Function.ARCHIVISTS, Function.CHIEFS)


def _unit(record: Any) -> Iterable[int]:
    return _functions(
        record.unit_id, Function.LEADERS, Function.CLERKS, Function.CHIEFS, Function.ARCHIVISTS
    )  # fmt: skip


OPERATORS = Role("operators", _("Người số hóa"), lambda record: operator_principals(record.owner_id))
DECIDERS = Role("deciders", _("Lưu trữ, lãnh đạo văn phòng"), lambda record: decider_principals(record.owner_id))
LEADERS = Role("leaders", _("Lãnh đạo cơ quan"), lambda record: _functions(record.owner_id, Function.LEADERS))
UNIT = Role("unit", _("Đơn vị có tài liệu"), _unit)


def _has_pages(batch: ScanBatch, at: datetime) -> bool:
    return batch.page_rows.filter(state__in=(PageState.WAITING, PageState.READ)).exists()


def _all_read(batch: ScanBatch, at: datetime) -> bool:
    return not batch.page_rows.filter(state__in=(PageState.WAITING, PageState.FAILED, PageState.SUSPECT)).exists()


def _all_checked(batch: ScanBatch, at: datetime) -> bool:
    open_states = ("unchecked", "second", "disputed")
    return batch.copies.filter(state="checked").exists() and not batch.copies.filter(state__in=open_states).exists()


def _pages_proofread(batch: ScanBatch, at: datetime) -> bool:
    """Accuracy is published with a batch, so somebody has read at least one page of it against its picture."""
    return not batch.page_rows.filter(state=PageState.READ).exists() or (
        batch.page_rows.filter(proofread_at__isnull=False).exists()
    )


def _all_bound(batch: ScanBatch, at: datetime) -> bool:
    return not batch.copies.filter(state="checked").exists()


HAS_PAGES = Guard(_has_pages, _("Đợt chưa có trang quét nào."))
ALL_READ = Guard(_all_read, _("Còn trang chưa đọc, không đọc được hoặc nghi có dấu mật; hãy xử lý từng trang."))
ALL_CHECKED = Guard(_all_checked, _("Còn tài liệu chưa kiểm tra xong."))
PROOFREAD = Guard(
    _pages_proofread, _("Chưa soát chữ trang nào nên chưa có độ chính xác để công bố; hãy soát các trang trong mẫu.")
)
ALL_BOUND = Guard(_all_bound, _("Còn tài liệu chưa tạo xong bản PDF/A; hãy đợi hoặc bấm “Tạo tiếp”."))

_OWN = (OPERATORS, LEADERS)
_SHOWN = (OPERATORS, LEADERS, UNIT)

BATCHES = Flow(
    BATCH,
    initial="planned",
    states=(
        State("planned", _("Kế hoạch"), _OWN, Tone.NEUTRAL, awaits=(OPERATORS,)),
        State("received", _("Đã nhận tài liệu"), _OWN, Tone.WAITING, awaits=(OPERATORS,)),
        State("scanning", _("Đang quét"), _OWN, Tone.WORKING),
        State("processing", _("Máy đang đọc"), _OWN, Tone.WORKING),
        State("checking", _("Đang kiểm tra"), _OWN, Tone.WARNING, awaits=(OPERATORS,)),
        State("accepted", _("Đã nghiệm thu"), _SHOWN, Tone.DONE, awaits=(DECIDERS,)),
        State("handed_over", _("Đã bàn giao, trả bản gốc"), _SHOWN, Tone.DONE, is_closed=True),
        State("cancelled", _("Đã hủy"), _OWN, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa kế hoạch đợt"), ("planned", "received", "scanning"), "", (OPERATORS,), icon="pencil"),
        Transition("receive", _("Nhận tài liệu"), ("planned",), "received", (OPERATORS,), icon="inbox"),
        Transition("scan", _("Đưa bản quét vào"), ("received", "scanning"), "scanning", (OPERATORS,), icon="scan"),
        Transition("process", _("Cho máy đọc"), ("scanning",), "processing", (OPERATORS,), guards=(HAS_PAGES,),
                   icon="player-play"),
        Transition("read", _("Máy đọc xong"), ("processing",), "checking", (OPERATORS,), notifies=(OPERATORS,),
                   icon="check"),
        Transition("pause", _("Dừng, quét thêm"), ("processing",), "scanning", (OPERATORS,), icon="player-pause"),
        Transition("rescan", _("Quét lại, quét thêm"), ("checking",), "scanning", (OPERATORS,), needs_reason=True,
                   icon="scan"),
        Transition("arrange", _("Sửa trang"), ("scanning", "checking"), "", (OPERATORS,), icon="list"),
        Transition("reread", _("Đọc lại bằng bộ khác"), ("checking", "accepted"), "", (DECIDERS,), icon="refresh"),
        Transition("accept", _("Nghiệm thu"), ("checking",), "accepted", (DECIDERS,),
                   guards=(ALL_READ, ALL_CHECKED, PROOFREAD), notifies=(UNIT,), icon="circle-check"),
        Transition("return_work", _("Trả lại để kiểm tra lại"), ("accepted",), "checking", (DECIDERS,),
                   needs_reason=True, notifies=(OPERATORS,), icon="arrow-back-up"),
        Transition("bind", _("Tạo tiếp bản PDF/A"), ("accepted",), "", (OPERATORS,), icon="file-type-pdf"),
        Transition("sign", _("Ký xác nhận bản số hóa"), ("accepted",), "", (DECIDERS,), guards=(ALL_BOUND,),
                   icon="rubber-stamp"),
        Transition("hand_over", _("Bàn giao, trả bản gốc"), ("accepted",), "handed_over", (DECIDERS,),
                   guards=(ALL_BOUND,), notifies=(UNIT,), icon="archive"),
        Transition("cancel", _("Hủy đợt"), ("planned", "received"), "cancelled", (DECIDERS,), needs_reason=True,
                   icon="ban"),
    ),
    migrated="accepted",
    migrated_by=(DECIDERS,),
)  # fmt: skip


def _is_single(copy: DigitalCopy, at: datetime) -> bool:
    return copy.need == "one"


def _is_double(copy: DigitalCopy, at: datetime) -> bool:
    return copy.need != "one"


SINGLE = Guard(_is_single, _("Tài liệu này phải có hai người kiểm tra."))
DOUBLE = Guard(_is_double, _("Tài liệu này chỉ cần một người kiểm tra."))

COPIES = Flow(
    COPY,
    initial="unchecked",
    states=(
        State("unchecked", _("Chờ kiểm tra"), _OWN, Tone.WAITING),
        State("second", _("Chờ người thứ hai"), _OWN, Tone.WAITING),
        State("disputed", _("Hai người ghi khác nhau"), _OWN, Tone.WARNING),
        State("checked", _("Đã kiểm tra"), _OWN, Tone.WORKING),
        State("accepted", _("Đã nghiệm thu"), _SHOWN, Tone.DONE, is_closed=True),
        State("dropped", _("Đã bỏ, quét lại"), _OWN, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("confirm", _("Xác nhận"), ("unchecked",), "checked", (OPERATORS,), guards=(SINGLE,), icon="check"),
        Transition("key_first", _("Kiểm tra lần một"), ("unchecked",), "second", (OPERATORS,), guards=(DOUBLE,),
                   icon="check"),
        Transition("key_second", _("Kiểm tra lần hai"), ("second",), "checked", (OPERATORS,), icon="checks"),
        Transition("dispute", _("Ghi khác người thứ nhất"), ("second",), "disputed", (OPERATORS,),
                   icon="alert-triangle"),
        Transition("settle", _("Thống nhất"), ("disputed",), "checked", (OPERATORS,), icon="scale"),
        Transition("uncheck", _("Kiểm tra lại"), ("checked",), "unchecked", (OPERATORS,), needs_reason=True,
                   icon="rotate-clockwise"),
        Transition("correct", _("Sửa chữ"), ("unchecked", "second", "disputed", "checked"), "", (OPERATORS,),
                   icon="pencil"),
        Transition("drop", _("Bỏ, quét lại"), ("unchecked", "second", "disputed", "checked"), "dropped", (OPERATORS,),
                   needs_reason=True, icon="trash"),
        Transition("accept", _("Nghiệm thu"), ("checked",), "accepted", (OPERATORS,), icon="circle-check"),
        Transition("sign", _("Ký xác nhận"), ("accepted",), "", (DECIDERS,), icon="rubber-stamp"),
        Transition("file", _("Đưa vào hồ sơ"), ("accepted",), "", (DECIDERS,), icon="folder"),
    ),
    migrated="accepted",
    migrated_by=(DECIDERS,),
)  # fmt: skip
