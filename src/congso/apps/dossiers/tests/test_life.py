"""A dossier from the catalogue to destruction, and what each rule of office 5 refuses on the way."""

from datetime import date, timedelta

import pytest

from congso.apps.dossiers.models import (
    ArchivedFile,
    Card,
    Catalogue,
    DestroyedFile,
    Dossier,
    Entry,
    HandOver,
    ReadingLog,
)
from congso.apps.dossiers.queries import catalogue_of, documents_in, dossier_of, entries_of, expired, late
from congso.apps.dossiers.services import checking, disposing, reading
from congso.apps.dossiers.services.catalogues import copy_last_year, draft_catalogue
from congso.apps.dossiers.services.closing import Incomplete, close_dossier, reopen_dossier
from congso.apps.dossiers.services.dossiers import open_from_line, pass_over, share_dossier
from congso.apps.dossiers.services.filing import file_records, move_entry, take_out
from congso.apps.dossiers.services.handing_over import receive_hand_over
from congso.apps.dossiers.services.keeping import hold_dossier
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.kernel.directory.models import Person
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment
from congso.kernel.files.services import attach
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Link, Record
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=365 * 12)


def test_a_catalogue_is_issued_and_dossiers_open_from_its_lines(world):
    catalogue = made.issued(world)
    with by(world, "specialist") as actor:
        line = catalogue_of(catalogue.pk).lines.all()[0]
        dossier = open_from_line(line, by=actor, at=NOW)
        assert (dossier.number, dossier.retention, dossier.year) == ("01-TH", "permanent", 2026)
        assert dossier.owner_id == world.organizations["VPTU"]
        with pytest.raises(Refused, match="đã được mở"):
            open_from_line(catalogue_of(catalogue.pk).lines.all()[0], by=actor, at=NOW)


def test_next_years_catalogue_is_copied_with_its_year(world):
    made.issued(world, 2026)
    with by(world, "head") as actor:
        second = draft_catalogue(world.organization("TH"), year=2027, by=actor, at=NOW)
        assert copy_last_year(second, by=actor, at=NOW) == 2
        assert second.lines.first().title == "Hồ sơ tổng kết năm 2027"
        assert copy_last_year(Catalogue.objects.get(pk=second.pk), by=actor, at=NOW) == 0
        with pytest.raises(Refused, match="đã có danh mục"):
            draft_catalogue(world.organization("TH"), year=2027, by=actor, at=NOW)
    with by(world, "stranger") as actor, pytest.raises(NotYours):
        draft_catalogue(world.organization("TH"), year=2027, by=actor, at=NOW)


def test_a_secret_dossier_is_not_opened(world):
    with pytest.raises(Refused, match="mật"):
        made.opened(world, mode="03")


def test_closing_is_blocked_until_nothing_is_missing_and_names_what_is(world):
    dossier = made.opened(world)
    made.paper(world, dossier, pages=None, issued_on=None)
    with by(world, "head") as actor:
        with pytest.raises(Incomplete) as refused:
            close_dossier(dossier_of(dossier.pk), by=actor, at=NOW)
        assert {(gap.position, gap.field) for gap in refused.value.gaps} == {(1, "issued_on"), (1, "pages")}
        made.complete(dossier, actor)
        close_dossier(dossier_of(dossier.pk), by=actor, at=NOW)
        shut = dossier_of(dossier.pk)
    assert (shut.state, shut.total_documents, shut.total_pages) == ("closed", 1, 2)
    # A paper dossier has until 31/12 of the next year.
    assert shut.due_on == date(2027, 12, 31)


def test_a_digital_dossier_is_due_in_sixty_days(world):
    dossier = made.opened(world)
    made.paper(world, dossier, reliability="01")
    with by(world, "head") as actor:
        close_dossier(dossier_of(dossier.pk), by=actor, at=NOW)
    assert made.fresh(world, dossier).due_on == date(2027, 1, 22)
    with by(world, "head"):
        assert list(late(Dossier.objects.all(), date(2027, 1, 23))) == [dossier]
        assert not late(Dossier.objects.all(), date(2027, 1, 22))


