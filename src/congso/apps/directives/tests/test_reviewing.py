"""Going through proposals: what each act does, what it refuses, and that every one can be undone."""

import pytest

from congso.apps.directives.models import Mention, ProposalChange, ProposedTask
from congso.apps.directives.queries import SHOWING, doubts_about
from congso.apps.directives.services import (
    Correction,
    InvalidProposals,
    Toward,
    confirm_certain,
    confirm_proposals,
    correct_proposal,
    drop_proposals,
    fail_reading,
    join_with_next,
    move_words,
    resolve_unit,
    restore_proposals,
    split_proposal,
    start_reading,
    store_proposals,
    undo_last_change,
)
from congso.apps.directives.tests.factories import NOW
from congso.apps.directives.tests.reading_factories import (
    PROPOSALS,
    ready,
    resolver,
    review,
    rows_of,
    source_of,
    started,
)
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.models import Job
from congso.kernel.journal.models import Entry
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def texts(world, reading) -> list[str]:
    return [row.text for row in rows_of(world, reading) if row.state != "dropped"]


def states(world, reading) -> list[str]:
    return [row.state for row in rows_of(world, reading)]


def test_a_reading_is_queued_and_journaled_in_one_go(world):
    reading = started(world)
    assert reading.job.state == Job.State.WAITING
    assert reading.job.arguments == {"reading_id": reading.pk}
    with acting_as(Actor.person(world.chief)):
        assert ProposedTask.objects.count() == 0


def test_a_second_press_finds_the_reading_under_way(world):
    source = source_of(world)
    assert started(world, source=source).pk == started(world, source=source, who="tracker").pk


@pytest.mark.parametrize("who", ["clerk", "specialist", "head"])
def test_only_who_assigns_has_a_document_read(world, who):
    source = source_of(world)
    with acting_as(Actor.person(getattr(world, who))) as _, pytest.raises(NotYours):
        start_reading(source, organization=world.organization("VPTU"), by=Actor.person(getattr(world, who)), at=NOW)


def test_what_was_read_is_stored_once_with_units_and_kinds_of_deadline(world):
    reading = ready(world)
    with acting_as(Actor.person(world.chief)):
        again = store_proposals(reading, PROPOSALS, resolve=resolver(world), pages=(), engine_note="", at=NOW)
    rows = rows_of(world, reading)
    assert (again, len(rows), reading.state) == (0, 5, "ready")
    assert [row.deadline_kind for row in rows] == ["fixed", "recurring", "fixed", "as_directed", "fixed"]
    assert rows[0].led_by == Mention("VPTU", (world.organizations["VPTU"],))
    assert rows[2].led_by.is_group
    assert rows[0].places == [[1, 60, 200, 530, 240]]


def test_what_failed_says_why_but_never_undoes_a_finished_reading(world):
    reading, done = started(world), ready(world)
    with acting_as(Actor.person(world.chief)):
        fail_reading(reading, message="Tệp không có chữ.")
        fail_reading(done, message="Tệp không có chữ.")
        reading.refresh_from_db()
        done.refresh_from_db()
    assert (reading.state, reading.message, done.state) == ("failed", "Tệp không có chữ.", "ready")


def test_the_filters_find_what_needs_a_person(world):
    rows = rows_of(world, ready(world))
    shown = {key: [row.clause for row in rows if holds(row)] for key, holds in SHOWING.items()}
    assert shown["look"] == ["III.2", "III.3"]
    assert shown["unit"] == ["III.2"]
    assert shown["undated"] == ["III.3"]
    assert shown["dropped"] == []
    assert doubts_about(rows[3]) == ["Chủ trì: Không có đơn vị nào tên “Ban lạ”."]
    assert doubts_about(rows[4]) == ["Chữ mờ", "Máy đọc chưa chắc (60%)"]


def test_all_certain_rows_are_confirmed_at_once_and_that_is_undone_at_once(world):
    reading = ready(world)
    assert review(world, "tracker", confirm_certain, reading) == 3
    assert states(world, reading) == ["confirmed"] * 3 + ["proposed"] * 2
    review(world, "tracker", undo_last_change, reading)
    assert states(world, reading) == ["proposed"] * 5


def test_a_row_without_a_known_lead_is_not_confirmed_and_nothing_else_either(world):
    reading = ready(world)
    rows = rows_of(world, reading)
    with pytest.raises(InvalidProposals, match="Ban lạ") as refused:
        review(world, "chief", confirm_proposals, reading, [rows[0].pk, rows[3].pk])
    assert refused.value.rows == {rows[3].pk: {"lead": "Không có đơn vị nào tên “Ban lạ”."}}
    assert states(world, reading) == ["proposed"] * 5


