"""A sitting in five real browsers: planned, called, its papers read, its quorum counted, a secret ballot cast and
opened by two of three, minutes signed by two keys, the notice of conclusions issued, the work given."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.meetings import services
from congso.apps.outgoing.tests.conftest import installed, key_folder, trusted  # noqa: F401 - fixtures
from congso.apps.voting.tests.secret_world import allow
from congso.kernel.directory.testing import World
from congso.kernel.signing.testing import paper
from tests import browser
from tests.browser import DESK, PHONE, in_thread, press, send
from tests.journeys.keys import register_keys
from tests.journeys.month import address, work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
ITEM = "Công tác cán bộ năm 2027"
COUNTERS = {"chief": "Trần Thử Chánh", "head": "Phạm Mẫu Trưởng", "agency_leader": "Bùi Giả Định"}
VOTERS = ("secretary", "head", "agency_leader")
_NUMBER = re.compile(r"/(\d+)/")

picture = partial(browser.picture, is_whole=False)


@pytest.fixture
def keys(world: World, installed: Any, trusted: Any) -> None:  # noqa: F811
    """The chair's and the minute-taker's keys, the seal; the rule that lets a secret ballot be cast on a screen."""
    in_thread(lambda: register_keys(world, installed, trusted, "secretary", "chief"))
    in_thread(lambda: allow(world))


def test_a_sitting_from_the_programme_to_its_tasks(world: World, opened: Callable[..., Page], keys: None) -> None:
    sizes = {"clerk": DESK, "chief": DESK, "secretary": PHONE, "head": PHONE, "agency_leader": DESK}
    pages = {who: opened(who, "/", size) for who, size in sizes.items()}
    programme = plan(pages["chief"], pages["secretary"])
    meeting = call(pages["clerk"], world)
    item = papers(pages["agency_leader"], pages["clerk"], meeting, world)
    attend(pages, meeting)
    vote(pages, meeting, item)
    end(pages["secretary"], meeting)
    pages["chief"].goto(programme)
    expect(pages["chief"].locator("main")).to_contain_text("Đã họp")
    picture(pages["chief"], "programme-heard")
    write_down(pages["chief"], meeting)
    sign(pages, meeting, world)
    document = hand_on(pages["chief"], meeting, world)
    issue(pages, document, world)
    see_what_came_of_it(pages, meeting)


def plan(chief: Page, secretary: Page) -> str:
    """The office drafts this month's programme, the leader approves; returns its address."""
    today = timezone.localdate()
    chief.goto("/chuong-trinh/moi/")
    chief.get_by_label("Cơ quan").select_option(label="Tỉnh ủy Thử Nghiệm")
    send(chief.get_by_role("button", name="Bắt đầu soạn"))
    programme = chief.url
    chief.goto(f"{programme}noi-dung/")
    day = f"{today:%d/%m/%Y}"
    fill(chief, {"content": ITEM, "preparer": "T.BTC", "session_on": day, "papers_due_on": day})
    send(chief.get_by_role("button", name="Lưu").first)
    do(chief, "Trình duyệt")
    secretary.goto(programme)
    do(secretary, "Duyệt")
    return programme


def call(clerk: Page, world: World) -> str:
    """The office prepares the meeting with what the programme plans for the day, and calls it; returns its address."""
    clerk.goto("/hop/moi/")
    told = {
        "title": "Hội nghị Ban Thường vụ", "day": f"{timezone.localdate():%d/%m/%Y}", "begins": "00:00",
        "ends": "23:59", "place": "Phòng họp số 1", "chair": f"#{world.secretary}", "secretary": f"#{world.chief}",
    }  # fmt: skip
    fill(clerk, told)
    clerk.locator("[name=body]").select_option(label="Tỉnh ủy Thử Nghiệm")
    clerk.locator("[name=forum]").select_option("BTV")
    clerk.locator("[name=from_programme]").check()
    send(clerk.get_by_role("button", name="Chuẩn bị cuộc họp"))
    expect(clerk.get_by_role("link", name=ITEM)).to_be_visible()
    meeting = clerk.url
    clerk.goto(f"{meeting}thanh-phan/")
    clerk.locator("[name=members]").fill("\n".join(f"#{getattr(world, who)}" for who in VOTERS))
    send(clerk.get_by_role("button", name="Lưu"))
    do(clerk, "Triệu tập")
    return meeting


