"""The review screen in a real browser: by keyboard beside the page, at a desk and on a phone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from congso.apps.directives.models import PlanReading, Task
from congso.apps.directives.services import confirm_certain, stop_reading
from congso.apps.directives.tests.reading_factories import (
    PROPOSALS,
    ready,
    review,
    rows_of,
    source_of,
    started,
    with_pages,
)
from congso.apps.directives.tests.test_comparing import LATER, NEW, again, given
from congso.kernel.access.services import Actor, acting_as
from tests.browser import DESK, PHONE, assert_kind_at_both_sizes, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def beside_its_pages(world, folder: Path, proposals=PROPOSALS) -> PlanReading:
    """A reading whose document has pages to look at."""
    source = source_of(world)
    return ready(world, proposals, source=source, pages=with_pages(world, source, folder))


def photographed(page: Page, name: str) -> None:
    """A picture for people to look at, when a folder for it is named."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def states(world, reading: PlanReading) -> list[str]:
    return [row.state for row in rows_of(world, reading)]


def test_a_plan_is_gone_through_by_keyboard_alone(world, tmp_path, opened: Callable[..., Page]):
    reading = beside_its_pages(world, tmp_path, [*PROPOSALS, PROPOSALS[3]])
    page = opened("tracker", f"/nhiem-vu/doc/{reading.pk}/?order=paper")
    keys = page.keyboard
    in_hand = page.locator("[data-line]:focus")

    expect(in_hand).to_contain_text("Xây dựng kho dữ liệu")
    expect(page.locator("[data-marks] rect")).to_have_attribute("y", "198")
    photographed(page, "review-desk")
    assert_kind_to_everyone(page)

    keys.press("Enter")  # confirm and go on
    expect(in_hand).to_contain_text("Báo cáo tiến độ")
    expect(page.get_by_text("Đã xác nhận").nth(1)).to_be_visible()

    keys.press("x")  # drop, take back, drop
    expect(page.get_by_text("Đã bỏ: Không phải nhiệm vụ cần giao")).to_be_visible()
    expect(in_hand).to_contain_text("Báo cáo tiến độ")
    keys.press("u")
    expect(page.get_by_text("Đã hoàn tác: Bỏ dòng.")).to_be_visible()
    expect(in_hand).to_contain_text("Báo cáo tiến độ")

    keys.press("e")  # correct
    field = page.get_by_label("Nội dung giao")
    expect(field).to_be_focused()
    photographed(page, "edit-desk")
    assert_kind_to_everyone(page)
    field.fill("Báo cáo tiến độ hằng tháng")
    keys.press("Control+Enter")
    expect(page.get_by_text("Báo cáo tiến độ hằng tháng")).to_be_visible()
    expect(in_hand).to_contain_text("Báo cáo tiến độ hằng tháng")


def test_a_wrong_table_join_is_corrected_and_the_rest_handed_out(world, tmp_path, opened: Callable[..., Page]):
    reading = beside_its_pages(world, tmp_path, [*PROPOSALS, PROPOSALS[3]])
    page = opened("tracker", f"/nhiem-vu/doc/{reading.pk}/?order=paper")
    keys = page.keyboard
    in_hand = page.locator("[data-line]:focus")
    expect(in_hand).to_contain_text("Xây dựng kho dữ liệu")

    for _row in range(3):
        keys.press("ArrowDown")
    # the row two cells of which the machine joined
    expect(in_hand).to_contain_text("Tập huấn kỹ năng số. Kiểm tra việc học")
    keys.press("s")
    cut = page.get_by_label("Xuống dòng ở chỗ cần cắt")
    expect(cut).to_be_focused()
    for _letter in "Tập huấn kỹ năng số.":
        keys.press("ArrowRight")
    keys.press("Enter")
    expect(page.get_by_text("Đã tách thành 2 dòng.")).to_be_visible()
    expect(in_hand).to_contain_text("Tập huấn kỹ năng số.")
    keys.press("m")  # and joined again, as a broken row would be
    expect(page.get_by_text("Đã gộp với dòng sau trong văn bản.")).to_be_visible()
    expect(in_hand).to_contain_text("Tập huấn kỹ năng số. Kiểm tra việc học")

    keys.press("d")  # which unit is that?
    unit = page.get_by_label("Là đơn vị nào")
    expect(unit).to_be_focused()
    keys.type("mat tran")
    expect(page.locator(".suggestions li").first).to_contain_text("Mặt trận")
    assert_kind_to_everyone(page)
    keys.press("Enter")
    keys.press("Control+Enter")
    expect(page.get_by_text("Đã chọn đơn vị cho “Ban lạ” ở 2 dòng.")).to_be_visible()

    keys.press("Control+Enter")  # all that is certain
    expect(page.get_by_text("Đã xác nhận 5 dòng chắc chắn.")).to_be_visible()
    assert states(world, reading) == ["confirmed"] * 4 + ["proposed", "confirmed"]

    page.get_by_role("link", name="Giao nhiệm vụ…").click()
    expect(page.get_by_role("heading", name="5 dòng thành 6 nhiệm vụ")).to_be_visible()
    photographed(page, "hand-out-desk")
    assert_kind_to_everyone(page)
    page.get_by_label("Văn bản giao").fill("16-KH/TU")
    page.get_by_label("Ngày giao").fill("23/11/2026")
    keys.press("Control+Enter")
    expect(page.get_by_text("Đã giao 6 nhiệm vụ.")).to_be_visible()
    with acting_as(Actor.person(world.chief)):
        assert Task.objects.filter(hand_out__isnull=False).count() == 6


