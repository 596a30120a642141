"""A hall of delegates with a device each: votes sent through the real web server until answered, results heard.

A device does what the page does: it posts the confirmed vote, sends it again while no answer comes, keeps the stream of
live notices open and, told that the ballot moved, asks for the moving part as `live.js` does.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

CSRF = "c" * 32  # cookie and header of one device: what a form would have brought
LATEST_ASKED = 0.3  # seconds over which live.js spreads the pages of one browser each
PATIENCE = 0.25  # between two attempts
CHANCE = random.SystemRandom()
CHOICES = ("yes", "no", "other")


@dataclass
class Device:
    """One delegate's: her session, what she votes, when she had her answer, when she saw the result."""

    session: str
    choice: str
    opened_after: float = 0
    answered_at: float = 0
    sent: int = 0
    saw_at: float = 0
    saw: str = ""


@dataclass
class Hall:
    """All devices, and where the server is at the moment: it moves when it is killed and started again."""

    ballot: int
    devices: list[Device] = field(default_factory=list)
    workers: int = 1
    port: int = 0

    def address(self, part: str = "") -> str:
        """An address of the ballot."""
        return f"/bieu-quyet/{self.ballot}/{part}"


async def open_papers(hall: Hall) -> None:
    """Everybody opens her ballot, a few at a time as a browser's connections allow."""
    turns = asyncio.Semaphore(32)

    async def one(device: Device) -> None:
        async with turns:
            began = time.monotonic()
            status, body = await asked(hall, device, "GET", hall.address("phieu/"))
            assert status == 200, (status, body[:300])
            device.opened_after = time.monotonic() - began

    await asyncio.gather(*(one(device) for device in hall.devices))


async def vote(hall: Hall, *, within: float) -> None:
    """Everybody votes at a moment of her own and presses again until she has an answer."""

    async def one(device: Device) -> None:
        await asyncio.sleep(CHANCE.uniform(0, within))
        words = "Cần thêm kinh phí" if device.choice == "other" else ""
        form = urlencode({"choice": device.choice, "words": words, "confirm": "1"})
        while not device.answered_at:
            device.sent += 1
            try:
                status, body = await asked(hall, device, "POST", hall.address("phieu/"), form)
            except OSError:  # nobody there, or cut in the middle: it may have been kept or not
                await asyncio.sleep(PATIENCE)
                continue
            assert status in (302, 502, 503), (status, body[:300])
            if status == 302:
                device.answered_at = time.monotonic()
            else:
                await asyncio.sleep(PATIENCE)

    await asyncio.gather(*(one(device) for device in hall.devices))


async def put_slips(hall: Hall, address: UUID, slips: list[bytes], *, within: float) -> list[float]:
    """Sealed slips into the box, each at its own moment and again until its receipt comes; seconds of each answer."""

    async def one(slip: bytes) -> float:
        await asyncio.sleep(CHANCE.uniform(0, within))
        head = ["Content-Type: application/octet-stream", f"Content-Length: {len(slip)}"]
        while True:
            began = time.monotonic()
            try:
                status, body = await spoken(hall, [f"POST /bieu-quyet/hom/{address}/ HTTP/1.1", *head], slip)
            except OSError:
                await asyncio.sleep(PATIENCE)
                continue
            assert status in (200, 502, 503), (status, body[:300])
            if status == 200:
                return time.monotonic() - began
            await asyncio.sleep(PATIENCE)

    return await asyncio.gather(*(one(slip) for slip in slips))


async def close_and_watch(hall: Hall, close: Callable[[], None]) -> list[float]:
    """Close while every page listens; seconds from the moment the result was kept until each page shows it."""
    streams = [await _listening(hall, device) for device in hall.devices]
    watching = [
        asyncio.ensure_future(_watch(hall, device, reader))
        for device, (reader, _writer) in zip(hall.devices, streams, strict=True)
    ]
    await asyncio.to_thread(close)
    closed_at = time.monotonic()
    await asyncio.gather(*watching)
    for _reader, writer in streams:
        writer.close()
    return [max(0.0, device.saw_at - closed_at) for device in hall.devices]


async def _listening(hall: Hall, device: Device) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
    writer.write(f"GET /song/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={device.session}\r\n\r\n".encode())
    async with asyncio.timeout(30):
        await reader.readuntil(b"event: state")
        await reader.readuntil(b"\n\n")
    return reader, writer


async def _watch(hall: Hall, device: Device, stream: asyncio.StreamReader) -> None:
    async with asyncio.timeout(60):
        while not device.saw_at:
            await stream.readuntil(b"event: record\ndata: ")
            if json.loads(await stream.readuntil(b"\n"))["id"] != hall.ballot:
                continue
            await asyncio.sleep(CHANCE.uniform(0, LATEST_ASKED))
            status, body = await asked(hall, device, "GET", hall.address("dien-bien/"))
            assert status == 200, (status, body[:300])
            if "vt-verdict" in body:
                device.saw_at, device.saw = time.monotonic(), body


async def asked(hall: Hall, device: Device, method: str, path: str, form: str = "") -> tuple[int, str]:
    """One request of a device. Raises OSError when the server goes away before the end of its answer."""
    head = [f"{method} {path} HTTP/1.1", f"Cookie: sessionid={device.session}; csrftoken={CSRF}"]
    if method == "POST":
        kind = "Content-Type: application/x-www-form-urlencoded"
        head += [f"X-CSRFToken: {CSRF}", kind, f"Content-Length: {len(form)}"]
    return await spoken(hall, head, form.encode())


async def spoken(hall: Hall, head: list[str], body: bytes) -> tuple[int, str]:
    """One request on a connection of its own: status and what was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
    try:
        writer.write("\r\n".join([*head, "Host: localhost", "Connection: close", "", ""]).encode() + body)
        async with asyncio.timeout(60):
            raw = await reader.read()
    finally:
        writer.close()
    start, _, told = raw.partition(b"\r\n\r\n")
    words = start.split()
    if len(words) < 2:
        raise ConnectionResetError("no answer")
    return int(words[1]), told.decode("utf-8", "replace")
