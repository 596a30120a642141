"""What hangs on a plan is seen by whoever sees the plan.

Only its keepers write the tree and its milestones; a unit that leads a target adds typed figures of that target alone.
Figures, matters and packs are added, never rewritten, except that a matter is decided once.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_HELD = "(SELECT congso.principals())::bigint[]"
# As flow.keeper_principals: leaders, chiefs and trackers of the committee and of the offices that serve it.
_KEEPS = (
    f"congso.may_act({{plan}}) AND {_HELD} && ARRAY(SELECT 3000000000000000 + o.id * 100 + f.code"
    " FROM records_record r JOIN directory_organization w ON w.id = r.owner_id"
    " JOIN directory_organization o ON o.id = w.id OR (o.serves_id = w.id AND NOT w.is_office)"
    " CROSS JOIN (VALUES (2), (4), (5)) AS f(code) WHERE r.id = {plan})"
)
# As flow.lead_principals: who speaks for the unit that leads the item.
_LEADS = (
    f"{_HELD} && ARRAY(SELECT 3000000000000000 + o.id * 100 + f.code FROM directory_organization o"
    " CROSS JOIN (VALUES (2), (3), (4), (5)) AS f(code)"
    " WHERE (o.id = i.unit_id) OR (o.serves_id = i.unit_id AND f.code IN (3, 4)))"
)
_REMINDERS = f"congso.actor() = 'system:{System.REMINDERS.value}'"
_OF_ITEM = "EXISTS (SELECT 1 FROM plan_board_item i WHERE i.id = item_id AND {also})"
_KEEPS_ITEM = _OF_ITEM.format(also=_KEEPS.format(plan="i.plan_id"))

TABLES = (
    child_of_record("plan_board_plan"),
    Table(
        "plan_board_item",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = plan_id)",
        insert=_KEEPS.format(plan="plan_id"),
        update=_KEEPS.format(plan="plan_id"),
        columns=(
            *("parent_id", "position", "kind", "code", "text", "clause", "unit_id", "schedule_text", "measured_by"),
            *("measure", "indicator", "figure_unit", "direction", "method", "is_dropped"),
        ),
    ),
    Table(
        "plan_board_milestone",
        read="EXISTS (SELECT 1 FROM plan_board_item i WHERE i.id = item_id)",
        insert=_KEEPS_ITEM,
        delete=_KEEPS_ITEM,
    ),
    Table(
        "plan_board_figure",
        read="EXISTS (SELECT 1 FROM plan_board_item i WHERE i.id = item_id)",
        insert=f"by_id = congso.person() AND ({_KEEPS_ITEM} OR origin = 'person' AND "
        + _OF_ITEM.format(also=f"congso.may_act(i.plan_id) AND {_LEADS}")
        + ")",
    ),
    # Whose rights count is the person's own to give; the machine says when it did and how it went.
    Table(
        "plan_board_clock",
        read=f"{_REMINDERS} OR EXISTS (SELECT 1 FROM records_record r WHERE r.id = plan_id)",
        insert=_KEEPS.format(plan="plan_id") + " AND by_id = congso.person()",
        update=_REMINDERS,
        columns=("last_on", "said"),
        delete=_KEEPS.format(plan="plan_id"),
    ),
    child_of_record(
        "plan_board_matter",
        "plan_id",
        insert="congso.may_act(plan_id) AND raised_by_id = congso.person() AND decision = ''",
        update=_KEEPS.format(plan="plan_id") + " AND decision = ''",
        columns=("decision", "decided_by_id", "decided_label", "decided_at"),
    ),
    child_of_record(
        "plan_board_pack",
        "plan_id",
        insert=_KEEPS.format(plan="plan_id") + " AND by_id = congso.person()",
        update=None,
    ),
)
