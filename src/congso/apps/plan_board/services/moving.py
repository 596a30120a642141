"""Doing what the flow calls an act, on the plan as it stands at this moment."""

from contextlib import AbstractContextManager
from datetime import datetime

from congso.apps.plan_board.models import Plan
from congso.apps.plan_board.queries import plan_of
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import moved_copy
from congso.kernel.workflow.services import Move

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


def moving(plan: Plan, key: str, *, by: Actor, at: datetime, note: str = "") -> AbstractContextManager[Move]:
    """Lock the plan, read its tree anew, and carry out the transition. `move.record` is the plan read anew."""
    return moved_copy(plan, key, read=plan_of, refusal=_NOT_YOURS, by=by, at=at, note=note)


def gather(plan: Plan) -> None:
    """Read the tree again after it changed, so that who sees the plan follows from it."""
    fresh = plan_of(plan.pk)
    plan._prefetched_objects_cache = fresh._prefetched_objects_cache  # type: ignore[attr-defined]


def changing(plan: Plan) -> str:
    """What the flow calls a change of the tree in the plan's state."""
    return "edit" if plan.state == "draft" else "adjust"
