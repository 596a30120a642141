"""Where an address is accepted or followed, it does not lead the portal into the office's own network (SSRF).

Addresses are accepted in the operator's file of identity providers, in what those providers' descriptions name, and
from browsers that want to be woken.
Files are opened in a child without a network (test_limits_of_children.py).
"""

import ast
import io
import socket
from typing import Any

import pytest
import requests

from congso.kernel.accounts.federation import OfficeIdentityAdapter
from congso.kernel.accounts.outgoing import AddressRefused, check_address
from congso.kernel.notify.push_address import check_endpoint
from congso.kernel.notify.pushing import PushSession
from operate.places import ROOT

INSIDE = (
    "http://169.254.169.254/latest/meta-data/", "https://169.254.169.254/", "https://127.0.0.1/", "https://localhost/",
    "https://10.0.0.5/", "https://172.16.9.9/", "https://192.168.1.1/", "https://100.64.0.1/", "https://[::1]/",
    "https://[fe80::1]/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/", "https://2130706433/",
    "https://0x7f.1/", "http://provider.example/keys", "file:///etc/passwd", "gopher://provider.example/", "https:///x",
    "https://user@127.0.0.1/", "ftp://provider.example/", "https://provider.example.:99999/",
)  # fmt: skip
SOURCES = ("congso", "config")
# Modules that may open a connection, each with where its addresses come from.
ASKING = {
    "congso/kernel/accounts/outgoing.py",
    "congso/kernel/accounts/federation_views.py",
    "congso/kernel/notify/mailing.py",  # to the mail server the operator names
    "congso/apps/outgoing/services/mailing.py",  # to the same mail server
    # To the push service a browser names, of a host the operator named: https, public, no redirect; below.
    "congso/kernel/notify/pushing.py",
    "congso/kernel/journal/delivering.py",  # to the SIEM the operator names
    "congso/kernel/exchange/rest_axis.py",  # to the axis the operator names
    # To the time stamping service the operator names. What pyHanko asks besides, the OCSP and CRL addresses in
    # certificates, is not held back from the office's own network: docs/security.md, V1.3.6.
    "congso/kernel/signing/pades.py",
    "congso/kernel/signing/keys/remote.py",  # to the remote signing service the operator names
    "congso/kernel/files/clamd.py",  # to the virus scanner the operator names
    "congso/kernel/journal/forwarding.py",  # to the SIEM the operator names
    "congso/kernel/files/bucket.py",  # to the S3-compatible service the operator names; no redirect leads elsewhere
    "congso/apps/assistant/services/endpoint.py",  # to the language model the operator names; no redirect is followed
}
CALLING = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "smtplib", "ftplib", "boto3", "socket"}


@pytest.fixture(autouse=True)
def providers(settings: Any) -> None:
    """One provider the operator named, on the office's own network."""
    told = {"provider_id": "x", "name": "X", "settings": {"issuer": "http://id.office.test:8080"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [told]}}


@pytest.mark.parametrize("address", INSIDE)
def test_no_description_leads_inside(address: str) -> None:
    with pytest.raises((AddressRefused, ValueError)):
        check_address(address)


def test_a_public_name_that_stands_for_an_inner_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, 1, 6, "", (one, 443)) for one in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers)
    with pytest.raises(AddressRefused):
        check_address("https://provider.example/token")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers[:1])
    check_address("https://provider.example/token")


def test_what_the_operator_named_is_asked_and_only_that_door_of_it() -> None:
    check_address("http://id.office.test:8080/keys")
    for other in ("http://id.office.test:9000/", "http://id.office.test/", "https://id.office.test:8080/"):
        with pytest.raises(AddressRefused):
            check_address(other)


def test_a_redirect_leads_no_further_than_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_self: Any, request: Any, **_more: Any) -> requests.Response:
        found = requests.Response()
        found.status_code, found.url, found.request = 302, request.url, request
        found.headers["Location"] = "https://169.254.169.254/"
        found.raw = io.BytesIO()
        return found

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", answer)
    with pytest.raises(AddressRefused), OfficeIdentityAdapter().get_requests_session() as session:
        session.get("http://id.office.test:8080/.well-known/openid-configuration")


PUSH_HOSTS = ["push.example", "*.push.example.org"]


@pytest.mark.parametrize(
    "address",
    [
        *INSIDE,
        "http://push.example/x",
        "https://push.example:8443/x",
        "https://user@push.example/x",
        "https://push.example@169.254.169.254/x",
        "https://push.example.evil.example/x",
        "https://evil.example/push.example",
        "https://evil.example#push.example",
        "https://push.example\\@evil.example/",
        "https://push.example.org/x",
        "https://.push.example.org/x",
        "https://xpush.example.org/x",
        "https://push.example./x",
        "https://push.example\n.evil.example/",
        "https://push.example/" + "x" * 1000,
        "",
    ],
)
def test_a_browser_names_no_service_but_one_the_operator_named(address: str, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS = PUSH_HOSTS
    with pytest.raises(AddressRefused):
        check_endpoint(address)


def test_the_push_services_the_operator_named_are_asked_if_they_are_outside(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEB_PUSH_HOSTS = PUSH_HOSTS
    for address in ("https://push.example/send/abc", "https://a.push.example.org:443/x", "https://PUSH.example/x"):
        check_endpoint(address)
    inside = [(socket.AF_INET, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: inside)
    sent: list[str] = []
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", lambda _self, request, **_: sent.append(request.url))
    with PushSession() as session:
        for address in ("https://push.example/send/abc", "https://evil.example/"):
            with pytest.raises(AddressRefused):
                session.post(address, data=b"")
    assert sent == []


@pytest.mark.django_db
def test_a_client_that_names_itself_by_an_address_is_not_fetched(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Client ID metadata documents: the library can; the portal does not."""
    asked: list[str] = []
    monkeypatch.setattr(requests, "get", lambda url, **_: asked.append(url))
    for path in ("/identity/o/authorize", "/identity/o/api/token"):
        form = {"client_id": "https://127.0.0.1/client", "response_type": "code", "grant_type": "authorization_code"}
        assert client.get(path, form).status_code < 500
        assert client.post(path, form).status_code < 500
    assert asked == []


def test_nothing_else_in_the_product_calls_out() -> None:
    found = set()
    for path in (one for name in SOURCES for one in (ROOT / "src" / name).rglob("*.py") if "tests" not in one.parts):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in _imported(node)
            if name in CALLING
        }
        if names:
            found.add(str(path.relative_to(ROOT / "src")))
    assert found == ASKING, "a new place that calls out needs its addresses checked, and a test here"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []
