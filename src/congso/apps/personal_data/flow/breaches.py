"""The life of a breach of personal data: found, reported within 72 hours in phases, concluded.

Whoever finds one writes it down; from then on only those who protect data and the leaders of the body see it.
"""

from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS, REMINDERS
from congso.apps.personal_data.models import BREACH
from congso.kernel.workflow.flow import Flow, State, Tone, Transition

_BOTH = (OFFICERS, HEADS)
_SEEN = (*_BOTH, REMINDERS)
RUNNING = ("open", "reported")

BREACHES = Flow(
    record_type=BREACH,
    initial="open",
    states=(
        State("open", _("Chưa báo cáo"), _SEEN, Tone.WARNING, awaits=(OFFICERS, HEADS)),
        State("reported", _("Đã báo cáo ban đầu"), _SEEN, Tone.WORKING, awaits=(OFFICERS,)),
        State("concluded", _("Đã báo cáo kết thúc"), _BOTH, Tone.DONE, is_closed=True),
        State("not_reportable", _("Không phải báo cáo"), _BOTH, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("report_initial", _("Báo cáo ban đầu"), ("open",), "reported", _BOTH, notifies=_BOTH, icon="send"),
        Transition("amend", _("Cập nhật nội dung"), RUNNING, "", _BOTH, icon="pencil"),
        Transition("tell_people", _("Ghi việc báo cho người bị ảnh hưởng"), RUNNING, "", _BOTH, icon="users"),
        Transition("report_additional", _("Báo cáo bổ sung"), ("reported",), "", _BOTH, icon="file-plus"),
        Transition(
            "report_final", _("Báo cáo kết thúc"), ("reported",), "concluded", _BOTH, notifies=_BOTH, icon="flag-check"
        ),
        Transition(
            "judge_not_reportable",
            _("Kết luận không phải báo cáo"),
            ("open",),
            "not_reportable",
            (HEADS,),
            needs_reason=True,
            notifies=_BOTH,
            icon="ban",
        ),
        Transition(
            "take_up_again",
            _("Xem xét lại"),
            ("not_reportable",),
            "open",
            (HEADS,),
            needs_reason=True,
            notifies=_BOTH,
            icon="refresh",
        ),
        Transition(
            "reopen",
            _("Mở lại để bổ sung"),
            ("concluded",),
            "reported",
            (HEADS,),
            needs_reason=True,
            notifies=_BOTH,
            icon="refresh",
        ),
    ),
)
