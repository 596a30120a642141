"""The life of a year's list of dossiers: drafted by the unit, issued by the head."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.flow.parties import ARCHIVISTS, HEADS, UNIT_LEADERS, UNIT_STAFF
from congso.apps.dossiers.models import CATALOGUE, Catalogue
from congso.kernel.workflow.flow import Flow, Guard, State, Tone, Transition


def _has_lines(catalogue: Catalogue, at: datetime) -> bool:
    return catalogue.lines.exists()


HAS_LINES = Guard(_has_lines, _("Danh mục chưa có hồ sơ nào."))
_SEEN = (UNIT_STAFF, UNIT_LEADERS, HEADS, ARCHIVISTS)

CATALOGUES = Flow(
    record_type=CATALOGUE,
    initial="drafted",
    states=(
        State("drafted", _("Đang soạn"), _SEEN, Tone.WORKING),
        State("submitted", _("Chờ ban hành"), _SEEN, Tone.WAITING, awaits=(HEADS,)),
        State("issued", _("Đã ban hành"), _SEEN, Tone.DONE, is_closed=True),
        State("withdrawn", _("Đã bỏ"), _SEEN, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa danh mục"), ("drafted",), "", (UNIT_STAFF, UNIT_LEADERS), icon="pencil"),
        Transition(
            "submit",
            _("Trình ban hành"),
            ("drafted",),
            "submitted",
            (UNIT_LEADERS,),
            guards=(HAS_LINES,),
            notifies=(HEADS,),
            icon="send",
        ),
        Transition(
            "send_back",
            _("Trả lại để sửa"),
            ("submitted",),
            "drafted",
            (HEADS,),
            needs_reason=True,
            notifies=(UNIT_LEADERS,),
            icon="arrow-back-up",
        ),
        Transition(
            "issue", _("Ban hành"), ("submitted",), "issued", (HEADS,), notifies=(UNIT_STAFF, ARCHIVISTS), icon="check"
        ),
        Transition(
            "revise",
            _("Mở để bổ sung"),
            ("issued",),
            "drafted",
            (HEADS,),
            needs_reason=True,
            notifies=(UNIT_LEADERS,),
            icon="rotate-clockwise",
        ),
        Transition(
            "withdraw",
            _("Bỏ danh mục"),
            ("drafted",),
            "withdrawn",
            (UNIT_LEADERS,),
            needs_reason=True,
            icon="ban",
        ),
    ),
)
