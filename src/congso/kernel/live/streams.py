"""Streams over ASGI: opened for whoever is signed in, closed when her session is over."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings

from congso.kernel.live.hub import RECORD, Hub, Listener
from congso.kernel.live.listening import listen
from congso.kernel.live.visitors import Visitor, sessions_over, visitor_of

ADDRESS = "/song/"
MOST = 2000  # streams of one process; who comes after asks every two minutes
KEEP_ALIVE = 25.0  # seconds; proxies close what is silent for a minute
SESSIONS_ASKED_EVERY = 10.0
LIFE = (240.0, 360.0)  # then the browser opens a new one, and everything about the person is asked again
RETRY = 3000  # milliseconds
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Streams:
    """All streams of one web process."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._asking = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._tasks: list[asyncio.Task[None]] = []
        self._is_closing = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request for a stream. 204 tells the browser to stop asking, 503 that others came first."""
        if scope["method"] != "GET":
            await _refuse(send, 405)
            return
        visitor = await self._who(scope) if settings.LIVE_STREAMS else None
        if visitor is None:
            await _refuse(send, 204)
            return
        if self._is_closing or self.hub.count >= MOST or self.hub.of(visitor.person) >= settings.LIVE_STREAMS:
            await _refuse(send, 503)
            return
        self._begin()
        listener = Listener(visitor.person, visitor.principals, visitor.session)
        self.hub.add(listener)
        gone = asyncio.ensure_future(_gone(receive, listener))
        try:
            await self._tell(listener, visitor, send)
        except OSError:
            pass  # the browser went away while we wrote
        finally:
            gone.cancel()
            self.hub.remove(listener)

    def close(self) -> None:
        """The process is stopping: end every stream at once, so that nobody waits for them."""
        self._is_closing = True
        for task in self._tasks:
            task.cancel()
        for listener in self.hub.everyone():
            listener.end()

    def _begin(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.ensure_future(listen(self.hub)), asyncio.ensure_future(self._watch_sessions())]

    async def _who(self, scope: Message) -> Visitor | None:
        cookies = "; ".join(value.decode("latin1") for name, value in scope["headers"] if name == b"cookie")
        return await asyncio.get_running_loop().run_in_executor(self._asking, visitor_of, cookies)

    async def _tell(self, listener: Listener, visitor: Visitor, send: Send) -> None:
        """First where the bell stands, which makes up for whatever was missed; then what comes."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        first = {"unread": visitor.unread, "latest": visitor.latest}
        await _write(send, f"retry: {RETRY}\nid: {visitor.latest}\nevent: state\ndata: {json.dumps(first)}\n\n")
        loop = asyncio.get_running_loop()
        end = loop.time() + random.uniform(*LIFE)  # noqa: S311 - no secret
        while not listener.is_over and (left := end - loop.time()) > 0:
            found = await listener.news(patience=min(KEEP_ALIVE, left))
            lines = "".join(_lines(what) for what in sorted(found))
            if not listener.is_over:
                await _write(send, lines or ":\n\n")
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _watch_sessions(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SESSIONS_ASKED_EVERY)
            listeners = self.hub.everyone()
            if not listeners:
                continue
            try:
                keys = {listener.session for listener in listeners}
                over = await loop.run_in_executor(self._asking, sessions_over, keys)
            except Exception:  # noqa: S112 - the database is away: asked again in a moment
                continue
            for listener in listeners:
                if listener.session in over:
                    listener.end()


def _lines(what: str) -> str:
    if what.startswith(RECORD):
        return f'event: record\ndata: {{"id": {int(what.removeprefix(RECORD))}}}\n\n'
    return f"event: {what}\ndata: {{}}\n\n"


async def _gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
