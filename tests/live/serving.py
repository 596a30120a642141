"""The real web server over the tests' database."""

import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from operate.certificates import Pair
from operate.environment import app_environment
from operate.places import ROOT
from operate.postgres import Connections
from operate.serving import collect_static, web_command, web_environment
from tests.server import SERVER


def free_port() -> int:
    """A port nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def web_server(
    pair: Pair | None, *, workers: int = 1, ready_within: float = 60
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Granian as `./congso run` starts it, until the block ends."""
    port = free_port()
    environment = app_environment(SERVER, Connections("", os.environ["DATABASE_URL"], is_embedded=True))
    collect_static(SERVER, environment)
    before = {name: os.environ.get(name) for name in ("PORT", "WEB_WORKERS")}
    os.environ |= {"PORT": str(port), "WEB_WORKERS": str(workers)}
    process = subprocess.Popen(web_command(pair), env=web_environment(environment, pair), cwd=ROOT)
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    try:
        _wait(port, ready_within)
        yield port, process
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return


def fetch(port: int, path: str, trusted: Path, **headers: str) -> http.client.HTTPResponse:
    """One page over TLS, believed only when the authority vouches for it."""
    context = ssl.create_default_context(cafile=str(trusted))
    connection = http.client.HTTPSConnection("localhost", port, timeout=30, context=context)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()
