"""Guests by item, withdrawn papers, private notes, other people's rows: asked of the database itself."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.meetings import services
from congso.apps.meetings.tests.factories import (
    STARTS,
    as_one,
    bring,
    closed,
    convened,
    delegate,
    do,
    draft,
    item,
    opened,
    part,
    running,
)

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "secretary", "tracker", "clerk", "chief", "agency_leader", "head", "agency_clerk", "stranger", "specialist",
    "administrator", "reader",
)  # fmt: skip


def rows(world, who, query, *values):
    with as_one(world, who), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def seers(world, query, *values):
    return {who for who in EVERYBODY if rows(world, who, query, *values)}


def refused(world, who, statement, *values):
    """Whether the database lets nothing happen: an error, or no row."""
    with as_one(world, who), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, values)
                return cursor.rowcount == 0
        except DatabaseError:
            return True


def test_a_guest_sees_her_item_and_nothing_else_of_the_meeting(world):
    made = convened(world)
    first, second = item(world, made), item(world, made, 2)
    office = {"secretary", "tracker", "clerk", "chief", "reader"}
    assert seers(world, "SELECT 1 FROM meetings_meeting WHERE record_ptr_id = %s", made.pk) == office | {
        "agency_leader", "head",
    }  # fmt: skip
    assert seers(world, "SELECT 1 FROM meetings_item WHERE record_ptr_id = %s", first.pk) == office | {
        "agency_leader", "head", "agency_clerk", "stranger",
    }  # fmt: skip
    files = "SELECT 1 FROM files_attachment WHERE record_id = %s"
    assert "stranger" in seers(world, files, first.pk)
    assert "stranger" not in seers(world, "SELECT 1 FROM records_record WHERE id = %s", second.pk)
    for table in ("participant", "event", "speech", "opinion", "conclusion"):
        assert rows(world, "stranger", f"SELECT 1 FROM meetings_{table} WHERE meeting_id = %s", made.pk) == []
    do(world, "clerk", services.set_guests, first, [])
    assert "stranger" not in seers(world, files, first.pk)


def test_papers_are_read_by_nobody_of_the_body_before_they_are_released(world):
    made = draft(world)
    first = item(world, made)
    bring(world, first)
    do(world, "clerk", services.convene_meeting, made)
    files = "SELECT 1 FROM files_attachment WHERE record_id = %s"
    assert "head" not in seers(world, files, first.pk)
    do(world, "clerk", services.release_item, first)
    assert "head" in seers(world, files, first.pk)
    do(world, "clerk", services.hold_item, first, note="Sửa lại")
    assert "head" not in seers(world, files, first.pk)


def test_withdrawn_papers_open_to_nobody_by_any_address(world, signed_in):
    made = running(world)
    first = item(world, made)
    ((attachment,),) = rows(world, "clerk", "SELECT id FROM files_attachment WHERE record_id = %s", first.pk)
    assert signed_in("head").get(f"/tep/{attachment}/tai-ve/").status_code == 200
    do(world, "secretary", services.end_item, first, at=STARTS)
    do(world, "secretary", services.close_meeting, made, at=STARTS + timedelta(hours=1))
    assert seers(world, "SELECT 1 FROM files_attachment WHERE id = %s", attachment) == set()
    assert seers(world, "SELECT 1 FROM files_pagetext WHERE attachment_id = %s", attachment) == set()
    for who in ("head", "secretary", "clerk", "stranger"):
        for address in (f"/tep/{attachment}/tai-ve/", f"/tep/{attachment}/xem/", f"/tep/{attachment}/trang/1/800/"):
            assert signed_in(who).get(address).status_code == 404
    assert signed_in("head").get(f"/hop/noi-dung/{first.pk}/").status_code == 200


def test_private_notes_are_their_authors_alone(world):
    made = convened(world)
    first = item(world, made)
    with as_one(world, "head"):
        version = services.papers.PaperVersion.objects.get()
    do(world, "head", services.note_on_paper, first, version, page=1, text="Hỏi về kinh phí")
    assert seers(world, "SELECT 1 FROM meetings_papernote") == {"head"}
    assert refused(world, "administrator", "UPDATE meetings_papernote SET text = 'x'")
    insert = "INSERT INTO meetings_papernote (version_id, person_id, page, text, at) VALUES (%s, %s, 0, 'x', now())"
    assert refused(world, "agency_leader", insert, version.pk, world.head)
    assert refused(world, "administrator", insert, version.pk, world.administrator)  # she does not see the paper


def test_reasons_of_absence_are_seen_by_who_runs_the_meeting(world):
    made = convened(world)
    do(world, "head", services.reply_to, made, "absent", reason="Đi khám bệnh")
    seen = seers(world, "SELECT 1 FROM meetings_reply")
    assert seen == {"head", "secretary", "tracker", "clerk", "chief"}


def test_nobody_writes_in_anothers_name(world):
    made = opened(world)
    mine, hers = part(world, made, "agency_leader"), part(world, made, "head")
    first = item(world, made)
    presence = (
        "INSERT INTO meetings_presence (participant_id, kind, way, at, noted_at, reason, by_label)"
        " VALUES (%s, 'came', %s, now(), now(), '', 'x')"
    )
    assert refused(world, "agency_leader", presence, hers.pk, "code")
    assert refused(world, "agency_leader", presence, mine.pk, "hand")
    speech = (
        "INSERT INTO meetings_speech (meeting_id, item_id, participant_id, state, about, asked_at)"
        " VALUES (%s, %s, %s, 'waiting', '', now())"
    )
    assert refused(world, "agency_leader", speech, made.pk, first.pk, hers.pk)
    opinion = (
        "INSERT INTO meetings_opinion (meeting_id, item_id, participant_id, speaker_label, text, by_id, by_label, at)"
        " VALUES (%s, %s, %s, 'x', 'x', %s, 'x', now())"
    )
    assert refused(world, "agency_leader", opinion, made.pk, first.pk, hers.pk, world.agency_leader)
    assert refused(world, "agency_leader", "UPDATE meetings_participant SET is_voting = false")
    assert refused(world, "agency_leader", "UPDATE meetings_meeting SET place = 'x'")
    assert refused(world, "clerk", "DELETE FROM meetings_participant")
    assert refused(world, "clerk", "UPDATE meetings_presence SET kind = 'left'")


def test_a_mandate_is_granted_by_who_convened_alone(world):
    made = convened(world)
    asked = delegate(world, made)
    grant = "UPDATE meetings_reply SET decision = 'granted' WHERE id = %s"
    assert refused(world, "head", grant, asked.pk)
    assert refused(world, "specialist", grant, asked.pk)
    reply = (
        "INSERT INTO meetings_reply (participant_id, answer, reason, delegate_id, delegate_label, mandate, at,"
        " decision, decided_by_label, decided_reason)"
        " VALUES (%s, 'delegate', '', %s, 'x', 'x', now(), 'granted', '', '')"
    )
    assert refused(world, "head", reply, part(world, made, "head").pk, world.specialist)


def test_a_concluded_sitting_takes_nothing_more(world):
    made = closed(world)
    mine = part(world, made, "agency_leader")
    do(world, "tracker", services.sign_minutes, made)
    do(world, "secretary", services.conclude_meeting, made)
    remark = (
        "INSERT INTO meetings_remark (meeting_id, participant_id, text, at, handling, answer)"
        " VALUES (%s, %s, 'x', now(), 'open', '')"
    )
    assert refused(world, "agency_leader", remark, made.pk, mine.pk)
    assert refused(world, "agency_leader", "UPDATE meetings_opinion SET text = 'x'")
