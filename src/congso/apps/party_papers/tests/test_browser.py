"""Party documents in a real browser, on a phone and at a desk: read by visitors, kept by clerks."""

from datetime import date

import pytest
from django.urls import reverse

from congso.apps.party_papers import services
from congso.apps.party_papers.tests.factories import do, draft, on, proposals, publish
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_visitor_reads_a_document_by_its_contents(browser, live_server, world, size):
    first = publish(world, "05-QĐ/TU", effective_from=date(2024, 1, 1), volume="Tập 1")
    publish(world, "12-QĐ/TU", acts=(on(first, "amends", date(2025, 1, 1), "dieu-1"),))
    context = browser.new_context(viewport=size, locale="vi-VN", base_url=live_server.url)
    page = context.new_page()
    for address in (
        reverse("party_papers:index"),
        reverse("party_papers:history", args=[first.pk]),
        reverse("party_papers:volumes"),
        f"{reverse('party_papers:volume')}?ten=T%E1%BA%ADp%201",
        reverse("party_papers:edition", args=[first.pk]),
    ):
        page.goto(address)
        assert_kind_to_everyone(page)
    page.get_by_role("link", name="Điều 2. Hiệu lực").click()
    assert page.url.endswith("#dieu-2")
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_clerk_keeps_documents(opened, world, size):
    paper = draft(world)
    do(world, "clerk", services.read_relations, paper)
    proposal = proposals(world, paper)[0]
    for address in (
        reverse("party_papers:papers"),
        reverse("party_papers:detail", args=[paper.pk]),
        reverse("party_papers:edit", args=[paper.pk]),
        reverse("party_papers:relation", args=[paper.pk, proposal.pk]),
    ):
        page = opened("clerk", address, size)
        assert_kind_to_everyone(page)
        page.context.close()
