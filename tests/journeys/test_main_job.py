"""The main job in a real browser, at a desk and on a phone: a scanned plan comes in, becomes work, and everybody who
should sees how it goes; nobody else finds anything."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from congso.apps.documents.samples.plans import plan16
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from tests import browser
from tests.browser import DESK, PHONE, in_thread, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

WORDS = "ke hoach chuyen doi so"


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan as a scanner gives it: pictures of pages, no text."""
    path = tmp_path_factory.mktemp("scan") / "Kế hoạch 16.pdf"
    plan = plan16()
    path.write_bytes(scanned_pdf(replace(plan, body=plan.body[:6]), scanner=Scanner(dpi=150)))
    return path


picture = partial(browser.picture, is_whole=False)


def work_off(person_id: int) -> None:
    """What the worker does with a person's waiting jobs."""

    def run() -> None:
        actor = Actor.person(person_id)
        with acting_as(actor):
            waiting = list(Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True))
        for job_id in waiting:
            run_job(job_id, actor)

    in_thread(run)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_plan_comes_in_becomes_work_and_everybody_sees_how_it_goes(
    world: World, opened: Any, scan: Path, size: dict[str, int]
) -> None:
    clerk = opened("clerk", "/van-ban-den/tiep-nhan/", size)
    upload(clerk, scan, world)
    register(clerk)
    work_off(world.clerk)
    present(clerk)
    document = direct(opened("secretary", "/", size))
    chief = opened("chief", "/nhiem-vu/tong-hop/", size)
    before = tile(chief, "Nhiệm vụ")
    assign(chief)
    task = report(opened("agency_leader", "/", size))
    chief.goto("/nhiem-vu/tong-hop/")
    assert tile(chief, "Nhiệm vụ") == before + 1
    assert tile(chief, "Chờ xác nhận") == 1
    picture(chief, "dashboard")
    find(chief)
    stranger = opened("stranger", f"/tim-kiem/?q={WORDS}", size)
    expect(stranger.get_by_text("Không tìm thấy trong phạm vi bạn được xem")).to_be_visible()
    for address in (document, task):
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 404


def upload(page: Page, scan: Path, world: World) -> None:
    page.get_by_label("Chọn tệp").set_input_files(scan)
    expect(page.get_by_role("status").filter(has_text="Đã gửi 1/1")).to_be_visible()
    work_off(world.clerk)
    page.reload()
    picture(page, "intake")
    send(page.locator("#waiting").get_by_role("link", name="16-KH/TU").first)


def register(page: Page) -> None:
    """By keyboard alone: the fields come filled from the scan, Enter goes through them, the abstract is shortened."""
    expect(page.locator("[name=number]")).to_have_value("16-KH/TU")
    expect(page.locator("[name=doc_type]")).to_have_value("Kế hoạch")
    page.locator("[name=issuer_name]").focus()
    for typed in ("Tỉnh ủy Lào Cai", "Thực hiện chuyển đổi số"):
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    picture(page, "register-form")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("số đến 1", exact=False).first).to_be_visible()


def present(page: Page) -> None:
    page.goto("/van-ban-den/")
    send(page.get_by_role("link", name="Thực hiện chuyển đổi số").first)
    send(page.get_by_role("link", name="Trình lãnh đạo").first)
    send(page.get_by_role("button", name="Trình lãnh đạo").last)
    expect(page.get_by_text("Đã trình").first).to_be_visible()


def direct(page: Page) -> str:
    """A leader reads and writes the direction; returns the document's address."""
    send(page.get_by_role("link", name="Thực hiện chuyển đổi số").first)
    send(page.get_by_role("link", name="Bút phê").first)
    page.get_by_label("Ý kiến chỉ đạo").fill("Giao Ban Tổ chức chủ trì tham mưu, báo cáo Thường trực.")
    agency = page.get_by_role("group", name="Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    agency.get_by_label("Chủ trì").check()
    page.get_by_role("group", name="Phòng Tổng hợp").get_by_label("Phối hợp").check()
    picture(page, "direction")
    send(page.get_by_role("button", name="Bút phê").last)
    expect(page.get_by_text("Đã bút phê").first).to_be_visible()
    picture(page, "document")
    return page.url


def assign(page: Page) -> None:
    page.goto("/van-ban-den/")
    send(page.get_by_role("link", name="Thực hiện chuyển đổi số").first)
    page.locator("main summary", has_text="Việc khác").first.click()
    send(page.locator("main").get_by_role("link", name="Giao nhiệm vụ").first)
    row = page.locator("[data-rows] tr").first
    row.get_by_label("Nội dung giao").fill("Xây dựng sổ tay đảng viên điện tử")
    row.get_by_label("Chủ trì").fill("Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    picture(page, "assign")
    send(page.get_by_role("button", name="Giao tất cả"))
    expect(page.get_by_text("Đã giao 1 nhiệm vụ").first).to_be_visible()


def report(page: Page) -> str:
    picture(page, "home")
    send(page.get_by_role("link", name="Xây dựng sổ tay").first)
    send(page.get_by_role("button", name="Tiếp nhận").first)
    expect(page.get_by_text("Đang thực hiện").first).to_be_visible()
    send(page.get_by_role("link", name="Báo cáo tiến độ").first)
    page.get_by_label("Kết quả đã thực hiện").fill("Đã triển khai đến 100% chi bộ.")
    page.locator("[name=percent]").fill("100")
    picture(page, "report")
    send(page.get_by_role("button", name="Gửi báo cáo").first)
    expect(page.get_by_text("Chờ xác nhận hoàn thành").first).to_be_visible()
    picture(page, "task")
    return page.url


def find(page: Page) -> None:
    """Words of the scanned pages, typed without accents."""
    page.goto(f"/tim-kiem/?q={WORDS}")
    expect(page.locator("main")).to_contain_text("16-KH/TU")
    picture(page, "search")


def tile(page: Page, label: str) -> int:
    """A figure of the dashboard."""
    return int(page.locator(".tile", has_text=label).first.locator("b").first.inner_text())
