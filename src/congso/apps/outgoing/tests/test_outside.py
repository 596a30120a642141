"""Signed outside the portal: by the signer's own program, by the registry's, by an agency that does not work here."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from congso.apps.outgoing import services
from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services.contents import content_of, symbol_tail_of
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import AGENCY, LEADER, by
from congso.kernel.composing import rendering
from congso.kernel.files.configuration import store
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.authorities.issuing import make_authorities
from congso.kernel.signing.filling import fill
from congso.kernel.signing.means import Level, Means
from congso.kernel.signing.models import SignedFile
from congso.kernel.signing.pades import sign
from congso.kernel.signing.places import Place, PlaceKind
from congso.kernel.signing.testing import TrustWorld, software_key
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


def outside_sign(pdf: bytes, world: TrustWorld, name: str, place: Place, organization: str = "") -> bytes:
    """What an agency's own program makes: a signature at the place, without proofs or timestamp."""
    with world.key_of(name, organization).opened("") as key:
        return sign(
            pdf, key=key, place=place, reason="", by=Look(name), at=world.now(), means=Means(), level=Level.B_B
        )  # fmt: skip


def taken_away(document: OutgoingDocument, who: int) -> tuple[bytes, Place]:
    with by(who):
        fresh = outgoing_document(document.pk)
        step = services.outside_step(fresh)
        assert step is not None
        return store().read(services.paper_for_outside(fresh)[1].sha256), step.place


def brought(document: OutgoingDocument, pdf: bytes, who: int) -> OutgoingDocument:
    with by(who) as actor:
        services.take_back_signed(outgoing_document(document.pk), pdf, by=actor, at=timezone.now())
        return OutgoingDocument.objects.get(pk=document.pk)


def secretary_name(world: Any) -> str:
    from congso.kernel.directory.models import Person

    with by(world.secretary):
        return Person.objects.get(pk=world.secretary).full_name


def test_a_signer_signs_in_her_own_computer_and_the_registry_seals_in_its_own(
    world: Any, keys: Any, trusted: TrustWorld
) -> None:
    document = made.to_sign(world)
    paper, place = taken_away(document, world.secretary)
    with by(world.clerk), pytest.raises((NotYours, OutgoingDocument.DoesNotExist)):
        services.paper_for_outside(outgoing_document(document.pk))
    signed = outside_sign(paper, trusted, secretary_name(world), place)
    assert brought(document, signed, world.secretary).state == "signed"
    with by(world.secretary):
        kept = SignedFile.objects.get(reference=str(document.pk))
        # The program left out revocation data and timestamp: they were added, so that the signature lasts.
        assert (kept.credential_id, kept.provable_until is not None) == (None, True)
    with by(world.clerk) as clerk:
        services.number_document(outgoing_document(document.pk), by=clerk, at=timezone.now())
    paper, place = taken_away(document, world.clerk)
    assert place.name == "con_dau"
    with pytest.raises(Refused, match="không phải của"):
        brought(document, outside_sign(paper, trusted, "Cơ quan khác", place), world.clerk)
    with by(world.clerk):
        office = world.organization("VPTU").name
    assert brought(document, outside_sign(paper, trusted, office, place, office), world.clerk).state == "sealed"
    issued = made.issue(world, outgoing_document_of(world, document))
    assert issued.state == "issued"


def outgoing_document_of(world: Any, document: OutgoingDocument) -> OutgoingDocument:
    with by(world.clerk):
        return outgoing_document(document.pk)


def approval_only(pdf: bytes, world: TrustWorld, name: str, place: Place) -> bytes:
    """A first signature that does not certify: numbers could not be filled in after it."""
    with world.key_of(name).opened("") as key:
        made_bytes = PdfSigner(PdfSignatureMetadata(field_name=place.name), key.signer).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf))
        )
    return bytes(made_bytes.getvalue())