def papers(preparer: Page, clerk: Page, meeting: str, world: World) -> str:
    """Who prepares brings the paper, the office releases it, a member reads it; returns the item's address."""
    clerk.goto(meeting)
    send(clerk.get_by_role("link", name=ITEM))
    item = clerk.url
    preparer.goto(item)
    preparer.locator("main summary", has_text="Nộp tài liệu").click()
    preparer.locator("main [name=title]").fill("Tờ trình")
    file = {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": paper("To trinh nhan su")}
    preparer.locator("main [name=file]").set_input_files(file)  # type: ignore[arg-type]  # a file payload
    send(preparer.get_by_role("button", name="Nộp", exact=True))
    in_thread(lambda: work_off(world.agency_leader))
    clerk.reload()
    expect(clerk.get_by_role("link", name="Bản 1")).to_be_visible()
    press(clerk, "Phát hành tài liệu")
    expect(clerk.locator(".record-head")).to_contain_text("Đã phát hành tài liệu")
    return item


def attend(pages: dict[str, Page], meeting: str) -> None:
    """One by the code on the screen, others by the list; the quorum shows; the chair opens and takes the item up."""
    number = _NUMBER.search(meeting)
    assert number
    head, clerk, secretary = pages["head"], pages["clerk"], pages["secretary"]
    clerk.goto(f"{meeting}diem-danh/")
    expect(clerk.locator(".mt-quorum")).to_contain_text("chưa đủ")
    head.goto(f"{meeting}co-mat/{services.room_code(SimpleNamespace(pk=number[1]))}/")  # type: ignore[arg-type]
    send(head.get_by_role("button", name="Ghi có mặt"))
    for _other in range(2):
        send(clerk.get_by_role("button", name="Có mặt").first)
    expect(clerk.locator(".mt-quorum")).to_contain_text("Có mặt 3/3")
    picture(clerk, "meeting-quorum")
    secretary.goto(meeting)
    do(secretary, "Khai mạc")
    secretary.goto(f"{meeting}phong-hop/")
    send(secretary.get_by_role("button", name="Bắt đầu").first)


def vote(pages: dict[str, Page], meeting: str, item: str) -> None:
    """Three keys, the ballot opened from the room, three slips, the box opened by two of the three."""
    clerk = pages["clerk"]
    clerk.goto(item)
    press(clerk, "Đưa ra biểu quyết")
    clerk.locator("[name=is_personnel]").check()
    clerk.locator("[name=method]").select_option("secret")
    clerk.locator("[name=voting_rule]").select_option(label="Quyết định về cán bộ (bỏ phiếu kín)")
    send(clerk.get_by_role("button", name="Lưu, lập danh sách"))
    ballot = clerk.url.removesuffix("nguoi-bieu-quyet/")
    clerk.goto(f"{ballot}ban-kiem-phieu/")
    clerk.locator("[name=names]").fill("\n".join(COUNTERS.values()))
    send(clerk.get_by_role("button", name="Ghi danh sách"))
    secrets = {who: make_key(pages[who], ballot) for who in COUNTERS}
    clerk.goto(item)
    send(clerk.get_by_role("button", name="Mở biểu quyết với người đang có mặt"))
    for who in VOTERS:
        pages[who].goto(f"{ballot}phieu/")
        pages[who].get_by_role("button", name="Nhận phiếu").click()
        expect(pages[who].get_by_role("heading", name="Đã nhận phiếu")).to_be_visible()
    clerk.goto(ballot)
    do(clerk, "Kết thúc phát phiếu, cho bỏ phiếu")
    for who, choice in zip(VOTERS, ("Đồng ý", "Đồng ý", "Không đồng ý"), strict=True):
        cast(pages[who], choice)
    picture(pages["head"], "meeting-slip-cast")
    do(clerk, "Kết thúc biểu quyết")
    for who in ("chief", "agency_leader"):
        pages[who].goto(f"{ballot}mo-hom/")
        pages[who].get_by_label("Phần bí mật của khóa bạn giữ").fill(secrets[who])
        send(pages[who].get_by_role("button", name="Góp khóa"))
    result = pages["agency_leader"]
    expect(result.get_by_text("Được thông qua", exact=True)).to_be_visible()
    expect(result.locator(".vt-reasons").first).to_contain_text("2")
    picture(result, "meeting-secret-result")


def make_key(page: Page, ballot: str) -> str:
    """One of the counting committee makes a key and keeps its secret part."""
    page.goto(f"{ballot}khoa/")
    page.get_by_role("button", name="Tạo khóa").click()
    secret = page.locator("[data-private]").text_content() or ""
    page.get_by_text("Tôi đã chép và cất phần bí mật").click()
    send(page.get_by_role("button", name="Ghi khóa"))
    return secret


def cast(page: Page, choice: str) -> None:
    page.reload()  # the page would find out by itself within seconds
    page.get_by_text(choice, exact=True).click()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Bỏ phiếu").click()
    expect(page.get_by_text("Phiếu đã vào hòm")).to_be_visible()


def end(secretary: Page, meeting: str) -> None:
    secretary.goto(f"{meeting}phong-hop/")
    expect(secretary.locator(".mt-vote").first).to_contain_text("Được thông qua")
    picture(secretary, "meeting-room-result")
    send(secretary.get_by_role("button", name="Kết thúc nội dung"))
    secretary.goto(meeting)
    do(secretary, "Bế mạc")


def write_down(chief: Page, meeting: str) -> None:
    """The conclusion, with who leads it by when; the minute-taker confirms what was noted."""
    chief.goto(f"{meeting}ket-luan/moi/")
    due = f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}"
    fill(chief, {"text": "Giao Ban Tổ chức hoàn thiện phương án nhân sự.", "lead": "T.BTC", "due_on": due})
    send(chief.get_by_role("button", name="Ghi", exact=True))
    do(chief, "Thư ký xác nhận biên bản")


