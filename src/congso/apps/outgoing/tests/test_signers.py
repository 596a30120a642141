"""Several signers on one paper: in their order, each at her place, all before the number; given back by one."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Authority, CoSigner, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document, waiting_to_sign
from congso.apps.outgoing.services import Signing
from congso.apps.outgoing.services.contents import content_of, expected_of, symbol_tail_of
from congso.apps.outgoing.services.papers import paper_file
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import NOW, by
from congso.kernel.access.services import Actor
from congso.kernel.composing import preflight, rendering
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.models import Person
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.bulk import hold_secret
from congso.kernel.signing.models import BatchItem
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from tests.browser import DESK, PHONE, assert_kind_to_everyone, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(world: Any, keys: Any, installed: Any, trusted: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keys of the second agency: its leader's and its seal, and a paper with two places."""
    from congso.kernel.signing.authorities.issuing import save_holder
    from congso.kernel.signing.keys.converting import as_asn1

    monkeypatch.setattr(rendering, "places_in", lambda _pdf: made.TWO)
    folder = installed / "secrets" / "test-authorities"

    def holder(name: str, organization: str = "") -> tuple[Any, str]:
        issued = trusted.authorities.issue(name, organization=organization, at=trusted.born)
        label = f"joint-{len(list(folder.iterdir()))}"
        save_holder(issued, folder, label)
        return as_asn1(issued.certificate), label

    leader = made.person_key(world, "agency_leader", holder, trusted.now())
    seal = made.office_key(world, "BTC", "agency_clerk", holder, trusted.now())
    return {"leader": leader, "seal": seal}


def agency_leader(world: Any) -> Person:
    return Person.objects.get(pk=world.agency_leader)


def with_second(world: Any, **changes: Any) -> OutgoingDocument:
    """A draft of the committee that Ban Tổ chức issues too."""
    document = made.drafting(world, **changes)
    with by(world.specialist) as specialist:
        signing = Signing(world.organization("BTC"), agency_leader(world))
        services.add_co_signer(outgoing_document(document.pk), signing, by=specialist, at=NOW)
    return document


def to_sign(world: Any, **changes: Any) -> OutgoingDocument:
    document = with_second(world, **changes)
    with by(world.specialist) as specialist:
        services.submit(outgoing_document(document.pk), by=specialist, at=NOW)
    with by(world.head) as head:
        services.approve_unit(outgoing_document(document.pk), by=head, at=NOW)
    with by(world.chief) as chief:
        services.verify(outgoing_document(document.pk), by=chief, at=NOW)
    with by(world.secretary) as secretary:
        services.approve(outgoing_document(document.pk), by=secretary, at=NOW)
    return document


def sign(world: Any, document: OutgoingDocument, who: str, credential: Any) -> None:
    with by(getattr(world, who)) as actor:
        fresh = outgoing_document(document.pk)
        services.sign_document(fresh, credential=credential, secret="", by=actor, at=timezone.now())


@pytest.mark.timeout(300)  # five signatures with their proofs
def test_two_agencies_sign_and_seal_in_order_and_the_whole_is_valid(world: Any, keys: Any, joint: Any) -> None:
    document = to_sign(world)
    with by(world.agency_leader) as actor:
        assert list(waiting_to_sign(actor.id)) == []
        with pytest.raises(NotYours):
            services.sign_document(
                outgoing_document(document.pk), credential=joint["leader"], secret="", by=actor, at=timezone.now()
            )
    sign(world, document, "secretary", keys.secretary)
    with by(world.clerk) as clerk:
        assert not OutgoingDocument.objects.filter(pk=document.pk, state="signed").exists()
    with by(world.agency_leader) as actor:
        assert [one.pk for one in waiting_to_sign(actor.id)] == [document.pk]
        assert outgoing_document(document.pk).state == "to_sign"
    sign(world, document, "agency_leader", joint["leader"])
    with by(world.clerk) as clerk:
        services.number_document(outgoing_document(document.pk), by=clerk, at=timezone.now())
        with pytest.raises(Refused, match="chưa đóng dấu"):
            services.seal_document(
                outgoing_document(document.pk), credential=keys.seal, secret="", by=clerk, at=timezone.now()
            )
    with by(world.agency_clerk) as clerk:
        services.seal_part(
            outgoing_document(document.pk), credential=joint["seal"], secret="", by=clerk, at=timezone.now()
        )
        assert CoSigner.objects.get(document=document.pk).sealed_at is not None
    with by(world.clerk) as clerk:
        services.seal_document(
            outgoing_document(document.pk), credential=keys.seal, secret="", by=clerk, at=timezone.now()
        )
        fresh = outgoing_document(document.pk)
        assert fresh.number.endswith("KH/TU-BTCTU") or "/TU-" in fresh.number
        with paper_file(fresh) as path:
            report = check_file(path, at=timezone.now(), seconds=60)
        assert report.verdict is Verdict.VALID
        assert len(report.people) == 4
    issued = made.issue(world, fresh)
    assert issued.state == "issued"


