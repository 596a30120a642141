"""The registry's pages over packets: who comes in, what stands there, what a button does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.exchange.axis import AxisError
from congso.kernel.exchange.carrying import receive, send_due
from congso.kernel.exchange.configuration import Connection
from congso.kernel.exchange.models import Packet, PacketKind, PacketState
from congso.kernel.exchange.outgoing import queue_document
from congso.kernel.exchange.tests.factories import OURS, THEIRS, PaperAxis, about, arrive, document, one, rows
from congso.kernel.files.models import Upload
from congso.lib.edxml.packets import Kind

pytestmark = pytest.mark.django_db

API = "/api/v1/packets"


def prepare(world: World) -> Organization:
    """The committee's office answers for our code."""
    with acting_as(Actor.person(world.administrator)):
        Organization.objects.filter(pk=world.organizations["VPTU"]).update(official_code=OURS)
        return world.organization("VPTU")


def filled(world: World) -> Organization:
    """An office with one packet of every standing."""
    office, axis, now = prepare(world), PaperAxis(), timezone.now()
    clerk = Actor.person(world.clerk)
    arrive(axis, office, document(1), document(2), about(Kind.RECALL, 2), about(Kind.RECALL, 7), b"junk", at=now)
    with acting_as(clerk):
        for number, at in ((30, now - timedelta(days=2)), (31, now)):
            queue_document(document(number, sender=OURS, receivers=(THEIRS,)), organization=office, by=clerk, at=at)
    send_due(Connection(axis, (OURS,)), at=now - timedelta(days=1))
    axis.error = AxisError.unreachable("hết giờ")
    send_due(Connection(axis, (OURS,)), at=now)
    receive(axis, office, at=now)
    return office


@pytest.fixture
def shown(signed_in: Callable[[str], Any]) -> Callable[..., str]:
    def show(who: str, address: str, status: int = 200) -> str:
        answer = signed_in(who).get(address)
        assert answer.status_code == status, (who, address, answer.status_code)
        return str(answer.content.decode())

    return show


def test_the_page_tells_what_is_stuck_why_and_who_goes_on(
    world: World, shown: Callable[..., str], signed_in: Callable[[str], Any]
) -> None:
    filled(world)
    client = signed_in("clerk")
    page = shown("clerk", "/trao-doi/")
    for words in (
        "văn thư chưa tiếp nhận", "Nơi gửi xin thu hồi", "Chưa có văn bản", "mã not_xml", "Không kết nối được trục",
        "chưa báo “Đã đến”", "Hệ thống", "Tiếp nhận", "Đồng ý", "Gửi lại", "Thôi xử lý",
    ):  # fmt: skip
        assert words in page, words
    assert "Trao đổi qua trục" in shown("clerk", "/")
    chief = shown("chief", "/trao-doi/")
    assert "văn thư chưa tiếp nhận" in chief
    assert "/tiep-nhan/" not in chief
    for who in ("agency_clerk", "head", "administrator"):
        assert "Không có gì tắc" in shown(who, "/trao-doi/")
    for row in rows():
        assert client.get(f"/trao-doi/{row.pk}/").status_code == 200
    shown("agency_clerk", f"/trao-doi/{row.pk}/", 404)
    assert "Văn bản mới" in shown("clerk", "/trao-doi/tat-ca/?q=1-CV")
    assert "Chưa có gói tin nào" in shown("clerk", "/trao-doi/tat-ca/?q=%00%27--")
    shown("clerk", "/trao-doi/tat-ca/?truoc=99999999999999999999")


def test_a_page_asks_few_questions_however_many_packets(world: World, signed_in: Callable[[str], Any]) -> None:
    office, axis = prepare(world), PaperAxis()
    client = signed_in("clerk")

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert client.get(address).status_code == 200
        return len(questions)

    arrive(axis, office, document(1))
    addresses = ("/trao-doi/", "/trao-doi/tat-ca/", f"/trao-doi/{rows()[0].pk}/")
    client.get("/trao-doi/")
    few = [asked(address) for address in addresses]
    arrive(axis, office, *(document(number) for number in range(2, 20)))
    assert [asked(address) for address in addresses] == few
    assert max(few) < 30


