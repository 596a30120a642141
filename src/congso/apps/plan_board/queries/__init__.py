"""What can be asked of plans. Row-level security has already taken away what is not the asker's."""

from congso.apps.plan_board.queries.board import Board, Node, TaskLine, board_of, judgement_of, tasks_of
from congso.apps.plan_board.queries.plans import figures_of, item_of, keeping_for, plan_of, plans, units_on

__all__ = [
    "Board",
    "Node",
    "TaskLine",
    "board_of",
    "figures_of",
    "item_of",
    "judgement_of",
    "keeping_for",
    "plan_of",
    "plans",
    "tasks_of",
    "units_on",
]
