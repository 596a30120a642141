"""“Quy định”: everybody may look, only an administrator vouches."""

from datetime import date

import pytest

from congso.kernel.regulations.models import Parameter
from congso.kernel.web.tests.sample import as_person


@pytest.fixture
def doubtful(world, db):
    with as_person(world.administrator):
        found = Parameter.objects.filter(trust="U", confirmed_at__isnull=True, valid_to__isnull=True).first()
    if found is None:
        pytest.skip("the test database holds no parameter in doubt")
    return found


def test_the_doubtful_come_first(signed_in, doubtful):
    shown = signed_in("administrator").get("/quy-dinh/?q=" + doubtful.name).content.decode()
    assert doubtful.name in shown
    assert "Chưa kiểm chứng" in shown


def test_an_administrator_vouches_for_a_value(signed_in, doubtful):
    client = signed_in("administrator")
    assert "Tôi đã đối chiếu" in client.get(f"/quy-dinh/{doubtful.pk}/").content.decode()
    after = client.post(f"/quy-dinh/{doubtful.pk}/xac-nhan/", follow=True).content.decode()
    assert "Đã xác nhận" in after
    assert "Tôi đã đối chiếu" not in after


def test_anybody_else_is_refused(signed_in, doubtful):
    client = signed_in("head")
    assert "Tôi đã đối chiếu" not in client.get(f"/quy-dinh/{doubtful.pk}/").content.decode()
    assert "Chỉ quản trị viên" in client.post(f"/quy-dinh/{doubtful.pk}/xac-nhan/", follow=True).content.decode()


def test_a_year_is_confirmed_only_with_its_notice(signed_in, db):
    client = signed_in("administrator")
    answer = client.post(f"/quy-dinh/lich/{date.today().year}/", {"notice": " "}, follow=True).content.decode()  # noqa: DTZ011
    assert "Hãy ghi số, ngày của thông báo" in answer
