"""The measuring process of the bench of the exchange: `… exchanging_part measure {…}`, as the application's role."""

import base64
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import django

Spent = tuple[float, float]


def _seconds(work: Callable[[], object], backend: Callable[[], int]) -> Spent:
    """By the clock, and of computing: this process and the backend that works for it."""

    def computed() -> float:
        return time.process_time() + int(Path("/proc", str(backend()), "schedstat").read_text().split()[0]) / 1e9

    begun, before = time.perf_counter(), computed()
    work()
    return time.perf_counter() - begun, computed() - before


def measure(told: dict[str, Any]) -> dict[str, Any]:
    """Each size through every stage, beside its floor."""
    from congso.kernel.exchange.configuration import Connection
    from congso.kernel.exchange.rest_axis import RestAxis
    from tests.performance.bench.exchanging import OURS, THEIRS

    url = f"http://127.0.0.1:{told['port']}/v1"
    connection = Connection(RestAxis(url, {OURS: "ours", THEIRS: "theirs"}), (OURS, THEIRS))
    found: dict[str, Any] = {}
    for place, (label, (size, count)) in enumerate(told["sizes"].items()):
        first = place * 10_000 + 1
        here = _here(connection, told, _packets(first, count, size))
        floor = _floor(url, Path(told["folder"]), _packets(first + 5_000, count, size))
        found[label] = {stage: (count, spent, floor.get(stage)) for stage, spent in here.items()}
    return found


def _packets(first: int, count: int, size: int) -> list[Any]:
    from congso.kernel.exchange.tests.factories import document
    from congso.lib.edxml.packets import Attachment
    from tests.performance.bench.exchanging import OURS, THEIRS

    content = Random(7).randbytes(size)  # noqa: S311 - any bytes
    files = (Attachment("u1", "mau.bin", content),) if size else ()
    made = [document(first + n, sender=OURS, receivers=(THEIRS,)) for n in range(count)]
    return [replace(one, attachments=files) for one in made]


def _here(connection: Any, told: dict[str, Any], packets: list[Any]) -> dict[str, Spent]:
    from django.utils import timezone

    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Organization
    from congso.kernel.exchange.carrying import CARRIER, receive, send_due
    from congso.kernel.exchange.models import Direction, Packet, PacketKind
    from congso.kernel.exchange.outgoing import queue_document
    from congso.kernel.exchange.settling import settle_due
    from tests.performance.bench.machine import app_backend

    clerk, at, ids = Actor.person(told["people"]["clerk"]), timezone.now(), [one.document_id for one in packets]
    with acting_as(CARRIER):
        ours, theirs = (Organization.objects.get(pk=told["organizations"][code]) for code in ("VPTU", "BTC"))

    def queue() -> None:
        for packet in packets:
            with acting_as(clerk):
                queue_document(packet, organization=ours, by=clerk, at=at)

    def answer() -> None:
        send_due(connection, at=timezone.now())
        receive(connection.axis, ours, at=timezone.now())
        with acting_as(CARRIER):
            settle_due(at=timezone.now())

    spent = {
        "queued": _seconds(queue, app_backend),
        "sent": _seconds(lambda: send_due(connection, at=timezone.now()), app_backend),
        "taken in": _seconds(lambda: receive(connection.axis, theirs, at=timezone.now()), app_backend),
        "answered": _seconds(answer, app_backend),
    }
    with acting_as(CARRIER):
        sent = Packet.objects.filter(direction=Direction.OUT, kind=PacketKind.NEW, document_id__in=ids)
        told_back = sent.filter(answer="01").count()
    if told_back != len(packets):
        raise RuntimeError(f"of {len(packets)} packets {told_back} were answered")
    return spent


def _floor(url: str, folder: Path, packets: list[Any]) -> dict[str, Spent]:
    """The same bytes kept, sent, fetched and kept again by nothing but requests, a file and a row each."""
    import psycopg
    import requests

    from congso.lib.edxml.writing import write_packet
    from tests.performance.bench.exchanging import OURS, THEIRS

    session, made = requests.Session(), []

    def ask(method: str, act: str, code: str, key: str, **more: Any) -> Any:
        headers = {"X-SystemId": code, "X-SecretKey": key}
        return session.request(method, f"{url}/{act}", headers=headers, timeout=60, **more).json()["data"]

    def keep(name: str, raw: bytes) -> None:
        with (folder / name).open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        database.execute("INSERT INTO bench_packet VALUES (%s, %s)", (name, hashlib.sha256(raw).hexdigest()))
        database.commit()

    def queue() -> None:
        for packet in packets:
            made.append(write_packet(packet))
            keep(f"out-{packet.number}", made[-1])

    def send() -> None:
        form = {"from": OURS, "to": THEIRS, "messageType": "edoc"}
        for raw in made:
            ask("POST", "sendEdoc", OURS, "ours", data=form, files={"file": ("packet.edxml", raw, "application/xml")})

    def take_in() -> None:
        for one in ask("GET", "getReceivedEdocList", THEIRS, "theirs"):
            content = ask("GET", "getEdoc", THEIRS, "theirs", params={"id": one["id"]})["content"]
            keep(f"in-{one['id']}", base64.b64decode(content))
            ask("POST", "updateStatus", THEIRS, "theirs", data={"id": one["id"], "status": "done"})

    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        stages = {"queued": queue, "sent": send, "taken in": take_in}
        return {stage: _seconds(work, lambda: database.info.backend_pid) for stage, work in stages.items()}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(json.loads(sys.argv[2]))) + "\n")
