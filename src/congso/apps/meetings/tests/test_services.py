"""A meeting from its preparation to its conclusions, and what is refused on the way."""

from datetime import timedelta

import pytest

from congso.apps.meetings import services
from congso.apps.meetings.models import Event, Item, Opinion, Participant, Presence, Reply, Speech
from congso.apps.meetings.queries import attendance_of, tag_of
from congso.apps.meetings.services import Convened
from congso.apps.meetings.tests.factories import (
    NOW,
    STARTS,
    as_one,
    bring,
    closed,
    convened,
    delegate,
    do,
    draft,
    facts,
    item,
    note,
    opened,
    part,
    person,
    running,
    see,
)
from congso.kernel.access.services import Actor
from congso.kernel.files.models import Attachment
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db


def there(world, meeting, who="clerk"):
    with as_one(world, who):
        return attendance_of(see(world, who, meeting))


def test_calling_needs_chair_people_agenda_and_a_day_to_come(world):
    with pytest.raises(Refused, match="Chương trình họp chưa có"):
        do(world, "clerk", services.convene_meeting, draft(world, items=0))
    with pytest.raises(Refused, match="chủ trì"):
        do(world, "clerk", services.convene_meeting, draft(world, chair=None))
    with pytest.raises(Refused, match="đã qua"):
        do(world, "clerk", services.convene_meeting, draft(world), at=NOW + timedelta(days=1))
    with pytest.raises(Refused, match="hai người"):
        draft(world, secretary=person(world, "secretary"))
    made = draft(world)
    do(world, "clerk", services.convene_meeting, made)
    with pytest.raises(WrongState):
        do(world, "clerk", services.convene_meeting, made)
    with as_one(world, "head"):
        assert Notice.objects.filter(record=made.pk).exists()


def test_the_next_meeting_convenes_the_people_of_the_last(world):
    convened(world)
    clerk = Actor.person(world.clerk)
    with as_one(world, "clerk"):
        later = facts(world, starts_at=STARTS + timedelta(days=7), ends_at=STARTS + timedelta(days=7, hours=1))
        made = services.create_meeting(later, body=world.organization("TU"), by=clerk, at=NOW)
        people = set(Participant.objects.filter(meeting=made).values_list("person_id", flat=True))
    assert people == {world.secretary, world.agency_leader, world.commune_leader, world.head}


def test_a_change_is_told_with_its_reason_and_reaches_the_items(world):
    made = convened(world)
    do(world, "clerk", services.change_meeting, made, facts(world, place="Hội trường"), reason="Phòng họp sửa chữa")
    assert see(world, "stranger", item(world, made)).meets_in == "Hội trường"
    do(world, "clerk", services.set_people, made, [Convened(person(world, "secretary"))])
    with as_one(world, "head"):
        assert not Item.objects.filter(sitting=made.pk).exists()


def test_replies_are_kept_once_and_a_delegate_needs_mandate_and_leave(world):
    made = convened(world)
    for _press in range(2):
        do(world, "agency_leader", services.reply_to, made, "attend")
    with as_one(world, "clerk"):
        assert Reply.objects.count() == 1
    with pytest.raises(Refused, match="lý do"):
        do(world, "head", services.reply_to, made, "absent")
    with pytest.raises(Refused, match="ủy quyền"):
        do(world, "head", services.reply_to, made, "delegate", delegate=person(world, "specialist"))
    with pytest.raises(Refused, match="đã có trong thành phần"):
        do(world, "head", services.reply_to, made, "delegate", delegate=person(world, "secretary"), mandate="x")
    asked = delegate(world, made)
    with as_one(world, "specialist"):
        assert not Item.objects.filter(sitting=made.pk).exists()
    with pytest.raises(Refused, match="lý do"):
        do(world, "secretary", services.decide_delegate, made, asked, is_granted=False)
    do(world, "secretary", services.decide_delegate, made, asked, is_granted=True)
    with pytest.raises(Refused, match="đã được xem xét"):
        do(world, "clerk", services.decide_delegate, made, asked, is_granted=True)
    seated = part(world, made, "specialist")
    assert (seated.capacity, seated.is_voting, seated.replaces_id) == ("delegate", False, part(world, made, "head").pk)
    with as_one(world, "specialist"):
        assert Item.objects.filter(sitting=made.pk).count() == 2
    with pytest.raises(NotYours):
        do(world, "specialist", services.reply_to, made, "attend")


