"""REST about rights: the same two people, the same refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from congso.apps.rights.models import Campaign, Decision
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Assignment
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNTIL = (TODAY + timedelta(days=30)).isoformat()


def post(client: Any, address: str, status: int, **facts: Any) -> Any:
    answer = client.post(f"/api/v1/rights/{address}", facts, content_type="application/json")
    assert answer.status_code == status, (address, answer.status_code, answer.content)
    return answer.json()


def got(client: Any, address: str) -> Any:
    answer = client.get(f"/api/v1/rights/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_roles(world: World, signed_in: Any) -> None:
    first, second = signed_in("administrator"), signed_in("second_administrator")
    facts = {
        "role": 1,
        "person": world.specialist,
        "valid_from": TODAY.isoformat(),
        "until": UNTIL,
        "reason": "Kiểm tra",
    }
    asked = post(first, "requests", 201, **facts)
    assert "không tự đồng ý" in post(first, f"requests/{asked['id']}/agree", 422)["message"]
    post(signed_in("stranger"), f"requests/{asked['id']}/agree", 404)
    held = post(second, f"requests/{asked['id']}/agree", 200)
    assert held["role"] == "READER"
    assert held["id"] in [one["id"] for one in got(signed_in("stranger"), "roles?q=vu thi")]
    post(signed_in("stranger"), f"roles/{held['id']}/end", 422, words="x")
    assert post(first, f"roles/{held['id']}/end", 200, words="Xong")["valid_to"] == TODAY.isoformat()
    for act, who in (("refuse", second), ("withdraw", first)):
        asked = post(first, "requests", 201, **facts)
        expected = {"refuse": "refused", "withdraw": "withdrawn"}[act]
        assert post(who, f"requests/{asked['id']}/{act}", 200, words="Không")["state"] == expected
    assert len(got(first, "requests")) == 3
    post(first, "requests", 422, **facts | {"role": 9})
    post(signed_in("chief"), "requests", 422, **facts)


def test_openings(world: World, signed_in: Any) -> None:
    stranger, chief = signed_in("stranger"), signed_in("chief")
    asked = post(stranger, "openings", 201, organization="T.VPTU", hours=2, reason="Gấp")
    post(stranger, f"openings/{asked['id']}/agree", 422)
    post(signed_in("clerk"), f"openings/{asked['id']}/agree", 404)
    assert post(chief, f"openings/{asked['id']}/agree", 200)["standing"] == "Đang mở"
    assert post(stranger, f"openings/{asked['id']}/end", 200)["standing"] == "Đã đóng"
    again = post(stranger, "openings", 201, organization="T.VPTU", number="1-X", hours=2, reason="Gấp")
    assert got(chief, f"openings/{again['id']}")["matches"] == []
    assert post(chief, f"openings/{again['id']}/refuse", 200, words="Không")["standing"] == "Từ chối"
    assert len(got(stranger, "openings")) == 2
    post(stranger, "openings", 422, organization="T.VPTU", hours=0, reason="Gấp")


def test_desks(world: World, signed_in: Any) -> None:
    chief = signed_in("chief")
    facts = {"person": world.head, "valid_from": TODAY.isoformat(), "until": UNTIL, "reason": "Nghỉ phép"}
    (lent,) = post(chief, "desks", 201, **facts)
    assert lent["post"] == "Chánh Văn phòng"
    assert [one["id"] for one in got(signed_in("head"), "desks")["to_me"]] == [lent["id"]]
    assert got(chief, f"desks/{lent['id']}/acts") == []
    post(signed_in("stranger"), f"desks/{lent['id']}/end", 422)
    assert post(chief, f"desks/{lent['id']}/end", 200)["valid_to"] == TODAY.isoformat()


def test_reviews(world: World, signed_in: Any) -> None:
    chief, administrator = signed_in("chief"), signed_in("administrator")
    post(chief, "reviews", 422)
    review = post(administrator, "reviews", 201)["id"]
    post(administrator, "reviews", 422)
    with acting_as(Actor.person(world.chief)):
        held = Assignment.objects.get(person=world.tracker).pk
        assert Campaign.objects.get().pk == review
    assert got(chief, "reviews")[0]["id"] == review
    line = {"kind": "assignment", "target": held}
    post(signed_in("clerk"), f"reviews/{review}/T.VPTU/revoke", 422, note="x", **line)
    post(chief, f"reviews/{review}/T.VPTU/revoke", 200, note="Chuyển việc", **line)
    post(chief, f"reviews/{review}/T.VPTU/keep", 200, **line)
    post(chief, f"reviews/{review}/T.VPTU/revoke", 200, note="Chuyển việc", **line)
    with acting_as(Actor.person(world.chief)):
        decision = Decision.objects.get().pk
    post(chief, f"revocations/{decision}/carry-out", 422)
    post(administrator, f"revocations/{decision}/carry-out", 200)
    told = post(chief, f"reviews/{review}/T.VPTU/confirm", 200)
    assert told["confirmed_at"]
    assert {one["verdict"] for one in told["rights"]} == {"keep", "revoke"}
