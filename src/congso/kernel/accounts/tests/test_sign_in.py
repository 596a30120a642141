"""The door: a name and a password; a wrong one tells nothing; nobody registers herself."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from congso.kernel.accounts.models import User
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/login/"


@pytest.fixture(autouse=True)
def _forget_attempts() -> None:
    cache.clear()


def sign_in(client: Client, username: str, password: str) -> object:
    return client.post(SIGN_IN, {"login": username, "password": password})


def test_the_right_password_opens_the_portal(world: World, client: Client) -> None:
    answer = sign_in(client, "clerk", PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/thong-bao/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_look_alike(world: World, client: Client) -> None:
    pages = []
    for username in ("clerk", "khong-co-ai"):
        answer = sign_in(client, username, "mat-khau-sai-hoan-toan")
        assert answer.status_code == 200
        pages.append(re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(username, "")))
    assert pages[0] == pages[1]


def test_guessing_is_slowed_down(world: World, client: Client) -> None:
    for _ in range(6):
        sign_in(client, "clerk", "mat-khau-sai-hoan-toan")
    sign_in(client, "clerk", PASSWORD)
    assert client.get("/thong-bao/").status_code == 302


def test_a_closed_account_stays_outside(world: World, client: Client, acting) -> None:
    with acting("administrator"):
        User.objects.filter(username="clerk").update(is_active=False)
    sign_in(client, "clerk", PASSWORD)
    assert client.get("/thong-bao/").status_code == 302


def test_nobody_registers_herself(client: Client) -> None:
    answer = client.post("/tai-khoan/signup/", {"username": "moi", "password1": "mat-khau-rat-dai-va-la"})
    assert answer.status_code == 404
    assert not User.objects.filter(username="moi").exists()


@pytest.mark.parametrize("path", ["/tim-kiem/", "/thong-bao/"])
def test_a_stranger_is_sent_to_the_door(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {302, 404}
    if answer.status_code == 302:
        assert answer.url.startswith(SIGN_IN)


def test_passwords_are_kept_with_argon2(world: World) -> None:
    assert User.objects.get(username="clerk").password.startswith("argon2$")
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World, client: Client) -> None:
    sign_in(client, "clerk", PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
