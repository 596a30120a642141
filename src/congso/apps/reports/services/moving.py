"""Doing what the flow calls an act, on the report as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.reports.flow import FLOW, JUDGED_BY_OTHERS
from congso.apps.reports.models import Report
from congso.apps.reports.queries import report_of, stands_on_unit_side
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.workflow.moving import read_anew
from congso.kernel.workflow.services import Move, NotYours, act, check

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc báo cáo đã chuyển sang bước khác."


@contextmanager
def moving(report: Report, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the report and carry out the transition on it as it stands.

    Raises NotYours also for whoever belongs to the unit and would judge its own report through another post.
    """
    with transaction.atomic():
        lock(report)
        check(report, FLOW.transition(key), at=at, note=note)
        if key in JUDGED_BY_OTHERS and stands_on_unit_side(report, current_principals()):
            raise NotYours("Người của đơn vị báo cáo không tự duyệt, trả lại, khóa báo cáo của mình.")
        with act(report, key, by=by, at=at, note=note) as move:
            yield move


@contextmanager
def filling(report: Report, *, at: datetime) -> Iterator[None]:
    """Lock the report for a change of its cells. Raises NotYours, or WrongState when it is no longer filled in."""
    with transaction.atomic():
        lock(report)
        check(report, FLOW.transition("fill"), at=at, note="")
        yield


def lock(report: Report) -> None:
    """Nobody else changes it until the transaction ends; what somebody just did is read anew."""
    read_anew(report, report_of, refusal=NOT_YOURS)
