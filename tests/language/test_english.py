"""The screens in English: their own words, their shape, and that what is kept stays Vietnamese."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from congso.apps.directives.models import Task
from congso.apps.directives.services import accept_task
from congso.apps.directives.tests.factories import do, make_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import TimelineEntry
from tests.browser import DESK, PHONE, assert_kind_to_everyone, send
from tools.messages import is_vietnamese

# Where the program speaks; the rest of a page is people's and offices' own words.
OWN_WORDS = """() => [...document.querySelectorAll(
    'nav a, nav h2, button, label, legend, th, dt, .tag, .field-help, .empty, .timeline-head b, .page-head h1,' +
    'summary:not(.bar summary)'
  )].map(one => one.innerText.trim())
  .concat([...document.querySelectorAll('[placeholder], [aria-label]')].map(
    one => one.getAttribute('aria-label') || one.placeholder))"""
DATA = ("Cổng Số", "Tiếng Việt", "Tỉnh ủy Thử Nghiệm")


@pytest.fixture
def task(world: Any, db: None) -> Task:
    """A task under way."""
    task = make_task(world)
    do(world, "agency_leader", accept_task, task)
    return task


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("size", "further"),
    [(DESK, ("/nhiem-vu/giao/", "/to-chuc/", "/thong-bao/cach-nhan/")), (PHONE, ())],
    ids=["desk", "phone"],
)
def test_the_screens_speak_english(
    opened: Callable[..., Page], world: Any, task: Task, size: dict[str, int], further: tuple[str, ...]
) -> None:
    page = opened("chief", "/", size)
    page.locator("summary", has_text="Tài khoản").click()
    send(page.get_by_role("button", name="English"))
    assert page.locator("html").get_attribute("lang") == "en"
    left = {}
    for address in ("/", "/nhiem-vu/", f"/nhiem-vu/{task.pk}/", *further):
        page.goto(address)
        said = [text for text in page.evaluate(OWN_WORDS) if is_vietnamese(_without_data(text))]
        left |= {address: sorted(set(said))} if said else {}
        assert_kind_to_everyone(page)
    assert left == {}


def _without_data(text: str) -> str:
    for words in DATA:
        text = text.replace(words, "")
    return text


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_stays_vietnamese(signed_in: Callable[[str], Client], world: Any) -> None:
    """Her screen is English; the timeline, the notice and the printed register are everybody's."""
    task = make_task(world)
    client = signed_in("agency_leader")
    client.cookies["language"] = "en"
    assert "Accept" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    client.post(f"/nhiem-vu/{task.pk}/accept/", {"version": task.version})
    client.post(f"/nhiem-vu/{task.pk}/request_extension/", {"note": "Chờ số liệu", "due_on": "20/12/2026"})
    with acting_as(Actor.person(world.chief)):
        kept = list(TimelineEntry.objects.filter(record_id=task.pk).values_list("label", flat=True))
        told = list(Notice.objects.filter(record_id=task.pk).values_list("text", flat=True))
    assert "Tiếp nhận" in kept
    assert all(map(is_vietnamese, kept + told))
    printed = client.get("/nhiem-vu/?format=print").content.decode()
    assert "Chuẩn bị báo cáo sơ kết" in printed
    assert "Trạng thái" in printed
    assert "In progress" not in printed


def test_the_browsers_wish_does_not_choose(client: Client, db: None) -> None:
    """An English Windows is no choice; a false cookie neither."""
    address = "/tai-khoan/login/"
    assert 'lang="vi"' in client.get(address, headers={"accept-language": "en"}).content.decode()
    client.post("/ngon-ngu/", {"language": "en", "back": address})
    assert "Sign in" in client.get(address).content.decode()
    client.cookies["language"] = "../etc"
    assert 'lang="vi"' in client.get(address).content.decode()
