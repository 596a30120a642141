"""One month in a real browser: a form is drawn, 99 communes report, one late, one returned; a leader opens a total down
to who typed a figure; the report is signed and issued; the plan's target moves; the meeting's pack is printed."""

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.outgoing.tests.conftest import installed, key_folder, trusted  # noqa: F401 - fixtures
from congso.kernel.directory.testing import World
from congso.kernel.web.templatetags.web import number
from tests.browser import DESK, PHONE, assert_kind_to_everyone, in_thread, press, send
from tests.journeys import month as script
from tests.journeys.keys import register_keys
from tests.journeys.month import COMMUNES, Month

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
_DOCUMENT = re.compile(r"/van-ban-di/(\d+)/$")


@pytest.fixture
def month() -> Month:
    """The month the communes report on."""
    return Month.before(timezone.localdate())


@pytest.fixture
def keys(world: World, installed: Any, trusted: Any) -> None:  # noqa: F811
    """The chief's own key and the office's seal, as software keys."""
    in_thread(lambda: register_keys(world, installed, trusted, "chief"))


def test_a_month_from_the_form_to_the_meeting(
    world: World, opened: Callable[..., Page], keys: None, month: Month
) -> None:
    script.add_communes(world)
    told: dict[str, Any] = {}
    draw(opened("chief", "/bao-cao/mau/moi/", DESK), month)
    in_thread(lambda: told.update(plan=script.follow(world), total=script.fill_all(world, month)))
    in_thread(lambda: told.update(report=script.the_communes(world, month)))
    tracker = opened("tracker", f"/bao-cao/{told['report']}/return/", DESK)
    give_back(tracker)
    in_thread(lambda: told.update(more=script.correct(world, told["report"], month.opening)))
    total = number(told["total"] + told["more"])
    gathered = f"/bao-cao/tong-hop/{script.CODE}/{month.period.code}/"
    drill(opened("secretary", gathered, PHONE), total)
    document = hand_over(tracker, gathered, total)
    in_thread(lambda: script.work_off(world.tracker))
    in_thread(lambda: script.approve_draft(world, document))
    sign(opened("chief", f"/van-ban-di/{document}/doc-ky/", PHONE))
    in_thread(lambda: script.address(world, document))
    issue(opened("clerk", f"/van-ban-di/{document}/", DESK))
    in_thread(lambda: told.update(zip(("state", "number"), script.state_of(world, document), strict=True)))
    assert told["state"] == "issued"
    tracker.goto(gathered)
    expect(tracker.get_by_role("link", name=told["number"])).to_be_visible()
    meet(tracker, told["plan"].pk, total)


def draw(page: Page, month: Month) -> None:
    """The chief draws a part with figures and a part in words, publishes, ticks every commune."""
    page.get_by_label("Tên mẫu báo cáo").fill("Báo cáo số hóa tháng")
    page.get_by_label("Mã mẫu").fill(script.CODE)
    page.get_by_label("Cơ quan ban hành").select_option(label="Văn phòng Tỉnh ủy Thử Nghiệm")
    page.get_by_label("Thu thập từ kỳ có ngày").fill(f"{month.period.start:%d/%m/%Y}")
    send(page.get_by_role("button", name="Tạo, vẽ mẫu"))
    for place, (title, kind) in enumerate((("Kết quả", "figures"), ("Khó khăn", "text"))):
        page.locator(f"[name=s{place}-title]").fill(title)
        page.locator(f"[name=s{place}-kind]").select_option(kind)
        send(page.get_by_role("button", name="Thêm", exact=True))
    page.get_by_label("Tên dòng 1").fill("Tài liệu đã số hóa")
    page.get_by_label("Đơn vị tính 1").fill("trang")
    page.get_by_role("button", name="Thêm dòng").click()
    page.get_by_label("Tên dòng 2").fill("Tài liệu phải số hóa")
    page.get_by_label("Đơn vị tính 2").fill("trang")
    assert_kind_to_everyone(page)
    send(page.get_by_role("button", name="Lưu dự thảo").last)
    send(page.get_by_role("button", name="Ban hành"))
    group = page.get_by_role("group", name="Đảng ủy xã, phường")
    group.get_by_role("button", name="Chọn tất cả nhóm này").click()
    send(page.get_by_role("button", name="Ghi danh sách"))
    expect(page.get_by_text(f"Đã ghi {COMMUNES} đơn vị báo cáo.")).to_be_visible()


