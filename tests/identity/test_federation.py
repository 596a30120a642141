"""Two portals: one vouches for its people to the other. And what a provider, a thief or a third party may try."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
import pytest

from congso.kernel.accounts.tests.test_provider import Visitor
from congso.kernel.directory.testing import World
from operate.places import ROOT
from tests.server import ORIGINAL, SERVER, app_url, copy, drop, owner_url

pytestmark = pytest.mark.timeout(240)

FIRST, SECOND = (f"{ORIGINAL.removesuffix('_original')}_{name}" for name in ("first", "second"))
LINKED = "/tai-khoan/dinh-danh/"
START = "/tai-khoan/dinh-danh/tinh/di/"
HOME = "/tai-khoan/bao-mat/"


class Portals:
    """Two portals, each with its own database, keys and process; the second accepts the word of the first.

    The first is reached as localhost and the second as 127.0.0.1, so that neither gets the other's cookies.
    """

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[str]] = []
        self._ports = _free_port(), _free_port()
        self.first, self.second = f"http://localhost:{self._ports[0]}", f"http://127.0.0.1:{self._ports[1]}"

    def start(self, folder: Path) -> None:
        """Make and start both."""
        here, there = self._environment(folder / "first", FIRST), self._environment(folder / "second", SECOND)
        self._run(here, "oidc", "new-key")
        back = f"{self.second}/tai-khoan/dinh-danh/tinh/ve/"
        names = ("--name", "Cổng thứ hai", "--redirect", back, "--scope", "profile", "--by", "administrator")
        told = self._run(here, "oidc", "add-client", "cong-2", *names)
        provider = {
            "id": "tinh",
            "name": "Cổng tỉnh",
            "issuer": self.first,
            "client_id": "cong-2",
            "client_secret": told.split(": ")[-1].strip(),
        }
        (folder / "second" / "secrets" / "oidc-providers.json").write_text(json.dumps([provider]))
        self._start(here, self._ports[0])
        self._start(there, self._ports[1])

    def stop(self) -> None:
        """End both."""
        for process in self._processes:
            process.terminate()
            process.wait(10)
        drop(FIRST)
        drop(SECOND)

    def _environment(self, data: Path, database: str) -> dict[str, str]:
        (data / "secrets").mkdir(parents=True)
        for name in ("django.key", "access.key"):
            shutil.copy(SERVER.secrets / name, data / "secrets" / name)
        copy(ORIGINAL, database)
        return os.environ | {
            "DATA_DIR": str(data),
            "DATABASE_URL": app_url(database),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "SECRET_DIR": "",
        }

    def _run(self, environment: dict[str, str], *words: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _start(self, environment: dict[str, str], port: int) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.identity.second_portal", str(port)],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def portals(django_db_setup: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    made = Portals()
    try:
        made.start(tmp_path_factory.mktemp("portals"))
        yield made
    finally:
        made.stop()


@pytest.fixture
def second(portals: Portals) -> Visitor:
    """A browser before the door of the second portal, where nothing is linked."""
    with psycopg.connect(owner_url(SECOND)) as connection:
        connection.execute("TRUNCATE socialaccount_socialaccount CASCADE")
    return Visitor(portals.second)


@pytest.fixture
def first(portals: Portals) -> Visitor:
    """The same browser's tab at the first portal, signed in as the clerk."""
    visitor = Visitor(portals.first)
    visitor.sign_in("clerk")
    return visitor


def go(second: Visitor, first: Visitor, start: str = START) -> str:
    """From the second portal to the first and through consent; the address that leads back."""
    away = second.ask(second.base + start).headers["Location"]
    return first.consent(first.ask(away).text)


def is_inside(visitor: Visitor) -> bool:
    return visitor.ask(visitor.base + HOME).status_code == 200


