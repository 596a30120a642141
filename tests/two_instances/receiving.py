"""What the second portal's people do with what comes over the axis. Each step starts on the page named."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import picture, press, send
from tests.two_instances.instances import Portals
from tests.two_instances.issuing import stands
from tests.two_instances.walking import until

INTAKE = "/van-ban-den/tiep-nhan/"
PACKETS = "/trao-doi/"


def arrived(page: Page, packet: str, portals: Portals) -> Locator:
    """The clerk, anywhere: the packet's line in “Có gì tắc không?”, once it is there."""
    page.goto(PACKETS)
    line = page.locator(".packet-item").filter(has=page.get_by_role("link", name=packet, exact=True))
    until(page, line, portals)
    return line


def accept(page: Page, packet: str, portals: Portals) -> str:
    """The clerk takes the document in; its file is read like any other. Returns the document's address, once read."""
    send(arrived(page, packet, portals).get_by_role("button", name="Tiếp nhận"))
    became = page.locator("section", has=page.locator("#records-head")).get_by_role("link")
    until(page, became)
    return str(became.first.get_attribute("href"))


def register(page: Page, number: str, arrival: int) -> str:
    """The clerk, anywhere: into the register, by keyboard; returns the document's address."""
    page.goto(INTAKE)
    send(page.locator("#waiting").get_by_role("link", name=number).first)
    expect(page.locator("[name=number]")).to_have_value(number)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/van-ban-den/\d+/$"))
    expect(page.locator(".record-head")).to_contain_text(f"Số đến {arrival}")
    stands(page, "Đã vào sổ")
    return page.url


def validate(page: Page, document: str, people: tuple[str, ...], folder: Path) -> bytes:
    """The clerk has the paper's signatures judged; returns the paper."""
    page.goto(document)
    with page.expect_download() as taken:
        page.locator(".file-list").get_by_role("link", name=re.compile(r"^01-KH-TU\.pdf$")).first.click()
    paper = folder / "den-qua-truc.pdf"
    taken.value.save_as(paper)
    page.goto("/ky-so/kiem-tra/")
    page.locator("[type=file]").set_input_files(paper)
    send(page.get_by_role("button", name="Kiểm tra", exact=True))
    report = page.locator("main")
    expect(report.get_by_text("Hợp lệ").first).to_be_visible()
    for name in people:
        expect(report).to_contain_text(name)
    picture(page, "incoming-signatures")
    return paper.read_bytes()


def present(page: Page) -> None:
    """The clerk, on the document."""
    press(page, "Trình lãnh đạo")
    send(page.get_by_role("button", name="Trình lãnh đạo").last)
    stands(page, "Đã trình")


def direct(page: Page) -> None:
    """A leader, on the document: room TH leads."""
    press(page, "Bút phê")
    page.get_by_label("Ý kiến chỉ đạo").fill("Giao Phòng Tổng hợp chủ trì tham mưu thực hiện.")
    page.get_by_role("group", name="Phòng Tổng hợp").get_by_label("Chủ trì").check()
    send(page.get_by_role("button", name="Bút phê").last)
    stands(page, "Đã bút phê")


def complete(page: Page) -> None:
    """The room's head, on the document that stands open."""
    stands(page, "Đang xử lý")
    press(page, "Hoàn thành")
    page.locator("[name=note]").fill("Đã tham mưu kế hoạch thực hiện.")
    send(page.get_by_role("button", name="Hoàn thành").last)
    stands(page, "Hoàn thành")


def refuse(page: Page, packet: str, portals: Portals) -> None:
    """The clerk sends a document back unregistered."""
    send(arrived(page, packet, portals).get_by_role("link", name="Từ chối"))
    page.get_by_label("Lý do").fill("Không thuộc thẩm quyền.")
    send(page.get_by_role("button", name="Từ chối"))
    expect(page.locator("main")).to_contain_text("Đã từ chối")


def agree(page: Page, packet: str, portals: Portals) -> None:
    """The clerk lets the sender take a document back."""
    send(arrived(page, packet, portals).get_by_role("button", name="Đồng ý"))
    expect(page.get_by_role("button", name="Đồng ý")).to_have_count(0)
