"""What an attacker at the door tries: guessing, listing names, forging forms, planting codes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.counters import count_one_more, forget_old_counters
from congso.kernel.accounts.jobs import forget_what_is_over
from congso.kernel.accounts.journaling import DESK
from congso.kernel.accounts.models import Counter, User
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.accounts.tests.doors import SIGN_IN, journal, sign_in
from congso.kernel.accounts.tests.test_second_factor import addresses, concrete
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

WRONG = "mat-khau-sai-hoan-toan"


def is_inside(client: Client) -> bool:
    return client.get("/thong-bao/").status_code == 200


def opens(username: str) -> bool:
    client = Client()
    sign_in(client, username)
    return is_inside(client)


def test_the_limits_are_those_the_office_is_told() -> None:
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"] == "30/m/ip,5/5m/key,10/1h/key,20/12h/key"


@pytest.fixture
def _fewer_tries(settings: Any) -> None:
    """The same steps with smaller figures: a try costs a slow hash."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "8/m/ip,2/5m/key,3/1h/key,4/12h/key"}


@pytest.mark.usefixtures("_fewer_tries")
@pytest.mark.parametrize(("failures", "apart", "wait"), [(2, 0, 5), (3, 4, 60), (4, 31, 12 * 60)])
def test_the_more_failures_the_longer_the_wait(
    world: World, clock: Any, failures: int, apart: int, wait: int
) -> None:  # fmt: skip
    for _ in range(failures):
        sign_in(Client(), "clerk", WRONG)
        clock.shift(timedelta(minutes=apart))
    clock.shift(timedelta(minutes=wait - failures * apart - 1))  # counted from the first failure
    assert not opens("clerk")
    clock.shift(timedelta(minutes=2))
    assert opens("clerk")


@pytest.mark.usefixtures("_fewer_tries")
def test_one_account_under_attack_does_not_stop_the_others(world: World, clock: Any) -> None:
    for _ in range(3):
        sign_in(Client(), "clerk", WRONG)
    assert not opens("clerk")
    assert opens("head")


@pytest.mark.usefixtures("_fewer_tries")
def test_one_address_that_tries_many_names_is_slowed_down(world: World, clock: Any) -> None:
    for number in range(8):
        sign_in(Client(), f"ten-{number}", WRONG)
    assert not opens("head")
    other = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(other, "head")
    assert is_inside(other)


def test_names_and_closed_accounts_look_alike_and_cost_as_much(world: World, monkeypatch: Any) -> None:
    with acting_as(Actor.person(world.administrator)):
        User.objects.filter(username="tracker").update(is_active=False)
    worked: list[str] = []
    for name in ("encode", "verify"):
        plain = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(
            Argon2PasswordHasher, name, lambda *a, _plain=plain, **k: (worked.append("hash"), _plain(*a, **k))[1]
        )
    pages, costs = set(), set()
    for username in ("clerk", "tracker", "khong-co-ai"):
        worked.clear()
        answer = sign_in(Client(), username, WRONG)
        pages.add(re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(username, "")))
        costs.add(len(worked))
    assert (len(pages), costs) == (1, {1})


def test_a_password_typed_as_a_name_is_not_written_down(world: World, client: Client) -> None:
    sign_in(client, PASSWORD, "")
    sign_in(client, PASSWORD, WRONG)
    sign_in(client, "clerk", WRONG)
    assert [one["username"] for one in journal(world.auditor, "sign_in_failed")] == ["clerk", ""]


def test_every_form_of_the_account_needs_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="clerk"))
    tried = 0
    for text, name in addresses(get_resolver().url_patterns):
        address = concrete(text)
        if address.startswith("/tai-khoan/") and name != "mfa_list_webauthn":
            assert client.post(address).status_code == 403, address
            tried += 1
    assert tried > 20


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("address", [SIGN_IN, "/tai-khoan/xac-minh/"])
def test_no_sign_in_leads_to_another_site(world: World, client: Client, address: str, target: str) -> None:
    if address != SIGN_IN:
        sign_in(client, "clerk")
    form = {"login": "clerk", "password": PASSWORD, "next": target}
    assert client.post(f"{address}?next={target}", form).url == "/"


def test_nobody_but_the_desk_sees_or_resets_counts(world: World, acting: Any) -> None:
    sign_in(Client(), "clerk", WRONG)
    with acting_as(DESK):
        assert Counter.objects.count() >= 3
    for who in ("clerk", "administrator", "reader"):
        with acting(who):
            assert not Counter.objects.exists()
            assert Counter.objects.all().delete()[0] == 0


def test_what_is_added_is_kept_once_and_long_enough(world: World, clock: Any) -> None:
    assert cache.add("used", True, 10)
    clock.shift(timedelta(seconds=100))
    assert not cache.add("used", True, 10)  # a code is good for a minute and a half
    clock.shift(timedelta(seconds=30))
    assert cache.add("used", True, 10)
    assert cache.get("never") is None
    cache.set("list", [1.5, 2.5], 60)
    assert cache.get("list") == [1.5, 2.5]
    assert cache.delete("list")
    assert not cache.delete("list")


def test_counting_begins_again_after_its_window(world: World, clock: Any) -> None:
    with acting_as(DESK):
        assert [count_one_more("x", within=timedelta(minutes=1)) for _ in range(3)] == [1, 2, 3]
        clock.shift(timedelta(seconds=61))
        assert count_one_more("x", within=timedelta(minutes=1)) == 1


def test_what_is_over_is_forgotten_at_night(world: World, client: Client, clock: Any) -> None:
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    sign_in(client, "clerk")
    sign_in(Client(), "head", WRONG)
    clock.shift(timedelta(hours=13))
    forget_what_is_over.func(0)
    with acting_as(DESK):
        assert (Counter.objects.count(), UserSession.objects.count()) == (0, 0)
    assert not Session.objects.filter(expire_date__lte=timezone.now()).exists()
    assert forget_old_counters() == 0
