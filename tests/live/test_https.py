"""HTTPS by an authority of our own, in a real browser: secure cookies, service worker, a notice without reloading."""

import base64
import hashlib
import http.client
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, expect

from congso.apps.directives.services import cancel_task
from congso.apps.directives.tests.factories import do, make_task
from operate import certificates
from operate.places import OperateError, Places
from tests.browser import FLAGS, PHONE
from tests.live.serving import fetch, free_port, web_server


@pytest.fixture
def places(data_dir: Places) -> Places:
    data_dir.make()
    return data_dir


def authority_pin(places: Places) -> str:
    certificate = x509.load_pem_x509_certificate(certificates.authority_file(places).read_bytes())
    key = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_over_https_a_notice_appears_without_reloading(world: Any, signed_in: Any, places: Places, browser: Browser):
    pair = certificates.make(places, ["localhost", "127.0.0.1"])
    task = make_task(world)
    session = signed_in("agency_leader").cookies["sessionid"].value
    trusted = certificates.authority_file(places)
    with web_server(pair) as (port, process):
        login = fetch(port, "/tai-khoan/login/", trusted)
        assert login.status == 200
        assert "max-age=31536000" in (login.headers["Strict-Transport-Security"] or "")
        assert "Secure" in (login.headers["Set-Cookie"] or "")
        with pytest.raises(ssl.SSLCertVerificationError):
            fetch(port, "/", places.data / "tls" / "other.pem") if _other(places) else None
        chromium = browser.browser_type.launch(
            executable_path="/usr/bin/chromium",
            args=[*FLAGS, f"--ignore-certificate-errors-spki-list={authority_pin(places)}"],
        )
        context = chromium.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, base_url=f"https://localhost:{port}"
        )
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"https://localhost:{port}", "secure": True}]
        )
        page = context.new_page()
        page.goto("/")
        assert page.evaluate("isSecureContext && 'PublicKeyCredential' in window")
        end = time.monotonic() + 20
        while not page.evaluate("navigator.serviceWorker.controller !== null"):
            assert time.monotonic() < end
            page.wait_for_timeout(100)
        manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((a) => a.json())")
        assert manifest["display"] == "standalone"
        for icon in manifest["icons"]:
            assert page.evaluate("(address) => fetch(address).then((answer) => answer.ok)", icon["src"])
        page.evaluate("window.stays = true")
        page.wait_for_timeout(1000)  # the stream is open
        before = int(page.locator("[data-bell] .bell-count").text_content() or 0)
        do(world, "chief", cancel_task, task, note="Trùng việc khác")
        expect(page.locator("[data-bell] .bell-count")).to_have_text(str(before + 1), timeout=15_000)
        expect(page.locator("#work")).not_to_contain_text(task.title)
        assert page.evaluate("window.stays")
        began = time.monotonic()
        process.terminate()
        process.wait(20)
        assert time.monotonic() - began < 6  # open streams hold nobody up
        chromium.close()


def _other(places: Places) -> bool:
    elsewhere = Places(places.data / "elsewhere")
    elsewhere.make()
    certificates.make(elsewhere, ["localhost"])
    certificates.authority_file(elsewhere).rename(places.data / "tls" / "other.pem")
    return True


def verified(places: Places, name: str, pair: certificates.Pair) -> bool:
    """Whether OpenSSL believes the pair for the name, trusting the authority alone."""
    asked = ["openssl", "verify", "-CAfile", str(certificates.authority_file(places))]
    how = ["-verify_ip" if name[0].isdigit() else "-verify_hostname", name]
    done = subprocess.run([*asked, *how, str(pair.certificate)], capture_output=True, check=False)
    return done.returncode == 0


def test_the_authority_vouches_for_its_names_alone(places: Places):
    pair = certificates.make(places, ["congso.example.vn", "10.0.0.5"])
    assert verified(places, "congso.example.vn", pair)
    assert verified(places, "10.0.0.5", pair)
    assert not verified(places, "other.example.vn", pair)
    stolen = places.data / "tls"
    authority = x509.load_pem_x509_certificate((stolen / "authority.pem").read_bytes())
    key = serialization.load_pem_private_key((stolen / "authority.key").read_bytes(), None)
    for name, general in (("bank.example.com", x509.DNSName("bank.example.com")),):
        forged = certificates._issue(places, authority, key, [general])  # whoever stole the key
        assert not verified(places, name, forged)


def test_a_certificate_is_renewed_in_time_by_the_same_authority(places: Places):
    pair = certificates.make(places, ["congso.example.vn"])
    before = certificates.fingerprint(certificates.authority_file(places))
    assert not certificates.renew(places)
    soon = datetime.now(UTC) + timedelta(days=360)
    assert certificates.renew(places, now=soon)
    renewed = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    assert renewed.not_valid_after_utc > soon + timedelta(days=300)
    assert certificates.fingerprint(certificates.authority_file(places)) == before
    assert certificates.names_of(pair) == ["congso.example.vn"]


def test_keys_are_their_owners_alone_and_nonsense_is_refused(places: Places):
    certificates.make(places, ["congso.example.vn"])
    assert {(places.data / "tls" / name).stat().st_mode & 0o77 for name in ("authority.key", "server.key")} == {0}
    for names in ([], ["https://congso"], ["a b"]):
        with pytest.raises(OperateError):
            certificates.make(places, names)


def test_plain_http_leads_to_https_and_nowhere_else(tmp_path: Path):
    port, authority = free_port(), tmp_path / "ca.pem"
    authority.write_text("-----BEGIN CERTIFICATE-----")
    command = [sys.executable, "-m", "operate.redirecting", "127.0.0.1", str(port), "8443", "localhost", str(authority)]
    with subprocess.Popen(command, env={"PYTHONPATH": "src"}) as process:
        try:
            assert _plain(port, "/nhiem-vu/?q=1", "localhost") == (308, "https://localhost:8443/nhiem-vu/?q=1")
            assert _plain(port, "/", "evil.example") == (400, None)
            assert _plain(port, "/congso-ca.crt", "evil.example") == (200, None)
        finally:
            process.terminate()


def _plain(port: int, path: str, host: str) -> tuple[int, str | None]:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path, headers={"Host": f"{host}:{port}"})
            answer = connection.getresponse()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return answer.status, answer.headers["Location"]
    raise AssertionError("the redirect did not start")
