"""An axis to try against: stores and forwards packets by code over REST, with faults on demand. No part of an office.

Speaks what `rest_axis` asks (office 3.5). Messages are files of one folder, so it may be killed and started again.
"""

import base64
import json
import random
import re
import threading
import time
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

_MOST = 300 * 2**20
_ID = re.compile(r"[0-9a-f-]{10,80}")


@dataclass
class Faults:
    """How the axis misbehaves: shares between 0 and 1, `delay` in seconds.

    `error` answers 500 and does nothing; `lost` does the work and answers 500; `duplicate` stores a packet twice;
    `reorder` lists in any order; `again` lists what was acknowledged.
    """

    delay: float = 0.0
    error: float = 0.0
    lost: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    again: float = 0.0


class AxisFault(Exception):
    """An answer with an error code of the axis."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


@dataclass
class Store:
    """The packets that wait, as files; `systems` are the codes that may speak, each with its key."""

    folder: Path
    systems: dict[str, str]
    faults: Faults = field(default_factory=Faults)
    chance: random.Random = field(default_factory=random.SystemRandom)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _notes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._notes = {path.stem: json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))}

    def happens(self, share: float) -> bool:
        """Whether a fault of this share happens now."""
        return self.chance.random() < share

    def check(self, code: str, key: str) -> None:
        """Raises AxisFault 15 for a code that is unknown or has another key."""
        if not key or self.systems.get(code) != key:
            raise AxisFault("15", "wrong credentials")

    def send(self, raw: bytes, facts: dict[str, str]) -> dict[str, str]:
        """Keep a packet for its addressee."""
        if facts.get("to") not in self.systems:
            raise AxisFault("18", "receiver unknown")
        if not raw.strip():
            raise AxisFault("10", "bad file")
        for _ in range(2 if self.happens(self.faults.duplicate) else 1):
            number = f"{time.time_ns():020d}-{uuid4()}"
            self._write(f"{number}.edxml", raw)
            self._note(number, {name: facts.get(name, "") for name in ("from", "to", "messageType")} | {"done": False})
        return {"id": number}

    def listed(self, code: str) -> list[dict[str, Any]]:
        """What waits for the code, the oldest first, unless a fault has it otherwise."""
        with self._lock:
            notes = sorted(self._notes.items())
        waiting = [
            {"id": number, **note}
            for number, note in notes
            if note["to"] == code and (not note["done"] or self.happens(self.faults.again))
        ]
        if self.happens(self.faults.reorder):
            self.chance.shuffle(waiting)
        return waiting

    def fetch(self, code: str, number: str) -> dict[str, str]:
        """The packet in Base64."""
        return {"content": base64.b64encode((self.folder / f"{self._own(code, number)}.edxml").read_bytes()).decode()}

    def done(self, code: str, number: str) -> dict[str, str]:
        """The addressee has it. Twice is once."""
        self._note(self._own(code, number), self._notes[number] | {"done": True})
        return {"id": number}

    def _own(self, code: str, number: str) -> str:
        if not _ID.fullmatch(number) or self._notes.get(number, {}).get("to") != code:
            raise AxisFault("21", "no such message")
        return number

    def _note(self, number: str, note: dict[str, Any]) -> None:
        with self._lock:
            self._write(f"{number}.json", json.dumps(note).encode())
            self._notes[number] = note

    def _write(self, name: str, content: bytes) -> None:
        part = self.folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(self.folder / name)


class _Handler(BaseHTTPRequestHandler):
    store: Store
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_args: Any) -> None:
        """Silent: the office writes down what it needs."""

    def _answer(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST))
        faults, store = self.store.faults, self.store
        time.sleep(faults.delay)
        if store.happens(faults.error):
            return self._say(500, {})
        try:
            told = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "", "data": self._act(body)}
        except AxisFault as fault:
            told = {"status": "FAIL", "ErrorCode": fault.code, "ErrorDesc": str(fault), "data": None}
        return self._say(500 if store.happens(faults.lost) else 200, told)

    def _act(self, body: bytes) -> Any:
        parts = urlsplit(self.path)
        act, store = parts.path.rpartition("/")[2], self.store
        code = self.headers.get("X-SystemId", "")
        store.check(code, self.headers.get("X-SecretKey", ""))
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.command == "POST" and act == "sendEdoc":
            facts, raw = self._form(body)
            return store.send(raw, facts | {"from": code})
        if act == "getReceivedEdocList":
            return store.listed(code)
        if act == "getEdoc":
            return store.fetch(code, asked.get("id", ""))
        if self.command == "POST" and act == "updateStatus":
            said = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
            return store.done(code, said.get("id", ""))
        raise AxisFault("20", "no such operation")

    def _form(self, body: bytes) -> tuple[dict[str, str], bytes]:
        """The fields and the file of a multipart form."""
        head = f"Content-Type: {self.headers.get('Content-Type', '')}\r\n\r\n".encode()
        facts, raw = {}, b""
        for part in message_from_bytes(head + body, policy=HTTP).iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True) or b""
            if part.get_filename():
                raw = content if isinstance(content, bytes) else b""
            elif isinstance(name, str) and isinstance(content, bytes):
                facts[name] = content.decode("utf-8", "replace")
        return facts, raw

    def _say(self, status: int, told: dict[str, Any]) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def serve(store: Store, *, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """A server for the store, bound and not yet running: `serve_forever` runs it, `server_port` is its port."""
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    return server


def described(faults: Faults) -> str:
    """The faults in one line."""
    return ", ".join(f"{name}={value}" for name, value in asdict(faults).items() if value) or "none"
