"""A phone woken by a push shows the one sentence and no more, however often it is woken."""

from typing import Any

import pytest

from congso.kernel.notify.push_message import WORDS
from tests.offline.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWN = """(async () => {
  const known = await navigator.serviceWorker.getRegistration("/");
  window.shown = (await known.getNotifications()).map((one) => [one.title, one.body, one.tag]);
})()"""


def test_a_push_shows_the_one_sentence_and_no_more(phone: Any, world: Any, live_server: Any, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS, settings.PUSH_KEY = ["push.example"], "4f" * 32
    page = phone("head", "/thong-bao/cach-nhan/")
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    page.get_by_role("button", name="Báo lên thiết bị này").wait_for()
    devtools = page.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    while not known:
        page.wait_for_timeout(20)
    for _ in range(2):  # the second takes the first one's place
        told = {"origin": live_server.url + "/", "registrationId": known[-1]["registrationId"], "data": WORDS}
        devtools.send("ServiceWorker.deliverPushMessage", told)
    page.evaluate(SHOWN)
    until(page, f"(({SHOWN}), (window.shown ?? []).length === 1)")
    assert page.evaluate("window.shown") == [["Cổng Số", WORDS, "congso-news"]]
