"""From the draft to what is in force, carried on, changed, slipped, reminded of."""

from datetime import date, timedelta

import pytest

from congso.apps.programme import services
from congso.apps.programme.models import Change, Item, Programme
from congso.apps.programme.queries import carriable, slipped, tally_by_preparer, tally_of
from congso.apps.programme.queries.slips import counted
from congso.apps.programme.services import ItemFacts
from congso.apps.programme.tests.factories import (
    DECEMBER,
    NOW,
    REMINDERS,
    approved,
    as_one,
    consulted,
    do,
    item,
    make,
    on_item,
    paper_words,
    read,
)
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db


def test_a_programme_goes_from_draft_through_opinions_to_approval(world, clock):
    made, said = consulted(world)
    with as_one(world, "agency_clerk"):
        assert Programme.objects.get(pk=made.pk).title.startswith(
            "Chương trình công tác tháng 12/2026 của Ban Thường vụ"
        )
    with as_one(world, "commune_clerk"):
        assert not Programme.objects.filter(pk=made.pk).exists()
    actor = Actor.person(world.chief)
    with acting_as(actor):
        said.programme = read(world, made)
        services.answer_opinion(said, "explained", "Đã hẹn với đối tác", by=actor, at=NOW)
    do(world, "chief", services.submit_programme, made)
    with pytest.raises(WrongState):
        item(world, made, "Thêm sau khi trình")
    do(world, "secretary", services.approve_programme, made)
    now = read(world, made)
    assert (now.state, now.revision, now.approved_on) == ("approved", 1, NOW.date())


def test_one_body_has_one_programme_a_period_and_a_dropped_draft_makes_room(world, clock):
    made = make(world)
    with pytest.raises(Refused, match="Đã có chương trình"):
        make(world, day=date(2026, 12, 31))
    do(world, "chief", services.drop_programme, made, note="Soạn lại")
    assert make(world).pk != made.pk
    with pytest.raises(NotYours):
        make(world, who="agency_leader")


def test_an_empty_programme_and_an_item_nobody_prepares_are_not_submitted(world, clock):
    made = make(world)
    with pytest.raises(Refused, match="phải có nội dung"):
        do(world, "chief", services.submit_programme, made)
    item(world, made, preparer=None)
    with pytest.raises(Refused, match="cơ quan chuẩn bị"):
        do(world, "chief", services.submit_programme, made)


def test_papers_are_due_so_many_working_days_before_the_session(world, clock):
    made = make(world)
    one = item(world, made, session_on=date(2026, 12, 15))
    assert one.papers_due_on == date(2026, 12, 8)
    assert one.month == DECEMBER
    with pytest.raises(Refused, match="tháng 12/2026"):
        item(world, made, session_on=date(2027, 1, 5))
    with pytest.raises(Refused, match="trước ngày họp"):
        item(world, made, session_on=date(2026, 12, 15), papers_due_on=date(2026, 12, 16))


def test_items_are_carried_from_the_year_to_the_quarter_to_the_month_once(world, clock):
    year = make(world, span="Y", day=date(2026, 1, 1))
    source = item(world, year, month=DECEMBER)
    approved(world, year)
    quarter = make(world, span="Q")
    assert read(world, quarter).above_id == year.pk
    assert do(world, "chief", services.carry_items, quarter, items=[source.pk]) == 1
    assert do(world, "chief", services.carry_items, quarter, items=[source.pk]) == 0
    approved(world, quarter)
    month = make(world)
    with as_one(world, "chief"):
        (found,) = carriable(read(world, month))
        assert found.programme_id == quarter.pk
    assert do(world, "chief", services.carry_items, month, items=[found.pk, source.pk]) == 1
    assert [one.content for one in read(world, month).items.all()] == ["Đề án số hóa"]


def test_an_approved_programme_is_changed_with_reasons_each_kept_and_printed(world, clock):
    made = approved(world)
    one = next(iter(read(world, made).items.all()))
    facts = ItemFacts("Đề án số hóa (mở rộng)", preparer=one.preparer, session_on=date(2026, 12, 15))
    with pytest.raises(WrongState):
        on_item(world, "chief", services.edit_item, one, facts=facts, reason="Mở rộng")
    do(world, "chief", services.adjust_programme, made, note="Theo chỉ đạo")
    with pytest.raises(Refused, match="lý do"):
        on_item(world, "chief", services.edit_item, one, facts=facts)
    on_item(world, "chief", services.edit_item, one, facts=facts, reason="Mở rộng phạm vi")
    item(world, made, "Tờ trình bổ sung", reason="Phát sinh")
    do(world, "chief", services.ask_confirmation, made)
    do(world, "secretary", services.confirm_adjustment, made)
    now = read(world, made)
    assert (now.state, now.revision) == ("approved", 2)
    with as_one(world, "chief"):
        changes = list(Change.objects.filter(programme=made).order_by("id"))
        assert [one.kind for one in changes] == ["edited", "added"]
        assert changes[0].before["content"] == "Đề án số hóa"
        text = paper_words(services.programme_paper(now))
    for words in (
        "Đề án số hóa (mở rộng)",
        "Mở rộng phạm vi",
        "Phát sinh",
        "Tờ trình bổ sung (bổ sung)",
        "CHƯƠNG TRÌNH",
    ):
        assert words in text


