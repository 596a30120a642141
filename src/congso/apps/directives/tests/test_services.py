"""What the acts guarantee."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from congso.apps.directives.models import Extension, Support, Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.services import (
    FigureRow,
    InvalidTasks,
    NewTask,
    accept_task,
    ask_confirmation,
    assign_tasks,
    cancel_task,
    change_lead,
    confirm_completion,
    decide_extension,
    grant_late_extension,
    pass_task,
    pause_task,
    reject_completion,
    reopen_task,
    report_progress,
    request_extension,
    resume_task,
    return_task,
)
from congso.apps.directives.tests.factories import DUE, NOW, do, make_task, moment, new_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Link, TimelineEntry
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db


def read(world, who, task) -> Task:
    """The task as one of the cast sees it; nothing may be asked of it afterwards."""
    with acting_as(Actor.person(getattr(world, who))):
        return task_of(task.pk)


def test_an_assigned_task_tells_its_lead_and_waits_for_it(world):
    task = make_task(world, supporting=["MT"], clause="II.5")
    seen = read(world, "agency_leader", task)
    assert (seen.state, seen.unit.symbol, seen.due_on, seen.chapter) == ("assigned", "BTCTU", DUE, "II")
    with acting_as(Actor.person(world.agency_leader)):
        assert Notice.objects.get(record_id=task.pk).text == "Được giao nhiệm vụ"
    with acting_as(Actor.person(world.stranger)):  # staff of the supporting Front
        assert Notice.objects.filter(record_id=task.pk).exists()


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(world):
    assert make_task(world, due_on=date(2026, 11, 28)).due_on == date(2026, 11, 30)
    assert make_task(world, due_on=date(2026, 11, 24)).due_on == date(2026, 11, 25)  # Vietnam Culture Day


def test_without_a_day_a_task_is_due_ten_days_after_it_was_assigned(world):
    task = make_task(world, due_on=None, assigned_on=date(2026, 11, 18))  # +10 is a Saturday
    assert task.due_on == task.first_due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"content": "  "}, "content"),
        ({"supporting": ["BTC"]}, "supporting"),
        ({"supporting": ["MT", "MT"]}, "supporting"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"deadline_kind": "none"}, "no_deadline_reason"),
        ({"deadline_kind": "as_directed"}, "schedule_text"),
        ({"deadline_kind": "sometime"}, "deadline_kind"),
        ({"deadline_kind": "recurring"}, "recurrence"),
        ({"deadline_kind": "recurring", "recurrence": "monthly"}, "recurrence_end"),
    ],
)
def test_a_task_that_is_not_in_order_is_refused_with_a_sentence_at_its_field(world, facts, field):
    with pytest.raises(InvalidTasks) as refusal:
        make_task(world, **facts)
    assert list(refusal.value.rows[0]) == [field]


def test_people_named_in_a_task_must_belong_where_they_are_named(world):
    people = {who: Person(pk=getattr(world, who), full_name=who) for who in ("specialist", "head", "stranger")}
    for field, who in (("in_charge", "specialist"), ("supervisor", "head"), ("tracker", "stranger")):
        with pytest.raises(InvalidTasks) as refusal:
            make_task(world, **{field: people[who]})
        assert list(refusal.value.rows[0]) == [field]


def test_many_tasks_are_assigned_together_or_not_at_all(world):
    actor = Actor.person(world.chief)
    with acting_as(actor):
        good = new_task(world)
    rows = [good, NewTask(content="", lead=None), good]
    with acting_as(actor), pytest.raises(InvalidTasks) as refusal:
        assign_tasks(rows, owner=world.organization("VPTU"), source_symbol="16-KH/TU", by=actor, at=NOW)
    assert set(refusal.value.rows) == {1}
    assert set(refusal.value.rows[1]) == {"content", "lead"}
    with acting_as(actor):
        assert not Task.objects.exists()
        made = assign_tasks([good, good], owner=world.organization("VPTU"), source_symbol="16-KH/TU", by=actor, at=NOW)
        assert [one.source_symbol for one in made] == ["16-KH/TU", "16-KH/TU"]


def test_a_task_keeps_its_tie_to_the_record_it_comes_from(world):
    source = make_task(world, symbol="15-KH/TU")
    actor = Actor.person(world.chief)
    with acting_as(actor):
        [task] = assign_tasks(
            [new_task(world, clause="2.1")],
            owner=world.organization("VPTU"),
            source=source,
            source_symbol="15-KH/TU",
            by=actor,
            at=NOW,
        )
        link = Link.objects.get(source_id=task.pk)
    assert (link.target_id, link.kind, link.clause) == (source.pk, "source", "2.1")


@pytest.mark.parametrize("who", ["clerk", "specialist", "agency_leader", "stranger", "reader"])
def test_only_leaders_chiefs_and_trackers_of_the_office_assign(world, who):
    with pytest.raises(NotYours):
        make_task(world, who=who)


@pytest.mark.parametrize("who", ["secretary", "chief", "tracker"])
def test_the_committee_its_office_and_its_trackers_assign(world, who):
    assert make_task(world, who=who, owner="TU").owner_id == world.organizations["TU"]
    assert make_task(world, who=who).owner_id == world.organizations["VPTU"]


def test_the_database_holds_one_lead_and_keeps_it_out_of_the_supporting_units(world):
    task = make_task(world)
    with acting_as(Actor.person(world.chief)), pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(task=task, organization=world.organization("BTC"))


def test_from_acceptance_through_reports_to_confirmation(world):
    task = make_task(world)
    do(world, "agency_leader", accept_task, task)
    do(
        world,
        "agency_clerk",
        report_progress,
        task,
        text="Đã xong dự thảo",
        percent=60,
        figures=[FigureRow("Số chi bộ", Decimal("12"), "chi bộ"), FigureRow("", None)],
    )
    assert task.state == "in_progress"
    do(world, "agency_leader", report_progress, task, text="Đã ban hành", percent=100, at=moment(date(2026, 12, 10)))
    assert task.state == "awaiting_confirmation"
    do(world, "secretary", confirm_completion, task, at=moment(date(2026, 12, 14)))
    seen = read(world, "agency_specialist", task)
    assert (seen.state, seen.completed_on, seen.progress) == ("completed", date(2026, 12, 10), 100)
    with acting_as(Actor.person(world.agency_clerk)):
        report = task_of(task.pk).reports.order_by("at").first()
        assert report.reporter_label == "Ngô Mẫu Thư, Văn thư"
        assert [str(figure.value) for figure in report.figures.all()] == ["12.000"]
        acts = list(TimelineEntry.objects.filter(record_id=task.pk).values_list("act", flat=True))
    assert acts == ["start", "accept", "report", "finish", "confirm"]


def test_a_report_needs_words_and_a_percentage(world):
    task = make_task(world)
    with pytest.raises(Refused, match="kết quả"):
        do(world, "agency_leader", report_progress, task, text=" ", percent=10)
    with pytest.raises(Refused, match="100%"):
        do(world, "agency_leader", report_progress, task, text="x", percent=101)


def test_the_first_report_also_accepts_the_task(world):
    task = make_task(world)
    do(world, "agency_leader", report_progress, task, text="Bắt đầu", percent=5)
    assert task.state == "in_progress"


def test_nobody_of_the_lead_confirms_not_even_through_another_post(world):
    """The chief leads the office that carries the task out and serves the committee that assigned it."""
    task = make_task(world, lead="VPTU", owner="TU", who="secretary")
    do(world, "clerk", ask_confirmation, task)
    with pytest.raises(NotYours):
        do(world, "chief", confirm_completion, task)
    with pytest.raises(NotYours):
        do(world, "clerk", confirm_completion, task)
    do(world, "tracker", confirm_completion, task)
    assert task.state == "completed"


def test_inside_one_organization_its_leader_confirms_what_her_specialist_did(world):
    specialist = Person.objects  # read below, as the leader
    with acting_as(Actor.person(world.agency_leader)):
        person = specialist.get(pk=world.agency_specialist)
    task = make_task(world, owner="BTC", lead="BTC", who="agency_leader", in_charge=person)
    do(world, "agency_specialist", report_progress, task, text="Xong", percent=100)
    with pytest.raises(NotYours):
        do(world, "agency_specialist", confirm_completion, task)
    do(world, "agency_leader", confirm_completion, task)
    assert task.state == "completed"


def test_work_not_accepted_goes_on_with_the_reason(world):
    task = make_task(world)
    do(world, "agency_leader", ask_confirmation, task)
    with pytest.raises(ReasonMissing):
        do(world, "chief", reject_completion, task, note=" ")
    do(world, "chief", reject_completion, task, note="Thiếu phụ lục")
    seen = read(world, "agency_leader", task)
    assert (seen.state, seen.progress, seen.finished_on) == ("in_progress", 99, None)


def test_a_completed_task_opens_again_with_the_reason(world):
    task = make_task(world)
    do(world, "agency_leader", ask_confirmation, task)
    do(world, "chief", confirm_completion, task)
    do(world, "secretary", reopen_task, task, note="Số liệu chưa đúng")
    seen = read(world, "agency_leader", task)
    assert (seen.state, seen.completed_on, seen.closed_at) == ("in_progress", None, None)


def test_the_day_of_completion_lies_between_assignment_and_today(world):
    task = make_task(world)
    do(world, "agency_leader", ask_confirmation, task)
    for day in (date(2026, 11, 1), date(2026, 12, 1)):
        with pytest.raises(Refused, match="Ngày hoàn thành"):
            do(world, "chief", confirm_completion, task, completed_on=day)


def test_a_returned_task_is_given_to_another_unit_which_alone_sees_it_then(world):
    task = make_task(world, supporting=["MT"])
    do(world, "agency_leader", return_task, task, note="Không thuộc chức năng")
    with acting_as(Actor.person(world.chief)):
        front = world.organization("MT")
    do(world, "chief", change_lead, task, lead=front, note="Thuộc Mặt trận")
    with acting_as(Actor.person(world.agency_leader)), pytest.raises(Task.DoesNotExist):
        task_of(task.pk)
    seen = read(world, "stranger", task)
    assert (seen.state, seen.unit_id, list(seen.supports.all())) == ("assigned", front.pk, [])
    with acting_as(Actor.person(world.stranger)):
        last = TimelineEntry.objects.filter(record_id=task.pk).last()
    assert last.note == (
        "Từ Ban Tổ chức Tỉnh ủy Thử Nghiệm sang Ủy ban Mặt trận Tổ quốc tỉnh Thử Nghiệm. Lý do: Thuộc Mặt trận"
    )


def test_the_same_unit_gets_a_task_again_only_after_returning_it(world):
    task = make_task(world)
    with acting_as(Actor.person(world.chief)):
        agency = world.organization("BTC")
    with pytest.raises(WrongState):
        do(world, "chief", change_lead, task, lead=agency, note="Vẫn giao")
    do(world, "agency_leader", return_task, task, note="Quá tải")
    do(world, "chief", change_lead, task, lead=agency, note="Vẫn giao")
    assert task.state == "assigned"


def test_the_lead_passes_a_task_to_its_own_people_only(world):
    task = make_task(world)
    with acting_as(Actor.person(world.agency_leader)):
        mine, foreign = Person.objects.get(pk=world.agency_specialist), Person.objects.get(pk=world.specialist)
    with pytest.raises(Refused):
        do(world, "agency_leader", pass_task, task, person=foreign)
    do(world, "agency_leader", pass_task, task, person=mine)
    do(world, "agency_specialist", report_progress, task, text="Đang làm", percent=20)
    assert read(world, "agency_specialist", task).in_charge_id == world.agency_specialist


def test_before_the_deadline_the_office_extends_and_every_version_stays(world):
    task = make_task(world)
    wish = do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 19), reason="Chờ số liệu")
    assert wish.new_due_on == date(2026, 12, 21)  # 19 December is a Saturday
    with pytest.raises(Refused, match="chờ quyết định"):
        do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 30), reason="Nữa")
    with pytest.raises(NotYours):
        do(world, "agency_leader", decide_extension, task, is_granted=True)
    do(world, "chief", decide_extension, task, is_granted=True, note="Lần cuối")
    seen = read(world, "agency_leader", task)
    assert (seen.due_on, seen.first_due_on) == (date(2026, 12, 21), DUE)
    with acting_as(Actor.person(world.agency_leader)):
        kept = Extension.objects.get(task=task)
    assert (kept.old_due_on, kept.decision, kept.decided_label) == (DUE, "granted", "Trần Thử Chánh, Chánh Văn phòng")


def test_a_refused_wish_leaves_the_deadline(world):
    task = make_task(world)
    do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 30), reason="Chờ số liệu")
    with pytest.raises(ReasonMissing):
        do(world, "chief", decide_extension, task, is_granted=False)
    do(world, "chief", decide_extension, task, is_granted=False, note="Không cần")
    assert read(world, "agency_leader", task).due_on == DUE


def test_after_the_deadline_only_a_leader_extends(world):
    late = moment(DUE + timedelta(days=3))
    task = make_task(world, owner="TU", who="secretary")
    do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 25), reason="Chậm số liệu", at=late)
    with pytest.raises(NotYours):
        do(world, "tracker", decide_extension, task, is_granted=True, at=late)
    do(world, "secretary", decide_extension, task, is_granted=True, at=late)
    assert read(world, "agency_leader", task).due_on == date(2026, 12, 25)


def test_a_leader_extends_an_overdue_task_without_being_asked_but_none_before_its_deadline(world):
    task = make_task(world)
    with pytest.raises(Refused, match="Chưa quá hạn"):
        do(world, "secretary", grant_late_extension, task, new_due_on=date(2027, 1, 15), note="Rộng hạn")
    late = moment(DUE + timedelta(days=3))
    do(world, "secretary", grant_late_extension, task, new_due_on=date(2027, 1, 15), note="Thiên tai", at=late)
    assert read(world, "agency_leader", task).due_on == date(2027, 1, 15)


def test_a_new_deadline_is_later_than_the_old_one(world):
    task = make_task(world)
    with pytest.raises(Refused, match="Hạn mới"):
        do(world, "agency_leader", request_extension, task, new_due_on=DUE, reason="x")


def test_a_task_rests_goes_on_and_is_cancelled_with_reasons(world):
    task = make_task(world)
    do(world, "chief", pause_task, task, note="Chờ Trung ương")
    with pytest.raises(WrongState):
        do(world, "agency_leader", report_progress, task, text="x", percent=1)
    do(world, "chief", resume_task, task)
    do(world, "secretary", cancel_task, task, note="Không còn phù hợp")
    seen = read(world, "agency_specialist", task)
    assert (seen.state, seen.closed_at) == ("cancelled", NOW)


def test_every_act_leaves_one_line_in_the_journal(world, as_owner):
    task = make_task(world)
    do(world, "agency_leader", accept_task, task)
    do(world, "agency_leader", report_progress, task, text="Xong", percent=100)
    with acting_as(Actor.person(world.agency_leader)):
        from congso.kernel.journal.models import Entry

        mine = list(Entry.objects.filter(record_id=task.pk).order_by("id").values_list("act", flat=True))
    assert mine == ["task.accept", "task.finish"]