def rewritten(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as held:
        held.save(out)
    return out.getvalue()


def with_a_word_changed(pdf: bytes) -> bytes:
    """An increment that draws another text on the page."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    from pyhanko.pdf_utils.generic import StreamObject, pdf_name

    page[pdf_name("/Contents")] = writer.add_object(StreamObject(stream_data=b"BT /F1 18 Tf 70 650 Td (Khac) Tj ET"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_whatever_else_was_done_to_the_paper_is_refused_with_the_reason(
    world: Any, keys: Any, trusted: TrustWorld
) -> None:
    document = made.to_sign(world)
    paper, place = taken_away(document, world.secretary)
    name = secretary_name(world)
    elsewhere = Place("Signature1", PlaceKind.PERSONAL, box=(50, 50, 150, 100))
    stranger = make_authorities("http://127.0.0.1:1", at=trusted.born).issue(name, at=trusted.born)
    with software_key(stranger).opened("") as key:
        untrusted = sign(
            paper, key=key, place=place, reason="", by=Look(name), at=trusted.now(), means=Means(), level=Level.B_B
        )  # fmt: skip
    good = outside_sign(paper, trusted, name, place)
    cases = {
        "chưa có chữ ký": paper + b"\n",
        "không phải bản đã tải": b"%PDF-1.7\n%%EOF",
        "ghi lại cả tệp": rewritten(paper),
        "chỗ khác": outside_sign(paper, trusted, name, elsewhere),
        "không phải của": outside_sign(paper, trusted, "Lê Người Khác", place),
        "sửa hoặc điền": outside_sign(with_a_word_changed(paper), trusted, name, place),
        "điền thêm": outside_sign(fill(paper, {"number": "99"}), trusted, name, place),
        "chứng thực": approval_only(paper, trusted, name, place),
        "gốc tin cậy": untrusted,
        "chưa hợp lệ|Không đọc được|sửa": good[:-400] + bytes([good[-400] ^ 1]) + good[-399:],
    }
    for words, pdf in cases.items():
        with pytest.raises(Refused, match=words):
            brought(document, pdf, world.secretary)
    with by(world.secretary):
        assert outgoing_document(document.pk).state == "to_sign"
        assert not SignedFile.objects.filter(reference=str(document.pk)).exists()


@pytest.fixture
def joint(world: Any, keys: Any, monkeypatch: pytest.MonkeyPatch) -> OutgoingDocument:
    """A paper an agency outside signs and seals too, signed by the lead body's signer."""
    monkeypatch.setattr(rendering, "places_in", lambda _pdf: made.TWO)
    return made.at_agency(world, keys)


def test_an_agency_outside_signs_and_seals_and_the_paper_is_issued(
    world: Any, keys: Any, trusted: TrustWorld, joint: OutgoingDocument, signed_in: Any
) -> None:
    with by(world.clerk):
        document = outgoing_document(joint.pk)
        assert document.state == "to_sign"
        assert symbol_tail_of(document) == "KH/TU-UBND"
        assert content_of(document).issuer.endswith(AGENCY.upper())
    client, address = signed_in("clerk"), reverse("outgoing:outside", args=[joint.pk])
    assert AGENCY in client.get(address).content.decode()
    assert client.post(address, {"how": "send", "way": "email", "to": "không phải thư"}).status_code == 422
    assert client.post(address, {"how": "send", "way": "email", "to": "vanthu@ubnd.example.vn"}).status_code == 302
    with by(world.clerk) as clerk:
        job = Job.objects.get(task="outgoing.send_outside")
    run_job(job.pk, clerk)
    [letter] = mail.outbox
    assert (letter.to, letter.attachments[0][2]) == (["vanthu@ubnd.example.vn"], "application/pdf")
    sent = client.get(reverse("outgoing:outside_paper", args=[joint.pk]))
    paper = b"".join(sent.streaming_content)
    assert paper == letter.attachments[0][1]
    assert "attachment" in sent["Content-Disposition"]
    place = Place("chu_ky_2", PlaceKind.PERSONAL)
    signed = outside_sign(paper, trusted, LEADER, place)

    def bring(pdf: bytes) -> Any:
        file = SimpleUploadedFile("da-ky.pdf", pdf, content_type="application/pdf")
        return client.post(address, {"how": "take", "file": file})

    answer = bring(outside_sign(paper, trusted, "Người khác", place))
    assert (answer.status_code, "không phải của" in answer.content.decode()) == (422, True)
    assert bring(signed).status_code == 302
    with by(world.clerk) as clerk:
        document = outgoing_document(joint.pk)
        assert document.state == "signed"
        services.number_document(document, by=clerk, at=timezone.now())
        with pytest.raises(Refused, match="chưa đóng dấu"):
            services.seal_document(
                outgoing_document(joint.pk), credential=keys.seal, secret="", by=clerk, at=timezone.now()
            )
    paper, place = taken_away(joint, world.clerk)
    assert place.name == "con_dau_2"
    assert bring(outside_sign(paper, trusted, AGENCY, place, AGENCY)).status_code == 302
    with by(world.clerk) as clerk:
        assert CoSigner.objects.get(document=joint.pk).sealed_at is not None
        services.seal_document(
            outgoing_document(joint.pk), credential=keys.seal, secret="", by=clerk, at=timezone.now()
        )
    assert made.issue(world, outgoing_document_of(world, joint)).state == "issued"


def test_an_agency_that_does_not_sign_gives_the_paper_back(world: Any, joint: OutgoingDocument) -> None:
    with by(world.specialist) as specialist, pytest.raises(Refused):
        services.take_back(outgoing_document(joint.pk), reason="Sửa", by=specialist, at=timezone.now())
    with by(world.clerk) as clerk:
        services.send_outside(outgoing_document(joint.pk), way="file", to="Công văn 12", by=clerk, at=timezone.now())
        services.send_back(
            outgoing_document(joint.pk), "return_signer", reason="Cơ quan không ký.", by=clerk, at=timezone.now()
        )
    with by(world.specialist):
        document = outgoing_document(joint.pk)
        assert (document.state, document.signed_at, document.signers_after[0].sent_at) == ("drafting", None, None)


def test_who_works_outside_is_named_whole_and_once(world: Any, keys: Any, signed_in: Any) -> None:
    document = made.drafting(world)
    client, address = signed_in("specialist"), reverse("outgoing:signers", args=[document.pk])
    facts = {"how": "outside", "agency": AGENCY, "name": LEADER, "has_seal": "on"}
    assert client.post(address, facts | {"agency": " "}).status_code == 422
    assert client.post(address, facts).status_code == 302
    assert client.post(address, facts).status_code == 422
    page = client.get(address).content.decode()
    assert AGENCY in page
    assert "ký ngoài hệ thống" in page
    with by(world.specialist):
        made_one = CoSigner.objects.get(document=document.pk)
        assert (made_one.is_outside, made_one.has_seal, made_one.person_id) == (True, True, None)


def test_other_programs_name_send_and_take_back_as_the_page_does(
    world: Any, keys: Any, trusted: TrustWorld, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By REST: the agency is named, its paper fetched, sent, brought back signed; what is wrong is said, not done."""
    monkeypatch.setattr(rendering, "places_in", lambda _pdf: made.TWO)
    document = made.drafting(world)
    base = f"/api/v1/outgoing/{document.pk}"

    def post(who: str, path: str, told: dict[str, Any]) -> Any:
        return signed_in(who).post(f"{base}/{path}", told, content_type="application/json")

    agency = {"agency": AGENCY, "agency_symbol": "UBND", "name": LEADER, "post": "Chủ tịch"}
    assert post("specialist", "outside-signers", agency | {"agency": " "}).status_code == 422
    assert post("specialist", "outside-signers", agency | {"authority": "không có thể thức này"}).status_code == 422
    assert post("head", "outside-signers", agency).status_code == 403
    named = post("specialist", "outside-signers", agency)
    assert (named.status_code, named.json()["co_signers"][0]["agency"]) == (201, AGENCY)
    assert post("specialist", "submit", {}).status_code == 200
    for who, step in (("head", "approve-unit"), ("chief", "verify"), ("secretary", "approve")):
        assert post(who, step, {}).status_code == 200
    own = signed_in("secretary").get(f"{base}/outside").json()
    assert (own["act"], own["place"], own["agency"]) == ("sign", "chu_ky", None)
    assert post("secretary", "sign", {"credential": keys.secretary.pk}).json()["state"] == "to_sign"

    assert signed_in("specialist").get(f"{base}/outside").status_code == 403
    assert signed_in("specialist").get(f"{base}/outside/paper").status_code == 403
    clerk = signed_in("clerk")
    step = clerk.get(f"{base}/outside").json()
    assert (step["names"], step["agency"]["sent_at"]) == ([LEADER, AGENCY], None)
    assert post("clerk", "outside/send", {"way": "bồ câu", "to": "UBND"}).status_code == 422
    assert post("clerk", "outside/send", {"way": "file", "to": "Công văn 12"}).json()["co_signers"][0]["sent_at"]
    assert clerk.get(f"{base}/outside").json()["agency"]["sent_to"] == "Công văn 12"
    fetched = clerk.get(f"{base}/outside/paper")
    assert "attachment" in fetched["Content-Disposition"]
    pdf = b"".join(fetched.streaming_content)

    def bring(given: bytes) -> Any:
        return clerk.post(f"{base}/outside/signed", {"file": SimpleUploadedFile("da-ky.pdf", given)})

    assert clerk.post(f"{base}/outside/signed").status_code == 422
    refused = bring(pdf)
    assert (refused.status_code, "không phải bản đã tải" in refused.json()["message"]) == (422, True)
    taken = bring(outside_sign(pdf, trusted, LEADER, Place(step["place"], PlaceKind.PERSONAL)))
    assert (taken.status_code, taken.json()["state"]) == (200, "signed")
    assert taken.json()["co_signers"][0]["signed_at"]


def test_a_name_too_long_for_the_paper_is_refused_not_cut(world: Any) -> None:
    document = made.drafting(world)
    with by(world.specialist) as specialist:
        signing = services.OutsideSigning("Cơ quan Mẫu", "Đ" * 1_000, "Chủ tịch", "")
        with pytest.raises(Refused, match="dài nhất"):
            services.add_outside_signer(outgoing_document(document.pk), signing, by=specialist, at=made.NOW)
        assert outgoing_document(document.pk).co_signers.count() == 0
