"""What can be done with plans."""

from congso.apps.plan_board.services.counting import count_anew, count_by_clock, start_counting, stop_counting
from congso.apps.plan_board.services.drafting import ItemFacts, MilestoneRow, PlanFacts, draft_plan, edit_plan, step_on
from congso.apps.plan_board.services.handing import hand_over_pack, may_hand_over
from congso.apps.plan_board.services.items import add_item, change_item, drop_item, move_item
from congso.apps.plan_board.services.matters import decide_matter, raise_matter
from congso.apps.plan_board.services.measuring import Measured, count_item, measure_plan, report_figure
from congso.apps.plan_board.services.packing import make_pack, paper_of
from congso.apps.plan_board.services.starting import draft_from_starter, starters

__all__ = [
    "ItemFacts",
    "Measured",
    "MilestoneRow",
    "PlanFacts",
    "add_item",
    "change_item",
    "count_anew",
    "count_by_clock",
    "count_item",
    "decide_matter",
    "draft_from_starter",
    "draft_plan",
    "drop_item",
    "edit_plan",
    "hand_over_pack",
    "make_pack",
    "may_hand_over",
    "measure_plan",
    "move_item",
    "paper_of",
    "raise_matter",
    "report_figure",
    "start_counting",
    "starters",
    "step_on",
    "stop_counting",
]
