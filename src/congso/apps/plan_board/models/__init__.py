"""Plans and what hangs on them."""

from congso.apps.plan_board.models.clocks import Clock
from congso.apps.plan_board.models.meetings import Matter, Pack
from congso.apps.plan_board.models.plans import (
    PLAN,
    Direction,
    Figure,
    Item,
    ItemKind,
    MeasuredBy,
    Milestone,
    Plan,
)

__all__ = [
    "PLAN",
    "Clock",
    "Direction",
    "Figure",
    "Item",
    "ItemKind",
    "Matter",
    "MeasuredBy",
    "Milestone",
    "Pack",
    "Plan",
]