def test_a_closed_dossier_is_read_only_and_only_the_archive_reopens_it_with_a_reason(world):
    dossier = made.closed(world)
    with by(world, "specialist") as actor, pytest.raises(WrongState):
        file_records(dossier_of(dossier.pk), [], by=actor, at=NOW)
    with by(world, "head") as actor, pytest.raises(NotYours):
        reopen_dossier(dossier_of(dossier.pk), note="Thiếu", by=actor, at=NOW)
    with by(world, "clerk") as actor:
        with pytest.raises(ReasonMissing):
            reopen_dossier(dossier_of(dossier.pk), note="", by=actor, at=NOW)
        reopen_dossier(dossier_of(dossier.pk), note="Thiếu phụ lục", by=actor, at=NOW)
    assert made.fresh(world, dossier).state == "filling"


def test_who_sees_a_dossier_does_not_thereby_see_its_documents(world):
    dossier = made.filled(world, record=True)
    with by(world, "head") as actor:
        share_dossier(dossier_of(dossier.pk), person=Person.objects.get(pk=world.tracker), by=actor, at=NOW)
        assert entries_of(dossier).count() == 2
    with by(world, "tracker"):
        assert documents_in(dossier) == 2
        assert [one.kind for one in entries_of(dossier)] == ["paper"]
        assert not Record.objects.filter(type="dossier_catalogue").exists()
    with by(world, "stranger"):
        assert documents_in(dossier) == 0
        assert not Dossier.objects.filter(pk=dossier.pk).exists()


def test_who_may_not_see_a_document_of_it_cannot_close_it(world):
    dossier = made.opened(world)
    made.paper(world, dossier)
    record = made.document(world, unit="CDS", who="other_head")  # of another room
    with by(world, "head") as actor:
        pass_over(dossier_of(dossier.pk), to=Person.objects.get(pk=world.clerk), note="Bàn giao", by=actor, at=NOW)
    with by(world, "clerk") as actor:
        file_records(dossier_of(dossier.pk), [Record.objects.get(pk=record.pk)], by=actor, at=NOW)
    with by(world, "head") as actor, pytest.raises(Refused, match="không có quyền xem"):
        close_dossier(dossier_of(dossier.pk), by=actor, at=NOW)


def test_the_document_shows_its_dossier_and_is_taken_out_again(world):
    dossier = made.filled(world, record=True)
    with by(world, "head") as actor:
        entry = entries_of(dossier).exclude(record=None).get()
        assert Link.objects.filter(source_id=entry.record_id, target_id=dossier.pk, kind="dossier").exists()
        move_entry(entry, to=1, by=actor, at=NOW)
        assert [one.kind for one in entries_of(dossier)] == ["record", "paper"]
        take_out(Entry.objects.get(pk=entry.pk), note="Nhầm hồ sơ", by=actor, at=NOW)
        assert [one.position for one in entries_of(dossier)] == [1]
        assert not Link.objects.filter(target_id=dossier.pk).exists()


def test_the_archive_accepts_keeps_the_files_and_computes_retention(world):
    dossier = made.archived(world, record=True)
    assert (dossier.state, dossier.review_after) == ("archived", date(2036, 12, 31))
    with by(world, "clerk"):
        assert ArchivedFile.objects.filter(entry__dossier=dossier).count() == 1
        card = Card.objects.get(pk=dossier.pk)
        assert card.code == "P01.2026.01-TH"
    with by(world, "stranger"):
        assert Card.objects.filter(pk=dossier.pk).exists()  # the catalogue is open, the dossier is not
        assert not Dossier.objects.filter(pk=dossier.pk).exists()
        assert not Entry.objects.exists()


def test_a_conditional_dossier_is_in_nobody_elses_catalogue(world):
    dossier = made.archived(world, mode="02")
    with by(world, "stranger"):
        assert not Card.objects.exists()
    with by(world, "specialist"):
        assert Card.objects.filter(pk=dossier.pk).exists()


