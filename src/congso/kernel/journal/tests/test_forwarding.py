"""The SIEM is told every line, over a real connection, whatever happens to it in between."""

import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.access.services import acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal import forwarding
from congso.kernel.journal.models import Forwarding
from congso.kernel.journal.services import seal_journal
from congso.kernel.journal.syslog import Told, as_cef, as_json, framed, message
from congso.kernel.journal.tests.factories import KEEPER, write


class Collector:
    """A syslog server of a few lines: reads each connection to its end, then closes. May die in the middle."""

    def __init__(self, *, secured: ssl.SSLContext | None = None) -> None:
        self.received: list[str] = []
        self.secured = secured
        self.dies_after: int | None = None
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            try:
                self._read(self.secured.wrap_socket(connection, server_side=True) if self.secured else connection)
            except OSError:
                connection.close()

    def _read(self, connection: socket.socket) -> None:
        data = b""
        while part := connection.recv(65536):
            data += part
            if self.dies_after is not None and len(data) > self.dies_after:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                connection.close()  # a reset, like a killed process with unread data
                return
        self.received += unframed(data)
        connection.close()

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)


def unframed(data: bytes) -> list[str]:
    """The messages of a stream (RFC 6587, 3.4.1)."""
    found = []
    while data:
        size, _, rest = data.partition(b" ")
        found.append(rest[: int(size)].decode())
        data = rest[int(size) :]
    return found


@pytest.fixture
def collector(settings: Any) -> Iterator[Collector]:
    made = Collector()
    settings.SIEM_ADDRESS = f"tcp://127.0.0.1:{made.port}"
    yield made
    made.close()


def forward() -> int:
    with acting_as(KEEPER):
        return forwarding.forward_journal(at=timezone.now())


def places(messages: list[str]) -> list[tuple[int, int]]:
    told = [json.loads(text.split("\ufeff", 1)[1]) for text in messages]
    return [(one["organization"], one["position"]) for one in told]


@pytest.mark.django_db(transaction=True)
def test_each_line_is_told_and_the_next_call_goes_on(world: World, collector: Collector) -> None:
    write(world.clerk, organization=1, times=3)
    write(world.head, organization=2, times=2)
    assert forward() == 0  # nothing is sealed yet
    seal_journal()
    assert (forward(), forward()) == (5, 0)
    write(world.clerk, organization=1)
    seal_journal()
    assert forward() == 1
    assert places(collector.received) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (1, 4)]
    first = collector.received[0]
    assert re.match(r"<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \S+ congso - th_\.ghi - \ufeff{", first), first
    assert json.loads(first.split("\ufeff", 1)[1])["facts"]["n"] == 1.5


@pytest.mark.django_db(transaction=True)
def test_a_collector_that_is_away_or_dies_loses_nothing(
    world: World, collector: Collector, settings: Any, monkeypatch: Any
) -> None:
    write(world.clerk, organization=1, times=4)
    seal_journal()
    monkeypatch.setattr(forwarding, "BATCH", 2)
    collector.dies_after = 10
    assert forward() == 0
    with acting_as(KEEPER):
        state = Forwarding.objects.get()
        assert (state.sent, bool(state.failing_since), forwarding.waiting()) == (0, True, 4)
        assert state.message
    collector.dies_after = None
    assert forward() == 2
    here, settings.SIEM_ADDRESS = settings.SIEM_ADDRESS, "tcp://127.0.0.1:1"
    assert forward() == 0
    settings.SIEM_ADDRESS = here
    assert (forward(), forward()) == (2, 0)
    assert places(collector.received) == [(1, 1), (1, 2), (1, 3), (1, 4)]
    with acting_as(KEEPER):
        assert (Forwarding.objects.get().sent, Forwarding.objects.get().failing_since) == (4, None)


@pytest.mark.django_db(transaction=True)
def test_over_tls_only_to_whom_the_authority_vouches_for(world: World, settings: Any, tmp_path: Path) -> None:
    write(world.clerk, organization=1, times=2)
    seal_journal()
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    collector = Collector(secured=context)
    settings.SIEM_ADDRESS = f"tls://localhost:{collector.port}"
    assert forward() == 0
    with acting_as(KEEPER):
        assert "SSLCertVerificationError" in Forwarding.objects.get().message
    settings.SIEM_CA_FILE = str(certificate)
    assert forward() == 2
    collector.close()
    assert places(collector.received) == [(1, 1), (1, 2)]


@pytest.mark.django_db(transaction=True)
def test_over_udp_and_as_cef_and_from_now_on(world: World, settings: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        settings.SIEM_ADDRESS = f"udp://127.0.0.1:{receiver.getsockname()[1]}"
        settings.SIEM_FORMAT = "cef"
        write(world.clerk, organization=1, times=2)
        seal_journal()
        with acting_as(KEEPER):
            forwarding.start_from_now()
        assert forward() == 0
        write(world.clerk, organization=1, long="x" * 9000)
        seal_journal()
        assert forward() == 1
        text = receiver.recv(65536).decode()
        assert "|thử.ghi|thử.ghi|3|rt=" in text
        assert 'msg={"omitted": true}' in text


def self_signed(folder: Path) -> Path:
    """A certificate and key for localhost in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "collector.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    return path


WORDS = st.text(max_size=60) | st.text(st.sampled_from("|=\\\r\n ab"), max_size=20)
VALUES = st.none() | st.booleans() | st.integers() | WORDS


def read_cef(text: str) -> tuple[list[str], dict[str, str]]:
    """What a collector reads: the head's fields and the extension, escapes undone (CEF implementation standard)."""
    head, rest = [], text
    while len(head) < 7:
        found = re.match(r"((?:[^\\|]|\\.)*)\|", rest, re.DOTALL)
        assert found, rest
        head.append(re.sub(r"\\([\\|])", r"\1", found[1]))
        rest = rest[found.end() :]
    pairs = re.findall(r"(\w+)=((?:[^\\=]|\\.)*?)(?= \w+=|\Z)", rest, re.DOTALL)
    undone = {"n": "\n", "r": "\r", "\\": "\\", "=": "="}
    return head, {name: re.sub(r"\\(.)", lambda m: undone[m[1]], value, flags=re.DOTALL) for name, value in pairs}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(act=WORDS, label=WORDS, facts=st.dictionaries(WORDS, VALUES, max_size=4))
def test_whatever_a_line_holds_comes_out_of_its_message_as_it_went_in(act: str, label: str, facts: dict) -> None:
    told = Told(1, 2, "ab" * 32, 3, "2026-11-27T08:00:00.000000Z", 1, "person:1", label, act, None, facts)
    head, extension = read_cef(as_cef(told))
    assert head == ["CEF:0", "Cổng Số", "Cổng Số", "1", *[re.sub(r"[\r\n]+", " ", act)] * 2, "3"]
    assert (extension["suser"], extension["cs1"], extension["cn2"]) == (label, "ab" * 32, "2")
    assert json.loads(extension.get("msg", "{}")) == facts
    assert json.loads(as_json(told))["facts"] == facts
    for form in ("cef", "json"):
        whole = message(told, form=form, host="máy 1")
        assert "\n" not in whole.split("\ufeff")[0]
        assert whole.isascii() or whole.split("\ufeff")[0].isascii()
        assert unframed(framed(whole) * 2) == [whole, whole]
