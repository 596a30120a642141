"""What each act does to the case, its clocks and its papers."""

from datetime import date

import pytest
from django.db import connection

from congso.apps.procedures import services
from congso.apps.procedures.models import Case, Procedure, Publication, Satisfaction
from congso.apps.procedures.queries import case_of, in_force, satisfaction_of
from congso.apps.procedures.services.secrets import look_up_key
from congso.apps.procedures.tests.factories import (
    CODE,
    NOW,
    apply,
    at_desk,
    do,
    draft,
    facts,
    moment,
    publish,
    told,
    with_result,
)
from congso.kernel.access.principals import System
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seen(world, who: str, case: Case) -> Case:
    with acting_as(Actor.person(getattr(world, who))):
        return case_of(case.pk)


def test_taking_in_promises_a_day_over_all_bodies_and_gives_a_number(world):
    case = seen(world, "clerk", at_desk(world, publish(world)))
    assert case.number == "T.VPTU-261123-0001"
    assert case.due_on == case.first_due_on == date(2026, 12, 2)  # six working days; the 24th is a holiday
    step = case.steps.all()[0]
    assert (step.started_on, step.due_on) == (date(2026, 11, 23), date(2026, 11, 25))
    assert case.unit.code == "T.VPTU"


def test_after_closing_time_it_counts_from_the_next_working_day(world, clock):
    clock.move_to(moment(date(2026, 11, 23), 18))
    case = at_desk(world, publish(world), at=moment(date(2026, 11, 23), 18))
    assert case.due_on == date(2026, 12, 3)


def test_incomplete_papers_are_not_taken_in(world):
    case = at_desk(world, publish(world), papers=[])
    assert case.state == "draft"
    assert case.received_at is None
    with pytest.raises(Refused, match="thiếu giấy tờ"):
        do(world, "clerk", services.submit_case, case)


def test_each_step_goes_to_its_body_with_its_own_clock(world):
    case = at_desk(world, publish(world))
    do(world, "clerk", services.finish_step, case, note="", at=moment(date(2026, 11, 25)))
    held = seen(world, "agency_clerk", case)
    second = held.steps.all()[1]
    assert held.unit.code == "T.BTC"
    assert (second.started_on, second.due_on) == (date(2026, 11, 25), date(2026, 11, 30))
    assert held.due_on == date(2026, 12, 2)  # the one total does not move
    assert held.steps.all()[0].finished_label == "Nguyễn Ví Dụ, Văn thư"
    with pytest.raises(NotYours):
        do(world, "clerk", services.finish_step, case, note="")


def test_clocks_stop_while_papers_are_awaited_and_both_days_are_kept(world):
    case = at_desk(world, publish(world))
    do(world, "clerk", services.ask_for_additions, case, note="Giấy giới thiệu", at=moment(date(2026, 11, 24)))
    do(world, "clerk", services.take_additions, case, note="", at=moment(date(2026, 12, 7)))
    held = seen(world, "clerk", case)
    with acting_as(Actor.person(world.clerk)):
        stop = held.stops.get()
    assert (stop.due_before, stop.due_after) == (date(2026, 12, 2), date(2026, 12, 15))  # six days were left
    assert held.due_on == date(2026, 12, 15)
    assert held.first_due_on == date(2026, 12, 2)


def test_papers_are_asked_for_once_and_again_only_by_a_leader(world):
    case = at_desk(world, publish(world))
    do(world, "clerk", services.ask_for_additions, case, note="Thiếu")
    do(world, "clerk", services.take_additions, case, note="")
    with pytest.raises(Refused, match="lãnh đạo duyệt"):
        do(world, "clerk", services.ask_for_additions, case, note="Thiếu nữa")
    with pytest.raises(NotYours):
        do(world, "clerk", services.ask_for_additions, case, note="Thiếu nữa", is_again=True)
    do(world, "chief", services.ask_for_additions, case, note="Thiếu nữa", is_again=True)
    assert seen(world, "chief", case).times_asked == 2


def test_a_pause_moves_the_day_too(world):
    case = at_desk(world, publish(world))
    do(world, "chief", services.pause_case, case, note="Chờ xác minh")
    do(world, "chief", services.resume_case, case, note="", at=moment(date(2026, 11, 26)))
    assert seen(world, "clerk", case).due_on == date(2026, 12, 4)