def test_the_archive_returns_one_with_its_reason_and_it_is_open_again(world):
    dossier = made.closed(world)
    delivery = made.handed_over(world, dossier)
    made.fonds(world)
    with by(world, "clerk") as actor:
        handed = HandOver.objects.select_related("owner").get(pk=delivery.pk)
        with pytest.raises(Refused, match="lý do"):
            receive_hand_over(handed, returned={dossier.pk: " "}, by=actor, at=NOW)
        receive_hand_over(handed, returned={dossier.pk: "Thiếu trang 3"}, by=actor, at=NOW)
        assert handed.items.get().reason == "Thiếu trang 3"
        assert handed.number.endswith("/2026/BBGN")
    assert made.fresh(world, dossier).state == "filling"
    with by(world, "specialist"):
        assert Notice.objects.filter(record_id=dossier.pk).exists()


def test_permanent_never_enters_disposal_not_even_by_sql(world, django_db_blocker):
    dossier = made.archived(world, retention="permanent")
    assert dossier.review_after is None
    with by(world, "clerk") as actor, pytest.raises(Refused, match="vĩnh viễn"):
        disposing.draft_disposal([dossier_of(dossier.pk)], by=actor, at=LATER)
    from django.db import DatabaseError, connection, transaction

    with by(world, "clerk"), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT congso.destroy_archived(%s, 1, now())", [dossier.pk])
    with by(world, "clerk"), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE dossiers_dossier SET destroyed_at = now()")


def test_disposal_runs_from_the_list_to_proof_and_leaves_metadata(world):
    dossier = made.archived(world, record=True)
    with by(world, "clerk"):
        assert list(expired(Dossier.objects.all(), LATER.date())) == [dossier]
        file = ArchivedFile.objects.get(entry__dossier=dossier)
        path = store().path(file.sha256)
    assert path.exists()
    disposal = made.in_disposal(world, dossier, at=LATER)
    with by(world, "clerk") as actor:
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=LATER)
        assert path.exists()  # marked; the bytes go in a job of their own
        with pytest.raises(Refused, match="chưa hủy xong"):
            disposing.finish_disposal(made.current(disposal), by=actor, at=LATER)
        assert disposing.destroy_files(made.current(disposal), by=actor, at=LATER) == 1
        assert disposing.destroy_files(made.current(disposal), by=actor, at=LATER) == 0
        disposing.finish_disposal(made.current(disposal), witness="Đỗ Thử Nhắc", by=actor, at=LATER)
        proof = DestroyedFile.objects.get()
        assert (proof.sha256, proof.destroyed_at) == (file.sha256, LATER)
        assert Dossier.objects.get(pk=dossier.pk).title  # metadata and trail stay
        assert entries_of(dossier).count() == 2
        assert Attachment.objects.filter(blob_id=file.sha256).exists()
    assert not path.exists()
    assert made.fresh(world, dossier).state == "destroyed"


def test_bytes_another_dossier_needs_are_kept_and_said_so(world):
    dossier = made.archived(world, record=True)
    with by(world, "head") as actor:
        record = Record.objects.get(pk=entries_of(dossier).exclude(record=None).get().record_id)
    second = made.opened(world, symbol="02-TH", retention="permanent")
    with by(world, "head") as actor:
        file_records(dossier_of(second.pk), [record], by=actor, at=NOW)
        made.complete(second, actor)
        close_dossier(dossier_of(second.pk), by=actor, at=NOW)
    disposal = made.in_disposal(world, dossier, at=LATER)
    with by(world, "clerk") as actor:
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=LATER)
        assert disposing.destroy_files(made.current(disposal), by=actor, at=LATER) == 0
        proof = DestroyedFile.objects.get()
        assert proof.is_needed_elsewhere
        assert store().path(proof.sha256).exists()


def test_bytes_that_came_to_be_needed_before_the_job_are_kept(world):
    dossier = made.archived(world, record=True)
    disposal = made.in_disposal(world, dossier, at=LATER)
    with by(world, "clerk") as actor:
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=LATER)
        proof = DestroyedFile.objects.get()
        named = Attachment.objects.filter(blob_id=proof.sha256).select_related("record", "blob").get()
    newer = made.opened(world, symbol="02-TH")
    with by(world, "clerk") as actor:
        attach(newer, named.blob, name="ban-moi.pdf", role=Attachment.Role.ENCLOSURE, by=actor, at=LATER)
        assert disposing.destroy_files(made.current(disposal), by=actor, at=LATER) == 0
        proof.refresh_from_db()
        assert (proof.is_needed_elsewhere, proof.destroyed_at) == (True, None)
        assert store().path(proof.sha256).exists()
        disposing.finish_disposal(made.current(disposal), by=actor, at=LATER)


