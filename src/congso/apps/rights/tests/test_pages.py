"""The screens about rights, each act by the people who may and by those who may not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.apps.rights.models import Campaign, Decision, UnitReview
from congso.kernel.access import principals
from congso.kernel.access.models import Delegation, Grant, GrantRequest
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Assignment, Post
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry
from congso.kernel.notify.models import Notice

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)
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


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def proposal(world: World, **more: Any) -> dict[str, Any]:
    facts = {"person": f"#{world.specialist} Vũ Thí Dụ", "role": "1", "valid_from": day(TODAY), "until": day(LATER)}
    return facts | {"reason": "Kiểm tra quý", "decision": "QĐ 5", "organization": ""} | more


def proposed(world: World, signed_in: SignIn, **more: Any) -> int:
    sent(signed_in("administrator"), "/quyen/cap/", **proposal(world, **more))
    with acting_as(Actor.person(world.administrator)):
        return GrantRequest.objects.order_by("-id")[0].pk


# Roles


def test_a_role_is_proposed_agreed_to_and_revoked(world: World, signed_in: SignIn) -> None:
    asked = proposed(world, signed_in)
    second = signed_in("second_administrator")
    assert "chờ người thứ hai" in told(world, "second_administrator")[0]
    assert f"/quyen/de-nghi/{asked}/dong-y/" in shown(second, "/quyen/")
    assert f"/quyen/de-nghi/{asked}/dong-y/" not in shown(signed_in("administrator"), "/quyen/")
    sent(second, f"/quyen/de-nghi/{asked}/dong-y/")
    page = shown(signed_in("stranger"), "/quyen/")
    assert "Kiểm tra quý · QĐ 5 · đề nghị: Tạ Quản Trị · đồng ý: Cao Đồng Quản" in page
    assert len(told(world, "specialist")) == 1
    with acting_as(Actor.person(world.specialist)) as held:
        assert principals.role(Role.READER) in held
        grant = Grant.objects.get(person=world.specialist).pk
    sent(signed_in("administrator"), f"/quyen/vai-tro/{grant}/thu-hoi/", note="Hết việc")
    with acting_as(Actor.person(world.specialist)) as held:
        assert principals.role(Role.READER) not in held
    assert "thu hồi: Tạ Quản Trị" in shown(second, "/quyen/?xem=da-het")


def test_a_role_of_one_office_names_it(world: World, signed_in: SignIn) -> None:
    page = sent(signed_in("administrator"), "/quyen/cap/", 422, **proposal(world, role="office"))
    assert "cần ghi cơ quan" in page
    asked = proposed(world, signed_in, role="office", organization="T.BTC")
    sent(signed_in("second_administrator"), f"/quyen/de-nghi/{asked}/dong-y/")
    with acting_as(Actor.person(world.specialist)) as held:
        assert principals.administration(world.organizations["BTC"]) in held


@pytest.mark.parametrize("who", ["administrator", "auditor", "reader", "chief", "stranger", "specialist"])
def test_nobody_else_answers_a_proposal(world: World, signed_in: SignIn, who: str) -> None:
    asked, client = proposed(world, signed_in), signed_in(who)
    seen = who in {"administrator", "auditor", "specialist"}
    assert client.post(f"/quyen/de-nghi/{asked}/dong-y/").status_code == (302 if seen else 404)
    assert client.post(f"/quyen/de-nghi/{asked}/tu-choi/", {"note": "x"}).status_code == (422 if seen else 404)
    with acting_as(Actor.person(world.administrator)):
        assert GrantRequest.objects.get(pk=asked).state == "asked"
    if who != "administrator":
        assert client.get("/quyen/cap/").status_code == 403


def test_a_proposal_is_refused_with_a_reason_or_withdrawn(world: World, signed_in: SignIn) -> None:
    first, second = proposed(world, signed_in), proposed(world, signed_in, person=f"#{world.head} x")
    other = signed_in("second_administrator")
    assert "lý do" in sent(other, f"/quyen/de-nghi/{first}/tu-choi/", 422)
    sent(other, f"/quyen/de-nghi/{first}/tu-choi/", note="Chưa cần")
    sent(other, f"/quyen/de-nghi/{second}/rut/")
    sent(signed_in("administrator"), f"/quyen/de-nghi/{second}/rut/")
    with acting_as(Actor.person(world.administrator)):
        assert set(GrantRequest.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}
    assert "Chưa cần" in told(world, "specialist")[0]


@pytest.mark.parametrize(
    "typed",
    [
        {"person": "ai đó"},
        {"role": "9"},
        {"until": "hôm nay"},
        {"reason": ""},
        {"until": day(TODAY - timedelta(days=2))},
    ],
)
def test_what_is_typed_wrong_is_told(world: World, signed_in: SignIn, typed: dict[str, str]) -> None:
    sent(signed_in("administrator"), "/quyen/cap/", 422, **proposal(world, **typed))


# Desks


def test_a_leader_hands_her_desk_over_and_takes_it_back(world: World, signed_in: SignIn) -> None:
    chief = signed_in("chief")
    with acting_as(Actor.person(world.chief)):
        post = Post.objects.get(name="Chánh Văn phòng").pk
    typed = {"person": f"#{world.head} x", "valid_from": day(TODAY), "until": day(LATER), "reason": "Đi công tác"}
    typed |= {"kind": "absence", "posts": str(post)}
    assert "lùi ngày" in sent(
        chief, "/quyen/ban-lam-viec/giao/", 422, **typed | {"valid_from": day(TODAY - timedelta(days=1))}
    )
    sent(chief, "/quyen/ban-lam-viec/giao/", **typed)
    with acting_as(Actor.person(world.head)) as held:
        assert principals.post(post) in held
        lent = Delegation.objects.get()
        assert set(lent.functions) == {"staff", "leaders", "chiefs"}
    for who in ("head", "clerk"):
        assert any("thay Trần Thử Chánh" in words for words in told(world, who)), who
    assert "Tôi đang thay" in shown(signed_in("head"), "/quyen/ban-lam-viec/")
    assert "Bạn đang thay Chánh Văn phòng" in shown(signed_in("head"), "/")
    assert "Phạm Mẫu Trưởng đang thay bạn" in shown(chief, "/")
    assert "đang thay" in shown(chief, "/quyen/ban-lam-viec/")
    sent(signed_in("stranger"), f"/quyen/ban-lam-viec/{lent.pk}/thoi/")
    with acting_as(Actor.person(world.head)) as held:
        assert principals.post(post) in held
    sent(chief, f"/quyen/ban-lam-viec/{lent.pk}/thoi/")
    with acting_as(Actor.person(world.head)) as held:
        assert principals.post(post) not in held


# The quarterly review


@pytest.fixture
def review(world: World, signed_in: SignIn) -> Campaign:
    """This quarter's review, opened by an administrator."""
    sent(signed_in("administrator"), "/quyen/ra-soat/mo/")
    with acting_as(Actor.person(world.administrator)):
        return Campaign.objects.get()


