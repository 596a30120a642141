"""What people type about plans."""

from congso.apps.plan_board.forms.meetings import DecisionForm, FigureForm, MatterForm, PackForm
from congso.apps.plan_board.forms.plans import ItemForm, MilestoneFormSet, PlanForm, StarterForm, decimal_of

__all__ = [
    "DecisionForm",
    "FigureForm",
    "ItemForm",
    "MatterForm",
    "MilestoneFormSet",
    "PackForm",
    "PlanForm",
    "StarterForm",
    "decimal_of",
]