def test_every_screen_of_a_reading_fits_and_is_accessible(world, tmp_path, opened: Callable[..., Page]):
    reading = beside_its_pages(world, tmp_path, [*PROPOSALS, *PROPOSALS])
    review(world, "chief", confirm_certain, reading)
    first, fourth = (rows_of(world, reading)[place] for place in (0, 3))
    page = opened("chief", "/nhiem-vu/giao/", DESK)
    at = f"/nhiem-vu/doc/{reading.pk}"
    for address in (
        f"{at}/", f"{at}/?show=unit", f"{at}/?show=dropped", f"{at}/dong/{first.pk}/?view=edit",
        f"{at}/dong/{first.pk}/?view=split", f"{at}/dong/{fourth.pk}/?view=unit", f"{at}/giao/",
        f"/nhiem-vu/doc/?source={reading.record_id}",
    ):  # fmt: skip
        assert_kind_at_both_sizes(page, address, themes=("dark",))


@SIZES
def test_progress_and_changes_fit_and_are_accessible(world, opened: Callable[..., Page], size):
    earlier = given(world)
    amended = again(world, earlier, LATER, PROPOSALS[1], NEW)
    waiting = started(world)
    shape = "phone" if size is PHONE else "desk"
    page = opened("chief", f"/nhiem-vu/doc/{amended.pk}/thay-doi/", size)
    expect(page.get_by_role("button", name="Điều chỉnh nhiệm vụ")).to_be_visible()
    photographed(page, f"changes-{shape}")
    assert_kind_to_everyone(page)
    page.goto(f"/nhiem-vu/doc/{waiting.pk}/")
    expect(page.get_by_role("heading", name="Đang đọc văn bản")).to_be_visible()
    photographed(page, f"waiting-{shape}")
    assert_kind_to_everyone(page)
    review(world, "chief", stop_reading_of, waiting)
    expect(page.get_by_role("heading", name="Chưa đọc được văn bản")).to_be_visible()


def stop_reading_of(reading: PlanReading, *, by, at) -> None:
    """As the button does."""
    stop_reading(reading)


def test_a_thumb_confirms_and_corrects_on_a_phone(world, tmp_path, opened: Callable[..., Page]):
    reading = beside_its_pages(world, tmp_path)
    page = opened("chief", f"/nhiem-vu/doc/{reading.pk}/?order=paper", PHONE)
    first = page.locator("[data-row]").first
    first.get_by_role("button", name="Xác nhận").tap()
    expect(first.get_by_text("Đã xác nhận")).to_be_visible()
    second = page.locator("[data-row]").nth(1)
    second.get_by_role("link", name="Sửa").tap()
    page.get_by_label("Sản phẩm").fill("Báo cáo tháng")
    page.get_by_role("button", name="Lưu và xác nhận").tap()
    expect(second.get_by_text("Báo cáo tháng")).to_be_visible()
    assert_kind_to_everyone(page)
    assert states(world, reading)[:2] == ["confirmed", "confirmed"]
