"""A document that gave work no longer stands: those who assigned are told and decide in one press; nothing happens by
itself."""

import pytest
from django.urls import reverse

from congso.apps.directives.models import Task
from congso.apps.directives.services import ask_confirmation, confirm_completion
from congso.apps.directives.tests.factories import do as do_task
from congso.apps.plan_board import services
from congso.apps.plan_board.tests.factories import by, do, draft
from congso.kernel.access.services import acting_as
from tests.planning.test_board_pages import give_tasks, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DONE, RUNNING = "Triển khai sổ tay", "Chuẩn bị họp"
TILE = "Nguồn giao việc không còn hiệu lực"


def states(world) -> dict[str, str]:
    with acting_as(by(world, "chief")):
        return dict(Task.objects.values_list("title", "state"))


def state_of(world, title: str) -> str:
    return next(state for name, state in states(world).items() if name.startswith(title))


def test_the_tasks_are_reopened_or_kept_by_whoever_assigned_them_and_by_nobody_else(world, signed_in):
    plan = draft(world)
    give_tasks(world, plan)
    with acting_as(by(world, "chief")):
        done = Task.objects.get(title__startswith=DONE)
    do_task(world, "agency_leader", ask_confirmation, done)
    do_task(world, "chief", confirm_completion, done)
    chief, address = signed_in("chief"), reverse("directives:sources")
    assert TILE not in page(chief, "/")
    assert "đều còn hiệu lực" in page(chief, address)
    before = states(world)
    do(world, "chief", services.step_on, plan, key="drop", note="Thay bằng kế hoạch khác")
    assert states(world) == before
    assert TILE in page(chief, "/")
    shown = page(chief, address)
    for words in (DONE, RUNNING, "Thay bằng kế hoạch khác", "Mở lại 1 nhiệm vụ đã hoàn thành"):
        assert words in shown, words
    assert DONE not in page(signed_in("agency_leader"), address)  # she assigns, but these were not given by her
    assert signed_in("agency_specialist").get(address).status_code == 403
    for wrong in ({"source": plan.pk}, {"source": "x", "act": "keep"}, {"source": plan.pk, "act": "cancel"}):
        assert chief.post(address, wrong).status_code == 404
    told = chief.post(address, {"source": plan.pk, "act": "reopen"}, follow=True).content.decode()
    assert "Đã mở lại 1 nhiệm vụ." in told
    assert state_of(world, DONE) == "in_progress"
    assert DONE not in page(chief, address)
    assert (
        "Không có nhiệm vụ nào đã hoàn thành"
        in chief.post(address, {"source": plan.pk, "act": "reopen"}, follow=True).content.decode()
    )
    chief.post(address, {"source": plan.pk, "act": "keep"})
    assert state_of(world, RUNNING) == "assigned"
    assert "đều còn hiệu lực" in page(chief, address)
    assert RUNNING not in page(chief, reverse("directives:list"), scope="touched")


def test_a_task_whose_source_stands_offers_no_keeping(world, signed_in):
    plan = draft(world)
    give_tasks(world, plan)
    with acting_as(by(world, "chief")):
        task = Task.objects.get(title__startswith=RUNNING)
    assert "Giữ nguyên nhiệm vụ" not in page(signed_in("chief"), reverse("directives:detail", args=[task.pk]))
    do(world, "chief", services.step_on, plan, key="drop", note="Thay")
    assert "Giữ nguyên nhiệm vụ" in page(signed_in("chief"), reverse("directives:detail", args=[task.pk]))