def test_late_papers_wait_for_the_chair(world):
    made = draft(world)
    do(world, "clerk", services.convene_meeting, made, at=NOW)
    first = item(world, made)
    late = bring(world, first, at=NOW + timedelta(days=1))
    assert late.is_late
    with pytest.raises(Refused, match="muộn"):
        do(world, "clerk", services.release_item, first)
    with pytest.raises(NotYours):
        do(world, "clerk", services.waive_late, first, note="Việc gấp")
    do(world, "secretary", services.waive_late, first, note="Việc gấp")
    do(world, "clerk", services.release_item, first)
    again = bring(world, first, at=NOW + timedelta(days=1))
    assert again.number == 2
    with as_one(world, "head"):
        assert Notice.objects.filter(record=first.pk, text__contains="bản mới").exists()


def test_attendance_by_code_and_by_hand_late_leaving_and_corrected(world, clock):
    made = convened(world)
    with as_one(world, "clerk"):
        code = services.room_code(see(world, "clerk", made))
    head = Actor.person(world.head)
    with as_one(world, "head"):
        mine = see(world, "head", made)
        given = services.pass_for(mine, code, by=head)
    for _press in range(2):
        do(world, "head", services.come_by_code, made, given)
    with pytest.raises(Refused, match="hết hạn"):  # the pass is in the head's name
        do(world, "agency_leader", services.come_by_code, made, given)
    with as_one(world, "clerk"):
        assert Presence.objects.count() == 1
    clock.shift(timedelta(minutes=5))
    with as_one(world, "agency_leader"), pytest.raises(Refused, match="hết hạn"):
        services.pass_for(see(world, "agency_leader", made), code, by=Actor.person(world.agency_leader))
    with pytest.raises(NotYours):
        note(world, made, "agency_leader", by="head")
    with pytest.raises(Refused, match="chưa được ghi"):
        note(world, made, "agency_leader", "left")
    with pytest.raises(Refused, match="tương lai"):
        note(world, made, "agency_leader", when=NOW + timedelta(hours=5), reason="x")
    with pytest.raises(Refused, match="lý do"):
        note(world, made, "head", "void")
    note(world, made, "head", "void", reason="Quét hộ")
    assert not next(
        one for one in there(world, made).lines if one.participant.person_id == world.head
    ).standing.has_been
    with as_one(world, "clerk"):
        assert Presence.objects.count() == 2  # nothing was altered


def test_no_sitting_without_a_quorum_and_the_rule_is_kept_with_its_source(world):
    made = convened(world)
    for who in ("secretary", "agency_leader"):
        note(world, made, who)
    with pytest.raises(Refused, match="cần ít nhất 3"):
        do(world, "secretary", services.open_meeting, made)
    asked = delegate(world, made)
    do(world, "clerk", services.decide_delegate, made, asked, is_granted=True)
    note(world, made, "specialist")  # who sits in does not make the quorum
    with pytest.raises(Refused, match="2/4"):
        do(world, "secretary", services.open_meeting, made)
    note(world, made, "commune_leader")
    do(world, "secretary", services.open_meeting, made, at=STARTS)
    kept = see(world, "head", made).quorum_kept
    assert (kept["present"], kept["members"], kept["is_verified"]) == (3, 4, False)
    assert "302-QĐ/TW" in kept["source"]
    note(world, made, "head", at=STARTS + timedelta(minutes=10))  # an absent member comes late
    late = next(one for one in there(world, made).lines if one.participant.person_id == world.head)
    assert late.standing.is_late(STARTS)


