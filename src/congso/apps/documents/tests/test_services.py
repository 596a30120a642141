from dataclasses import replace
from datetime import date, timedelta

import pytest

from congso.apps.documents.models import Handling, IncomingDocument
from congso.apps.documents.queries import duplicates_of, handled_documents, register_rows, waiting_documents
from congso.apps.documents.services import (
    Duplicated,
    Order,
    accept_return,
    ask_return,
    complete_document,
    conclude_document,
    correct_document,
    direct_document,
    link_reply,
    open_document,
    pass_on,
    present_document,
    receive_document,
    refuse_return,
    register_document,
    reopen_document,
    report_result,
    reserve_arrival_number,
    take_back,
    withdraw_document,
)
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import DUE, NOW, by, directed, entry, in_progress, line_of, person, unit
from congso.kernel.access.services import current_principals
from congso.kernel.directory.models import Person
from congso.kernel.journal.models import Entry as JournalEntry
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Number, TimelineEntry
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db


def _notices(person_id: int) -> list[str]:
    with by(person_id):
        return list(Notice.objects.filter(person_id=person_id).order_by("pk").values_list("text", flat=True))


# Registering


def test_a_waiting_document_has_no_number_and_registering_gives_the_next(world):
    first, second = factories.received(world), factories.received(world)
    assert first.arrival_number is None
    with by(world.clerk) as clerk:
        register_document(second, entry=entry(), by=clerk, at=NOW)
        register_document(first, entry=entry(number="17-KH/TU"), by=clerk, at=NOW)
        assert (second.arrival_number, first.arrival_number) == (1, 2)
        assert (first.arrival_year, first.state) == (2026, "registered")


def test_numbers_start_again_every_year_and_each_office_counts_for_itself(world):
    old, new = factories.received(world), factories.received(world)
    with by(world.clerk) as clerk:
        register_document(old, entry=entry(), by=clerk, at=NOW)
        register_document(new, entry=entry(number="1-CV/TU"), by=clerk, at=NOW + timedelta(days=60))
    with by(world.agency_clerk) as clerk:
        other = receive_document(world.organization("BTC"), title="x", by=clerk, at=NOW)
        register_document(other, entry=entry(), by=clerk, at=NOW)
    assert (old.arrival_number, old.arrival_year) == (1, 2026)
    assert (new.arrival_number, new.arrival_year) == (1, 2027)
    assert other.arrival_number == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": "  "}, "trích yếu"),
        ({"issuer_name": ""}, "tác giả"),
        ({"doc_type": "không có"}, "tên loại"),
        ({"issued_on": date(2027, 1, 1)}, "Ngày văn bản"),
        ({"received_at": NOW + timedelta(days=1)}, "Ngày đến"),
        ({"urgency": 4}, "hẹn giờ"),
    ],
)
def test_what_the_register_cannot_hold_is_refused_and_uses_up_no_number(world, wrong, message):
    document = factories.received(world)
    with by(world.clerk) as clerk:
        with pytest.raises(Refused, match=message):
            register_document(document, entry=entry(**wrong), by=clerk, at=NOW)
        register_document(document, entry=entry(), by=clerk, at=NOW)
    assert document.arrival_number == 1


def test_the_symbol_is_kept_as_printed_and_in_parts(world):
    document = factories.registered(world, number="Số: 05 - NQ/ĐU")
    assert document.number == "Số: 05 - NQ/ĐU"
    assert (document.symbol_key, document.symbol_number) == ("5-NQ/DU", 5)
    assert (document.symbol_type, document.symbol_agency) == ("NQ", "ĐU")


def test_decomposed_letters_are_composed_before_they_are_stored(world):
    from unicodedata import normalize

    document = factories.registered(world, title=normalize("NFD", "Kế hoạch  chuyển đổi số"))
    assert document.title == "Kế hoạch chuyển đổi số"


def test_the_same_symbol_date_and_issuer_is_called_a_duplicate_until_the_clerk_insists(world):
    first = factories.registered(world)
    again = factories.received(world)
    with by(world.clerk) as clerk:
        with pytest.raises(Duplicated, match=f"số đến {first.arrival_number}") as refusal:
            register_document(again, entry=entry(number="số 16 - kh/tu", issuer_name="TỈNH ỦY MẪU"), by=clerk, at=NOW)
        assert [one.pk for one in refusal.value.found] == [first.pk]
        again = IncomingDocument.objects.get(pk=again.pk)
        register_document(again, entry=entry(), by=clerk, at=NOW, is_another=True)
    assert again.arrival_number == first.arrival_number + 1


