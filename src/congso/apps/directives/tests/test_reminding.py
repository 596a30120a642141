"""What the system does by itself, and that doing it twice changes nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.apps.directives.models import Occurrence, Task
from congso.apps.directives.services import (
    ask_confirmation,
    cancel_task,
    confirm_completion,
    decide_extension,
    open_next_occurrences,
    request_extension,
    send_reminders,
)
from congso.apps.directives.services.reminding import reminder_step
from congso.apps.directives.tests.factories import do, make_task, moment
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Link
from congso.lib.workdays import Calendar

pytestmark = pytest.mark.django_db

REMINDERS = Actor.system(System.REMINDERS)
PLAN = {"before_working_days": [5, 2, 1], "on_due_day": True, "overdue_every_working_days": 3}


def run(service, day: date) -> int:
    with acting_as(REMINDERS):
        return service(by=REMINDERS, at=moment(day))


def notices(world, who: str, task: Task) -> list[str]:
    with acting_as(Actor.person(getattr(world, who))):
        return list(Notice.objects.filter(record_id=task.pk).order_by("id").values_list("text", flat=True))


def monthly(world, **facts) -> Task:
    facts = {"recurrence_start": date(2026, 8, 1), "recurrence_end": date(2027, 7, 31)} | facts
    return make_task(
        world,
        content="Chuẩn bị họp Ban Chỉ đạo",
        deadline_kind="recurring",
        recurrence="monthly",
        due_on=None,
        at=moment(date(2026, 9, 15)),
        clause="I.1",
        supporting=["MT"],
        **facts,
    )


def test_each_period_opens_one_task_once(world):
    series = monthly(world)
    assert run(open_next_occurrences, date(2026, 11, 23)) == 3  # September to November; August ended before
    assert run(open_next_occurrences, date(2026, 11, 24)) == 0
    assert run(open_next_occurrences, date(2026, 12, 1)) == 1
    with acting_as(Actor.person(world.agency_leader)):
        opened = list(Occurrence.objects.filter(series=series).select_related("task").order_by("first_day"))
        assert [one.label for one in opened] == ["Tháng 9/2026", "Tháng 10/2026", "Tháng 11/2026", "Tháng 12/2026"]
        assert [one.task.due_on for one in opened][:3] == [date(2026, 9, 30), date(2026, 11, 2), date(2026, 11, 30)]
        assert opened[0].task.title == "Tháng 9/2026: Chuẩn bị họp Ban Chỉ đạo"
        assert (opened[1].task.clause, opened[1].task.supports.count()) == ("I.1", 1)
        assert Link.objects.filter(target_id=series.pk, kind="series").count() == 4


def test_a_cancelled_series_opens_nothing_more(world):
    series = monthly(world)
    do(world, "chief", cancel_task, series, note="Không họp nữa", at=moment(date(2026, 9, 20)))
    assert run(open_next_occurrences, date(2026, 11, 23)) == 0


def test_a_period_is_due_on_the_day_the_series_names(world):
    monthly(world, recurrence_day=25)
    run(open_next_occurrences, date(2026, 9, 16))
    with acting_as(Actor.person(world.chief)):
        assert Occurrence.objects.get().task.due_on == date(2026, 9, 25)


def test_each_step_is_told_once_to_those_who_carry_the_task_out(world):
    task = make_task(world, due_on=date(2026, 12, 11))
    assert run(send_reminders, date(2026, 11, 30)) == 0
    for day in (date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 10)):
        run(send_reminders, day)
    assert notices(world, "agency_leader", task) == [
        "Được giao nhiệm vụ",
        "Còn 5 ngày làm việc đến hạn 11/12/2026",
        "Còn 2 ngày làm việc đến hạn 11/12/2026",
        "Còn 1 ngày làm việc đến hạn 11/12/2026",
    ]
    assert notices(world, "tracker", task) == []


def test_on_the_due_day_and_after_it_the_trackers_hear_too_and_leaders_once_a_week(world):
    task = make_task(world, due_on=date(2026, 12, 11))
    for day in (date(2026, 12, 11), date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 16), date(2026, 12, 18)):
        run(send_reminders, day)
    assert notices(world, "tracker", task) == [
        "Đến hạn hôm nay",
        "Quá hạn 3 ngày (hạn 11/12/2026)",
        "Quá hạn 5 ngày (hạn 11/12/2026)",
    ]
    assert notices(world, "secretary", task) == ["Tuần này có 1 nhiệm vụ quá hạn; chậm nhất là nhiệm vụ này"]
    run(send_reminders, date(2026, 12, 21))
    assert len(notices(world, "secretary", task)) == 2


def test_nobody_is_reminded_on_a_day_off(world):
    make_task(world, due_on=date(2026, 11, 25))
    assert run(send_reminders, date(2026, 11, 24)) == 0


def test_an_extension_starts_the_steps_anew_and_completion_ends_them(world):
    task = make_task(world, due_on=date(2026, 12, 11))
    run(send_reminders, date(2026, 12, 10))
    do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 25), reason="Chờ")
    do(world, "chief", decide_extension, task, is_granted=True)
    run(send_reminders, date(2026, 12, 24))
    assert "Còn 1 ngày làm việc đến hạn 25/12/2026" in notices(world, "agency_leader", task)
    do(world, "agency_leader", ask_confirmation, task)
    do(world, "chief", confirm_completion, task)
    before = len(notices(world, "agency_leader", task))
    assert run(send_reminders, date(2026, 12, 25)) == 0
    assert len(notices(world, "agency_leader", task)) == before


def test_a_task_waiting_for_confirmation_reminds_those_who_confirm(world):
    task = make_task(world, due_on=date(2026, 12, 11))
    do(world, "agency_leader", ask_confirmation, task)
    run(send_reminders, date(2026, 12, 10))
    run(send_reminders, date(2026, 12, 11))
    assert notices(world, "tracker", task)[-1] == "Đến hạn hôm nay"
    assert notices(world, "agency_leader", task) == ["Được giao nhiệm vụ"]


@given(due=st.dates(date(2026, 1, 1), date(2027, 12, 31)), today=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_step_depends_on_the_days_only_and_never_skips_the_due_day_or_the_first_late_one(due, today):
    step = reminder_step(due, today, plan=PLAN, calendar=Calendar())
    if today > due:
        assert step is not None
        assert step.key.startswith("late-")
    elif today == due:
        assert step is not None
        assert step.key.startswith("due:")
    else:
        assert step is None or step.key.startswith("before-")
