"""The portal as provider, asked by an independent client library (Authlib) over the wire; and asked wrongly."""

import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.management import CommandError, call_command
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.provider import KEPT_AFTER, make_key, register_client
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.accounts.tests.doors import SIGN_IN, journal
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db(transaction=True)

REDIRECT = "http://127.0.0.1:9/callback"  # nobody listens: the test reads the address
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|request)" value="([^"]+)"')


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.IDP_OIDC_KEY_DIR = tmp_path / "oidc-keys"
    return make_key(at=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def mail(world: World, key: Path) -> tuple[str, str]:
    """The e-mail system, registered: its id and secret."""
    with acting_as(Actor.person(world.administrator)):
        client, secret = register_client(
            client_id="thu-dien-tu",
            name="Thư điện tử",
            redirect_uris=[REDIRECT],
            scopes=["openid", "profile", "posts"],
            is_public=False,
            after_sign_out="http://127.0.0.1:9/bye",
        )
    return client.id, secret


class Visitor:
    """A browser without a screen: keeps cookies, fills forms in, follows only within the portal."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = requests.Session()

    def sign_in(self, username: str) -> None:
        page = self.http.get(self.base + SIGN_IN).text
        token = dict(HIDDEN.findall(page))["csrfmiddlewaretoken"]
        form = {"csrfmiddlewaretoken": token, "login": username, "password": PASSWORD}
        self.http.post(self.base + SIGN_IN, form, allow_redirects=False)

    def ask(self, address: str) -> requests.Response:
        return self.http.get(address, allow_redirects=False)

    def consent(self, page: str, action: str = "grant") -> str:
        """Press the button; the address the browser is sent to."""
        form = [*HIDDEN.findall(page), ("action", action)]
        form += [("scopes", scope) for scope in re.findall(r'name="scopes" value="([^"]+)"', page)]
        answer = self.http.post(f"{self.base}/identity/o/authorize", form, allow_redirects=False)
        return answer.headers["Location"]


@pytest.fixture
def visitor(live_server: Any) -> Visitor:
    visitor = Visitor(live_server.url)
    visitor.sign_in("clerk")
    return visitor


def described(base: str) -> dict[str, Any]:
    return requests.get(f"{base}/.well-known/openid-configuration", timeout=10).json()


def conversation(mail: tuple[str, str], base: str, scope: str = "openid profile posts") -> tuple[OAuth2Session, dict]:
    session = OAuth2Session(*mail, scope=scope, redirect_uri=REDIRECT, code_challenge_method="S256")
    return session, described(base)


def codes(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def signed_in_elsewhere(mail: tuple[str, str], visitor: Visitor) -> tuple[OAuth2Session, dict, dict, str]:
    """The whole conversation; the session, its token, the answer's address parts and the verifier."""
    session, told = conversation(mail, visitor.base)
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    address, _state = session.create_authorization_url(
        told["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    back = visitor.consent(visitor.ask(address).text)
    answer = codes(back)
    assert answer["iss"] == told["issuer"]
    token = session.fetch_token(told["token_endpoint"], authorization_response=back, code_verifier=verifier)
    keys = KeySet.import_key_set(requests.get(told["jwks_uri"], timeout=10).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["nonce"], claims["aud"], claims["iss"]) == (nonce, mail[0], told["issuer"])
    return session, token, answer, verifier


def test_an_independent_client_signs_in_and_learns_who_and_where(
    world: World, mail: tuple[str, str], visitor: Visitor
) -> None:
    session, token, _answer, _verifier = signed_in_elsewhere(mail, visitor)
    told = described(visitor.base)
    who = session.get(told["userinfo_endpoint"]).json()
    assert who["preferred_username"] == "clerk"
    assert who["name"] == "Nguyễn Ví Dụ"
    assert who["posts"] == [
        {
            "post": "Văn thư",
            "functions": ["archivists", "clerks", "staff"],
            "organization": "Văn phòng Tỉnh ủy Thử Nghiệm",
            "organization_code": "T.VPTU",
            "acting": False,
        }
    ]
    assert "email" not in who
    assert journal(world.auditor, "identity_given")[0]["client"] == "thu-dien-tu"
    assert token["refresh_token"]


def test_the_person_sees_who_asks_for_what_and_may_refuse(mail: tuple[str, str], visitor: Visitor) -> None:
    session, told = conversation(mail, visitor.base)
    address, state = session.create_authorization_url(told["authorization_endpoint"], code_verifier="v" * 60)
    asked = visitor.ask(address)
    for words in ("Thư điện tử", "127.0.0.1:9", "Họ tên", "Chức vụ và cơ quan"):
        assert words in asked.text
    assert f"form-action 'self' {REDIRECT.removesuffix('/callback')};" in asked.headers["Content-Security-Policy"]
    answer = codes(visitor.consent(asked.text, "cancel"))
    assert (answer["error"], answer["state"]) == ("access_denied", state)


def test_a_visitor_signs_in_first(mail: tuple[str, str], live_server: Any) -> None:
    session, told = conversation(mail, live_server.url)
    address, _state = session.create_authorization_url(told["authorization_endpoint"], code_verifier="v" * 60)
    answer = Visitor(live_server.url).ask(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/tai-khoan/login/?next=/identity/o/authorize")


def redeem(mail: tuple[str, str], base: str, **changes: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, **changes}
    return requests.post(f"{base}/identity/o/api/token", form, auth=mail, timeout=10)


def test_a_code_is_worth_one_answer(mail: tuple[str, str], visitor: Visitor) -> None:
    _session, _token, answer, verifier = signed_in_elsewhere(mail, visitor)
    again = redeem(mail, visitor.base, code=answer["code"], code_verifier=verifier)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "x" * 60},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:9/other"},
        {"code": "made-up"},
    ],
    ids=str,
)
def test_a_code_needs_its_verifier_and_address(mail: tuple[str, str], visitor: Visitor, wrong: dict[str, str]) -> None:
    session, told = conversation(mail, visitor.base)
    verifier = secrets.token_urlsafe(48)
    address, _state = session.create_authorization_url(told["authorization_endpoint"], code_verifier=verifier)
    code = codes(visitor.consent(visitor.ask(address).text))["code"]
    assert redeem(mail, visitor.base, **{"code": code, "code_verifier": verifier, **wrong}).status_code == 400


def test_a_code_needs_the_secret_of_whom_it_was_given_to(world: World, mail: tuple[str, str], visitor: Visitor) -> None:
    with acting_as(Actor.person(world.administrator)):
        other, secret = register_client(
            client_id="khac", name="Khác", redirect_uris=[REDIRECT], scopes=["openid"], is_public=False
        )
    session, told = conversation(mail, visitor.base)
    verifier = secrets.token_urlsafe(48)
    address, _state = session.create_authorization_url(told["authorization_endpoint"], code_verifier=verifier)
    code = codes(visitor.consent(visitor.ask(address).text))["code"]
    for who in ((mail[0], "wrong"), (other.id, secret)):
        answer = redeem(who, visitor.base, code=code, code_verifier=verifier)
        assert answer.status_code in {400, 401}


ASKING = {
    "response_type": "code",
    "client_id": "thu-dien-tu",
    "redirect_uri": REDIRECT,
    "scope": "openid",
    "state": "s",
    "code_challenge": create_s256_code_challenge("v" * 60),
    "code_challenge_method": "S256",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_challenge": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"response_type": "token"},
        {"response_type": "id_token token"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": REDIRECT + "/../evil"},
        {"redirect_uri": REDIRECT + "?next=https://evil.example"},
        {"redirect_uri": "http://127.0.0.1:9@evil.example/callback"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
    ],
    ids=str,
)
def test_a_wrong_question_is_answered_to_nobody_else(
    mail: tuple[str, str], visitor: Visitor, wrong: dict[str, str | None]
) -> None:
    asking = {name: value for name, value in {**ASKING, **wrong}.items() if value is not None}
    answer = visitor.http.get(f"{visitor.base}/identity/o/authorize", params=asking, allow_redirects=False)
    assert "Location" not in answer.headers
    assert "Yêu cầu không hợp lệ" in answer.text


def test_a_scope_not_granted_to_the_system_is_refused(mail: tuple[str, str], visitor: Visitor) -> None:
    asking = {**ASKING, "scope": "openid email"}
    answer = visitor.http.get(f"{visitor.base}/identity/o/authorize", params=asking, allow_redirects=False)
    assert codes(answer.headers["Location"])["error"] == "invalid_scope"


def test_a_forged_consent_is_refused(mail: tuple[str, str], visitor: Visitor) -> None:
    page = visitor.http.get(f"{visitor.base}/identity/o/authorize", params=ASKING).text
    signed = dict(HIDDEN.findall(page))["request"]
    address = f"{visitor.base}/identity/o/authorize"
    form = {"request": signed, "action": "grant", "scopes": "openid"}
    for changes in ({}, {"csrfmiddlewaretoken": "x" * 64}, {"request": "forged"}):
        answer = visitor.http.post(address, {**form, **changes}, allow_redirects=False)
        assert answer.status_code == 403, changes


def refresh(mail: tuple[str, str], base: str, token: str) -> requests.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return requests.post(f"{base}/identity/o/api/token", form, auth=mail, timeout=10)


def test_a_refresh_token_is_changed_with_each_use(mail: tuple[str, str], visitor: Visitor) -> None:
    _session, token, _answer, _verifier = signed_in_elsewhere(mail, visitor)
    first = refresh(mail, visitor.base, token["refresh_token"])
    assert first.status_code == 200
    assert first.json()["refresh_token"] != token["refresh_token"]
    assert refresh(mail, visitor.base, token["refresh_token"]).status_code == 400


def test_who_is_closed_out_here_is_out_there(world: World, mail: tuple[str, str], visitor: Visitor) -> None:
    session, token, _answer, _verifier = signed_in_elsewhere(mail, visitor)
    with acting_as(Actor.person(world.administrator)):
        User.objects.filter(username="clerk").update(is_active=False)
    assert session.get(described(visitor.base)["userinfo_endpoint"]).status_code in {401, 403}
    assert refresh(mail, visitor.base, token["refresh_token"]).status_code == 400


def test_the_person_takes_it_back(world: World, mail: tuple[str, str], visitor: Visitor) -> None:
    session, token, _answer, _verifier = signed_in_elsewhere(mail, visitor)
    page = visitor.ask(f"{visitor.base}/tai-khoan/dinh-danh/").text
    assert "Thôi cho phép Thư điện tử" in page
    form = {"csrfmiddlewaretoken": dict(HIDDEN.findall(page))["csrfmiddlewaretoken"], "client": mail[0]}
    visitor.http.post(f"{visitor.base}/tai-khoan/dinh-danh/thoi-cho-phep/", form)
    assert session.get(described(visitor.base)["userinfo_endpoint"]).status_code in {401, 403}
    assert refresh(mail, visitor.base, token["refresh_token"]).status_code == 400
    assert journal(world.auditor, "identity_taken_back")


def test_a_revoked_token_is_worth_nothing(mail: tuple[str, str], visitor: Visitor) -> None:
    session, token, _answer, _verifier = signed_in_elsewhere(mail, visitor)
    told = described(visitor.base)
    session.revoke_token(told["revocation_endpoint"], token=token["access_token"])
    assert session.get(told["userinfo_endpoint"]).status_code in {401, 403}


def test_keys_change_hands_without_a_gap(mail: tuple[str, str], visitor: Visitor, key: Path) -> None:
    def published() -> int:
        return len(requests.get(f"{visitor.base}/.well-known/jwks.json", timeout=10).json()["keys"])

    signed_in_elsewhere(mail, visitor)
    make_key(at=timezone.now() + timedelta(hours=1))
    assert published() == 2  # the next one is known before it signs
    signed_in_elsewhere(mail, visitor)
    key.rename(key.with_name("20200101T000000Z.pem"))
    make_key(at=timezone.now() - KEPT_AFTER - timedelta(minutes=1))
    assert published() == 2  # the oldest is gone an hour after its successor took over
    signed_in_elsewhere(mail, visitor)


def test_without_a_key_there_is_no_provider(live_server: Any, settings: Any, tmp_path: Path) -> None:
    settings.IDP_OIDC_KEY_DIR = tmp_path / "none"
    for address in ("/.well-known/openid-configuration", "/.well-known/jwks.json", "/identity/o/authorize"):
        assert requests.get(live_server.url + address, timeout=10).status_code == 404


def test_only_administrators_let_other_systems_ask(world: World, key: Path) -> None:
    asked = ["oidc", "add-client", "bao-cao", "--name", "Báo cáo", "--redirect", REDIRECT]
    with pytest.raises(CommandError):
        call_command(*asked, "--by", "clerk")
    call_command(*asked, "--by", "administrator")
    assert journal(world.auditor, "client_added")[0]["client"] == "bao-cao"
    with pytest.raises(CommandError):
        call_command("oidc", "remove-client", "bao-cao", "--by", "clerk")
    call_command("oidc", "remove-client", "bao-cao", "--by", "administrator")