def test_a_unit_reviews_and_what_it_takes_away_ends_by_the_ordinary_act(
    world: World, signed_in: SignIn, review: Campaign
) -> None:
    unit = f"/quyen/ra-soat/{review.pk}/{world.organizations['VPTU']}/"
    chief = signed_in("chief")
    assert any("Rà soát quyền" in words for words in told(world, "chief"))
    assert told(world, "clerk") == []
    assert "Văn phòng Tỉnh ủy Thử Nghiệm" in shown(chief, "/quyen/ra-soat/")
    page = shown(chief, unit)
    assert "Nguyễn Ví Dụ" in page
    with acting_as(Actor.person(world.chief)):
        held = Assignment.objects.get(person=world.tracker).pk
    wanted = f"{unit}quyet-dinh/?loai=assignment&quyen={held}"
    assert "lý do" in sent(chief, wanted, 422)
    sent(chief, wanted, note="Đã chuyển việc")
    with acting_as(Actor.person(world.chief)):
        assert Assignment.objects.get(pk=held).valid_to is None  # a leader does not administer
        decision = Decision.objects.get().pk
    sent(chief, f"{unit}xac-nhan/")
    administrator = signed_in("administrator")
    assert "Đỗ Thử Nhắc" in shown(administrator, f"/quyen/ra-soat/{review.pk}/")
    sent(chief, f"/quyen/ra-soat/thu-hoi/{decision}/")
    with acting_as(Actor.person(world.chief)):
        assert Assignment.objects.get(pk=held).valid_to is None
    sent(administrator, f"/quyen/ra-soat/thu-hoi/{decision}/")
    with acting_as(Actor.person(world.administrator)):
        assert Assignment.objects.get(pk=held).valid_to == TODAY
        made = UnitReview.objects.get()
        assert (made.kept, made.revoked) == (3, 1)
    minutes = shown(chief, f"{unit}in/")
    assert "Biên bản rà soát quyền truy cập" in minutes
    assert "Đã chuyển việc" in minutes
    sent(chief, f"{unit}xac-nhan/", 403)
    with acting_as(Actor.person(world.auditor)):
        acts = set(Entry.objects.filter(act__startswith="rights.").values_list("act", flat=True))
        assert acts == {"rights.review_opened", "rights.right_revoked", "rights.unit_reviewed"}


def test_a_unit_changes_its_mind_before_it_is_carried_out(world: World, signed_in: SignIn, review: Campaign) -> None:
    unit = f"/quyen/ra-soat/{review.pk}/{world.organizations['VPTU']}/"
    with acting_as(Actor.person(world.chief)):
        held = Assignment.objects.get(person=world.tracker).pk
    wanted = f"{unit}quyet-dinh/?loai=assignment&quyen={held}"
    sent(signed_in("chief"), wanted, note="Nhầm")
    sent(signed_in("chief"), wanted, keep="1")
    with acting_as(Actor.person(world.chief)):
        assert Decision.objects.get().verdict == "keep"


@pytest.mark.parametrize("who", ["clerk", "specialist", "agency_leader", "administrator", "auditor", "stranger"])
def test_nobody_else_decides_for_a_unit(world: World, signed_in: SignIn, review: Campaign, who: str) -> None:
    unit = f"/quyen/ra-soat/{review.pk}/{world.organizations['VPTU']}/"
    client = signed_in(who)
    with acting_as(Actor.person(world.chief)):
        held = Assignment.objects.get(person=world.tracker).pk
    assert client.post(f"{unit}xac-nhan/").status_code == 403
    assert client.post(f"{unit}quyet-dinh/?loai=assignment&quyen={held}", {"note": "x"}).status_code == 403
    assert client.post(f"{unit}quyet-dinh/?loai=assignment&quyen=0", {"note": "x"}).status_code == 404
    if who != "administrator":
        assert client.post("/quyen/ra-soat/mo/").status_code == 403


def test_pages_ask_few_questions(world: World, signed_in: SignIn, review: Campaign) -> None:
    proposed(world, signed_in)
    client, unit = signed_in("chief"), world.organizations["VPTU"]
    for address, most in (
        ("/quyen/", 19), ("/quyen/mo-khan-cap/", 18), ("/quyen/ban-lam-viec/", 20), ("/quyen/ra-soat/", 19),
        (f"/quyen/ra-soat/{review.pk}/", 21), (f"/quyen/ra-soat/{review.pk}/{unit}/", 25),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            shown(client, address)
        assert len(asked) <= most, (address, len(asked))