def test_one_signer_sends_it_back_and_every_signature_is_given_anew(world: Any, keys: Any, joint: Any) -> None:
    document = to_sign(world)
    sign(world, document, "secretary", keys.secretary)
    with by(world.specialist) as specialist, pytest.raises(Refused, match="Đã có người ký"):
        services.take_back(outgoing_document(document.pk), reason="Sửa", by=specialist, at=NOW)
    with by(world.agency_leader) as actor:
        services.send_back(
            outgoing_document(document.pk), "return_signer", reason="Thiếu chỉ tiêu.", by=actor, at=timezone.now()
        )
    with by(world.specialist):
        fresh = outgoing_document(document.pk)
        assert (fresh.state, fresh.signed_at, fresh.paper) == ("drafting", None, None)
        assert not CoSigner.objects.filter(document=document.pk, signed_at__isnull=False).exists()


def test_a_batch_that_waited_does_not_sign_yesterdays_text(world: Any, keys: Any) -> None:
    document = made.to_sign(world)
    with by(world.secretary) as secretary:
        fresh = outgoing_document(document.pk)
        batch = services.batch_of([fresh], credential=keys.secretary, by=secretary, at=timezone.now())
        services.send_back(outgoing_document(document.pk), "return_signer", reason="Sửa", by=secretary, at=NOW)
    made.version(document, world.specialist, words="Ban moi khac han")
    with by(world.specialist) as specialist:
        services.submit(outgoing_document(document.pk), by=specialist, at=NOW)
    with by(world.head) as head:
        services.approve_unit(outgoing_document(document.pk), by=head, at=NOW)
    with by(world.chief) as chief:
        services.verify(outgoing_document(document.pk), by=chief, at=NOW)
    with by(world.secretary) as secretary:
        services.approve(outgoing_document(document.pk), by=secretary, at=NOW)
        job = hold_secret(batch, "", by=secretary, at=timezone.now())
    run_job(job.pk, Actor.person(world.secretary))
    with by(world.secretary):
        item = BatchItem.objects.get(batch=batch)
        assert (item.state, outgoing_document(document.pk).state) == ("refused", "to_sign")
        assert "đã thay đổi" in item.message


def test_who_may_not_sign_for_that_body_is_not_taken_into_the_list(world: Any, keys: Any) -> None:
    document = made.drafting(world)
    with by(world.specialist) as specialist:
        fresh = outgoing_document(document.pk)
        for signing, words in (
            (Signing(world.organization("BTC"), Person.objects.get(pk=world.head)), "không giữ chức vụ lãnh đạo"),
            (Signing(world.organization("TU"), Person.objects.get(pk=world.secretary)), "đã có trong danh sách"),
            (Signing(world.organization("BTC"), agency_leader(world), Authority.BY_MANDATE, "Ban"), "không có TUQ"),
        ):
            with pytest.raises(Refused, match=words):
                services.add_co_signer(fresh, signing, by=specialist, at=NOW)
    with by(world.head):
        signing = Signing(world.organization("BTC"), agency_leader(world))
    with by(world.head) as head, pytest.raises(NotYours):
        services.add_co_signer(outgoing_document(document.pk), signing, by=head, at=NOW)


def test_the_list_is_the_drafters_and_fixed_once_sent_on(world: Any, keys: Any, joint: Any) -> None:
    document = with_second(world)
    with by(world.specialist) as specialist:
        fresh = outgoing_document(document.pk)
        assert fresh.signers_after[0].has_seal
        assert [one.key for one in content_of(fresh).signatures] == ["1", "2"]
        services.drop_co_signer(fresh, fresh.signers_after[0], by=specialist, at=NOW)
        assert not CoSigner.objects.filter(document=document.pk).exists()
        signing = Signing(world.organization("BTC"), agency_leader(world))
        services.add_co_signer(fresh, signing, by=specialist, at=NOW)
        services.submit(outgoing_document(document.pk), by=specialist, at=NOW)
        with pytest.raises(WrongState):
            services.drop_co_signer(outgoing_document(document.pk), fresh.signers_after[0], by=specialist, at=NOW)
    for who in (world.secretary, world.agency_leader, world.clerk):
        with by(who):
            assert CoSigner.objects.filter(document=document.pk).update(signed_at=NOW) == 0
            with pytest.raises(ProgrammingError), transaction.atomic():
                CoSigner.objects.create(
                    document_id=document.pk,
                    position=3,
                    issuer=world.organization("BTC"),
                    person_id=world.head,
                    name="X",
                )


