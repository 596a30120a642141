"""The commands as people type them: an office from a file, and everything running until Ctrl-C."""

import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import psycopg
import pytest

from operate.places import ROOT, Places
from operate.postgres import ensure_running
from tests.operate.conftest import NewPlaces, processes_mentioning, remove

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("commands")]

OFFICE = "LC.VPTU"
PEOPLE = [
    ("vanthu1.vptu", "Nguyễn Thị Mẫu", OFFICE, "Văn thư", "Văn thư"),
    ("chanhvp.vptu", "Trần Văn Ước", OFFICE, "Chánh Văn phòng", "Lãnh đạo; Lãnh đạo văn phòng"),
]


def environment(places: Places, **more: str) -> dict[str, str]:
    hidden = {"DATABASE_URL", "DATABASE_OWNER_URL", "CONGSO_ROLE", "SECRET_DIR", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in hidden} | {
        "DATA_DIR": str(places.data),
        **more,
    }


def congso(places: Places, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "congso"), *arguments]
    return subprocess.run(command, env=environment(places), capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Running:
    """`./congso run` in the background, its lines collected."""

    def __init__(self, places: Places, port: int) -> None:
        self.started = time.monotonic()
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [str(ROOT / "congso"), "run"],
            env=environment(places, PORT=str(port)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def wait_for(self, text: str, seconds: float) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            for line in list(self.lines):
                if text in line:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never came: {''.join(self.lines)}")

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        code = self.process.wait(60)
        self.reader.join(10)
        return code


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Places, Running, int]]:
    """The first `run` of a new installation, demo and all."""
    places, port = Places(tmp_path_factory.mktemp("province") / "data"), free_port()
    running = Running(places, port)
    yield places, running, port
    if running.process.poll() is None:
        running.stop(signal.SIGTERM)
    remove(places)


def answer(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def test_run_serves_the_demo_province_and_says_where_and_as_whom(province: tuple[Places, Running, int]) -> None:
    _, running, port = province
    running.wait_for(f"http://localhost:{port}/", 240)
    running.wait_for("vanthu1.vptu", 30)
    status, page = answer(port, "/tai-khoan/login/")
    assert (status, "<form" in page) == (200, True)
    style = re.search(r'href="(/static/vendor/tabler\.[0-9a-f]+\.css)"', page)
    assert style is not None
    assert answer(port, style.group(1))[0] == 200


def test_no_process_that_serves_people_knows_the_owners_password(province: tuple[Places, Running, int]) -> None:
    places, running, port = province
    running.wait_for(f"http://localhost:{port}/", 240)
    secret = (places.secrets / "congso_owner.password").read_text().strip().encode()
    serving = processes_mentioning("config.asgi") + processes_mentioning("manage.py\0worker")
    of_this_run = [
        pid for pid in serving if f"DATA_DIR={places.data}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
    ]
    assert len(of_this_run) >= 3
    for pid in of_this_run:
        assert secret not in Path(f"/proc/{pid}/environ").read_bytes()


def test_a_taken_port_is_named_before_anything_starts(province: tuple[Places, Running, int]) -> None:
    places, running, port = province
    running.wait_for(f"http://localhost:{port}/", 240)
    second = subprocess.run(
        [str(ROOT / "congso"), "run"],
        env=environment(places, PORT=str(port)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in second.stderr
    assert "Traceback" not in second.stderr


def test_ctrl_c_ends_all_and_the_second_start_is_quick(province: tuple[Places, Running, int]) -> None:
    places, running, port = province
    running.wait_for(f"http://localhost:{port}/", 240)
    assert running.stop(signal.SIGINT) == 0
    assert left_behind(places) == []
    again = Running(places, port)
    try:
        again.wait_for(f"http://localhost:{port}/", 60)
        needed = time.monotonic() - again.started
        assert "loading the demo" not in "".join(again.lines)
        assert "Đã bảo vệ" not in "".join(again.lines)  # nothing to bring up to date
    finally:
        again.stop(signal.SIGTERM)
    assert needed < 10 * allowance()
    assert left_behind(places) == []


def test_nothing_stays_when_run_itself_is_killed(province: tuple[Places, Running, int]) -> None:
    places, _, port = province
    running = Running(places, port)
    running.wait_for(f"http://localhost:{port}/", 240)
    running.stop(signal.SIGKILL)
    until = time.monotonic() + 20
    while left_behind(places):
        assert time.monotonic() < until, left_behind(places)
        time.sleep(0.1)


def left_behind(places: Places) -> list[str]:
    """Command lines of live processes that belong to the installation."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            known = (entry / "environ").read_bytes()
        except OSError:
            continue
        if line and (str(places.data) in line or f"DATA_DIR={places.data}\0".encode() in known):
            found.append(line)
    return found


def allowance() -> float:
    """How much slower than an idle machine this one may be now: other tests share its cores."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def test_an_office_is_set_up_from_a_file_whole_and_once_or_not_at_all(tmp_path: Path, new_places: NewPlaces) -> None:
    places, file = new_places("office"), tmp_path / "office.xlsx"
    written = congso(places, "init", "--template", str(file))
    assert written.returncode == 0, written.stderr
    arguments = ("init", "--excel", str(file), "--organization", OFFICE, "--admin", "chanhvp.vptu")
    fill(file, [*PEOPLE, ("cv1", "Lê Văn Thử", "LC.KHONGCO", "Chuyên viên", "")])
    wrong = congso(places, *arguments)
    assert wrong.returncode == 1
    assert "Nhân sự, dòng 4: không có tổ chức mang mã “LC.KHONGCO”." in wrong.stderr
    with psycopg.connect(ensure_running(places).owner_url) as owner:
        for table in ("directory_organization", "directory_person", "accounts_user"):
            assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    fill(file, PEOPLE)
    done = congso(places, *arguments)
    assert done.returncode == 0, done.stderr
    assert "Đã khởi tạo: 2 tài khoản, quản trị: chanhvp.vptu." in done.stdout
    passwords = places.secrets / "first-passwords.csv"
    assert passwords.stat().st_mode & 0o777 == 0o600
    assert len(passwords.read_text().splitlines()) == 3

    again = congso(places, *arguments)
    assert again.returncode == 1
    assert "Hệ thống đã có dữ liệu" in again.stderr
    with psycopg.connect(ensure_running(places).owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM accounts_user").fetchone() == (2,)
        assert owner.execute("SELECT count(*) FROM access_grant WHERE role = 2").fetchone() == (1,)

    second = ("grant", "give", "--to", "vanthu1.vptu", "--reason", "Quản trị viên đi vắng")
    assert congso(places, *second).returncode == 1
    assert congso(places, "manage", *second, "--operator", "Lê Vận Hành").returncode == 1
    given = congso(places, *second, "--operator", "Lê Vận Hành")
    assert given.returncode == 0, given.stderr
    with psycopg.connect(ensure_running(places).owner_url) as owner:
        held = owner.execute("SELECT operator FROM access_grant ORDER BY id DESC LIMIT 1").fetchone()
        assert held == ("Lê Vận Hành",)
        told = owner.execute("SELECT actor_label FROM journal_entry WHERE act = 'access.grant_at_terminal'").fetchone()
        assert told == ("Lê Vận Hành, tại máy chủ",)
    assert not (places.run / "demo.unfinished").exists(), "an office is never given the demo"


def fill(file: Path, people: list[tuple[str, ...]]) -> None:
    """Write these people into the template, in place of what is there."""
    book = openpyxl.load_workbook(file)
    sheet = book["Nhân sự"]
    sheet.delete_rows(2, sheet.max_row)
    for row in people:
        sheet.append(row)
    book.save(file)
