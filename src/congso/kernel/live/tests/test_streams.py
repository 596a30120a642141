"""Streams: to whom they open, what they tell and what not, when they close. The server around them: tests/live."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.session_store import stored_key
from congso.kernel.live import streams
from congso.kernel.live.hub import Hub, Listener
from congso.kernel.live.telling import tell_of_record
from congso.kernel.notify.services import mark_read
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db(transaction=True)

SLIP = {"type": "thử", "title": "Bí mật của phòng", "state": "new"}


class Browser:
    """What a browser gets of one stream."""

    def __init__(self, served: streams.Streams, cookie: str) -> None:
        self.status, self.text, self.is_closed = 0, "", False
        self._left = asyncio.Event()
        headers = [(b"cookie", f"sessionid={cookie}".encode())]
        scope = {"type": "http", "method": "GET", "path": streams.ADDRESS, "headers": headers}
        self.task = asyncio.ensure_future(served(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        self.is_closed = message["type"] == "http.response.body" and not message.get("more_body")

    async def leave(self) -> None:
        self._left.set()
        await self.task

    async def until(self, holds: Callable[["Browser"], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds(self):
                await asyncio.sleep(0.02)


def listening(served: Callable[[streams.Streams], Awaitable[None]]) -> None:
    """Run a story with a fresh set of streams, in an event loop of its own."""

    async def story() -> None:
        opened = streams.Streams()
        try:
            await served(opened)
        finally:
            opened.close()
            await asyncio.gather(*opened._tasks, return_exceptions=True)

    asyncio.run(story())


async def in_thread(act: Callable[..., Any], *facts: Any) -> Any:
    """The database is asked beside the event loop, as the web process does."""

    def asked() -> Any:
        from django.db import connection

        try:
            return act(*facts)
        finally:
            connection.close()

    return await asyncio.to_thread(asked)


def make_slip(world: Any, told: int, *, at: datetime | None = None) -> Record:
    moment = at or timezone.now()
    with acting_as(Actor.person(world.clerk)):
        return Record.objects.create(
            **SLIP, owner_id=world.organizations["VPTU"], opened_on=moment.date(), created_by_id=world.clerk,
            created_at=moment, updated_at=moment, audience=[principals.person(world.clerk), principals.person(told)],
            handlers=[principals.person(world.clerk)], awaited=[principals.person(told)],
        )  # fmt: skip


def tell(world: Any, record: Record, told: int) -> None:
    from congso.kernel.notify.services import notify

    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        notify(record, principals=[principals.person(told)], text="Lời mật", by=clerk, at=timezone.now())


def session_of(client: Any) -> str:
    return client.cookies["sessionid"].value


def test_nobody_is_told_to_stop_asking(db: None) -> None:
    async def story(served: streams.Streams) -> None:
        browser = Browser(served, "không-có".encode().hex())
        await browser.task
        assert (browser.status, browser.text) == (204, "")

    listening(story)


def test_a_notice_reaches_its_person_alone_and_without_words(world: Any, signed_in: Any) -> None:
    keys = {who: session_of(signed_in(who)) for who in ("head", "chief")}

    async def story(served: streams.Streams) -> None:
        head, chief = (Browser(served, keys[who]) for who in ("head", "chief"))
        for one in (head, chief):
            await one.until(lambda browser: "event: state" in browser.text)
        assert 'data: {"unread": 0, "latest": 0}' in head.text
        await asyncio.sleep(0.3)  # the listening connection is there
        record = await in_thread(make_slip, world, world.head)
        await head.until(lambda browser: "event: work" in browser.text)
        await in_thread(tell, world, record, world.head)
        await head.until(lambda browser: "event: notices" in browser.text)
        assert "mật" not in head.text
        assert "event: notices" not in chief.text
        assert "event: work" not in chief.text
        before = head.text.count("notices")
        await in_thread(read, world.head)
        await head.until(lambda browser: browser.text.count("notices") > before)
        again = Browser(served, keys["head"])
        await again.until(lambda browser: '"unread": 0, "latest": 1' in browser.text)
        for one in (head, chief, again):
            await one.leave()
        assert served.hub.count == 0
        assert not served.hub.people
        assert not served.hub.holders

    listening(story)


def read(person: int) -> None:
    with acting_as(Actor.person(person)):
        mark_read(by=Actor.person(person), at=timezone.now())


def test_a_stream_ends_with_its_session(signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SESSIONS_ASKED_EVERY", 0.1)
    key = session_of(signed_in("head"))

    async def story(served: streams.Streams) -> None:
        browser = Browser(served, key)
        await browser.until(lambda one: "event: state" in one.text)
        await in_thread(lambda: Session.objects.filter(session_key=stored_key(key)).delete())
        await browser.until(lambda one: one.is_closed)
        second = Browser(served, key)
        await second.task
        assert second.status == 204

    listening(story)


def test_who_must_set_up_a_second_factor_hears_nothing(signed_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_FOR = ["staff"]
    key = session_of(signed_in("head"))

    async def story(served: streams.Streams) -> None:
        browser = Browser(served, key)
        await browser.task
        assert browser.status == 204

    listening(story)


def test_one_person_opens_no_more_than_a_few(signed_in: Any, settings: Any) -> None:
    settings.LIVE_STREAMS = 1
    key = session_of(signed_in("head"))

    async def story(served: streams.Streams) -> None:
        first = Browser(served, key)
        await first.until(lambda one: "event: state" in one.text)
        second = Browser(served, key)
        await second.task
        assert second.status == 503
        await first.leave()

    listening(story)


def test_what_was_said_twice_before_it_was_sent_is_sent_once() -> None:
    async def story() -> None:
        hub, listener = Hub(), Listener(7, frozenset({11, 12}), "key")
        hub.add(listener)
        for said in ("n 7 8", "n 7", "w 11 12", "n 9", "w 99", "unknown", ""):
            hub.hear(said) if said else None
        assert await listener.news(patience=1) == {"notices", "work"}
        assert await listener.news(patience=0.01) == set()

    asyncio.run(story())


def happen(world: Any, record: Record) -> None:
    with acting_as(Actor.person(world.clerk)):
        tell_of_record(record)


def test_what_happens_to_a_record_is_told_to_who_sees_it_alone(world: Any, signed_in: Any) -> None:
    keys, slip = {who: session_of(signed_in(who)) for who in ("head", "chief")}, make_slip(world, world.head)

    async def story(served: streams.Streams) -> None:
        head, chief = (Browser(served, keys[who]) for who in ("head", "chief"))
        for one in (head, chief):
            await one.until(lambda browser: "event: state" in browser.text)
        await asyncio.sleep(0.2)  # the listening connection stands a moment after the streams
        await in_thread(happen, world, slip)
        await head.until(lambda browser: "event: record" in browser.text)
        assert f'data: {{"id": {slip.pk}}}' in head.text
        assert "Bí mật" not in head.text
        assert "event: record" not in chief.text
        for one in (head, chief):
            await one.leave()

    listening(story)