def sign(pages: dict[str, Page], meeting: str, world: World) -> None:
    """The minutes are printed; the minute-taker signs first, the chair's signature ends them."""
    chief, secretary = pages["chief"], pages["secretary"]
    in_thread(lambda: work_off(world.chief))
    chief.goto(meeting)
    press(chief, "Thư ký ký số biên bản")
    picture(chief, "meeting-sign")
    send(chief.get_by_role("button", name="Ký số"))
    secretary.goto(meeting)
    press(secretary, "Chủ trì chốt biên bản")
    picture(secretary, "meeting-sign")
    send(secretary.get_by_role("button", name="Ký số"))
    expect(secretary.get_by_text("Chủ trì đã chốt lúc")).to_be_visible()


def hand_on(chief: Page, meeting: str, world: World) -> str:
    """Tasks are made of the conclusions, then the notice is drafted; returns the draft's address."""
    chief.goto(meeting)
    press(chief, "Giao nhiệm vụ từ kết luận")
    press(chief, "Soạn thông báo kết luận")
    in_thread(lambda: work_off(world.chief))
    send(chief.get_by_role("link", name="Đang soạn thảo"))
    return chief.url


def issue(pages: dict[str, Page], document: str, world: World) -> None:
    """Through every hand an outgoing paper goes: unit, office, leader, signature, number, seal, issue."""
    chief, secretary, clerk = pages["chief"], pages["secretary"], pages["clerk"]
    for key in ("submit", "approve_unit", "verify"):
        chief.goto(f"{document}viec/{key}/")
        send(chief.locator("main form button[type=submit]").last)
    secretary.goto(f"{document}viec/approve/")
    send(secretary.locator("main form button[type=submit]").last)
    secretary.goto(f"{document}doc-ky/")
    picture(secretary, "notice-sign")
    send(secretary.locator("#ky").get_by_role("button", name="Ký số"))
    number = _NUMBER.search(document)
    assert number
    in_thread(lambda: address(world, int(number[1])))
    clerk.goto(document)
    press(clerk, "Cấp số, ngày")
    send(clerk.get_by_role("button", name="Cấp số"))
    send(clerk.get_by_role("button", name="Đóng dấu"))
    send(clerk.get_by_role("button", name="Phát hành", exact=True))
    expect(clerk.locator(".record-head")).to_contain_text("Đã phát hành")


def see_what_came_of_it(pages: dict[str, Page], meeting: str) -> None:
    """The meeting shows the issued notice and the task; who leads the task has it."""
    chief, leader = pages["chief"], pages["agency_leader"]
    chief.goto(meeting)
    expect(chief.locator("main")).to_contain_text("Đã phát hành")
    picture(chief, "meeting-concluded")
    leader.goto("/")
    send(leader.get_by_role("link", name="hoàn thiện phương án nhân sự").first)
    expect(leader.locator("main")).to_contain_text("Kết luận 1")


def do(page: Page, name: str) -> None:
    """An act of a record's page, asked and confirmed."""
    press(page, name)
    send(page.get_by_role("button", name=name, exact=True).last)


def fill(page: Page, told: dict[str, str]) -> None:
    """The fields of the page's form, by name."""
    for name, value in told.items():
        page.locator(f"main [name={name}]").fill(value)