def test_the_same_file_is_called_a_duplicate_while_it_waits(world):
    first = factories.received(world, file_digest="ab" * 32)
    again = factories.received(world, file_digest="ab" * 32)
    with by(world.clerk):
        assert [one.pk for one in duplicates_of(again)] == [first.pk]


def test_a_withdrawn_upload_is_no_duplicate_and_needs_a_reason(world):
    first = factories.received(world, file_digest="cd" * 32)
    with by(world.clerk) as clerk:
        with pytest.raises(ReasonMissing):
            withdraw_document(first, reason=" ", by=clerk, at=NOW)
        withdraw_document(first, reason="Tải nhầm.", by=clerk, at=NOW)
    again = factories.received(world, file_digest="cd" * 32)
    with by(world.clerk):
        assert not duplicates_of(again).exists()


def test_another_offices_register_is_no_place_to_look_for_duplicates(world):
    factories.registered(world)
    with by(world.agency_clerk) as clerk:
        other = receive_document(world.organization("BTC"), title="x", by=clerk, at=NOW)
        assert register_document(other, entry=entry(), by=clerk, at=NOW).arrival_number == 1


def test_an_urgent_document_alerts_leaders_when_it_is_registered(world):
    factories.registered(world, urgency=3)
    assert any("Hỏa tốc" in text for text in _notices(world.secretary))
    assert any("Hỏa tốc" in text for text in _notices(world.chief))
    assert not _notices(world.stranger)


def test_urgent_documents_wait_in_front(world):
    ordinary, urgent = factories.received(world), factories.received(world)
    with by(world.clerk):
        IncomingDocument.objects.filter(pk=urgent.pk).update(urgency=2)
        assert [one.pk for one in waiting_documents([world.organization("VPTU")])] == [urgent.pk, ordinary.pk]


def test_a_correction_keeps_what_stood_before(world):
    document = factories.registered(world)
    with by(world.clerk) as clerk:
        corrected = replace(entry(), title="Kế hoạch khác", urgency=1)
        correct_document(document, entry=corrected, reason="Gõ sai trích yếu.", by=clerk, at=NOW)
        line = TimelineEntry.objects.get(record=document, act="correct")
        assert "Kế hoạch chuyển đổi số trong các cơ quan đảng” → “Kế hoạch khác" in line.note
        assert "độ khẩn: “Thường” → “Khẩn”" in line.note
        with pytest.raises(Refused, match="Chưa có thông tin nào"):
            correct_document(document, entry=corrected, reason="Lại.", by=clerk, at=NOW)


def test_a_classified_paper_takes_a_number_without_content(world):
    factories.registered(world)
    with by(world.clerk) as clerk:
        assert reserve_arrival_number(world.organization("VPTU"), by=clerk, at=NOW) == 2
        rows = list(register_rows(world.organization("VPTU"), 2026).order_by("value"))
    assert [(row.value, row.reservation, row.record_id is None) for row in rows] == [
        (1, "", False),
        (2, Number.Reservation.CLASSIFIED, True),
    ]


@pytest.mark.parametrize("who", ["chief", "secretary", "agency_clerk", "stranger"])
def test_only_the_offices_clerks_reserve_numbers(world, who):
    with by(getattr(world, who)) as actor, pytest.raises(NotYours):
        reserve_arrival_number(world.organization("VPTU"), by=actor, at=NOW)


# Presenting and directing


def test_presenting_to_one_leader_tells_only_that_leader(world):
    document = factories.registered(world)
    with by(world.clerk) as clerk:
        present_document(document, by=clerk, at=NOW, to=Person.objects.get(pk=world.secretary))
    assert _notices(world.secretary)
    assert not _notices(world.chief)


def test_a_document_is_presented_only_to_leaders_of_the_register(world):
    document = factories.registered(world)
    with by(world.clerk) as clerk, pytest.raises(Refused, match="lãnh đạo"):
        present_document(document, by=clerk, at=NOW, to=Person.objects.get(pk=world.agency_leader))