def test_dropped_rows_have_a_reason_and_come_back(world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    review(world, "chief", drop_proposals, reading, [row.pk], reason="Chỉ là chỉ tiêu")
    assert rows_of(world, reading)[0].reason == "Chỉ là chỉ tiêu"
    review(world, "chief", restore_proposals, reading, [row.pk])
    assert (rows_of(world, reading)[0].state, rows_of(world, reading)[0].reason) == ("proposed", "")


def test_a_correction_settles_doubts_and_may_confirm(world):
    reading = ready(world)
    row = rows_of(world, reading)[4]
    lead = Mention("VPTU", (world.organizations["BTC"],))
    review(
        world, "chief", correct_proposal, reading, row.pk,
        Correction("Tổng kết năm", lead, due="2026-12-31", clause="III.3"), is_confirmed=True,
    )  # fmt: skip
    row = rows_of(world, reading)[4]
    assert (row.text, row.state, row.led_by, row.doubt, row.confidence) == ("Tổng kết năm", "confirmed", lead, "", 1.0)
    review(world, "chief", undo_last_change, reading)
    row = rows_of(world, reading)[4]
    assert (row.text, row.state, row.doubt, row.confidence) == ("Tổng kết", "proposed", "Chữ mờ", 0.6)


def test_a_correction_without_words_is_refused(world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    with pytest.raises(InvalidProposals, match="nội dung"):
        review(world, "chief", correct_proposal, reading, row.pk, Correction(" ", row.led_by))


def test_a_unit_is_named_once_for_every_row_that_writes_it_so(world):
    reading = ready(world, [*PROPOSALS[3:4] * 2, *PROPOSALS[:1]])
    found = Mention("ban LẠ", (world.organizations["MT"],))
    assert review(world, "chief", resolve_unit, reading, found) == 2
    assert [row.led_by.is_resolved for row in rows_of(world, reading)] == [True] * 3
    review(world, "chief", undo_last_change, reading)
    first = rows_of(world, reading)[0]
    assert review(world, "chief", resolve_unit, reading, found, row_id=first.pk) == 1
    with pytest.raises(Refused, match="Không còn dòng"):
        review(world, "chief", resolve_unit, reading, Mention("Sở xa", found.organizations))


def test_a_row_the_machine_joined_is_split_and_undone(world):
    reading = ready(world)
    row = rows_of(world, reading)[3]
    review(world, "chief", split_proposal, reading, row.pk, ["Tập huấn kỹ năng số.", "Kiểm tra việc học"])
    assert texts(world, reading)[3:] == ["Tập huấn kỹ năng số.", "Kiểm tra việc học", "Tổng kết"]
    new = rows_of(world, reading)[4]
    assert (new.split_from_id, new.led_by, new.places) == (row.pk, row.led_by, row.places)
    review(world, "chief", undo_last_change, reading)
    assert texts(world, reading)[3:] == ["Tập huấn kỹ năng số. Kiểm tra việc học", "Tổng kết"]


def test_a_row_the_machine_broke_is_joined_and_nothing_is_lost(world):
    reading = ready(world)
    first, second = rows_of(world, reading)[:2]
    review(world, "chief", join_with_next, reading, first.pk)
    joined = rows_of(world, reading)[0]
    assert joined.text == "Xây dựng kho dữ liệu dùng chung Báo cáo tiến độ thực hiện"
    assert joined.doubt == "Dòng gộp ghi chủ trì khác: BTCTU"
    assert len(joined.places) == 2
    with acting_as(Actor.person(world.chief)):
        kept = ProposedTask.objects.get(pk=second.pk)
    assert (kept.merged_into_id, kept.state, kept.text) == (first.pk, "dropped", second.text)
    review(world, "chief", undo_last_change, reading)
    assert texts(world, reading)[:2] == [first.text, second.text]


def test_words_move_to_the_row_before_or_behind(world):
    reading = ready(world)
    row = rows_of(world, reading)[3]
    parts = ["Tập huấn kỹ năng số.", "Kiểm tra việc học"]
    review(world, "chief", move_words, reading, row.pk, parts, toward=Toward.NEXT)
    assert texts(world, reading)[3:] == ["Tập huấn kỹ năng số.", "Kiểm tra việc học Tổng kết"]
    review(world, "chief", undo_last_change, reading)
    review(world, "chief", move_words, reading, row.pk, parts, toward=Toward.PREVIOUS)
    assert texts(world, reading)[2:4] == ["Rà soát thiết bị Tập huấn kỹ năng số.", "Kiểm tra việc học"]


def test_the_last_row_has_no_next_and_a_cut_needs_two_parts(world):
    reading = ready(world)
    last = rows_of(world, reading)[-1]
    with pytest.raises(Refused, match="Không có dòng nào bên cạnh"):
        review(world, "chief", join_with_next, reading, last.pk)
    with pytest.raises(Refused, match="con trỏ"):
        review(world, "chief", split_proposal, reading, last.pk, ["Tổng kết", " "])


def test_nobody_undoes_what_a_colleague_went_on_from(world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    review(world, "chief", confirm_proposals, reading, [row.pk])
    review(world, "tracker", drop_proposals, reading, [row.pk])
    with pytest.raises(Refused, match="người khác sửa tiếp"):
        review(world, "chief", undo_last_change, reading)
    review(world, "tracker", undo_last_change, reading)
    review(world, "chief", undo_last_change, reading)
    assert states(world, reading) == ["proposed"] * 5
    with pytest.raises(Refused, match="Không có thao tác"):
        review(world, "chief", undo_last_change, reading)


def test_doing_what_is_done_already_leaves_no_trace(world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    review(world, "chief", confirm_proposals, reading, [row.pk])
    review(world, "chief", confirm_proposals, reading, [row.pk])
    with acting_as(Actor.person(world.chief)):
        assert ProposalChange.objects.count() == 1


def test_a_row_that_was_joined_away_is_told_to_whoever_still_looks_at_it(world):
    reading = ready(world)
    first, second = rows_of(world, reading)[:2]
    review(world, "chief", join_with_next, reading, first.pk)
    with pytest.raises(WrongState, match="tách hoặc gộp"):
        review(world, "tracker", confirm_proposals, reading, [second.pk])


@pytest.mark.parametrize("who", ["clerk", "specialist", "stranger", "agency_leader", "reader"])
def test_who_does_not_assign_changes_nothing(world, who):
    reading = ready(world)
    actor = Actor.person(getattr(world, who))
    with acting_as(actor), pytest.raises(NotYours):
        confirm_certain(reading, by=actor, at=NOW)


def test_the_start_of_a_reading_stands_in_the_journal(world, as_owner):
    reading = started(world)
    with acting_as(Actor.person(world.auditor)):
        assert Entry.objects.filter(act="task.read_plan", record_id=reading.record_id).count() == 1
