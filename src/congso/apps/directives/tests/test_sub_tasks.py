"""A task is divided on its way down, level by level; those who gave what stands above read what was made of it."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from congso.apps.directives.models import DeadlineKind, Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.queries.trees import standing_of, tree_of
from congso.apps.directives.services import (
    InvalidTasks,
    accept_task,
    ask_confirmation,
    assign_task,
    cancel_task,
    change_lead,
    confirm_completion,
    why_not_below,
)
from congso.apps.directives.tests.factories import DUE, NOW, do, make_task, new_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PARENT = {"clause": "II.5", "chapter": "II", "content": "Số hóa tài liệu toàn khối"}


def divide(world, parent: Task, lead: str, *, owner: str = "BTC", who: str = "agency_leader", **facts) -> Task:
    """A sub-task given by one of the cast."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return assign_task(
            new_task(world, lead, **({"due_on": None, "content": f"Phần của {lead}"} | facts)),
            owner=world.organization(owner), parent=task_of(parent.pk), by=actor, at=NOW,
        )  # fmt: skip


def seen_by(world, task: Task) -> set[str]:
    found = set()
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            if Task.objects.filter(pk=task.pk).exists():
                found.add(who)
    return found


def test_a_sub_task_takes_over_its_document_and_is_read_by_who_gave_what_stands_above(world):
    parent = make_task(world, **PARENT)
    below = divide(world, parent, "XA")
    assert (below.source_symbol, below.clause, below.chapter) == ("01-KH/TU", "II.5", "II")
    assert below.due_on == date(2026, 12, 3)  # ten days, not after the parent's day
    last = divide(world, below, "VPX", owner="XA", who="commune_leader")
    assert last.above == [world.organizations["VPTU"], world.organizations["BTC"]]
    province, agency = {"secretary", "chief", "tracker"}, {"agency_leader"}
    assert seen_by(world, last) >= province | agency | {"commune_leader", "commune_clerk"}
    assert not seen_by(world, last) & {"stranger", "specialist", "agency_specialist"}
    assert "commune_leader" not in seen_by(world, parent)
    with acting_as(Actor.person(world.commune_clerk)):
        assert Notice.objects.filter(record_id=last.pk).exists()
    # It stays so whatever is done with it, by whomever.
    do(world, "commune_clerk", accept_task, last)
    do(world, "commune_leader", change_lead, last, lead=in_world(world, "MT"), note="Chuyển Mặt trận")
    assert seen_by(world, last) >= province | agency | {"stranger"}


def in_world(world, code: str):
    with acting_as(Actor.person(world.chief)):
        return world.organization(code)


def test_a_sub_task_is_confirmed_by_who_gave_it_and_the_parent_goes_on(world):
    parent = make_task(world, **PARENT)
    below = divide(world, parent, "XA")
    do(world, "commune_leader", ask_confirmation, below)
    with pytest.raises(NotYours):
        do(world, "chief", confirm_completion, below)  # she reads it, its giver judges it
    do(world, "agency_leader", confirm_completion, below)
    with acting_as(Actor.person(world.chief)):
        assert [task_of(one.pk).state for one in (parent, below)] == ["assigned", "completed"]


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"due_on": date(2026, 12, 14)}, "không sau hạn 11/12/2026"),
        ({"who": "chief", "owner": "VPTU", "due_on": DUE}, ""),
        ({"who": "agency_specialist"}, "không có quyền"),
        ({"who": "agency_clerk"}, "không có quyền"),
        ({"who": "commune_leader", "owner": "XA"}, "not seen"),
    ],
)
def test_who_divides_and_by_when(world, facts, problem):
    parent = make_task(world, **PARENT)
    if not problem:
        assert divide(world, parent, "XA", **facts).parent_id == parent.pk
        return
    with pytest.raises((Refused, Task.DoesNotExist)) as told:
        divide(world, parent, "XA", **facts)
    assert problem == "not seen" or problem in str(told.value)


