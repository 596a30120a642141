"""A token does what its person allows it, in her name, until it ends; the session's rules stay as they are."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import ApiToken, User
from congso.kernel.accounts.tests.doors import journal, sign_in
from congso.kernel.accounts.tokens import FAILURES_A_MINUTE, USES_A_MINUTE, issue_token
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

TOKENS = "/tai-khoan/ma-truy-cap/"
TASKS = "/api/v1/directives/tasks"


def token_of(world: World, who: str, *, systems: tuple[str, ...] = ("directives",), may_act: bool = False) -> str:
    person, now = getattr(world, who), timezone.now()
    with acting_as(Actor.person(person)):
        _token, secret = issue_token(
            User.objects.get(person_id=person),
            name="Thử",
            systems=systems,
            may_act=may_act,
            expires_at=now + timedelta(days=30),
            at=now,
        )
    return secret


def ask(secret: str, path: str = TASKS, method: str = "get", client: Client | None = None, **more: Any) -> Any:
    browser = client or Client(enforce_csrf_checks=True)
    return getattr(browser, method)(path, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_a_token_is_made_shown_once_and_used(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    page = client.post(f"{TOKENS}moi/", {"name": "Bảng", "systems": ["directives"], "days": "30"}).content.decode()
    (secret,) = re.findall(r"congso_[\w-]{43}", page)
    assert secret not in client.get(TOKENS).content.decode()
    assert ask(secret).status_code == 200
    assert "dùng gần nhất" in client.get(TOKENS).content.decode()
    assert journal(world.auditor, "token_issued")[0]["systems"] == ["directives"]
    with acting_as(Actor.person(world.clerk)):
        assert secret not in str(ApiToken.objects.values().get())


def test_it_sees_what_its_person_sees(world: World) -> None:
    seen = ask(token_of(world, "stranger"), "/api/v1/directives/tasks/999999")
    assert seen.status_code == 404


def test_a_reading_token_changes_nothing_and_an_acting_one_needs_no_forms_token(world: World) -> None:
    refused = ask(token_of(world, "clerk"), method="post", data={}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "only_reading")
    tried = ask(token_of(world, "clerk", may_act=True), method="post", data={}, content_type="application/json")
    assert tried.status_code == 422  # reached the act, which wants its fields


def test_a_token_stays_within_its_systems(world: World) -> None:
    secret = token_of(world, "clerk", systems=("search",))
    refused = ask(secret)
    assert (refused.status_code, refused.json()["code"]) == (403, "out_of_reach")


def test_a_session_still_needs_the_forms_token_beside_a_token(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(username="clerk"))
    assert browser.post(TASKS, {}, content_type="application/json").status_code == 403


def test_a_wrong_token_is_not_rescued_by_a_session(world: World, signed_in: Any) -> None:
    assert ask("congso_made-up", client=signed_in("clerk")).status_code == 401


def test_a_token_opens_no_page(world: World) -> None:
    assert ask(token_of(world, "clerk"), "/thong-bao/").status_code == 302


@pytest.mark.parametrize("how", ["revoked", "over", "closed"])
def test_a_token_that_is_no_longer_good_opens_nothing(world: World, client: Client, clock: Any, how: str) -> None:
    secret = token_of(world, "clerk")
    assert ask(secret).status_code == 200
    if how == "revoked":
        sign_in(client, "clerk")
        with acting_as(Actor.person(world.clerk)):
            number = ApiToken.objects.get().pk
        client.post(f"{TOKENS}{number}/thu-hoi/")
    elif how == "over":
        clock.shift(timedelta(days=31))
    else:
        with acting_as(Actor.person(world.administrator)):
            User.objects.filter(username="clerk").update(is_active=False)
    assert ask(secret).status_code == 401


def test_nobody_revokes_or_sees_anothers_token(world: World, client: Client) -> None:
    secret = token_of(world, "clerk")
    with acting_as(Actor.person(world.clerk)):
        number = ApiToken.objects.get().pk
    sign_in(client, "head")
    assert "congso_" not in client.get(TOKENS).content.decode()
    assert client.post(f"{TOKENS}{number}/thu-hoi/").status_code == 404
    assert ask(secret).status_code == 200


def test_making_a_token_later_asks_who_it_is(world: World, client: Client, clock: Any) -> None:
    sign_in(client, "clerk")
    clock.shift(timedelta(minutes=6))
    assert client.get(f"{TOKENS}moi/").url.startswith("/tai-khoan/xac-minh/")


def test_a_token_ends_within_a_year(world: World) -> None:
    now = timezone.now()
    with acting_as(Actor.person(world.clerk)), pytest.raises(ValueError, match="at most a year"):
        issue_token(
            User.objects.get(username="clerk"),
            name="x",
            systems=[],
            may_act=False,
            expires_at=now + timedelta(days=400),
            at=now,
        )


def test_too_many_questions_or_guesses_are_slowed_down(world: World, clock: Any, monkeypatch: Any) -> None:
    from congso.kernel.accounts import tokens

    monkeypatch.setattr(tokens, "USES_A_MINUTE", 3)
    monkeypatch.setattr(tokens, "FAILURES_A_MINUTE", 3)
    assert (USES_A_MINUTE, FAILURES_A_MINUTE) == (300, 20)
    secret = token_of(world, "clerk")
    assert [ask(secret).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [ask("congso_guess").status_code for _ in range(4)] == [401, 401, 401, 429]
    clock.shift(timedelta(seconds=61))
    assert ask(secret).status_code == 200


def test_the_token_of_who_must_set_up_a_second_factor_waits(world: World) -> None:
    from allauth.mfa.models import Authenticator

    secret = token_of(world, "administrator")
    with acting_as(Actor.person(world.administrator)):
        Authenticator.objects.filter(user__person_id=world.administrator).delete()
    assert ask(secret).json()["code"] == "second_factor_needed"


def test_the_description_declares_tokens_and_sessions(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    kinds = {(one["type"], one.get("scheme", one.get("in"))) for one in told["components"]["securitySchemes"].values()}
    assert kinds == {("http", "bearer"), ("apiKey", "cookie")}
