"""A meeting and the working programme: what was held, not reached, dropped, moved is known on both sides."""

from datetime import timedelta

import pytest

from congso.apps.meetings import services
from congso.apps.meetings.tests.factories import (
    MEMBERS,
    NOW,
    STARTS,
    as_one,
    bring,
    do,
    draft,
    facts,
    item,
    note,
    person,
    see,
)
from congso.apps.programme.models import Change, Item
from congso.apps.programme.queries import slipped, tally_of
from congso.apps.programme.services import carry_items, complete_item
from congso.apps.programme.tests import factories as programmes
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db
LATER = STARTS + timedelta(hours=1)
CONTENTS = ("Nghe báo cáo tháng", "Đề án số hóa", "Công tác cán bộ")


@pytest.fixture
def planned(world):
    """A month's programme with three items for the day, and the meeting that took them over, called."""
    made = programmes.make(world, body="BTV", day=NOW.date())
    for content in CONTENTS:
        programmes.item(world, made, content, session_on=NOW.date())
    programmes.approved(world, made)
    meeting = draft(world, items=0)
    assert do(world, "clerk", services.take_from_programme, meeting) == len(CONTENTS)
    do(world, "clerk", services.convene_meeting, meeting)
    return made, meeting


def sit(world, meeting, *, held: int = 1) -> None:
    """They come, take up the first of the items, and part."""
    for who in MEMBERS:
        note(world, meeting, who)
    do(world, "secretary", services.open_meeting, meeting, at=STARTS)
    for place in range(1, held + 1):
        do(world, "secretary", services.start_item, item(world, meeting, place), at=STARTS)
        do(world, "secretary", services.end_item, item(world, meeting, place), at=LATER)
    do(world, "secretary", services.close_meeting, meeting, at=LATER)


def how_they_stand(world, programme) -> dict[str, tuple[str, str, str]]:
    with as_one(world, "chief"):
        found = programmes.programme_of(programme.pk).items.all()
        return {one.content: (one.standing, one.last_heard.kind if one.last_heard else "", one.why) for one in found}


def test_what_a_sitting_took_up_and_did_not_is_known_to_the_programme(world, planned):
    programme, meeting = planned
    sit(world, meeting)
    told = how_they_stand(world, programme)
    assert told["Nghe báo cáo tháng"] == ("done", "held", "")
    assert told["Đề án số hóa"][:2] == ("planned", "missed")
    with as_one(world, "chief"):
        read = programmes.programme_of(programme.pk)
        today = NOW.date()  # the day itself is not over, the session is
        assert [one.content for one in slipped(read, today)] == list(CONTENTS[1:])
        assert "bế mạc" in slipped(read, today)[0].why
        tally = tally_of(read.items.all(), today)
        assert (tally.done, tally.overdue) == (1, 2)
    do(world, "secretary", services.reopen_meeting, meeting, note="Họp tiếp buổi chiều", at=LATER)
    do(world, "secretary", services.start_item, item(world, meeting, 2), at=LATER)
    do(world, "secretary", services.end_item, item(world, meeting, 2), at=LATER)
    assert how_they_stand(world, programme)["Đề án số hóa"] == ("done", "held", "")


def test_an_item_taken_off_is_put_off_or_withdrawn_with_its_reason(world, planned):
    programme, meeting = planned
    later = (NOW + timedelta(days=40)).date()
    first, second, third = (item(world, meeting, place) for place in (1, 2, 3))
    with pytest.raises(Refused, match="tháng lùi đến"):
        do(world, "clerk", services.drop_item, first, note="Chờ số liệu", kind="postponed")
    with pytest.raises(Refused, match="phải sau tháng"):
        do(world, "clerk", services.drop_item, first, note="Chờ số liệu", kind="postponed", to=NOW.date())
    do(world, "clerk", services.drop_item, first, note="Chờ số liệu", kind="postponed", to=later)
    do(world, "clerk", services.drop_item, second, note="Không còn phù hợp", kind="withdrawn")
    do(world, "clerk", services.drop_item, third, note="Thiếu tài liệu")
    assert how_they_stand(world, programme) == {
        CONTENTS[0]: ("postponed", "postponed", "Chờ số liệu"),
        CONTENTS[1]: ("withdrawn", "withdrawn", "Không còn phù hợp"),
        CONTENTS[2]: ("planned", "dropped", "Thiếu tài liệu"),
    }
    with as_one(world, "chief"):
        kept = list(Change.objects.order_by("id").values_list("kind", "reason", "by"))
    assert kept == [("postponed", "Chờ số liệu", world.clerk), ("withdrawn", "Không còn phù hợp", world.clerk)]


