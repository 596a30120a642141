"""The life of an impact assessment: drafted, approved by a leader, kept up to date while the processing goes on.

Whether it goes to the competent body depends on the regulations: Party bodies may be exempt (unverified).
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS, REMINDERS
from congso.apps.personal_data.models import ASSESSMENT, Assessment
from congso.kernel.workflow.flow import Flow, Guard, State, Tone, Transition

_BOTH = (OFFICERS, HEADS)
_SEEN = (*_BOTH, REMINDERS)
WRITING = ("drafting", "completing", "revising")
RUNNING = (*WRITING, "submitted", "in_force", "filed")


def _is_written(record: Assessment, at: datetime) -> bool:
    told = (record.data_kinds, record.measures.strip(), record.risks.strip(), record.retention.strip(), record.contact)
    return all(told)


def _is_settled(record: Assessment, at: datetime) -> bool:
    return not record.is_filing_owed


WRITTEN = Guard(
    _is_written, _("Hãy ghi đủ loại dữ liệu, thời hạn lưu, rủi ro, biện pháp bảo vệ và đầu mối trước khi trình.")
)
SETTLED = Guard(_is_settled, _("Hồ sơ này còn phải gửi cơ quan chuyên trách; hãy gửi trước khi rà soát."))

ASSESSMENTS = Flow(
    record_type=ASSESSMENT,
    initial="drafting",
    states=(
        State("drafting", _("Đang lập"), _SEEN, Tone.WORKING, awaits=(OFFICERS,)),
        State("submitted", _("Chờ lãnh đạo duyệt"), _SEEN, Tone.WAITING, awaits=(HEADS,)),
        State("in_force", _("Đã duyệt"), _SEEN, Tone.DONE),
        State("filed", _("Đã gửi, chờ trả lời"), _SEEN, Tone.WAITING),
        State("completing", _("Phải hoàn thiện"), _SEEN, Tone.WARNING, awaits=(OFFICERS,)),
        State("revising", _("Đang cập nhật"), _SEEN, Tone.WORKING, awaits=(OFFICERS,)),
        State("ended", _("Đã chấm dứt xử lý"), _BOTH, Tone.NEUTRAL, is_closed=True),
    ),
    transitions=(
        Transition("amend", _("Ghi nội dung hồ sơ"), WRITING, "", _BOTH, icon="pencil"),
        Transition(
            "submit", _("Trình duyệt"), WRITING, "submitted", (OFFICERS,), guards=(WRITTEN,), notifies=(HEADS,),
            icon="send",
        ),
        Transition(
            "return", _("Trả lại"), ("submitted",), "drafting", (HEADS,), needs_reason=True, notifies=(OFFICERS,),
            icon="arrow-back-up",
        ),
        Transition(
            "approve", _("Duyệt"), ("submitted",), "in_force", (HEADS,), notifies=(OFFICERS,), icon="rubber-stamp"
        ),
        Transition(
            "file", _("Ghi đã gửi cơ quan chuyên trách"), ("in_force",), "filed", _BOTH, notifies=_BOTH, icon="mail"
        ),
        Transition(
            "note_asked", _("Ghi yêu cầu hoàn thiện"), ("filed",), "completing", _BOTH, needs_reason=True,
            notifies=_BOTH, icon="file-alert",
        ),
        Transition(
            "note_accepted", _("Ghi kết quả đạt"), ("filed",), "in_force", _BOTH, notifies=_BOTH,
            icon="file-certificate",
        ),
        Transition(
            "confirm_unchanged", _("Rà soát: không thay đổi"), ("in_force",), "", _BOTH, guards=(SETTLED,),
            icon="list-check",
        ),
        Transition(
            "revise", _("Cập nhật"), ("in_force",), "revising", _BOTH, needs_reason=True, notifies=_BOTH,
            icon="refresh",
        ),
        Transition(
            "end", _("Chấm dứt xử lý"), ("drafting", "in_force"), "ended", (HEADS,), needs_reason=True,
            notifies=_BOTH, icon="ban",
        ),
    ),
)  # fmt: skip