def test_a_direction_names_lead_support_informed_deadline_and_tells_them(world):
    document = directed(world)
    with by(world.secretary):
        document = IncomingDocument.objects.get(pk=document.pk)
        assert (document.unit_id, document.due_on) == (world.organizations["TH"], DUE)
        assert document.directions.get().author_label == "Lê Mẫu Bí Thư, Phó Bí thư Thường trực"
        assert [(line.kind, line.target_label) for line in document.live_handlings] == [
            ("lead", "Phòng Tổng hợp"),
            ("support", "Phòng Chuyển đổi số - Cơ yếu"),
            ("inform", "Ban Tổ chức Tỉnh ủy Thử Nghiệm"),
        ]
    assert _notices(world.head) == ["Giao chủ trì xử lý văn bản đến"]
    assert _notices(world.other_head) == ["Giao phối hợp xử lý văn bản đến"]
    assert _notices(world.agency_leader) == ["Chuyển để biết văn bản đến"]


def test_a_first_direction_needs_exactly_one_lead(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary, pytest.raises(Refused, match="đúng một"):
        direct_document(document, order=Order("Nghiên cứu", support=(unit(world, "TH"),)), by=secretary, at=NOW)


def test_a_unit_gets_one_part_only(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary:
        order = Order(lead=unit(world, "TH"), inform=(unit(world, "TH"),))
        with pytest.raises(Refused, match="một vai trò"):
            direct_document(document, order=order, by=secretary, at=NOW)


def test_a_deadline_cannot_lie_in_the_past(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary:
        order = Order(lead=unit(world, "TH"), due_on=NOW.date() - timedelta(days=1))
        with pytest.raises(Refused, match="Hạn xử lý"):
            direct_document(document, order=order, by=secretary, at=NOW)


def test_a_later_direction_adds_units_and_moves_the_deadline_but_keeps_the_lead(world):
    document = in_progress(world)
    later = DUE + timedelta(days=7)
    with by(world.chief) as chief:
        order = Order("Thêm đơn vị phối hợp.", support=(unit(world, "MT"),), due_on=later)
        direct_document(document, order=order, by=chief, at=NOW)
        document = IncomingDocument.objects.get(pk=document.pk)
        assert (document.state, document.due_on, document.lead.due_on) == ("in_progress", later, later)
        assert len(document.live_handlings) == 4
        assert document.directions.count() == 2


def test_naming_another_lead_ends_the_former_and_what_it_passed_on(world):
    document = in_progress(world)
    with by(world.head) as head:
        pass_on(line_of(document, "lead"), order=Order(lead=person(world.specialist)), by=head, at=NOW)
    with by(world.secretary) as secretary:
        document = IncomingDocument.objects.get(pk=document.pk)
        direct_document(document, order=Order("Chuyển.", lead=unit(world, "CDS")), by=secretary, at=NOW)
        document = IncomingDocument.objects.get(pk=document.pk)
        assert document.state == "directed"
        assert document.unit_id == world.organizations["CDS"]
        assert [(line.kind, line.unit_id) for line in document.live_handlings if line.kind != "inform"] == [
            ("lead", world.organizations["CDS"])
        ]
    for who in (world.head, world.specialist):
        with by(who):
            assert not IncomingDocument.objects.filter(pk=document.pk).exists()


def test_the_database_keeps_a_second_lead_out(world):
    from django.db import IntegrityError, transaction

    document = directed(world)
    with by(world.secretary):
        line = line_of(document, "lead")
        line.pk = None
        with pytest.raises(IntegrityError, match="one_live_lead"), transaction.atomic():
            line.save(force_insert=True)


def test_a_person_may_lead_and_the_unit_is_where_she_serves(world):
    document = factories.presented(world)
    with by(world.chief) as chief:
        direct_document(document, order=Order(lead=person(world.specialist)), by=chief, at=NOW)
        assert document.unit_id == world.organizations["TH"]
    with by(world.specialist) as specialist:
        open_document(IncomingDocument.objects.get(pk=document.pk), by=specialist, at=NOW)
        assert IncomingDocument.objects.get(pk=document.pk).state == "in_progress"
    with by(world.head):
        assert not IncomingDocument.objects.filter(pk=document.pk).exists()


def test_a_committee_as_target_is_received_by_its_leaders_and_its_offices_clerk(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary:
        direct_document(document, order=Order(lead=unit(world, "XA")), by=secretary, at=NOW)
    for who in (world.commune_leader, world.commune_clerk):
        with by(who):
            assert handled_documents(current_principals()).filter(pk=document.pk).exists()


def test_what_needs_no_work_is_concluded_with_words_and_may_be_shown_to_units(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary:
        with pytest.raises(Refused):
            conclude_document(document, text=" ", by=secretary, at=NOW)
        conclude_document(document, text="Đã biết, lưu.", inform=(unit(world, "TH"),), by=secretary, at=NOW)
    assert document.state == "completed"
    with by(world.head):
        assert IncomingDocument.objects.filter(pk=document.pk).exists()


# Opening and taking back


def test_the_leads_first_look_starts_the_work_and_is_kept(world):
    document = directed(world)
    with by(world.head) as head:
        open_document(IncomingDocument.objects.get(pk=document.pk), by=head, at=NOW)
        open_document(IncomingDocument.objects.get(pk=document.pk), by=head, at=NOW + timedelta(hours=1))
        line = line_of(document, "lead")
        assert (line.first_opened_at, line.first_opened_by_id) == (NOW, world.head)
        assert line.document.state == "in_progress"
        assert TimelineEntry.objects.filter(record_id=document.pk, act="open").count() == 1


def test_looks_of_others_start_nothing_but_are_kept_for_receivers(world):
    document = directed(world)
    for who in (world.clerk, world.secretary, world.reader, world.agency_clerk):
        with by(who) as actor:
            open_document(IncomingDocument.objects.get(pk=document.pk), by=actor, at=NOW)
    with by(world.secretary):
        assert line_of(document, "lead").first_opened_at is None
        assert line_of(document, "inform").first_opened_at == NOW
        assert IncomingDocument.objects.get(pk=document.pk).state == "directed"


def test_an_unopened_lead_is_taken_back_and_sees_nothing_any_more(world):
    document = directed(world)
    with by(world.secretary) as secretary:
        take_back(line_of(document, "lead"), by=secretary, at=NOW)
        document = IncomingDocument.objects.get(pk=document.pk)
        assert (document.state, document.unit_id, document.due_on) == ("presented", None, None)
    with by(world.head):
        assert not IncomingDocument.objects.filter(pk=document.pk).exists()


def test_what_has_been_opened_cannot_be_taken_back(world):
    document = directed(world)
    with by(world.other_head) as other:
        open_document(IncomingDocument.objects.get(pk=document.pk), by=other, at=NOW)
    with by(world.secretary) as secretary, pytest.raises(Refused, match="đã mở"):
        take_back(line_of(document, "support"), by=secretary, at=NOW)


def test_a_unit_takes_back_only_what_it_passed_on_itself(world):
    document = in_progress(world)
    with by(world.head) as head:
        (line,) = pass_on(line_of(document, "lead"), order=Order(lead=person(world.specialist)), by=head, at=NOW)
        with pytest.raises(NotYours):
            take_back(line_of(document, "inform"), by=head, at=NOW)
        take_back(line, by=head, at=NOW)
    with by(world.specialist):
        assert not IncomingDocument.objects.filter(pk=document.pk).exists()


# Passing on, returning, reporting, completing


def test_a_unit_passes_on_only_to_its_own_people(world):
    document = in_progress(world)
    with by(world.head) as head, pytest.raises(Refused, match="không thuộc"):
        pass_on(line_of(document, "lead"), order=Order(lead=person(world.stranger)), by=head, at=NOW)


def test_a_unit_has_one_lead_inside(world):
    document = in_progress(world)
    with by(world.head) as head:
        line = line_of(document, "lead")
        pass_on(line, order=Order(lead=person(world.specialist)), by=head, at=NOW)
        with pytest.raises(Refused, match="đã có người chủ trì"):
            pass_on(line_of(document, "lead"), order=Order(lead=person(world.head)), by=head, at=NOW)


def test_what_came_to_know_goes_on_to_know_and_completes_nothing(world):
    document = in_progress(world)
    with by(world.agency_leader) as leader:
        line = line_of(document, "inform")
        with pytest.raises(Refused, match="để biết"):
            pass_on(line, order=Order(lead=person(world.agency_specialist)), by=leader, at=NOW)
        pass_on(line, order=Order(inform=(person(world.agency_specialist),)), by=leader, at=NOW)
        with pytest.raises(Refused, match="để biết"):
            report_result(line, result="Đã biết rồi", by=leader, at=NOW)
        with pytest.raises(NotYours):
            complete_document(line.document, result="Đã biết rồi", by=leader, at=NOW)


def test_the_leads_return_waits_for_the_leader_and_then_needs_another_direction(world):
    document = factories.return_asked(world)
    assert "Đề nghị trả lại: Phòng Tổng hợp" in " ".join(_labels(world, document))
    with by(world.secretary) as secretary:
        with pytest.raises(WrongState):
            direct_document(document, order=Order("Cứ làm đi."), by=secretary, at=NOW)
        accept_return(line_of(document, "lead"), by=secretary, at=NOW)
        document = IncomingDocument.objects.get(pk=document.pk)
        assert (document.state, document.lead) == ("presented", None)
        direct_document(document, order=Order(lead=unit(world, "CDS")), by=secretary, at=NOW)
        assert [line.kind for line in document.live_handlings] == ["lead", "inform"]


def test_a_refused_return_goes_on_with_a_reason(world):
    document = factories.return_asked(world)
    with by(world.secretary) as secretary:
        with pytest.raises(ReasonMissing):
            refuse_return(line_of(document, "lead"), reason="", by=secretary, at=NOW)
        refuse_return(line_of(document, "lead"), reason="Đúng nhiệm vụ của phòng.", by=secretary, at=NOW)
        assert IncomingDocument.objects.get(pk=document.pk).state == "in_progress"


def test_a_supporting_units_return_does_not_stop_the_lead(world):
    document = in_progress(world)
    with by(world.other_head) as other:
        ask_return(line_of(document, "support"), reason="Không liên quan.", by=other, at=NOW)
    with by(world.secretary) as secretary:
        assert IncomingDocument.objects.get(pk=document.pk).state == "in_progress"
        accept_return(line_of(document, "support"), by=secretary, at=NOW)
        assert not Handling.objects.filter(document=document, kind="support", ending="").exists()
    with by(world.other_head):
        assert not IncomingDocument.objects.filter(pk=document.pk).exists()


def test_a_support_reports_and_the_lead_completes_with_a_result_in_words(world):
    document = in_progress(world)
    with by(world.other_head) as other:
        report_result(line_of(document, "support"), result="Đã góp ý bằng văn bản.", by=other, at=NOW)
        with pytest.raises(Refused, match="kết thúc"):
            report_result(line_of(document, "support"), result="Lần nữa.", by=other, at=NOW)
    with by(world.head) as head:
        document = IncomingDocument.objects.get(pk=document.pk)
        with pytest.raises(Refused, match="kết quả"):
            complete_document(document, result=" . ", by=head, at=NOW)
        complete_document(document, result="Đã ban hành.", reply_symbol="77-CV/TU", by=head, at=NOW)
        assert document.state == "completed"
        assert line_of(document, "lead").reply_symbol == "77-CV/TU"


def test_completing_after_the_deadline_is_labelled_by_the_system(world):
    document = in_progress(world)
    late = NOW + timedelta(days=30)
    with by(world.head) as head:
        complete_document(document, result="Đã ban hành.", by=head, at=late)
    assert "Hoàn thành quá hạn" in _labels(world, document)


def test_a_leader_may_reopen_and_the_result_stays_in_the_timeline(world):
    document = factories.completed(world)
    with by(world.secretary) as secretary:
        reopen_document(document, reason="Chưa đủ nội dung.", by=secretary, at=NOW)
        document = IncomingDocument.objects.get(pk=document.pk)
        assert (document.state, document.closed_at, document.lead.completed_at) == ("in_progress", None, None)
        assert TimelineEntry.objects.filter(record=document, note__contains="77-CV/TU").exists()


def test_a_reply_is_linked_to_what_it_answers(world):
    document, reply = in_progress(world), factories.registered(world, number="77-CV/TU")
    with by(world.clerk) as clerk:
        link = link_reply(document, reply=reply, by=clerk, at=NOW)
        assert (link.source_id, link.target_id, link.kind) == (document.pk, reply.pk, "reply")


def test_every_act_leaves_one_line_in_timeline_and_journal(world, as_owner):
    document = factories.completed(world)
    with by(world.auditor):
        acts = list(JournalEntry.objects.filter(record_id=document.pk).order_by("pk").values_list("act", flat=True))
    expected = ["start", "register", "present", "direct", "open", "complete"]
    assert acts == [f"incoming_document.{act}" for act in expected]
    with by(world.clerk):
        found = TimelineEntry.objects.filter(record_id=document.pk).order_by("pk")
        assert list(found.values_list("act", flat=True)) == expected


def test_a_refused_act_leaves_nothing_behind(world):
    document = factories.presented(world)
    with by(world.secretary) as secretary:
        order = Order("Giao.", lead=unit(world, "TH"), due_on=date(2020, 1, 1))
        with pytest.raises(Refused):
            direct_document(document, order=order, by=secretary, at=NOW)
        assert not Handling.objects.filter(document=document).exists()
        assert IncomingDocument.objects.get(pk=document.pk).state == "presented"


def _labels(world, document) -> list[str]:
    with by(world.clerk):
        return list(TimelineEntry.objects.filter(record_id=document.pk).values_list("label", flat=True))
