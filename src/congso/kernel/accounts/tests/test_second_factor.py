"""The second step: an app's code or a recovery code, each once; roles that must have one can do nothing before."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from congso.kernel.access.principals import Function, Role, office, role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.factors import UnknownGroup, must_have_second_factor
from congso.kernel.accounts.middleware import SET_UP_VIEWS
from congso.kernel.accounts.testing import PASSWORD, TOTP_SECRET
from congso.kernel.accounts.tests.doors import (
    APP,
    CODES,
    SECOND_STEP,
    SECURITY,
    code_now,
    journal,
    recovery_codes,
    set_up_app,
    sign_in,
)
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def factors_of_nobody(world: World) -> None:
    """The administrator has not set up anything yet."""
    from allauth.mfa.models import Authenticator

    with acting_as(Actor.person(world.administrator)):
        Authenticator.objects.filter(user__person_id=world.administrator).delete()


def is_inside(client: Client) -> bool:
    return client.get("/thong-bao/").status_code == 200


def test_with_an_app_the_password_alone_opens_nothing(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    secret = set_up_app(client)
    client.post("/tai-khoan/logout/")
    answer = sign_in(client, "clerk")
    assert answer.url == SECOND_STEP
    assert not is_inside(client)
    clock.shift(timedelta(minutes=2))
    client.post(SECOND_STEP, {"code": "000000"})
    assert not is_inside(client)
    client.post(SECOND_STEP, {"code": code_now(secret)})
    client.post("/tai-khoan/buoc-hai/tin-cay/", {"action": "dont_trust"})
    assert is_inside(client)
    assert journal(world.auditor, "signed_in")[0]["steps"] == ["password", "totp"]
    assert journal(world.auditor, "sign_in_failed")[0]["step"] == "totp"


def test_a_code_opens_once_also_beyond_its_half_minute(world: World, clock) -> None:
    code = code_now(TOTP_SECRET)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "administrator")
    first.post(SECOND_STEP, {"code": code})
    clock.shift(timedelta(seconds=40))  # still tolerated, were it new
    answer = second.post(SECOND_STEP, {"code": code})
    assert "Mã chưa đúng hoặc đã dùng" in answer.content.decode()


def test_a_recovery_code_opens_once_and_is_shown_once(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    set_up_app(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    assert recovery_codes(client) == []
    client.post("/tai-khoan/logout/")
    for expected in (True, False):
        other = Client()
        sign_in(other, "clerk")
        other.post(SECOND_STEP, {"code": codes[0]})
        other.post("/tai-khoan/buoc-hai/tin-cay/", {"action": "dont_trust"})
        assert is_inside(other) is expected


def test_new_recovery_codes_end_the_old(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    set_up_app(client)
    old = recovery_codes(client)
    client.post("/tai-khoan/ma-khoi-phuc/moi/")
    new = recovery_codes(client)
    assert len(new) == 10
    assert not set(old) & set(new)
    assert journal(world.auditor, "recovery_codes_renewed")


def test_a_trusted_machine_is_asked_again_after_the_password_changed(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    secret = set_up_app(client)
    client.post("/tai-khoan/logout/")
    clock.shift(timedelta(minutes=2))
    sign_in(client, "clerk")
    client.post(SECOND_STEP, {"code": code_now(secret)})
    client.post("/tai-khoan/buoc-hai/tin-cay/", {"action": "trust"})
    client.post("/tai-khoan/logout/")
    sign_in(client, "clerk")
    assert is_inside(client)
    new = "mot cau rat rieng ve con meo vang"
    client.post("/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/tai-khoan/logout/")
    assert sign_in(client, "clerk", new).url == SECOND_STEP


def test_guessing_codes_is_slowed_down_on_every_machine(world: World, clock) -> None:
    for _ in range(6):
        client = Client()
        sign_in(client, "administrator")
        answer = client.post(SECOND_STEP, {"code": "000000"})
    assert "Đã thử quá nhiều lần" in answer.content.decode()
    client = Client()
    sign_in(client, "administrator")
    client.post(SECOND_STEP, {"code": code_now(TOTP_SECRET)})
    assert not is_inside(client)


def test_changing_factors_later_asks_who_it_is(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    clock.shift(timedelta(minutes=6))
    answer = client.get(APP)
    assert answer.status_code == 302
    assert answer.url.startswith("/tai-khoan/xac-minh/")
    client.post(answer.url, {"password": PASSWORD})
    assert client.get(APP).status_code == 200


def test_the_secret_is_not_readable_in_the_database(world: World, client: Client, acting) -> None:
    from allauth.mfa.models import Authenticator

    sign_in(client, "clerk")
    secret = set_up_app(client)
    with acting("clerk"):
        stored = [str(one.data) for one in Authenticator.objects.all()]
    assert len(stored) == 2
    assert not any(secret in data for data in stored)


def test_nobody_sees_anothers_factors(world: World, acting) -> None:
    from allauth.mfa.models import Authenticator

    for who, seen in (("secrecy_officer", 1), ("administrator", 3), ("clerk", 0), ("auditor", 0)):
        with acting(who):
            assert Authenticator.objects.count() == seen


# Roles that must have one


@pytest.mark.parametrize(
    ("groups", "principal", "expected"),
    [
        (["administrators"], role(Role.ADMINISTRATOR), True),
        (["administrators"], role(Role.READER), False),
        (["secrecy_officers"], office(7, Function.SECRECY_OFFICERS), True),
        (["leaders"], office(7, Function.CLERKS), False),
        (["staff"], office(7, Function.STAFF), True),
        (["nobody"], role(Role.ADMINISTRATOR), False),
    ],
)
def test_who_must_have_one_is_the_offices_choice(settings, groups, principal, expected) -> None:
    settings.SECOND_FACTOR_FOR = groups
    assert must_have_second_factor([principal]) is expected


def test_a_group_nobody_knows_is_refused_loudly(settings) -> None:
    settings.SECOND_FACTOR_FOR = ["lanh-dao"]
    with pytest.raises(UnknownGroup):
        must_have_second_factor([role(Role.READER)])


def test_a_new_administrator_is_led_to_set_one_up_and_then_works(
    world: World, client: Client, factors_of_nobody: None
) -> None:
    sign_in(client, "administrator")
    assert client.get("/thong-bao/").url == SECURITY
    page = client.get(SECURITY).content.decode()
    assert "Vai trò của bạn cần lớp xác thực thứ hai" in page
    assert "nav-side" not in page
    set_up_app(client)
    assert client.get(CODES).status_code == 200
    assert is_inside(client)


def addresses(patterns: list, prefix: str = "") -> list[tuple[str, str]]:
    """Every address of the portal with something in each place, and its view's name."""
    found = []
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, text)
        elif isinstance(pattern, URLPattern):
            found.append((text, pattern.name or ""))
    return found