def give_back(page: Page) -> None:
    """The tracker sends one back with a remark on its figure."""
    page.get_by_label("Lý do").fill("Xem lại số đã số hóa")
    page.locator(f"[name='nx-{script.SCANNED}']").fill("Thiếu tài liệu quý trước")
    send(page.get_by_role("button", name="Trả lại"))
    expect(page.get_by_text("Đã thực hiện: Trả lại.")).to_be_visible()


def drill(page: Page, total: str) -> None:
    """A leader's phone: how many sent in time, the total, its units, one cell's whole history."""
    expect(page.get_by_text(f"Đã gửi {COMMUNES}/{COMMUNES} đơn vị, đúng hạn {COMMUNES - 1}")).to_be_visible()
    send(page.get_by_role("link", name=total))
    expect(page.get_by_text("Tổng các dòng trên:")).to_contain_text(total)
    row = page.locator("tr", has_text="Đảng ủy xã Mẫu").first
    assert_kind_to_everyone(page)
    send(row.get_by_role("link", name="lịch sử ô"))
    expect(page.get_by_text("Mai Thử Sổ, Văn thư").first).to_be_visible()
    assert_kind_to_everyone(page)


def hand_over(page: Page, gathered: str, total: str) -> int:
    """One press makes the draft, with the period's figures in it; returns its id."""
    word = page.request.get(f"{gathered}word/").body()
    printed = {cell.text for table in docx.Document(io.BytesIO(word)).tables for cell in table._cells}
    assert total in printed
    page.goto(gathered)
    send(page.get_by_role("button", name="Lập văn bản đi"))
    expect(page.locator(".record-head")).to_contain_text("Đang soạn thảo")
    found = _DOCUMENT.search(page.url)
    assert found, page.url
    page.goto(f"{page.url}sua/")
    expect(page.locator("[name=content]")).to_have_value(re.compile(re.escape(total)))
    return int(found[1])


def sign(page: Page) -> None:
    """The chief reads on the phone and signs with her own key."""
    send(page.locator("#ky").get_by_role("button", name="Ký số"))
    expect(page.locator(".record-head")).to_contain_text("Đã ký, chờ cấp số")


def issue(page: Page) -> None:
    """The registry numbers, seals and sends it."""
    press(page, "Cấp số, ngày")
    step = page.locator(".issue-steps [aria-current=step]")
    send(page.get_by_role("button", name="Cấp số"))
    expect(step).to_contain_text("Đóng dấu số")
    send(page.get_by_role("button", name="Đóng dấu"))
    expect(step).to_contain_text("Kiểm tra lần cuối")
    send(page.get_by_role("button", name="Phát hành", exact=True))
    expect(page.locator(".record-head")).to_contain_text("Đã phát hành")


def meet(page: Page, plan: int, total: str) -> None:
    """The target moves by what was reported; the pack is made, printed, and handed on."""
    page.goto(f"/ban-chi-dao/{plan}/")
    row = page.locator("tr", has_text="Tài liệu số hóa theo báo cáo")
    expect(row).to_contain_text("chưa đo")
    send(page.get_by_role("button", name="Đo các chỉ tiêu").first)
    expect(row).to_contain_text(f"{total} trang")
    page.goto(f"/ban-chi-dao/{plan}/hop/moi/")
    send(page.get_by_role("button", name="Lập tài liệu"))
    expect(page.get_by_text(f"{total} trang").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="In", exact=True)).to_be_hidden()
    paper = "\n".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(page.pdf()))
    assert total in paper
    assert "Nguồn số đo" in paper
    page.emulate_media(media="screen")
    send(page.get_by_role("button", name="Lập văn bản đi"))
    expect(page.locator(".record-head")).to_contain_text("Đang soạn thảo")
