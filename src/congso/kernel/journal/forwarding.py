"""Telling the journal to a SIEM: sealed lines in the order of their chains, from where the last call stopped.

At least once: how far it came is written down only after the collector has closed the connection in order, having read
all of it. Over UDP nobody says what arrived.
"""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from congso.kernel.journal.models import Entry, ForwardedChain, Forwarding
from congso.kernel.journal.reading import Heads, Range, heads, ranges
from congso.kernel.journal.syslog import DATAGRAM, Told, framed, message

BATCH = 1000
PATIENCE = 15.0  # seconds for the collector to read a batch
_SELECT = """
SELECT s.organization_id, s.position, s.digest, s.entry_id
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS r(chain, past, last)
JOIN journal_seal s ON s.organization_id = r.chain AND s.position > r.past AND s.position <= r.last
ORDER BY s.organization_id, s.position LIMIT %s
"""


class BadAddress(Exception):
    """SIEM_ADDRESS is not one of the forms it may have."""


def forward_journal(*, at: datetime) -> int:
    """Tell the next lines; returns how many. A failure is written down and nothing is lost: the next call tells them.

    One at a time: a second caller meanwhile returns 0.
    """
    if not settings.SIEM_ADDRESS:
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        told, stand = _next_lines()
        if not told:
            return 0
        try:
            send([_message(one) for one in told])
        except (OSError, BadAddress) as problem:
            _write_failure(f"{type(problem).__name__}: {problem}", at)
            return 0
        _write_success(stand, len(told), at)
    return len(told)


def start_from_now() -> None:
    """Let the SIEM hear only of what is sealed from now on."""
    with transaction.atomic():
        _store(heads())


def waiting() -> int:
    """How many sealed lines the SIEM has not been told."""
    return sum(last - past for _, past, last in _ranges())


def send(messages: list[str]) -> None:
    """Hand messages to the collector of SIEM_ADDRESS. Raises OSError when it cannot be known to have read them."""
    address = urlsplit(settings.SIEM_ADDRESS)
    if address.scheme not in {"tcp", "tls", "udp"} or not address.hostname or not address.port:
        raise BadAddress(f"SIEM_ADDRESS={settings.SIEM_ADDRESS!r}")
    place = (address.hostname, address.port)
    if address.scheme == "udp":
        _send_datagrams(place, messages)
        return
    with socket.create_connection(place, timeout=PATIENCE) as plain:
        if address.scheme == "tcp":
            _send_stream(plain, messages)
            plain.shutdown(socket.SHUT_WR)
            _await_end(plain)
        else:
            _send_tls(plain, address.hostname, messages)


def _send_tls(plain: socket.socket, host: str, messages: list[str]) -> None:
    context = ssl.create_default_context(cafile=settings.SIEM_CA_FILE or None)
    with context.wrap_socket(plain, server_hostname=host) as secured:
        _send_stream(secured, messages)
        try:
            rest = secured.unwrap()  # says that we are done and waits for the same from the other side
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return  # it closed without a farewell, but in order
        rest.shutdown(socket.SHUT_WR)
        _await_end(rest)


def _send_stream(stream: socket.socket, messages: list[str]) -> None:
    stream.sendall(b"".join(framed(text) for text in messages))


def _await_end(stream: socket.socket) -> None:
    """Read until the collector closes: it has read all we sent. A reset or silence is an error."""
    while stream.recv(4096):
        pass


def _send_datagrams(place: tuple[str, int], messages: list[str]) -> None:
    family, kind, _, _, found = socket.getaddrinfo(*place, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as datagrams:
        datagrams.settimeout(PATIENCE)
        datagrams.connect(found)
        for text in messages:
            datagrams.send(text.encode())


def _message(told: Told) -> str:
    text = message(told, form=settings.SIEM_FORMAT, host=socket.gethostname())
    if settings.SIEM_ADDRESS.startswith("udp:") and len(text.encode()) > DATAGRAM:
        return message(replace(told, facts={"omitted": True}), form=settings.SIEM_FORMAT, host=socket.gethostname())
    return text


def _next_lines() -> tuple[list[Told], Heads]:
    within = _ranges()
    if not within:
        return [], {}
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [*(list(column) for column in zip(*within, strict=True)), BATCH])
        rows = cursor.fetchall()
    entries = Entry.objects.in_bulk([entry for *_, entry in rows])
    told = [_told(chain, position, digest, entries.get(entry), entry) for chain, position, digest, entry in rows]
    return told, {chain: (position, digest) for chain, position, digest, _ in rows}


def _told(chain: int, position: int, digest: str, entry: Entry | None, entry_id: int) -> Told:
    if entry is None:  # deleted past the product: the SIEM is told that, too
        return Told(chain, position, digest, entry_id, "-", 0, "", "", "journal.missing", None, {})
    at = entry.at.astimezone(UTC)
    return Told(
        chain, position, digest, entry_id, at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), int(at.timestamp() * 1000),
        entry.actor, entry.actor_label, entry.act, entry.record_id, entry.facts,
    )  # fmt: skip


def _ranges() -> list[Range]:
    past = {one.organization_id: (one.position, "") for one in ForwardedChain.objects.all()}
    return ranges(past, heads())


def _store(stand: Heads) -> None:
    rows = [ForwardedChain(organization_id=chain, position=position) for chain, (position, _) in stand.items()]
    ForwardedChain.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organization_id"], update_fields=["position"]
    )


def _write_success(stand: Heads, count: int, at: datetime) -> None:
    _store(stand)
    Forwarding.objects.get_or_create(id=1)
    Forwarding.objects.filter(id=1).update(sent=F("sent") + count, last_sent_at=at, failing_since=None, message="")


def _write_failure(what: str, at: datetime) -> None:
    state, _ = Forwarding.objects.get_or_create(id=1)
    Forwarding.objects.filter(id=1).update(failing_since=state.failing_since or at, message=what[:300])


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('congso.forward_journal'))")
        return bool(cursor.fetchone()[0])
