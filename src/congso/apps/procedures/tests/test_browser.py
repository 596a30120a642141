"""Procedures in a real browser: what visitors and desks see is kind to everyone, on a phone and at a desk."""

from datetime import date

import pytest
from django.urls import reverse

from congso.apps.procedures import services
from congso.apps.procedures.queries import case_of
from congso.apps.procedures.tests.factories import CODE, at_desk, do, draft, moment, publish
from congso.kernel.access.services import Actor, acting_as
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_visitor_reads_a_procedure_and_looks_a_case_up(browser, live_server, world, size):
    publication = publish(world, with_form=True)
    case = at_desk(world, publication)
    do(world, "clerk", services.ask_for_additions, case, note="Giấy giới thiệu của chi bộ")
    with acting_as(Actor.person(world.clerk)):
        held = case_of(case.pk)
        word = services.word_of(held)
    context = browser.new_context(viewport=size, locale="vi-VN", base_url=live_server.url)
    page = context.new_page()
    page.goto(reverse("procedures:index"))
    assert_kind_to_everyone(page)
    page.fill("#q", "ban sao")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cấp bản sao tài liệu lưu trữ").click()
    page.wait_for_url(f"**/xem/{CODE}/")
    assert_kind_to_everyone(page)
    page.goto(f"{reverse('procedures:look-up')}?ma={held.number}")
    assert page.input_value("[name=ma]") == held.number
    page.fill("[name=tu]", word)
    page.keyboard.press("Enter")
    page.get_by_text("Giấy giới thiệu của chi bộ").wait_for()
    assert_kind_to_everyone(page)
    assert word not in page.url
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_works_without_a_mouse_trap(opened, world, size):
    publication = publish(world)
    edition = draft(world, number="1.000009")
    case = at_desk(world, publication, at=moment(date(2026, 11, 3)))
    do(world, "chief", services.apologise, case, new_due_on=date(2027, 3, 2), note="Chờ xác nhận")
    for address in (
        reverse("procedures:cases"),
        reverse("procedures:case", args=[case.pk]),
        reverse("procedures:receipt", args=[case.pk]),
        reverse("procedures:apology", args=[case.pk]),
        reverse("procedures:desk", args=[CODE]),
        reverse("procedures:editions"),
        reverse("procedures:detail", args=[edition.pk]),
        reverse("procedures:edit", args=[edition.pk]),
        reverse("procedures:case-act", args=[case.pk, "ask_additions"]),
    ):
        page = opened("clerk", address, size)
        assert_kind_to_everyone(page)
        page.context.close()
