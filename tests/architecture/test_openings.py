"""What crosses rights and documents: an emergency opening shows one paper on every way to it, and no other paper; what
is done at a desk handed over is told to who handed it over.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congso.apps.documents.services import present_document
from congso.apps.documents.tests import factories as documents
from congso.kernel.access.models import Delegation, Opening, OpeningUse
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Post
from congso.kernel.directory.testing import World
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SignIn = Callable[[str], Client]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def sent(client: Client, address: str, status: int = 302, **typed: Any) -> str:
    answer = client.post(address, typed)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def told(world: World, who: str) -> list[str]:
    with acting_as(Actor.person(getattr(world, who))):
        return list(Notice.objects.order_by("id").values_list("text", flat=True))


@pytest.fixture
def paper(world: World) -> Any:
    """A registered document of the office, which a stranger does not see."""
    return documents.in_progress(world)


def asked_opening(world: World, signed_in: SignIn, number: str) -> int:
    typed = {"organization": "T.VPTU", "number": number, "hours": "4", "reason": "Người phụ trách đi vắng"}
    sent(signed_in("stranger"), "/quyen/mo-khan-cap/xin/", **typed)
    with acting_as(Actor.person(world.stranger)):
        return Opening.objects.order_by("-id")[0].pk


def test_an_opening_shows_one_record_tells_its_owner_and_keeps_every_look(
    world: World, signed_in: SignIn, paper: Any
) -> None:
    stranger, chief = signed_in("stranger"), signed_in("chief")
    record = f"/van-ban-den/{paper.pk}/"
    assert stranger.get(record).status_code == 404
    opening = asked_opening(world, signed_in, paper.number.lower())
    address = f"/quyen/mo-khan-cap/{opening}/"
    assert any("xin mở khẩn cấp" in words for words in told(world, "chief"))
    assert any("xin mở khẩn cấp" in words for words in told(world, "auditor"))
    page = shown(chief, address)
    assert paper.number in page
    sent(chief, address, agree="1", record=str(paper.pk), words="Cần ngay")
    assert paper.title not in shown(stranger, "/quyen/mo-khan-cap/")
    assert stranger.get(record).status_code == 200
    with acting_as(Actor.person(world.stranger)):
        assert list(Record.objects.values_list("pk", flat=True)) == [paper.pk]
    listed = stranger.get("/api/v1/documents/").json()
    assert [one["id"] for one in listed["items"]] == [paper.pk]
    assert stranger.get(f"/api/v1/documents/{paper.pk}").status_code == 200
    with acting_as(Actor.person(world.chief)):
        paths = list(OpeningUse.objects.order_by("id").values_list("path", flat=True))
        assert paths == [record, f"/api/v1/documents/{paper.pk}"]
    assert record in shown(chief, address)
    assert "Mở khẩn cấp" in shown(chief, f"/ho-so/{paper.pk}/ai-xem/")
    sent(stranger, f"{address}dong/")
    assert stranger.get(record).status_code == 404
    assert "Mở khẩn cấp" not in shown(chief, f"/ho-so/{paper.pk}/ai-xem/")


def test_an_opening_is_refused_or_finds_nothing(world: World, signed_in: SignIn, paper: Any) -> None:
    chief = signed_in("chief")
    nothing, address = asked_opening(world, signed_in, "99-XX"), "/quyen/mo-khan-cap/{}/"
    assert "không có hồ sơ mở được" in shown(chief, address.format(nothing))
    assert "chọn hồ sơ" in sent(chief, address.format(nothing), 422, agree="1", words="")
    assert "lý do từ chối" in sent(chief, address.format(nothing), 422, refuse="1", words="")
    sent(chief, address.format(nothing), refuse="1", words="Không cần")
    assert any("Không cần" in words for words in told(world, "stranger"))
    for who in ("clerk", "specialist", "administrator"):
        assert signed_in(who).get(address.format(nothing)).status_code == 404


def test_what_was_done_at_my_desk_is_listed(world: World, signed_in: SignIn) -> None:
    with acting_as(Actor.person(world.chief)):
        post = Post.objects.get(name="Chánh Văn phòng").pk
    period = {"valid_from": f"{TODAY:%d/%m/%Y}", "until": f"{TODAY + timedelta(days=30):%d/%m/%Y}"}
    typed = {"person": f"#{world.head} x", "reason": "Nghỉ phép", "kind": "delegation", "posts": str(post)}
    sent(signed_in("chief"), "/quyen/ban-lam-viec/giao/", **typed, **period)
    document = documents.registered(world)
    with documents.by(world.head) as actor:
        present_document(document, proposal="Xin ý kiến", by=actor, at=timezone.now())
    with acting_as(Actor.person(world.chief)):
        lent = Delegation.objects.get().pk
    assert "thay Trần Thử Chánh" in shown(signed_in("chief"), f"/quyen/ban-lam-viec/{lent}/viec/")
