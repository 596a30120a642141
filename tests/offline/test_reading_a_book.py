"""The library in a real browser: a book read where it was left, on without the network, noted there; the loan desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from congso.apps.library.models import Loan, Note, Place
from congso.apps.library.tests.factories import opened as open_work
from congso.apps.library.tests.factories import shelved, with_book
from congso.kernel.access.services import Actor, acting_as
from tests.browser import DESK, assert_kind_to_everyone, in_thread
from tests.offline.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

HELD = """(async () => {
  const kept = await caches.open("congso-kept");
  return (await kept.keys()).map((one) => new URL(one.url).pathname);
})()"""


def holds(page: Page, address: str) -> None:
    """Wait until the device holds a copy of the address."""
    for _each in range(200):
        if address in page.evaluate(HELD):
            return
        page.wait_for_timeout(50)
    raise AssertionError((address, page.evaluate(HELD)))


def places(world) -> list[tuple[int, int]]:
    """Where the reader is, as the portal knows it."""
    found: list[tuple[int, int]] = []

    def look() -> None:
        with acting_as(Actor.person(world.specialist)):
            found.extend(Place.objects.values_list("number", "share"))

    in_thread(look)
    return found


def test_a_book_is_read_on_where_it_was_left_without_the_network_and_lent_at_the_desk(world, phone, opened) -> None:
    work = open_work(world)
    book = with_book(world, work)
    copy = shelved(world, work)[0]
    page = phone("specialist", reverse("library:card", args=[work.pk]))
    assert_kind_to_everyone(page)
    page.get_by_role("link", name="Đọc", exact=True).click()
    expect(page.get_by_role("heading", name="Chương 1: Bản làng số 1")).to_be_visible()
    page.locator(".reader-drop > summary").filter(has_text="Cỡ chữ").click()
    page.get_by_role("button", name="Nền giấy").click()
    page.get_by_role("button", name="Lớn hơn").click()
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Giữ cả cuốn").click()
    expect(page.locator("[data-told]")).to_contain_text("Đã giữ cả cuốn")
    third = reverse("library:chapter", args=[book.pk, 3])
    holds(page, third)
    page.keyboard.press("Escape")
    page.locator("[data-next]").click()
    expect(page.get_by_role("heading", name="Chương 2: Bản làng số 2")).to_be_visible()
    page.evaluate("window.scrollBy(0, 600)")
    page.context.set_offline(True)
    page.locator("[data-next]").click()
    expect(page.get_by_role("heading", name="Chương 3: Bản làng số 3")).to_be_visible()
    expect(page.locator(".kept-banner")).to_contain_text("bản lưu lúc")
    expect(page.locator("[data-reader]")).to_have_attribute("data-look", "sepia")
    page.get_by_label("Ghi chú của bạn").fill("Nhớ hỏi lại số bản")
    page.get_by_role("button", name="Ghi chú ở đây").click()
    expect(page.locator("[data-tray]")).to_contain_text("1 việc chờ gửi")
    page.context.set_offline(False)
    page.goto(third)
    until(page, "document.querySelector('[data-tray]').hidden")
    page.reload()
    expect(page.locator(".book-notes")).to_contain_text("Nhớ hỏi lại số bản")
    for address in (reverse("library:index"), reverse("library:mine"), reverse("library:notes")):
        page.goto(address)
        assert_kind_to_everyone(page)
    _read_on_at_the_desk(world, opened, book)
    _lend(world, opened, copy)


def _read_on_at_the_desk(world, opened, book) -> None:
    """Another device goes on where this one is."""
    assert [number for number, _share in places(world)] == [3]
    page = opened("specialist", reverse("library:book", args=[book.pk]), DESK)
    expect(page.get_by_role("heading", name="Chương 3: Bản làng số 3")).to_be_visible()
    assert_kind_to_everyone(page)


def _lend(world, opened, copy) -> None:
    page = opened("clerk", f"{reverse('library:desk')}?viec=muon&nguoi={world.specialist}", DESK)
    expect(page.get_by_label("Số đăng ký cá biệt")).to_be_focused()
    page.keyboard.type(copy.number.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã cho mượn TV000001")).to_be_visible()
    assert_kind_to_everyone(page)
    page.goto(f"{reverse('library:desk')}?viec=tra")
    page.keyboard.type(copy.number)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đưa lên giá")).to_be_visible()
    for name in ("works", "new", "copies", "usage", "import", "collections", "stocktakes"):
        page.goto(reverse(f"library:{name}"))
        assert_kind_to_everyone(page)

    def look() -> None:
        with acting_as(Actor.person(world.clerk)):
            assert Loan.objects.get().ending == "returned"
            assert not Note.objects.exists()

    in_thread(look)