def link(second: Visitor, first: Visitor) -> None:
    """The clerk of the second portal, signed in there, links the word of the first."""
    second.sign_in("clerk")
    second.ask(go(second, first, f"{START}?process=connect"))
    assert "Cổng tỉnh" in second.ask(second.base + LINKED).text
    assert 'aria-label="Bỏ liên kết Cổng tỉnh"' in second.ask(second.base + LINKED).text
    second.http.cookies.clear()


def journal(act: str) -> list[dict[str, Any]]:
    with psycopg.connect(owner_url(SECOND)) as connection:
        rows = connection.execute(
            "SELECT facts FROM journal_entry WHERE act = %s ORDER BY id DESC", [f"accounts.{act}"]
        )
        return [facts for (facts,) in rows]


def test_who_linked_signs_in_with_the_other_portals_word(second: Visitor, first: Visitor) -> None:
    assert "Đăng nhập với Cổng tỉnh" in second.ask(second.base + "/tai-khoan/login/").text
    link(second, first)
    assert not is_inside(second)
    second.ask(go(second, first))
    assert is_inside(second)
    assert "mức định danh chưa rõ" in second.ask(second.base + "/tai-khoan/phien/").text
    assert journal("signed_in")[0]["steps"] == ["socialaccount"]
    with psycopg.connect(owner_url(SECOND)) as connection:
        (kept,) = connection.execute("SELECT extra_data FROM socialaccount_socialaccount").fetchone() or ({},)
    assert set(kept) == {"sub"}  # nothing of the person but the subject


def test_a_stranger_gets_no_account_and_no_name_or_mail_helps(second: Visitor, first: Visitor) -> None:
    answer = second.ask(go(second, first))  # the same user name exists there
    assert "Định danh chưa liên kết" in answer.text
    assert not is_inside(second)


def test_an_answer_is_good_once(second: Visitor, first: Visitor) -> None:
    link(second, first)
    back = go(second, first)
    second.ask(back)
    second.http.cookies.pop("sessionid")
    assert not is_inside(second)
    assert "không dùng được, hoặc đã dùng rồi" in second.ask(back).text
    assert not is_inside(second)


def test_a_state_is_good_once_also_with_a_new_code(second: Visitor, first: Visitor) -> None:
    link(second, first)
    back = go(second, first)
    session = second.http.cookies["sessionid"]
    second.ask(back.replace("code=", "code=wrong"))  # uses the state up, without success
    assert second.http.cookies["sessionid"] == session
    assert "không dùng được, hoặc đã dùng rồi" in second.ask(back).text
    assert not is_inside(second)


def test_an_answer_is_good_only_in_the_browser_that_asked(second: Visitor, first: Visitor) -> None:
    link(second, first)
    back = go(second, first)
    victim = Visitor(second.base)
    assert "không dùng được, hoặc đã dùng rồi" in victim.ask(back).text  # no sign-in into the attacker's account
    assert not is_inside(victim)


def changed(address: str, **changes: str | None) -> str:
    parts = urlsplit(address)
    query = {name: value for name, value in {**dict(parse_qsl(parts.query)), **changes}.items() if value is not None}
    return parts._replace(query=urlencode(query)).geturl()


@pytest.mark.parametrize("issuer", [None, "https://evil.example"], ids=["missing", "another"])
def test_an_answer_of_another_provider_is_refused(second: Visitor, first: Visitor, issuer: str | None) -> None:
    link(second, first)
    answer = second.ask(changed(go(second, first), iss=issuer))
    assert "không dùng được" in answer.text
    assert not is_inside(second)
    assert journal("identity_refused")[0]["why"] == "the answer is another provider's"


def test_a_code_of_another_question_is_refused_by_its_proof_and_nonce(second: Visitor, first: Visitor) -> None:
    """Code injection: the attacker's own fresh code in the victim's answer."""
    link(second, first)
    attacker = Visitor(second.base)
    stolen = dict(parse_qsl(urlsplit(go(attacker, first)).query))["code"]
    answer = second.ask(changed(go(second, first), code=stolen))
    assert "không dùng được" in answer.text
    assert not is_inside(second)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_the_way_on_leads_nowhere_else(second: Visitor, first: Visitor, target: str) -> None:
    link(second, first)
    answer = second.ask(go(second, first, f"{START}?{urlencode({'next': target})}"))
    assert answer.headers["Location"] == "/"