def test_items_slip_with_a_reason_are_counted_and_offered_to_their_new_month(world, clock):
    made = make(world)
    first, second, third = (item(world, made, f"Nội dung {place}") for place in "abc")
    approved(world, made)
    with pytest.raises(ReasonMissing):
        on_item(world, "chief", services.postpone_item, first, to=date(2027, 1, 1), reason=" ")
    with pytest.raises(Refused, match="phải sau"):
        on_item(world, "chief", services.postpone_item, first, to=DECEMBER, reason="Chưa xong")
    on_item(world, "chief", services.postpone_item, first, to=date(2027, 1, 20), reason="Chưa có số liệu")
    on_item(world, "chief", services.withdraw_item, second, reason="Trùng nội dung")
    on_item(world, "chief", services.complete_item, third, on=date(2026, 11, 23), outcome="12-NQ/TU")
    with pytest.raises(Refused, match="đã được xem xét"):
        on_item(world, "chief", services.withdraw_item, third, reason="Nhầm")
    now, today = read(world, made), date(2026, 11, 24)
    with as_one(world, "chief"):
        told = tally_of(counted(now), today)
        assert (told.planned, told.done, told.postponed, told.withdrawn, told.done_share) == (3, 1, 1, 1, "33,3 %")
        assert sum(one.planned for one in tally_by_preparer(now, today)) == told.planned
        assert [one.slip_reason for one in slipped(now, today)] == ["Chưa có số liệu", "Trùng nội dung"]
    january = make(world, day=date(2027, 1, 1))
    with as_one(world, "chief"):
        assert [one.pk for one in carriable(read(world, january))] == [first.pk]


def test_who_prepares_is_reminded_once_a_step_and_the_office_when_it_is_late(world, clock):
    made = make(world)
    one = item(world, made, session_on=date(2026, 12, 15))  # papers due on 8 December
    approved(world, made)

    def told(who: str) -> int:
        with as_one(world, who):
            return Notice.objects.filter(record_id=made.pk, text__contains="tài liệu").count()

    def remind(day: date) -> int:
        at = NOW + (day - NOW.date())
        with acting_as(REMINDERS):
            return services.send_reminders(by=REMINDERS, at=at)

    assert remind(NOW.date()) == 0
    assert remind(date(2026, 12, 4)) > 0
    assert remind(date(2026, 12, 4)) == 0
    assert (told("agency_clerk"), told("tracker")) == (1, 0)
    assert remind(date(2026, 12, 9)) > 0
    assert (told("agency_clerk"), told("tracker")) == (2, 1)
    on_item(world, "chief", services.receive_papers, one, on=date(2026, 12, 9), at=NOW + timedelta(days=16))
    assert remind(date(2026, 12, 10)) == 0


def test_other_systems_ask_what_a_session_takes_up(world, clock):
    made = make(world)
    item(world, made, "Thứ nhất", session_on=date(2026, 12, 15))
    item(world, made, "Thứ hai", session_on=date(2026, 12, 15))
    item(world, made, "Hôm khác", session_on=date(2026, 12, 16))
    with as_one(world, "chief"):
        assert services.session_items(world.organization("TU"), date(2026, 12, 15)) == []
    approved(world, made)
    with as_one(world, "agency_clerk"):
        unit = world.organization("TU")
        assert [one.content for one in services.session_items(unit, date(2026, 12, 15), body="BTV")] == [
            "Thứ nhất", "Thứ hai",
        ]  # fmt: skip
        assert services.session_items(unit, date(2026, 12, 15), body="BCH") == []
    with as_one(world, "stranger"):
        assert services.session_items(world.organization("TU"), date(2026, 12, 15)) == []


def test_a_dropped_item_of_a_draft_leaves_no_trace_in_the_counts(world, clock):
    made = make(world)
    one = item(world, made)
    on_item(world, "chief", services.drop_item, one)
    item(world, made, "Giữ lại")
    approved(world, made)
    with as_one(world, "chief"):
        assert [each.content for each in counted(read(world, made))] == ["Giữ lại"]
        assert Item.objects.filter(programme=made).count() == 2
