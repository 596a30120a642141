"""The demo's data fits together, without loading it (a run of the demo does that)."""

import json
from datetime import date
from pathlib import Path

from congso.apps.directives import demo
from congso.kernel import directory

STARTER = Path(demo.__file__).parent / "starter"
PEOPLE = json.loads((Path(directory.__file__).parent / "starter" / "people.json").read_text(encoding="utf-8"))
TREE = json.loads((Path(directory.__file__).parent / "starter" / "organizations.json").read_text(encoding="utf-8"))
PLAN = json.loads((STARTER / "plan16.json").read_text(encoding="utf-8"))
TOLD = json.loads((STARTER / "progress.json").read_text(encoding="utf-8"))


def test_everything_told_is_about_a_task_of_the_plan_and_in_order():
    assert set(TOLD["plan"]["story"]) <= {task["clause"] for task in PLAN["tasks"]}
    for steps in TOLD["plan"]["story"].values():
        days = [date.fromisoformat(step["on"]) for step in steps]
        assert days == sorted(days)
        assert "accept" in steps[0]
        assert all(date.fromisoformat(step["confirm"]) >= date.fromisoformat(step["on"])
                   for step in steps if "confirm" in step)  # fmt: skip


def test_the_people_and_units_told_of_exist():
    usernames = {row["username"] for row in PEOPLE["people"]}
    codes = {row["code"] for row in TREE["organizations"]}
    named = {TOLD["plan"]["supervisor"], TOLD["plan"]["tracker"]}
    for conclusion in TOLD["conclusions"]:
        named.add(conclusion["by"])
        for task in conclusion["tasks"]:
            named |= {task[key] for key in ("who", "in_charge") if key in task}
            assert {task["lead"], *task["supporting"], conclusion["owner"]} <= codes
    assert named <= usernames
