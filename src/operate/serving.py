"""`./congso run`, `web` and `worker`: the processes of an installation."""

import hashlib
import http.client
import os
import socket
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from operate import certificates
from operate.certificates import Pair
from operate.environment import MANAGE, app_environment, owner_environment
from operate.locks import is_held
from operate.migrating import catch_up, is_fresh, manage
from operate.places import ENVIRONMENT, ROOT, OperateError, Places
from operate.postgres import Connections, ensure_running, release
from operate.preparing import PYTHON, say
from operate.supervisor import Child, bound, stop_on_signals, supervise

STATIC_FOLDERS = "src/congso/*/*/static/**/*"
READY_WITHIN = 60
BACKLOG = "4096"  # connections a web process holds: nearly all are open pages that listen and do nothing


def run(places: Places) -> int:
    """The whole installation on this machine until Ctrl-C or SIGTERM; leaves no process behind."""
    host, port = address()
    refuse_taken_port(host, port)
    stop = stop_on_signals()
    try:
        connections = ensure_running(places)
        _bring_up_to_date(places, connections)
        if not stop.is_set():
            _serve(places, connections, stop)
    finally:
        release(places)
    say("stopped")
    return 0


def _bring_up_to_date(places: Places, connections: Connections) -> None:
    unfinished = places.run / "demo.unfinished"
    if is_fresh(connections):  # only a new database is given the demo; an office made by `init` is left alone
        unfinished.touch()
    catch_up(places, connections)
    environment = app_environment(places, connections)
    with ThreadPoolExecutor(1) as beside:
        collecting = beside.submit(collect_static, places, environment)
        if unfinished.exists():
            say("loading the demo province")
            manage(owner_environment(places, connections), "starter", "--demo", "--if-empty")
            manage(environment, "demo")
            unfinished.unlink()
        collecting.result()


def _serve(places: Places, connections: Connections, stop: threading.Event) -> None:
    pair = certificates.chosen(places)
    environment = web_environment(app_environment(places, connections), pair)
    web = Child("web", web_command(pair), environment)
    worker = Child("worker", worker_command(), environment)
    announcer = threading.Thread(target=_announce, args=(environment, stop, pair), daemon=True)
    announcer.start()
    redirect = redirect_command(places, pair)
    children = [web, worker, *([Child("http", redirect, environment)] if redirect else [])]
    supervise(children, stop, lambda: _keep_database(places, connections))


def _keep_database(places: Places, connections: Connections) -> None:
    if connections.is_embedded and not is_held(places.run / "keeper.lock"):
        say("the database's keeper is gone; starting it again")
        ensure_running(places)


def address() -> tuple[str, int]:
    """Where the web server listens: HOST and PORT."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise OperateError(f"PORT={port!r} must be a number from 1 to 65535")
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is started when another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise OperateError(
            f"cannot listen on {host} port {port} ({error.strerror}): "
            f"choose another, for example PORT={port + 1} make run"
        ) from error


def web_environment(environment: dict[str, str], pair: Pair | None) -> dict[str, str]:
    """What the web is told when it speaks TLS itself; the certificate's names are those people type."""
    if pair is None:
        return environment
    names = ",".join(dict.fromkeys([*certificates.names_of(pair), "localhost", "127.0.0.1"]))
    told = {"HTTPS": "1", "TLS_CERT": str(pair.certificate), "TLS_KEY": str(pair.key)}
    return {"ALLOWED_HOSTS": names} | environment | told


def redirect_command(places: Places, pair: Pair | None) -> list[str] | None:
    """The process that leads from HTTP_PORT to HTTPS; none without a certificate or a port for it."""
    plain = os.environ.get("HTTP_PORT")
    if pair is None or not plain:
        return None
    host, port = address()
    authority = certificates.authority_file(places)
    given = [str(authority)] if authority.is_file() and not os.environ.get("TLS_CERT") else []
    names = ",".join(certificates.names_of(pair))
    return [str(PYTHON), "-m", "operate.redirecting", host, plain, str(port), names, *given]


def web_command(pair: Pair | None = None) -> list[str]:
    """Granian with WEB_WORKERS processes; one for each core, at most four, when that is not set."""
    host, port = address()
    workers = os.environ.get("WEB_WORKERS") or str(min(os.cpu_count() or 1, 4))
    return [
        str(ENVIRONMENT / "bin" / "granian"),
        "--interface",
        "asgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        workers,
        "--loop",
        "asyncio",
        "--backlog",
        BACKLOG,
        "--backpressure",
        BACKLOG,
        "--no-ws",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "8s",
        *(["--ssl-certificate", str(pair.certificate), "--ssl-keyfile", str(pair.key)] if pair else []),
        *(["--ssl-protocol-min", "tls1.2"] if pair else []),
        "config.asgi:application",
    ]


def worker_command() -> list[str]:
    """The process that does the jobs."""
    return [str(PYTHON), MANAGE, "worker"]


def collect_static(places: Places, environment: dict[str, str]) -> None:
    """Gather and compress the static files, unless nothing changed since the last time."""
    stamp = places.run / "static.stamp"
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob(STATIC_FOLDERS)):
        found = path.stat()
        digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and (places.data / "static").exists():
        return
    # The second viewer of the API's description, unused and by far the slowest to compress, stays out.
    manage(environment, "collectstatic", "--noinput", "--clear", "--verbosity", "0", "--ignore", "redoc*")
    stamp.write_text(digest.hexdigest())


def _announce(environment: dict[str, str], stop: threading.Event, pair: Pair | None) -> None:
    host, port = address()
    until = time.monotonic() + READY_WITHIN
    while not _answers(host, port, is_secure=pair is not None):
        if stop.wait(0.1) or time.monotonic() > until:
            return
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    if pair is not None:
        shown = next(iter(certificates.names_of(pair)), shown)
    print(f"\n  Cổng Số: {'https' if pair else 'http'}://{shown}:{port}/\n", flush=True)
    subprocess.run(bound([str(PYTHON), MANAGE, "demo", "--accounts"]), env=environment, cwd=ROOT, check=False)
    print("\n  Ctrl-C stops everything.\n", flush=True)


def _answers(host: str, port: int, *, is_secure: bool) -> bool:
    """Whether the server is up; who it is does not matter here."""
    unverified = ssl._create_unverified_context()  # noqa: S323 - asked of our own child
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=5, context=unverified)
        if is_secure
        else http.client.HTTPConnection(host, port, timeout=5)
    )
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
