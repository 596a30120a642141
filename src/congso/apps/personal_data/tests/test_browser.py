"""The pages in a real browser, at a desk and on a phone: kind to everyone; a breach is reported by hand."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from congso.apps.personal_data.tests.factories import ask, ask_consent, open_assessed, open_breach
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_a_late_breach_is_reported_with_its_reason(protected, opened, size):
    breach = open_breach(protected, ago=timedelta(hours=80))
    ask(protected, "specialist")
    purpose, assessment = ask_consent(protected), open_assessed(protected)
    page = opened("other_head", "/du-lieu-ca-nhan/", size)
    added = ("danh-gia/", "danh-gia/moi/", f"danh-gia/{assessment.pk}/", "dong-y/", f"muc-dich/{purpose.pk}/")
    for address in ("so-xu-ly/", "luu-giu/", *added, f"su-co/{breach.pk}/"):
        assert_kind_to_everyone(page)
        page.goto(f"/du-lieu-ca-nhan/{address}")
    expect(page.get_by_text("Quá hạn 8 giờ").first).to_be_visible()
    assert_kind_to_everyone(page)
    page.get_by_role("link", name="Báo cáo ban đầu").click()
    page.get_by_label("Lý do báo cáo chậm").fill("Mất điện hai ngày")
    page.get_by_role("button", name="Báo cáo ban đầu").click()
    expect(page.get_by_text("Mất điện hai ngày").first).to_be_visible()