def test_a_result_needs_its_file(world):
    case = at_desk(world, publish(world))
    do(world, "clerk", services.finish_step, case, note="")
    with pytest.raises(Refused, match="bước sau"):
        do(world, "agency_leader", services.ask_signature, case, answer="Đồng ý")
    do(world, "agency_leader", services.finish_step, case, note="")
    do(world, "clerk", services.ask_signature, case, answer="Đồng ý")
    with pytest.raises(Refused, match="tệp kết quả"):
        do(world, "chief", services.approve_result, case, note="")
    with_result(case, world, "chief")
    do(world, "chief", services.approve_result, case, note="")
    do(world, "clerk", services.return_result, case, to="", on=NOW.date())
    held = seen(world, "clerk", case)
    assert (held.state, held.returned_to, held.answer) == ("returned", "Nguyễn Văn Nộp", "Đồng ý")


def test_an_apology_promises_a_new_day_and_keeps_the_old(world, clock):
    case = at_desk(world, publish(world))
    with pytest.raises(Refused, match="chưa quá ngày hẹn"):
        do(world, "chief", services.apologise, case, new_due_on=date(2026, 12, 8), note="Bận")
    late = moment(date(2026, 12, 3))
    clock.move_to(late)
    with pytest.raises(Refused, match="ngày làm việc"):
        do(world, "chief", services.apologise, case, new_due_on=date(2026, 12, 6), note="Bận", at=late)
    made = do(world, "chief", services.apologise, case, new_due_on=date(2026, 12, 8), note="Chờ xác nhận", at=late)
    held = seen(world, "clerk", case)
    assert (held.due_on, held.first_due_on, made.due_before) == (
        date(2026, 12, 8), date(2026, 12, 2), date(2026, 12, 2),
    )  # fmt: skip


def test_nobody_is_put_in_charge_from_outside_or_of_her_own(world):
    case = at_desk(world, publish(world))
    with acting_as(Actor.person(world.chief)):
        stranger, clerk = Person.objects.get(pk=world.stranger), Person.objects.get(pk=world.specialist)
    with pytest.raises(Refused, match="không thuộc"):
        do(world, "chief", services.assign_case, case, person=stranger)
    do(world, "chief", services.assign_case, case, person=clerk)
    assert seen(world, "specialist", case).handler_id == world.specialist


def test_only_what_is_in_force_takes_cases(world):
    publication = publish(world, valid_from=date(2026, 12, 15))
    with pytest.raises(Refused, match="không có hiệu lực"):
        apply(world, publication)


def test_only_who_may_ask_and_only_where_it_is_performed(world):
    publication = publish(world)
    with pytest.raises(Refused, match="không thuộc diện"):
        apply(world, publication, applicant_kind="organization")
    with acting_as(Actor.person(world.stranger)), pytest.raises(Refused, match="không thực hiện"):
        services.apply_for(
            publication, told(), receiver=world.organization("MT"), by=Actor.person(world.stranger), at=NOW
        )
    with acting_as(Actor.person(world.stranger)), pytest.raises(NotYours):
        services.take_in(
            publication, told(), receiver=world.organization("VPTU"), channel="desk",
            by=Actor.person(world.stranger), at=NOW,
        )  # fmt: skip


def test_a_new_edition_ends_the_one_before_on_its_day(world):
    first = publish(world)
    one = do(world, "clerk", services.open_edition, first.procedure)
    assert (one.edition, one.number) == (2, CODE)
    with pytest.raises(Refused, match="đang soạn"):
        do(world, "clerk", services.open_edition, first.procedure)
    do(world, "clerk", services.step_on, one, key="submit")
    do(world, "chief", services.step_on, one, key="approve")
    do(world, "clerk", services.record_decision, one, symbol="20-QĐ/VPTU", decided_on=date(2026, 11, 23),
       valid_from=date(2026, 12, 1))  # fmt: skip
    do(world, "clerk", services.publish_procedure, one)
    assert in_force(CODE, date(2026, 11, 30)).edition == 1
    assert in_force(CODE, date(2026, 12, 1)).edition == 2
    with acting_as(Actor.person(world.clerk)):
        assert Procedure.objects.get(pk=first.procedure_id).state == "replaced"


def test_an_ended_procedure_takes_no_more_cases(world, clock):
    publication = publish(world)
    do(world, "chief", services.end_procedure, publication.procedure, on=date(2026, 12, 1), note="Bãi bỏ")
    clock.move_to(moment(date(2026, 12, 1)))
    with pytest.raises(Publication.DoesNotExist):
        in_force(CODE, date(2026, 12, 1))
    with acting_as(NOBODY):
        publication = Publication.objects.get(pk=publication.pk)
    with pytest.raises(Refused, match="không có hiệu lực"):
        apply(world, publication, at=moment(date(2026, 12, 1)))


