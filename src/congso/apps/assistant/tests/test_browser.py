"""A leader asks on a phone and at a desk: the answer, its numbers, the passage in its place."""

import pytest
from django.urls import reverse

from congso.apps.assistant.tests.factories import PLAN, take_over
from tests.browser import DESK, PHONE, picture, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def test_asking_reading_and_looking_it_up(opened, world, tmp_path):
    take_over(tmp_path, [PLAN])
    page = opened("clerk", reverse("assistant:index"), PHONE)
    picture(page, "assistant-box")
    page.get_by_label("Câu hỏi, có dấu hoặc không dấu").fill("nam 2026 toan tinh trong duoc bao nhieu hecta mac ca")
    send(page.get_by_role("button", name="Hỏi", exact=True))
    assert page.locator(".assistant-lead").inner_text() == "640 hecta"
    picture(page, "assistant-answer")
    page.set_viewport_size(DESK)
    picture(page, "assistant-answer")
    page.locator("summary", has_text="Câu trả lời này đúng không?").click()
    send(page.get_by_role("button", name="Đúng", exact=True))
    send(page.get_by_role("link", name="Mở đúng chỗ [1]"))
    assert "640 hecta" in page.locator("mark").inner_text()
    picture(page, "assistant-passage")
    page.goto(reverse("assistant:index"))
    page.get_by_label("Câu hỏi, có dấu hoặc không dấu").fill("Giá vàng hôm nay là bao nhiêu?")
    send(page.get_by_role("button", name="Hỏi", exact=True))
    page.get_by_text("Không tìm thấy trong những gì anh/chị được đọc").wait_for()
    picture(page, "assistant-refused")
    page.goto(reverse("assistant:briefing"))
    picture(page, "assistant-briefing")
    page.set_viewport_size(PHONE)
    picture(page, "assistant-briefing")
