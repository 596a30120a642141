"""Tests reach nothing outside this machine and can stop the clock."""

import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

OFFICE_HOURS = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only Unix sockets and this machine's loopback can be connected to."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(sock: socket.socket, address: Any) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise NetworkForbidden(f"a test tried to reach {address[0]}")

    def guarded(sock: socket.socket, address: Any) -> None:
        check(sock, address)
        connect(sock, address)

    def guarded_ex(sock: socket.socket, address: Any) -> int:
        check(sock, address)
        return connect_ex(sock, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket.socket, "connect_ex", guarded_ex)
    yield
    patch.undo()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at Monday 23 November 2026, 8:00 in the office; `move_to` and `shift` move it."""
    with time_machine.travel(OFFICE_HOURS, tick=False) as traveller:
        yield traveller