def test_a_code_is_not_published_twice(world):
    publish(world)
    with pytest.raises(Refused, match="đã có thủ tục"):
        draft(world)


def test_the_receipts_holder_looks_up_without_an_account(world):
    case = at_desk(world, publish(world))
    word = services.word_of(seen(world, "clerk", case))
    with acting_as(NOBODY):
        found = services.look_up(case.number.lower(), word.lower().replace("-", " "), address="192.0.2.1")
        assert found["state"] == "in_progress"
        assert "Nguyễn Văn Nộp" not in str(found)
        assert services.look_up(case.number, "AAAAA-AAAAA", address="192.0.2.1") is None
        assert services.look_up("T.VPTU-261123-9999", word, address="192.0.2.1") is None
        assert not Case.objects.exists()


def test_attempts_are_counted_by_code_and_by_place(world):
    case = at_desk(world, publish(world))
    word = services.word_of(seen(world, "clerk", case))
    with acting_as(NOBODY):
        for guess in range(10):
            assert services.look_up(case.number, f"SAI{guess}", address="192.0.2.2") is None
        with pytest.raises(services.TooMany):
            services.look_up(case.number, word, address="192.0.2.3")
        for guess in range(30):
            services.look_up(f"X-{guess}", "SAI", address="192.0.2.4")
        with pytest.raises(services.TooMany):
            services.look_up("X-31", "SAI", address="192.0.2.4")


def test_one_answer_a_case_is_counted_and_names_nobody(world):
    case = at_desk(world, publish(world))
    word = services.word_of(seen(world, "clerk", case))
    with acting_as(NOBODY):
        assert not services.rate_case(case.number, word, 5)  # not over yet
    do(world, "chief", services.refuse_case, case, note="Không đủ điều kiện")
    with acting_as(NOBODY):
        assert not services.rate_case(case.number, "SAI", 5)
        assert not services.rate_case(case.number, word, 9)
        assert services.rate_case(case.number, word, 4)
        assert not services.rate_case(case.number, word, 1)
    with acting_as(Actor.person(world.clerk)):
        assert list(Satisfaction.objects.values_list("code", "score", "answers")) == [(CODE, 4, 1)]
    assert satisfaction_of(CODE) == (1, None)
    columns = {field.name for field in Satisfaction._meta.get_fields()}
    assert columns == {"id", "code", "organization", "quarter", "score", "answers"}


def test_the_key_forgives_typing_but_not_another_code():
    assert look_up_key("a-1", "k7qm2 xa4pd") == look_up_key("A-1", "K7QM2-XA4PD")
    assert look_up_key("A-1", "O0I1A") == look_up_key("A-1", "00IIA")
    assert look_up_key("A-1", "K7QM2XA4PD") != look_up_key("A-2", "K7QM2XA4PD")


def test_reminders_are_told_once_a_step(world):
    case = at_desk(world, publish(world))
    machine = Actor.system(System.REMINDERS)
    for day, expected in ((date(2026, 11, 24), False), (date(2026, 11, 30), True), (date(2026, 11, 28), False)):
        with acting_as(machine):
            assert bool(services.send_case_reminders(by=machine, at=moment(day))) is expected, day
    with acting_as(machine):
        assert services.send_case_reminders(by=machine, at=moment(date(2026, 11, 30))) == 0
        assert services.send_case_reminders(by=machine, at=moment(date(2026, 12, 3)))
    with acting_as(Actor.person(world.clerk)):
        assert Notice.objects.filter(record_id=case.pk, kind="reminder").count() == 2


def test_a_draft_keeps_only_its_own_rows_and_a_published_edition_never_changes(world):
    one = draft(world)
    with acting_as(Actor.person(world.clerk)):
        new = facts(world)
    do(world, "clerk", services.edit_procedure, one, facts=new, steps=[services.StepRow("Một bước", 2)],
       papers=[])  # fmt: skip
    with acting_as(Actor.person(world.clerk)):
        fresh = Procedure.objects.get(pk=one.pk)
        assert [step.name for step in fresh.steps.all()] == ["Một bước"]
    published = publish(world, number="1.000002")
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procedures_step WHERE procedure_id = %s", [published.procedure_id])
        assert cursor.rowcount == 0