def test_what_is_over_recurs_or_lies_too_deep_is_not_divided(world):
    parent = make_task(world, **PARENT)
    with acting_as(Actor.person(world.agency_leader)):
        own, strange = world.organization("BTC"), world.organization("MT")
        assert "không chủ trì" in why_not_below(task_of(parent.pk), strange)
        deep = task_of(parent.pk)
        deep.above = [1] * 5
        assert "nhiều nhất 5 cấp" in why_not_below(deep, own)
        deep.above, deep.deadline_kind = [], DeadlineKind.RECURRING
        assert "từng kỳ" in why_not_below(deep, own)
    below = divide(world, parent, "XA")
    with pytest.raises(InvalidTasks):
        divide(world, below, "VPX", owner="XA", who="commune_leader", due_on=DUE)
    do(world, "chief", cancel_task, parent, note="Không làm nữa")
    with pytest.raises(Refused, match="không còn thực hiện"):
        divide(world, parent, "MT")


def page(client, address: str, **facts) -> str:
    answer = client.get(address, facts)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_tree_holds_every_task_one_sees_once_and_its_counts_add_up(world, signed_in):
    parent = make_task(world, **PARENT)
    make_task(world, lead="MT", clause="II.10", chapter="II", at=NOW.replace(day=2), due_on=date(2026, 11, 20))
    make_task(world, lead="MT", clause="I.1", content="Chuẩn bị họp")
    below = divide(world, parent, "XA")
    divide(world, below, "VPX", owner="XA", who="commune_leader")
    divide(world, parent, "MT")
    for who in ("chief", "agency_leader", "commune_leader", "stranger", "specialist"):
        with acting_as(Actor.person(getattr(world, who))):
            tree = tree_of(Task.objects.all(), "01-KH/TU", NOW.date())
            mine = list(Task.objects.filter(source_symbol="01-KH/TU"))
            nodes = [one for chapter in tree.chapters for one in chapter.walk() if one.task]
            assert sorted(one.task.pk for one in nodes) == sorted(one.pk for one in mine)
            late = sum(standing_of(one, NOW.date()) == "overdue" for one in mine)
            assert sum(chapter.counts.get("overdue", 0) for chapter in tree.chapters) == late
            if who == "chief":
                assert [one.words for one in tree.chapters] == ["I", "II"]
                assert [one.words for one in tree.chapters[1].children] == ["II.5", "II.10"]
                (top,) = tree.chapters[1].children[0].children
                assert [len(top.children), top.total] == [2, 4]
    shown = page(signed_in("chief"), reverse("directives:tree"), symbol="01-KH/TU")
    assert all(words in shown for words in ("Mục II.5", "Phần của XA", "Phần của VPX", "Quá hạn: 1"))
    assert "Phần của" not in page(signed_in("specialist"), reverse("directives:tree"), symbol="01-KH/TU")
    assert "Hãy chọn một văn bản" in page(signed_in("chief"), reverse("directives:tree"), symbol="")


def test_the_grid_divides_a_task_for_its_lead_and_for_nobody_else(world, signed_in):
    parent = make_task(world, **PARENT)
    client, own = signed_in("agency_leader"), reverse("directives:detail", args=[parent.pk])
    assert "Giao nhiệm vụ con" in page(client, own)
    address = f"{reverse('directives:assign')}?parent={parent.pk}"
    assert "hạn không sau 11/12/2026" in page(client, address)
    rows = {"row-TOTAL_FORMS": "2", "row-INITIAL_FORMS": "0"}
    for place, (lead, due) in enumerate((("Đảng ủy xã Mẫu", "20/12/2026"), ("MTTQ", ""))):
        rows |= {f"row-{place}-content": f"Phần {place}", f"row-{place}-lead": lead, f"row-{place}-due": due}
    with acting_as(Actor.person(world.agency_leader)):
        head = {"owner": world.organization("BTC").pk, "source_symbol": "01-KH/TU", "assigned_on": "23/11/2026"}
    refused = client.post(address, head | rows)
    assert refused.status_code == 422
    assert "không sau hạn 11/12/2026" in unescape(refused.content.decode())
    made = client.post(address, head | rows | {"row-0-due": "10/12/2026"})
    assert made.url == own
    shown = page(client, own)
    assert "Đảng ủy xã Mẫu" in shown
    assert "Phần 1" in shown
    for who in ("agency_specialist", "stranger", "commune_leader"):
        assert signed_in(who).get(address).status_code in (403, 404), who
    assert client.get(f"{reverse('directives:assign')}?parent=9{'9' * 20}").status_code == 404
