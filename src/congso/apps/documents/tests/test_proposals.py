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
UNKNOWN = "Không có “Hội Sinh vật cảnh” trong danh mục tổ chức ngày 20/11/2026."


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
        ("doc_type", "Sắc lệnh", "", "Không có tên loại “Sắc lệnh” trong danh mục."),
        ("doc_type", "QĐ", "decision", "Có thể là Quyết định hoặc Quy định."),
        ("issued_date", "2026-11-24", "2026-11-24", "Ngày văn bản sau ngày hôm nay."),
        ("issued_date", "ngày 30 tháng 2", "", "Không rõ ngày “ngày 30 tháng 2”."),
        ("urgency", "HOẢ TỐC", "3", ""),
        ("urgency", "Hỏa tốc hẹn giờ", "4", "Phải ghi ngày, giờ hẹn."),
        ("urgency", "rất gấp", "", "Không rõ độ khẩn “rất gấp”."),
        ("circulation", "Tài liệu thu hồi sau hội nghị", "meeting_return", ""),
        ("circulation", "Lưu hành nội bộ", "internal", ""),
        (
            "issuing_agency",
            "Hội Sinh vật cảnh",
            "Hội Sinh vật cảnh",
            "Không có “Hội Sinh vật cảnh” trong danh mục tổ chức ngày 20/11/2026.",
        ),
        ("signer", "A" * 200, "A" * 120, "Dài quá 120 ký tự, đã cắt bớt."),
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
    assert "Dấu đè lên chữ ký" in page
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


# Many at once, and how well the machine reads


def _certain(world, number: str) -> IncomingDocument:
    found = findings(number_symbol=reading("number_symbol", number), signer=reading("signer", "Lê Văn Thừ"))
    return factories.read(world, number.encode(), found=found)


def test_what_is_certain_is_registered_many_at_once_and_a_failure_stops_no_other(world, signed_in):
    first, second = _certain(world, "31-CV/BTCTU"), _certain(world, "32-CV/BTCTU")
    doubtful = factories.read(world)
    client = signed_in("clerk")
    url = reverse("documents:quick")
    page = client.get(url).content.decode()
    assert "31-CV/BTCTU" in page
    assert "21-CV/BTCTU" not in page
    assert "Vào sổ nhanh 2 văn bản" in client.get(reverse("documents:intake")).content.decode()
    ticked = {"document": [first.pk, second.pk, doubtful.pk]}
    answer = client.post(url, ticked).content.decode()
    assert answer.count("số đến") == 2
    with by(world.clerk):
        numbers = dict(IncomingDocument.objects.values_list("pk", "arrival_number"))
    assert sorted([numbers[first.pk], numbers[second.pk]]) == [1, 2]
    assert numbers[doubtful.pk] is None


def test_a_row_that_cannot_be_registered_says_why_and_gives_its_number_back(world, signed_in, monkeypatch):
    from congso.apps.documents import services
    from congso.kernel.workflow.services import Refused

    first, second = _certain(world, "31-CV/BTCTU"), _certain(world, "32-CV/BTCTU")
    register = services.register_as_proposed

    def fail_first(document, **who):
        done = register(document, **who)
        if document.pk == first.pk:
            raise Refused("Hỏng giữa chừng.")
        return done

    monkeypatch.setattr(services, "register_as_proposed", fail_first)
    page = signed_in("clerk").post(reverse("documents:quick"), {"document": [first.pk, second.pk]}).content.decode()
    assert "Hỏng giữa chừng." in page
    with by(world.clerk):
        numbers = dict(IncomingDocument.objects.values_list("pk", "arrival_number"))
    assert numbers == {first.pk: None, second.pk: 1}


def test_repeated_papers_are_left_to_be_looked_at_one_by_one(world, signed_in):
    _certain(world, "31-CV/BTCTU")
    factories.read(world, b"again", found=findings(number_symbol=reading("number_symbol", "31-CV/BTCTU")))
    assert "31-CV/BTCTU" not in signed_in("clerk").get(reverse("documents:quick")).content.decode()
    assert "trùng với văn bản đang chờ" in signed_in("clerk").get(reverse("documents:intake")).content.decode()


def test_the_accuracy_page_counts_by_field_and_month_and_lists_corrections(world, signed_in):
    for number in ("31-CV/BTCTU", "32-CV/BTCTU"):
        document = _certain(world, number)
        with by(world.clerk) as clerk:
            facts = {"number": number, "issued_on": date(2026, 11, 20), "title": "=Về việc khác"}
            register_document(document, entry=entry(**facts), by=clerk, at=NOW, is_another=True)
    client = signed_in("chief")
    page = client.get(reverse("documents:accuracy")).content.decode()
    assert "11/2026" in page
    assert "<del>Về việc rà soát biên chế năm 2027</del> → <ins>=Về việc khác</ins>" in page
    assert client.get(reverse("documents:accuracy"), {"month": "2025-01"}).status_code == 200
    sheet = client.get(reverse("documents:accuracy"), {"dang": "csv"}).content.decode()
    assert sheet.count("Giữ nguyên") >= 4
    assert ",'=Về việc khác," in sheet
    for who in ("secretary", "head", "stranger"):
        assert signed_in(who).get(reverse("documents:accuracy")).status_code == 404
    assert signed_in("chief").get(reverse("documents:quick")).status_code == 404
