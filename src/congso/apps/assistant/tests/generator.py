"""A generator on loopback that speaks the protocol over HTTP with streaming, and does as it is told."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Speech = Callable[[dict[str, Any]], list[str]]


class Generator:
    """What it heard, and what it answers: pieces of text for the question it was sent."""

    def __init__(self, speech: Speech, status: int = 200) -> None:
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.speech, self.status = speech, status
        self.url = ""


def told(asked: dict[str, Any]) -> dict[str, Any]:
    """The question and the passages, as the portal sent them."""
    found: dict[str, Any] = json.loads(asked["messages"][1]["content"])
    return found


def line(statement: str, passage: int, quote: str) -> str:
    """One statement in the form asked for."""
    return json.dumps({"y": statement, "dan": [{"doan": passage, "nguyen_van": quote}]}, ensure_ascii=False) + "\n"


@contextmanager
def speaking(speech: Speech, status: int = 200) -> Iterator[Generator]:
    """A server for the block; its pieces go out one by one."""
    generator = Generator(speech, status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            generator.heard.append(asked)
            generator.headers.append(dict(self.headers))
            self.send_response(generator.status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if generator.status != 200:
                return
            for piece in generator.speech(asked):
                event = {"choices": [{"delta": {"content": piece}}]}
                self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
                self.wfile.flush()
            self.wfile.write(b'data: {"choices": [], "usage": {"total_tokens": 321}}\n\ndata: [DONE]\n\n')

        def log_message(self, *_args: Any) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    generator.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield generator
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
