"""A mail server and a push service for tests: they take letters and messages over real sockets, keep them, and
misbehave when asked."""

import hmac
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congso.kernel.notify.push_message import from_base64, to_base64


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP for one client; `answers` are the codes it gives to the next letters instead of 250."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._say("354 go on")
                self._take()
            else:
                self._say("250 test" if word in {b"EHLO", b"HELO"} else "250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        answer = self.server.answers.pop(0) if self.server.answers else "250 taken"
        if answer.startswith("250"):
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.server.letters.append(letter)
        self._say(answer)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server while the block runs."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@dataclass(frozen=True)
class Received:
    """What a push service was handed: where, with which headers, what the browser reads in it."""

    path: str
    headers: dict[str, str]
    words: str


class PushService(ThreadingHTTPServer):
    """The browser maker's side of RFC 8030, 8291 and 8292: checks the signature, decrypts as the browser would.

    `answers` are the codes it gives to the next messages instead of 201.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Carrier)
        self.received: list[Received] = []
        self.answers: list[int] = []
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"

    def subscription(self, host: str = "push.example", name: str = "abc") -> dict[str, str]:
        """What the browser gives the page."""
        return {
            "endpoint": f"https://{host}/send/{name}",
            "p256dh": to_base64(point_of(self.key.public_key())),
            "auth": to_base64(self.auth),
        }

    def opened(self, body: bytes) -> str:
        """The message as the browser reads it (RFC 8188, 8291), written from the other end than the sender's."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        own = point_of(self.key.public_key())
        first = hmac.digest(self.auth, shared, "sha256")
        material = hmac.digest(first, b"WebPush: info\0" + own + sender + b"\x01", "sha256")
        second = hmac.digest(salt, material, "sha256")
        key = hmac.digest(second, b"Content-Encoding: aes128gcm\0\x01", "sha256")[:16]
        nonce = hmac.digest(second, b"Content-Encoding: nonce\0\x01", "sha256")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\x02")
        return plain[:-1].decode()


class _Carrier(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        code = self.server.answers.pop(0) if self.server.answers else 201
        if 200 <= code < 300:
            told = {name.lower(): value for name, value in self.headers.items()}
            self.server.received.append(Received(self.path, told, self.server.opened(body)))
        self.send_response(code)
        self.send_header("Location", "https://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *given: object) -> None:
        """Nothing to the terminal."""


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as the protocol writes it."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def claims_of(authorization: str) -> dict[str, Any]:
    """What the sender signed, checked with the key it names (RFC 8292)."""
    parts = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(parts["k"]))
    return dict(jwt.decode(parts["t"], key, algorithms=["ES256"], options={"verify_aud": False, "verify_exp": False}))


@contextmanager
def push_service() -> Iterator[PushService]:
    """A push service while the block runs."""
    with PushService() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