def test_accepting_hands_the_files_to_intake(world: World, signed_in: Callable[[str], Any]) -> None:
    office, axis = prepare(world), PaperAxis()
    arrive(axis, office, document(1))
    row = one(kind=PacketKind.NEW)
    page = signed_in("clerk").post(f"/trao-doi/{row.pk}/tiep-nhan/", follow=True).content.decode()
    assert "Đã tiếp nhận" in page
    with acting_as(Actor.person(world.clerk)):
        upload = Upload.objects.get()
    assert (upload.name, upload.purpose, upload.details["channel"]) == ("1.txt", "incoming", "network")
    assert one(pk=row.pk).state == PacketState.DONE
    page = signed_in("clerk").post(f"/trao-doi/{row.pk}/bao/", {"status": "03", "description": "Số đến 5"}, follow=True)
    assert "Đã báo nơi gửi" in page.content.decode()
    assert [told.status for told in rows(kind=PacketKind.STATUS)] == ["01", "03"]
    again = signed_in("clerk").post(f"/trao-doi/{row.pk}/tiep-nhan/", follow=True).content.decode()
    assert "không làm được việc này" in again


def test_refusing_asks_for_the_reason(world: World, signed_in: Callable[[str], Any]) -> None:
    office, axis = prepare(world), PaperAxis()
    arrive(axis, office, document(1))
    row = one(kind=PacketKind.NEW)
    client = signed_in("clerk")
    assert client.get(f"/trao-doi/{row.pk}/tu-choi/").status_code == 200
    assert client.post(f"/trao-doi/{row.pk}/tu-choi/", {"reason": " "}).status_code == 422
    assert signed_in("chief").post(f"/trao-doi/{row.pk}/tu-choi/", {"reason": "Sai"}).status_code == 422
    assert client.post(f"/trao-doi/{row.pk}/tu-choi/", {"reason": "Sai nơi nhận"}).status_code == 302
    assert one(pk=row.pk).state == PacketState.REFUSED


def test_programs_do_the_same(world: World, signed_in: Callable[[str], Any]) -> None:
    office, axis = prepare(world), PaperAxis()
    arrive(axis, office, document(1), document(2), about(Kind.RECALL, 2), b"junk")
    client = signed_in("clerk")
    listed = client.get(f"{API}/stuck").json()
    assert {one["state"] for one in listed} == {"arrived", "stuck", "waiting"}
    assert all(one["reason"] and one["next_step"] and one["owner"] for one in listed)
    first, second, recall, junk = (row.pk for row in rows(direction="in"))

    def posts(pk: int, act: str, facts: dict[str, str] | None = None, who: str = "clerk") -> tuple[int, str]:
        answer = signed_in(who).post(f"{API}/{pk}/{act}", facts or {}, content_type="application/json")
        return answer.status_code, answer.json().get("state", answer.json().get("code", ""))

    assert posts(first, "accept", who="chief") == (403, "not_yours")
    assert posts(first, "accept", who="agency_clerk")[0] == 404
    assert posts(first, "accept") == (200, "done")
    assert posts(first, "report", {"status": "03"}) == (200, "done")
    assert posts(first, "report", {"status": "01"}) == (409, "wrong_state")
    assert posts(first, "report", {"status": "xx"}) == (409, "wrong_state")
    assert posts(second, "refuse", {"reason": ""}) == (422, "reason_missing")
    assert posts(recall, "agree") == (200, "done")
    assert posts(second, "accept") == (409, "wrong_state")
    assert posts(junk, "retry") == (409, "wrong_state")
    assert posts(junk, "give-up", {"reason": "Đã gửi lại"}) == (200, "given_up")
    with acting_as(Actor.person(world.clerk)):
        assert Packet.objects.get(pk=second).state == PacketState.RECALLED
