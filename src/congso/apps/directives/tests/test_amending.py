"""Changing what a task asks for: with a reason, both versions kept, later deadlines as extensions."""

from datetime import date

import pytest

from congso.apps.directives.models import Extension, Task
from congso.apps.directives.services import Amendment, amend_task
from congso.apps.directives.tests.factories import DUE, do, make_task, moment
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import TimelineEntry
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CONTENT = "Chuẩn bị báo cáo sơ kết"
LATER = date(2026, 12, 31)


def amended(world, task: Task, who: str = "chief", note: str = "Theo kế hoạch sửa đổi", **facts) -> None:
    facts = {"content": CONTENT, "due_on": DUE} | facts
    do(world, who, amend_task, task, amendment=Amendment(**facts), note=note)


def read(world, task: Task) -> Task:
    with acting_as(Actor.person(world.chief)):
        return Task.objects.get(pk=task.pk)


def test_words_and_deadline_change_and_the_old_ones_stay_in_the_timeline(world):
    task = make_task(world)
    amended(world, task, content="Báo cáo sơ kết và tổng kết", product="Báo cáo", due_on=LATER)
    now = read(world, task)
    assert (now.content, now.title, now.product, now.due_on) == (
        "Báo cáo sơ kết và tổng kết", "Báo cáo sơ kết và tổng kết", "Báo cáo", LATER
    )  # fmt: skip
    assert (now.first_due_on, now.state) == (DUE, "assigned")
    with acting_as(Actor.person(world.agency_leader)):
        said = TimelineEntry.objects.filter(record_id=task.pk, act="amend").get().note
        assert Notice.objects.filter(record_id=task.pk, text="Điều chỉnh nhiệm vụ").exists()
    assert said == (
        "Nội dung trước đây: “Chuẩn bị báo cáo sơ kết”. Sản phẩm trước đây: “không ghi”. "
        "Hạn từ 11/12/2026 đến 31/12/2026. Lý do: Theo kế hoạch sửa đổi"
    )


def test_a_later_deadline_stands_among_the_extensions_and_an_earlier_one_does_not(world):
    task = make_task(world)
    amended(world, task, due_on=LATER)
    amended(world, task, due_on=date(2026, 12, 4))
    with acting_as(Actor.person(world.chief)):
        (extension,) = Extension.objects.filter(task=task)
    assert (extension.old_due_on, extension.new_due_on, extension.decision) == (DUE, LATER, "granted")


def test_after_the_deadline_only_a_leader_moves_it(world, clock):
    task = make_task(world, owner="TU", who="secretary")
    clock.move_to(moment(date(2026, 12, 14)))
    facts = {"amendment": Amendment(CONTENT, LATER), "note": "Theo kế hoạch mới", "at": moment(date(2026, 12, 14))}
    do(world, "secretary", amend_task, task, **facts)
    assert read(world, task).due_on == LATER


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Chưa có gì thay đổi"),
        ({"content": " "}, "nội dung"),
        ({"due_on": None}, "không thể bỏ thời hạn"),
        ({"due_on": date(2026, 11, 2)}, "trước ngày hôm nay"),
    ],
)
def test_what_is_not_in_order_is_refused_and_nothing_changes(world, facts, words):
    task = make_task(world)
    with pytest.raises(Refused, match=words):
        amended(world, task, **facts)
    assert (read(world, task).content, read(world, task).due_on) == (CONTENT, DUE)


def test_an_amendment_needs_a_reason_and_its_people(world):
    task = make_task(world)
    with pytest.raises(ReasonMissing):
        amended(world, task, content="Khác", note=" ")
    for who in ("agency_leader", "tracker"):
        with pytest.raises(NotYours):
            amended(world, task, who=who, content="Khác")
