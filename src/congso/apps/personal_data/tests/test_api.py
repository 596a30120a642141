"""REST for the same acts: a request and a breach go their whole way, refusals are problem answers."""

import pytest
from django.utils import timezone

from congso.apps.personal_data.models import DataKind
from congso.apps.personal_data.tests.factories import FACTS

pytestmark = pytest.mark.django_db
API = "/api/v1/personal_data"


def post(client, path, told, status):
    answer = client.post(f"{API}{path}", told, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_a_request_goes_its_way(protected, signed_in):
    subject, protector = signed_in("specialist"), signed_in("other_head")
    post(subject, "/requests", {"kind": "everything", "text": "x"}, 422)
    made = post(subject, "/requests", {"kind": "object", "text": "Không in số điện thoại"}, 201)
    path = f"/requests/{made['id']}"
    assert subject.get(f"{API}{path}").json()["acts"] == ["withdraw"]
    post(subject, f"{path}/acknowledge", {}, 403)
    post(protector, f"{path}/nothing", {}, 404)
    post(protector, f"{path}/refuse", {"note": "Không", "ground": "vì thế"}, 422)
    post(protector, f"{path}/acknowledge", {"note": "Đang làm"}, 204)
    post(protector, f"{path}/fulfil", {"note": "Đã bỏ"}, 204)
    post(protector, f"{path}/fulfil", {"note": "Đã bỏ"}, 403)  # nobody acts on what is closed
    assert subject.get(f"{API}{path}").json()["answer"] == "Đã bỏ"
    assert signed_in("head").get(f"{API}{path}").status_code == 404
    assert subject.get(f"{API}/seen-by").json()["items"][0]["place"] == "request"
    assert any(row["is_sensitive"] for row in subject.get(f"{API}/register").json())


def test_a_breach_goes_its_way(protected, signed_in):
    finder, protector = signed_in("specialist"), signed_in("other_head")
    now = timezone.now().isoformat()
    made = post(finder, "/breaches", {"description": "Mất máy tính", "discovered_at": now}, 201)
    path = f"/breaches/{made['id']}"
    assert finder.get(f"{API}{path}").status_code == 404
    post(finder, f"{path}/report_initial", {"addressee": "A05"}, 404)
    post(protector, f"{path}/report_initial", {"addressee": "A05"}, 422)
    told = FACTS | {"data_kinds": [DataKind.IDENTITY]}
    assert protector.put(f"{API}{path}", told, content_type="application/json").status_code == 204
    assert protector.get(f"{API}{path}").json()["seconds_left"] > 71 * 3600
    post(protector, f"{path}/report_initial", {"addressee": "A05"}, 204)
    post(protector, f"{path}/tell_people", {"people_count": 120, "means": "Thư", "note": "Xin lỗi"}, 204)
    post(protector, f"{path}/report_final", {"addressee": "A05"}, 204)
    shown = protector.get(f"{API}{path}").json()
    assert (shown["state"], [one["phase"] for one in shown["reports"]]) == ("concluded", ["initial", "final"])
    assert protector.get(f"{API}/breaches").json()["count"] == 1
    assert finder.get(f"{API}/breaches").json()["count"] == 0