def test_both_agencies_stand_in_head_symbol_and_blocks_and_preflight_agrees(world: Any, keys: Any, joint: Any) -> None:
    document = with_second(world, content="I- MỤC ĐÍCH\nThực hiện đồng bộ.", addressees="")
    with by(world.specialist):
        fresh = outgoing_document(document.pk)
        content, expected = content_of(fresh), expected_of(fresh)
        assert " - " in content.issuer
        assert symbol_tail_of(fresh).startswith("KH/TU-")
    found = preflight.check(make_docx(content), expected)
    assert [one for one in found if one.severity == "error"] == []


def test_the_screen_adds_orders_and_drops_signers(world: Any, keys: Any, joint: Any, signed_in: Any) -> None:
    document = made.drafting(world)
    client, address = signed_in("specialist"), reverse("outgoing:signers", args=[document.pk])
    page = client.get(address).content.decode()
    assert "Thêm người cùng ký" in page
    with by(world.specialist):
        code = world.organization("BTC").code
    wrong = client.post(address, {"issuer": code, "person": f"#{world.head} X"})
    assert wrong.status_code == 422
    assert "không giữ chức vụ lãnh đạo" in wrong.content.decode()
    assert client.post(address, {"issuer": code, "person": f"#{world.agency_leader} X"}).status_code == 302
    page = client.get(address).content.decode()
    assert "đóng dấu" in page
    assert "Người ký, theo thứ tự" in client.get(reverse("outgoing:detail", args=[document.pk])).content.decode()
    with by(world.specialist):
        signer = CoSigner.objects.get(document=document.pk)
    assert client.post(address, {"how": "drop", "signer": signer.pk}).status_code == 302
    assert client.post(address, {"how": "drop", "signer": "99x"}).status_code == 404
    assert signed_in("head").get(address).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signers_and_signing_outside_are_kind_to_everyone(world: Any, keys: Any, joint: Any, opened: Any) -> None:
    with ThreadPoolExecutor(1) as apart:  # this thread runs the browser's event loop
        document = apart.submit(_apart, with_second, world).result()
        sent_out = apart.submit(_apart, lambda world: made.at_agency(world, keys), world).result()
    page = opened("specialist", reverse("outgoing:signers", args=[document.pk]))
    page.locator("b", has_text="Bùi Giả Định").wait_for()
    _looked_at(page, "signers")
    page.get_by_label("Ký cho cơ quan").fill("BTC")
    page.get_by_role("combobox", name="Người ký").fill("xin chào")
    page.get_by_role("button", name="Thêm").click()
    page.get_by_text("Hãy chọn một người trong danh sách gợi ý.", exact=True).wait_for()
    page.get_by_text("Thêm cơ quan không dùng hệ thống này").click()
    page.get_by_label("Cơ quan ngoài hệ thống").fill("Ủy ban nhân dân tỉnh Mẫu")
    page.get_by_label("Họ tên người ký").fill("Đỗ Thí Dụ")
    _looked_at(page, "signers-wrong")
    send(page.get_by_role("button", name="Thêm cơ quan ngoài"))
    page.get_by_text("ký ngoài hệ thống").wait_for()
    _looked_at(page, "signers-outside")
    page.goto(reverse("outgoing:detail", args=[document.pk]))
    page.get_by_text("Người ký, theo thứ tự").wait_for()
    _looked_at(page, "signers-detail")
    clerk = opened("clerk", reverse("outgoing:outside", args=[sent_out.pk]))
    _looked_at(clerk, "outside")
    clerk.get_by_label("Cách gửi").select_option(label="Giao tệp, đính kèm công văn")
    send(clerk.locator("form", has=clerk.get_by_label("Cách gửi")).get_by_role("button", name="Gửi"))
    clerk.get_by_label("Tệp đã ký").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    _looked_at(clerk, "outside-unsent")
    clerk.get_by_label("Gửi đến").fill("Văn thư UBND, kèm công văn số 12-CV/VPTU")
    send(clerk.locator("form", has=clerk.get_by_label("Cách gửi")).get_by_role("button", name="Gửi"))
    clerk.get_by_text("kèm công văn số 12-CV/VPTU").first.wait_for()
    clerk.get_by_label("Tệp đã ký").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    send(clerk.get_by_role("button", name="Nộp bản đã ký"))
    clerk.get_by_text("không phải bản đã tải").first.wait_for()
    _looked_at(clerk, "outside-refused")


def _looked_at(page: Any, name: str) -> None:
    """As it stands, at the desk and on a phone's width; a picture for whoever looks by hand (SHOTS=folder)."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_kind_to_everyone(page)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def _apart(make: Any, world: Any) -> OutgoingDocument:
    try:
        return make(world)
    finally:
        connection.close()