def test_another_site_cannot_start_a_sign_in(second: Visitor, first: Visitor) -> None:
    answer = second.http.get(second.base + START, headers={"Sec-Fetch-Site": "cross-site"}, allow_redirects=False)
    assert answer.status_code == 403


def test_a_subject_opens_one_account(second: Visitor, first: Visitor) -> None:
    link(second, first)
    second.sign_in("head")
    answer = second.ask(go(second, first, f"{START}?process=connect"))
    assert "đã gắn với một tài khoản" in second.http.get(second.base + answer.headers["Location"]).text
    second.http.cookies.clear()
    second.ask(go(second, first))
    assert "Tài khoản clerk" in second.ask(second.base + HOME).text


def test_without_a_session_nothing_is_linked(second: Visitor, first: Visitor) -> None:
    answer = second.ask(f"{second.base}{START}?process=connect")
    assert urlsplit(answer.headers["Location"]).path == "/tai-khoan/login/"


# The provider itself lies: what it signs is changed on its way through the second portal's checks.


@pytest.fixture
def lying(db: None, monkeypatch: pytest.MonkeyPatch, rf: Any) -> Callable[..., Any]:
    """`lying(nonce="x")`: what the checks say of an ID token signed by the provider's key with these claims."""
    from types import SimpleNamespace

    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa

    from congso.kernel.accounts import federation

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer = "https://provider.example"
    app = SimpleNamespace(client_id="portal", settings={"uid_field": "sub", "issuer": issuer, "levels": {"LoA2": "2"}})
    monkeypatch.setattr(federation.jwtkit, "fetch_key", lambda *_more: ("RS256", key.public_key()))
    adapter = federation.StrictAdapter(rf.get("/"), "x")
    adapter._openid_config = {"issuer": issuer, "jwks_uri": f"{issuer}/jwks"}
    monkeypatch.setattr(adapter, "get_provider", lambda: SimpleNamespace(app=app))
    adapter.nonce = "asked"

    def check(algorithm: str = "RS256", **claims: Any) -> Any:
        now = int(time.time())
        told = {"iss": issuer, "aud": "portal", "sub": "7", "nonce": "asked", "iat": now, "exp": now + 60, **claims}
        signed = jwt.encode(told, key if algorithm == "RS256" else "s" * 40, algorithm, headers={"kid": "k"})
        return adapter._id_token_claims(app, signed)

    return check


def test_a_true_token_is_accepted(lying: Callable[..., Any]) -> None:
    assert lying()["sub"] == "7"


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another question"},
        {"nonce": None},
        {"aud": "another-system"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"algorithm": "HS256"},
    ],
    ids=str,
)
def test_a_token_for_another_question_is_refused(lying: Callable[..., Any], lie: dict[str, Any]) -> None:
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    with pytest.raises(OAuth2Error):
        lying(**lie)


def test_a_token_is_accepted_once(lying: Callable[..., Any]) -> None:
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    lying(jti="one")
    with pytest.raises(OAuth2Error):
        lying(jti="one")


def test_the_operators_file_is_read_strictly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from config.environment import BadEnvironment
    from config.providers import identity_providers

    monkeypatch.setenv("SECRET_DIR", str(tmp_path))
    assert identity_providers() == []
    whole = {"id": "x", "name": "X", "issuer": "https://x.example", "client_id": "c", "client_secret": "s"}
    for wrong in ([{**whole, "issuer": ""}], [{**whole, "link_by_email": True}], [whole, whole], "nonsense"):
        (tmp_path / "oidc-providers.json").write_text(wrong if isinstance(wrong, str) else json.dumps(wrong))
        with pytest.raises(BadEnvironment):
            identity_providers()
