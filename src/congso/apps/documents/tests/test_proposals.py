"""What the machine proposes: kept when a file was read, shown in the form, judged when a clerk registers."""

import re
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from congso.apps.documents.models import FieldProposal, IncomingDocument
from congso.apps.documents.queries import waiting_documents
from congso.apps.documents.services import correct_document, register_document
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import NOW, by, entry, findings, reading
from congso.kernel.access.services import NOBODY, Actor, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(clock):
    """The office is at Monday 23 November 2026, 8:00."""


def _proposals(world, document) -> dict[str, FieldProposal]:
    with by(world.clerk):
        return {one.name: one for one in FieldProposal.objects.filter(document_id=document.pk)}


def _form(page: str) -> dict[str, str]:
    """The values the register form came with."""
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    found |= dict(re.findall(r'<input[^>]* value="([^"]*)"[^>]* name="(\w+)"', page))
    found |= {name: text.strip() for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', page)}
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_read_file_waits_with_what_the_machine_proposes(world):
    document = factories.read(world)
    with by(world.clerk):
        kept = IncomingDocument.objects.get(pk=document.pk)
    assert (kept.state, kept.number, kept.title) == ("received", "21-CV/BTCTU", "Về việc rà soát biên chế năm 2027")
    assert (kept.issuer_name, kept.doc_type, kept.issued_on, kept.urgency) == (
        "Ban Tổ chức Tỉnh ủy Thử Nghiệm", "letter", date(2026, 11, 20), 1,
    )  # fmt: skip
    found = _proposals(world, document)
    assert found["title"].places == [[1, 50.42, 14.25, 36.97, 2.38]]
    assert found["circulation"].proposed == ""
    assert found["signer"].is_doubtful
    assert found["recipients"].value.startswith("Như trên")
    assert {one.registered_value for one in found.values()} == {None}


def test_a_file_without_findings_waits_under_its_name(world):
    document = factories.read(world, found=False)
    assert document.title == "scan-001"
    assert not _proposals(world, document)


@pytest.mark.parametrize(
    ("name", "value", "proposed", "doubt"),
    [
        ("doc_type", "Kế hoạch", "plan", ""),
        ("doc_type", "Sắc lệnh", "", "không có tên loại “Sắc lệnh” trong danh mục"),
        ("doc_type", "QĐ", "decision", "có thể là Quyết định hoặc Quy định"),
        ("issued_date", "2026-11-24", "2026-11-24", "ngày văn bản sau ngày hôm nay"),
        ("issued_date", "ngày 30 tháng 2", "", "không rõ ngày “ngày 30 tháng 2”"),
        ("urgency", "HOẢ TỐC", "3", ""),
        ("urgency", "Hỏa tốc hẹn giờ", "4", "phải ghi ngày, giờ hẹn"),
        ("urgency", "rất gấp", "", "không rõ độ khẩn “rất gấp”"),
        ("circulation", "Tài liệu thu hồi sau hội nghị", "meeting_return", ""),
        ("circulation", "Lưu hành nội bộ", "internal", ""),
        ("issuing_agency", "Hội Sinh vật cảnh", "Hội Sinh vật cảnh", "chưa có trong danh mục cơ quan, tổ chức"),
        ("signer", "A" * 200, "A" * 120, "dài quá 120 ký tự, đã cắt bớt"),
    ],
)
def test_a_reading_becomes_what_the_register_takes_or_says_why_not(world, name, value, proposed, doubt):
    parent = {"parent_agency": None}
    document = factories.read(world, found=findings(**{name: reading(name, value)}, **parent))
    found = _proposals(world, document)[name]
    assert (found.proposed, found.doubt) == (proposed, doubt)


def test_the_degree_that_names_its_hour_waits_as_express_until_the_hour_is_typed(world, signed_in):
    document = factories.read(world, found=findings(urgency=reading("urgency", "Hỏa tốc hẹn giờ")))
    assert document.urgency == 3
    page = signed_in("clerk").get(reverse("documents:register", args=[document.pk])).content.decode()
    assert _form(page)["urgency"] == "4"


def test_urgent_proposals_jump_the_queue(world):
    factories.read(world, found=findings(urgency=None))
    urgent = factories.read(world)
    with by(world.clerk):
        assert waiting_documents([world.organization("VPTU")]).first() == urgent


def test_a_clerk_who_changes_nothing_registers_with_one_press(world, signed_in):
    document = factories.read(world)
    client = signed_in("clerk")
    url = reverse("documents:register", args=[document.pk])
    page = client.get(url).content.decode()
    assert "1 trường cần xem" in page
    assert "dấu đè lên chữ ký" in page
    assert client.post(url, _form(page)).status_code == 302
    found = _proposals(world, document)
    assert {one.outcome for one in found.values()} == {"accepted", "absent", ""}
    assert found["circulation"].outcome == "absent"
    assert found["recipients"].registered_value is None


def test_what_the_machine_left_empty_is_asked_for(world, signed_in):
    document = factories.read(world, found=findings(number_symbol=None, urgency=None))
    page = signed_in("clerk").get(reverse("documents:register", args=[document.pk])).content.decode()
    assert "2 trường cần xem" in page
    assert page.count("Máy không đọc được, hãy nhập") == 1


def test_corrections_are_kept_beside_the_proposals_and_follow_later_corrections(world):
    document = factories.read(world, found=findings(signer_post=None))
    with by(world.clerk) as clerk:
        facts = {"title": "Về việc rà soát biên chế", "signer_post": "Phó Trưởng ban", "urgency": 0}
        register_document(document, entry=entry(**facts), by=clerk, at=NOW)
    found = _proposals(world, document)
    assert (found["title"].outcome, found["title"].registered_value) == ("corrected", "Về việc rà soát biên chế")
    assert (found["signer_post"].outcome, found["urgency"].outcome) == ("missing", "corrected")
    with by(world.clerk) as clerk:
        later = entry(**facts | {"title": "Về việc rà soát biên chế năm 2027"})
        correct_document(document, entry=later, reason="Ghi thiếu.", by=clerk, at=NOW)
    assert _proposals(world, document)["title"].outcome == "accepted"


# Access

OFFICE = {"clerk", "chief", "secretary", "reader"}


def test_proposals_are_seen_by_exactly_those_who_see_the_document_in_raw_sql_too(world):
    document = factories.read(world)
    seers = set()
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_fieldproposal WHERE document_id = %s", [document.pk])
            if cursor.fetchone()[0]:
                seers.add(who)
    assert seers == OFFICE
    with acting_as(NOBODY):
        assert not FieldProposal.objects.exists()


@pytest.mark.parametrize("who", ["secretary", "reader", "head", "stranger", "agency_clerk"])
def test_nobody_but_the_registry_judges_a_proposal(world, who):
    document = factories.read(world)
    statement = "UPDATE documents_fieldproposal SET registered_value = 'x', outcome = 'missing' WHERE document_id = %s"
    with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
        cursor.execute(statement, [document.pk])
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_fieldproposal SET proposed = 'x' WHERE document_id = %s",
        "UPDATE documents_fieldproposal SET confidence = 1 WHERE document_id = %s",
        "DELETE FROM documents_fieldproposal WHERE document_id = %s",
    ],
)
def test_nobody_rewrites_what_the_machine_read(world, statement):
    document = factories.read(world)
    with acting_as(Actor.person(world.clerk)):
        cursor = connection.cursor()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement, [document.pk])


def test_a_stranger_cannot_slip_a_proposal_under_a_document(world):
    document = factories.read(world)
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with acting_as(Actor.person(world.stranger)), refused, transaction.atomic():
        FieldProposal.objects.create(document_id=document.pk, name="place", confidence=1.0)
