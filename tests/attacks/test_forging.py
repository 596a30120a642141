"""What another site could make a signed-in browser do: nothing changes without the form's token, no way leads out."""

import os
import re
from urllib.parse import urlencode

import pytest

from congso.kernel.accounts.tests.doors import SIGN_IN, sign_in
from tests.attacks.asking import ask, signed_in, taken_back
from tests.office import Office
from tests.routes import Route, api_routes, page_routes, way_of

# Other systems ask these with their own secret, no browser's session speaks there.
OF_SYSTEMS = {"idp:oidc:token", "idp:oidc:revoke", "idp:oidc:userinfo", "idp:oidc:device_code"}
# They only read or describe, whatever the method.
DESCRIBING = {"idp:oidc:configuration", "idp:oidc:jwks"}
ELSEWHERE = ("/\\evil.example", "https://evil.example/")[: 2 if os.environ.get("FAULTS") else 1]
# What is pressed without a page of ours: the link in a letter is signed, and only ever makes less.
SIGNED = {"web:stop_letters"}
# Every name under which a form or an address says where to go on.
ONWARD = {"next", "back"}

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


def filled(office: Office, route: Route) -> str:
    way = way_of(route) if route.parameters else None
    return route.address(way.fill(office)) if way else route.template


def test_nothing_is_changed_without_the_forms_token(office: Office) -> None:
    client = signed_in("clerk", enforce_csrf_checks=True)
    tried, taken = 0, []
    for route in page_routes():
        if route.name in OF_SYSTEMS | DESCRIBING | SIGNED:
            continue
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = ask(client, route, filled(office, route), method)
            if answer.status_code not in {403, 405}:
                taken.append((method, route.template, answer.status_code))
            assert method != "POST" or answer.status_code == 403 or b"csrf" not in answer.content.lower()
            tried += answer.status_code == 403
    for route in api_routes():
        for method in route.methods:
            if method != "GET":
                assert ask(client, route, filled(office, route), method).status_code == 403, route.template
                tried += 1
    assert taken == [], "\n".join(map(str, taken))
    assert tried > 100


def test_a_forged_token_is_no_token(office: Office) -> None:
    client = signed_in("clerk", enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post("/giao-dien/", {"theme": "dark", "csrfmiddlewaretoken": "b" * 32}).status_code == 403


def test_a_session_planted_before_is_worth_nothing_after(committed: object) -> None:
    """Fixation: the key the browser came with is not the key it leaves with, and opens nothing."""
    planted = "a" * 32
    client = signed_in(None)
    client.cookies["sessionid"] = planted
    client.get(SIGN_IN)
    before = client.cookies["sessionid"].value
    answer = sign_in(client, "head")
    assert answer.status_code == 302, answer.content.decode()
    after = client.cookies["sessionid"].value
    assert after not in {planted, before}
    for key in {planted, before}:
        other = signed_in(None)
        other.cookies["sessionid"] = key
        assert other.get("/thong-bao/").status_code == 302
    assert client.get("/thong-bao/").status_code == 200


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_address_leads_to_another_site(office: Office, target: str) -> None:
    """Each onward parameter on every address, asked and posted, by somebody signed in and by nobody."""
    for client in (signed_in("clerk"), signed_in(None)):
        cookies = client.cookies.output()
        for route in page_routes():
            if route.name.startswith("idp:"):
                continue  # leads to the registered addresses of other systems, to the letter: test_provider.py
            address = f"{filled(office, route)}?{urlencode(dict.fromkeys(ONWARD, target))}"
            for method, form in (("get", {}), ("post", dict.fromkeys(ONWARD, target))):
                client.cookies.load(cookies.replace("Set-Cookie: ", ""))
                with taken_back():  # signing out is among them
                    answer = getattr(client, method)(address, form or None)
                onward = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
                assert re.match(r"(/(?![/\\])|\?|$)", onward), (route.template, onward)


@pytest.mark.parametrize("place", ["?q=%00", "?state=%00&page=%00"])
def test_a_nul_is_the_senders_fault(office: Office, place: str) -> None:
    """The database cannot hold it; the answer is a refusal, never an error of ours."""
    client = signed_in("clerk")
    for route in page_routes():
        if not route.parameters and not route.name.endswith("_webauthn"):  # they read the office's invented key
            answer = client.get(f"{route.template}{place}")
            assert answer.status_code < 500, route.template