def test_another_day_and_no_day_at_all(world, planned):
    programme, meeting = planned
    day = STARTS + timedelta(days=2)
    told = facts(world, starts_at=day, ends_at=day + timedelta(hours=2))
    do(world, "clerk", services.change_meeting, meeting, told, reason="Chủ trì đi công tác")
    with as_one(world, "chief"):
        assert set(Item.objects.values_list("session_on", flat=True)) == {day.date()}
    assert how_they_stand(world, programme)[CONTENTS[0]] == ("planned", "moved", "")
    do(world, "clerk", services.cancel_meeting, meeting, note="Bão")
    assert how_they_stand(world, programme)[CONTENTS[0]][1] == "dropped"


def test_who_runs_it_needs_no_part_in_the_programme_and_gains_none(world, planned):
    programme, meeting = planned
    with as_one(world, "commune_leader"):
        seen = programmes.Programme.objects.filter(pk=programme.pk).exists()
    assert not seen
    do(world, "clerk", services.change_meeting, meeting, facts(world, chair=None), reason="Đổi chủ trì")
    told = facts(world, chair=person(world, "commune_leader"))
    do(world, "clerk", services.change_meeting, meeting, told, reason="Đổi chủ trì")
    for who in MEMBERS:
        note(world, meeting, who)
    do(world, "commune_leader", services.open_meeting, meeting, at=STARTS)
    do(world, "commune_leader", services.start_item, item(world, meeting), at=STARTS)
    do(world, "commune_leader", services.end_item, item(world, meeting), at=LATER)
    assert how_they_stand(world, programme)[CONTENTS[0]] == ("done", "held", "")
    with as_one(world, "commune_leader"):
        assert services.heard_of(see(world, "commune_leader", item(world, meeting)).programme_item_id) is None


def test_the_year_knows_what_its_month_took_up(world):
    year = programmes.make(world, span="Y", day=NOW.date().replace(month=1, day=1))
    source = programmes.item(world, year, month=NOW.date().replace(day=1))
    programmes.approved(world, year)
    month = programmes.make(world, day=NOW.date())
    programmes.do(world, "chief", carry_items, month, items=[source.pk])
    programmes.approved(world, month)
    with as_one(world, "chief"):
        carried = Item.objects.get(programme=month)
    programmes.on_item(world, "chief", complete_item, carried, on=NOW.date(), outcome="Kết luận số 5")
    with as_one(world, "chief"):
        assert Item.objects.get(pk=source.pk).standing == "done"


def test_papers_handed_in_for_the_meeting_are_in_for_the_programme(world, planned):
    programme, meeting = planned
    for _twice in range(2):
        bring(world, item(world, meeting))
    with as_one(world, "chief"):
        found = programmes.programme_of(programme.pk).items.all()
        assert [one.papers_in_on for one in found] == [NOW.date(), None, None]


def test_both_screens_say_it(world, planned, clock, signed_in):
    programme, meeting = planned
    first = item(world, meeting)
    clerk, chief = signed_in("clerk"), signed_in("chief")
    drop = f"/hop/noi-dung/{first.pk}/drop/"
    assert "Lùi đến tháng" in clerk.get(drop).content.decode()
    assert clerk.post(drop, {"note": "Chờ số liệu", "kind": "postponed", "to": ""}).status_code == 422
    assert clerk.post(drop, {"note": "Chờ số liệu", "kind": "x", "to": "2099-99"}).status_code == 422
    assert clerk.post(drop, {"note": "Chờ số liệu", "kind": "postponed", "to": "2026-12"}).status_code == 302
    shown = chief.get(f"/chuong-trinh/{programme.pk}/").content.decode()
    assert f"/hop/{meeting.pk}/" in shown
    assert "Chờ số liệu" in shown
    assert "Lùi đến tháng 12/2026" in shown
    page = chief.get(f"/hop/noi-dung/{first.pk}/").content.decode()
    assert f"/chuong-trinh/{programme.pk}/#nd-{first.programme_item_id}" in page
    do(world, "clerk", services.drop_item, item(world, meeting, 2), note="Thiếu tài liệu")
    assert "Thiếu tài liệu" in chief.get("/chuong-trinh/ket-qua/").content.decode()