def concrete(text: str) -> str:
    import re

    text = re.sub(r"\(\?P<[^>]+>[^)]*\)", "1", text)  # a part of a regular expression
    text = re.sub(r"<(?:int:)?[^>]*>", "1", text)
    return "/" + text.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def test_before_the_second_factor_nothing_answers_but_its_set_up(
    world: World, client: Client, factors_of_nobody: None
) -> None:
    sign_in(client, "administrator")
    walked = 0
    for text, name in addresses(get_resolver().url_patterns):
        if name in SET_UP_VIEWS:
            continue
        for method in ("get", "post", "put", "patch", "delete"):
            answer = getattr(client, method)(concrete(text))
            refused = answer.status_code in {403, 404} or (answer.status_code == 302 and answer.url == SECURITY)
            assert refused, (method, text, answer.status_code, answer.headers)
            walked += 1
    assert walked > 300
    assert settings.SECOND_FACTOR_FOR == ["administrators", "secrecy_officers"]


# The door, and what anybody may read.
def test_in_the_middle_of_signing_in_nothing_answers_more_than_to_a_visitor(world: World, client: Client) -> None:
    sign_in(client, "administrator")
    for text, _name in addresses(get_resolver().url_patterns):
        address = concrete(text)
        if address.startswith("/tai-khoan/"):
            continue
        answer, to_a_visitor = client.get(address), Client().get(address)
        assert answer.status_code == to_a_visitor.status_code, address
        if answer.status_code == 302:
            assert answer.url.startswith("/tai-khoan/login/"), address
        if address == "/":
            assert "Đăng nhập" in answer.content.decode()
    assert not is_inside(client)