def test_nothing_is_destroyed_without_a_decision_or_while_held(world):
    dossier = made.archived(world)
    disposal = made.in_disposal(world, dossier, until="concluded", at=LATER)
    with by(world, "clerk") as actor, pytest.raises(WrongState):
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=LATER)
    with by(world, "chief") as actor:
        with pytest.raises(Refused, match="số, ký hiệu"):
            disposing.decide_disposal(made.current(disposal), decision=" ", decided_on=LATER.date(), by=actor, at=LATER)
        disposing.decide_disposal(
            made.current(disposal), decision="5-QĐ/VPTU", decided_on=LATER.date(), by=actor, at=LATER
        )
        hold_dossier(dossier_of(dossier.pk), note="Thanh tra yêu cầu", by=actor, at=LATER)
    with by(world, "clerk") as actor, pytest.raises(Refused, match="không hủy"):
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=LATER)
    assert made.fresh(world, dossier).state == "review"


def test_reading_is_granted_for_days_and_every_look_is_kept(world, clock):
    dossier = made.archived(world, record=True)
    wish = made.wished(world, dossier)
    with by(world, "agency_specialist"):
        assert not ArchivedFile.objects.exists()
    with by(world, "clerk") as actor:
        reading.grant_reading(wish, by=actor, at=NOW)
    with by(world, "agency_specialist") as actor:
        file = ArchivedFile.objects.select_related("entry").get()
        target = Dossier(pk=dossier.pk, owner_id=dossier.owner_id)
        reading.note_look(target, ReadingLog.Act.READ, entry=file.entry, file=file, page=1, by=actor, at=NOW)
        assert ReadingLog.objects.count() == 1
    with by(world, "clerk"):
        assert ReadingLog.objects.get().label.startswith("Dương Thử Việc")
    with by(world, "stranger"):
        assert not ReadingLog.objects.exists()


def test_a_conditional_dossier_is_granted_by_the_head_alone(world):
    dossier = made.archived(world, mode="02")
    wish = made.wished(world, dossier, who="other_head")
    with by(world, "clerk") as actor, pytest.raises(NotYours):
        reading.grant_reading(wish, by=actor, at=NOW)
    with by(world, "chief") as actor:
        reading.grant_reading(wish, by=actor, at=NOW)
    assert wish.granted_label.startswith("Trần Thử Chánh")


def test_paper_is_lent_and_comes_back(world):
    dossier = made.archived(world)
    wish = made.wished(world, dossier, way="paper")
    with by(world, "clerk") as actor:
        reading.grant_reading(wish, by=actor, at=NOW)
        reading.lend_paper(wish, by=actor, at=NOW)
        assert wish.return_by == date(2026, 12, 3)
    assert checking.remind(at=NOW + timedelta(days=11)) == 2  # the reader and, as it is late, the archive
    assert checking.remind(at=NOW + timedelta(days=11)) == 0
    with by(world, "clerk") as actor:
        reading.take_paper_back(wish, by=actor, at=NOW)
    assert wish.state == "ended"


def test_a_damaged_file_is_found_at_night_and_told_to_the_archive(world):
    dossier = made.archived(world, record=True)
    assert (checking.check_fixity(at=NOW).bad, checking.check_fixity(at=NOW).files) == (0, 1)
    with by(world, "clerk"):
        file = ArchivedFile.objects.get()
    path = store().path(file.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    run = checking.check_fixity(at=NOW + timedelta(days=1))
    assert run.bad == 1
    with by(world, "clerk"):
        assert ArchivedFile.objects.get().state == "damaged"
        assert Notice.objects.filter(record_id=dossier.pk, kind="urgent").count() == 1
    path.unlink()
    assert checking.state_of(file.sha256) == "missing"
