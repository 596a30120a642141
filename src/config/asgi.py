"""The web server's entry point: pages by the WSGI application in a few threads, streams in the event loop."""

import asyncio
import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.urls import resolve

from config.wsgi import application as pages
from congso.kernel.live.streams import ADDRESS, Message, Receive, Send, Streams

PR_SET_PDEATHSIG = 1
THREADS = 4  # as many requests at the same time as the process has database connections


class Application:
    """One process's two sides."""

    def __init__(self) -> None:
        self.pages: Any = WSGIMiddleware(cast("Any", pages), workers=THREADS)
        self.streams = Streams()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or follow the process from start to stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == ADDRESS:
            await self.streams(scope, receive, send)
        elif scope["type"] == "http":
            scope["headers"] = _plain(scope["headers"])
            await self.pages(scope, _whole(receive), _patient(send))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                _when_stopped(self.streams.close)
                await send({"type": "lifespan.startup.complete"})
            else:
                await send({"type": "lifespan.shutdown.complete"})
                return


def _when_stopped(act: Callable[[], None]) -> None:
    """Before the server's own reaction to a signal, which waits for open answers to end: streams would not.

    The server listens through the event loop's wake-up; a plain handler beside it takes nothing away.
    """
    loop = asyncio.get_running_loop()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))


def _bind_to_parent() -> None:
    """Go with the server's main process even when it is killed: it could not end its own processes then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it died before we asked
            os._exit(1)


def _plain(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Names with an underscore go: WSGI could not tell them from the ones with a hyphen that a proxy vouches for.

    Cookies that came in several headers (HTTP/2 may) become one.
    """
    found = [(name, value) for name, value in headers if b"_" not in name and name != b"cookie"]
    cookies = [value for name, value in headers if name == b"cookie"]
    return [*found, (b"cookie", b"; ".join(cookies))] if cookies else found


def _whole(receive: Receive) -> Receive:
    """A body that breaks off is an error, not a shorter body: half a file must never pass for one."""

    async def hear() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise OSError("the client went away while its request was read")
        return message

    return hear


def _patient(send: Send) -> Send:
    """Writing to a browser that went away must not hold the thread that writes: the rest is thrown away."""
    is_gone = False

    async def write(message: Message) -> None:
        nonlocal is_gone
        if is_gone:
            return
        try:
            await send(message)
        except Exception:
            is_gone = True

    return write


def _settle() -> None:
    """Load what the first request would, and let nobody look for garbage in it: that stopped all answers for 0.2 s."""
    resolve("/")
    gc.collect()
    gc.freeze()


_bind_to_parent()
application = Application()
_settle()
