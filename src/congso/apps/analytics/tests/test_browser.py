"""Dashboards and indicators in a real browser, kind to everyone, on a desk, a phone and a wall."""

import pytest
from django.urls import reverse

from congso.apps.analytics.tests.factories import CODE, board, file, indicator, observed, published, question
from tests.browser import DESK, PHONE, assert_kind_at_both_sizes, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def test_figures_are_looked_at_and_questions_asked(opened, world):
    one = indicator(world)
    observed(world, one)
    made = board(world)
    asked = question(world, made, types=())
    question(world, made, title="Theo thời gian", types=(), split_by="period", chart="line")
    question(world, made, title="Số văn bản", source="indicator", indicator=CODE, split_by="period", chart="line")
    held = file(world)
    edition = published(world, made)
    page = opened("tracker", reverse("analytics:question-new", args=[made.pk]), PHONE)
    assert_kind_to_everyone(page)
    page.fill("[name=title]", "Bao nhiêu hồ sơ")
    page.select_option("[name=chart]", "number")
    page.get_by_role("button", name="Lưu").first.click()
    page.get_by_role("heading", name="Bao nhiêu hồ sơ").wait_for()
    assert_kind_to_everyone(page)
    page.context.close()
    pages = {who: opened(who, reverse("analytics:files"), DESK) for who in ("tracker", "chief", "secretary")}
    for who, address in (
        ("tracker", reverse("analytics:boards")),
        ("tracker", reverse("analytics:board", args=[made.pk])),
        ("tracker", reverse("analytics:question-new", args=[made.pk])),
        ("tracker", reverse("analytics:screen", args=[made.pk])),
        ("tracker", reverse("analytics:board-edit", args=[made.pk])),
        ("tracker", reverse("analytics:records", args=[made.pk, asked.pk])),
        ("chief", reverse("analytics:publish", args=[made.pk])),
        ("chief", reverse("analytics:public")),
        ("chief", reverse("analytics:public-board", args=[edition.pk])),
        ("secretary", reverse("analytics:indicators")),
        ("secretary", f"{reverse('analytics:indicator', args=[CODE])}?du-bao=1"),
        ("chief", reverse("analytics:indicator-new")),
        ("chief", reverse("analytics:files")),
        ("chief", reverse("analytics:file", args=[held.pk])),
    ):
        assert_kind_at_both_sizes(pages[who], address)
