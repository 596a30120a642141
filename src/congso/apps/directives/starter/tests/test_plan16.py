import json
from datetime import date
from pathlib import Path

import pytest

PLAN = Path(__file__).resolve().parents[1] / "plan16.json"
TREE = Path(__file__).resolve().parents[4] / "kernel" / "directory" / "starter" / "organizations.json"


@pytest.fixture(scope="module")
def plan() -> dict:
    return json.loads(PLAN.read_text(encoding="utf-8"))


def test_all_sixteen_targets_and_twenty_four_tasks_are_there_once(plan):
    assert [target["code"] for target in plan["targets"]] == [f"CT{n:02d}" for n in range(1, 17)]
    clauses = [task["clause"] for task in plan["tasks"]]
    per_group = {"I": 3, "II": 12, "III": 3, "IV": 6}
    assert clauses == [f"{group}.{n}" for group, count in per_group.items() for n in range(1, count + 1)]


def test_every_unit_of_the_plan_exists_and_no_lead_supports_its_own_task(plan):
    codes = {row["code"] for row in json.loads(TREE.read_text(encoding="utf-8"))["organizations"]}
    for task in plan["tasks"]:
        assert {task["lead"], *task["supporting"]} <= codes
        assert task["lead"] not in task["supporting"]
    assert {code for duty in plan["duties"] for code in duty["organizations"]} <= codes


def test_years_end_on_the_last_of_december_and_only_open_schedules_have_no_deadline(plan):
    for task in plan["tasks"]:
        if task["due"] is None:
            assert task["schedule"].startswith("Theo ")
        else:
            due = date.fromisoformat(task["due"])
            assert (due.month, due.day) == (12, 31)
            assert date.fromisoformat(task["start"]) < due


def test_monthly_work_recurs_and_digitization_has_its_two_yearly_steps(plan):
    monthly = {task["clause"] for task in plan["tasks"] if task["recurrence"] == "monthly"}
    assert monthly == {"I.1", "I.2", "I.3"}
    steps = next(target for target in plan["targets"] if target["code"] == "CT15")["milestones"]
    assert [(step["due"], step["percent"]) for step in steps] == [("2025-12-31", 30), ("2026-12-31", 100)]