def test_the_agenda_runs_one_item_at_a_time_and_counts_its_time(world):
    made = running(world)
    first, second = item(world, made), item(world, made, 2)
    do(world, "secretary", services.start_item, first, at=STARTS)  # pressed twice
    with pytest.raises(Refused, match="kết thúc nội dung"):
        do(world, "secretary", services.close_meeting, made)
    do(world, "tracker", services.start_item, second, at=STARTS + timedelta(minutes=12))
    ended = item(world, made)
    assert (ended.state, ended.seconds_used) == ("done", 720)
    with pytest.raises(NotYours):
        do(world, "head", services.end_item, second)
    assert see(world, "head", second).state == "running"


def test_the_queue_one_waits_once_one_speaks_at_a_time(world):
    made, first = running(world), None
    first = item(world, made)
    mine = [do(world, "agency_leader", services.ask_to_speak, made, first) for _press in range(2)]
    assert mine[0].pk == mine[1].pk
    other = do(world, "commune_leader", services.ask_to_speak, made, first)
    with pytest.raises(NotYours):
        do(world, "head", services.drop_request, made, other)
    with pytest.raises(NotYours):
        do(world, "agency_leader", services.call_speaker, made, other)
    do(world, "secretary", services.call_speaker, made, mine[0])
    do(world, "secretary", services.call_speaker, made, other)
    with as_one(world, "clerk"):
        assert list(Speech.objects.order_by("id").values_list("state", flat=True)) == ["done", "speaking"]
    with pytest.raises(NotYours):
        do(world, "clerk", services.ask_to_speak, made, first)


def test_opinions_by_oneself_and_by_the_secretary(world):
    made = running(world)
    first = item(world, made)
    own = do(world, "agency_leader", services.write_opinion, made, first, "Đồng ý với tờ trình")
    do(world, "tracker", services.write_opinion, made, first, "Cần làm rõ", speaker=part(world, made, "commune_leader"))
    with pytest.raises(NotYours):
        do(world, "head", services.write_opinion, made, first, "x", speaker=part(world, made, "secretary"))
    with pytest.raises(NotYours):
        do(world, "commune_leader", services.change_opinion, made, own, "khác")
    do(world, "agency_leader", services.change_opinion, made, own, "Đồng ý, đề nghị bổ sung kinh phí")
    with as_one(world, "head"):
        assert [one.speaker_label.partition(",")[0] for one in Opinion.objects.all()] == ["Bùi Giả Định", "Lý Ví Dụ"]


def test_minutes_are_remarked_on_answered_confirmed_and_never_change(world):
    made = closed(world)
    do(world, "tracker", services.summarize_item, item(world, made), "Hội nghị thảo luận sôi nổi")
    with pytest.raises(WrongState):
        do(world, "head", services.remark_on_minutes, made, "Ghi thiếu")
    do(world, "tracker", services.circulate_minutes, made)
    said = do(world, "agency_leader", services.remark_on_minutes, made, "Ghi thiếu ý kiến của tôi")
    with pytest.raises(Refused, match="chưa được thư ký xem xét"):
        do(world, "tracker", services.sign_minutes, made)
    with pytest.raises(Refused, match="không tiếp thu"):
        do(world, "tracker", services.answer_remark, made, said, handling="explained")
    do(world, "tracker", services.answer_remark, made, said, handling="taken")
    with pytest.raises(NotYours):
        do(world, "clerk", services.sign_minutes, made)
    do(world, "tracker", services.sign_minutes, made)
    with pytest.raises(WrongState):
        do(world, "tracker", services.summarize_item, item(world, made), "Khác")
    with pytest.raises(NotYours):
        do(world, "tracker", services.conclude_meeting, made)
    do(world, "secretary", services.conclude_meeting, made)
    with as_one(world, "head"):
        held = see(world, "head", made)
        assert held.state == "concluded"
        assert Attachment.objects.filter(record=made.pk, name="Biên bản.docx").exists()
        text = str([getattr(one, "text", "") for one in services.minutes_body(held)])
    assert "thảo luận sôi nổi" in text
    assert "302-QĐ/TW" in text


def test_each_thing_that_happens_changes_what_pages_know(world):
    made = opened(world)
    with as_one(world, "head"):
        before = tag_of(made.pk)
        assert before == Event.objects.filter(meeting=made.pk).count()
    note(world, made, "head", at=STARTS)
    with as_one(world, "head"):
        assert tag_of(made.pk) == before + 1
