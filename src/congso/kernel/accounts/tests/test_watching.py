"""What a person is told of her door, and what happens to accounts nobody uses."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.idleness import close_idle_accounts, tell_idle_accounts
from congso.kernel.accounts.journaling import DESK
from congso.kernel.accounts.models import Machine, User, Watch
from congso.kernel.accounts.services import reopen_account
from congso.kernel.accounts.testing import give_app
from congso.kernel.accounts.tests.doors import SECOND_STEP, journal, sign_in
from congso.kernel.directory.testing import World
from congso.kernel.notify.models import Notice

pytestmark = pytest.mark.django_db
CHROME = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"}


@pytest.fixture(autouse=True)
def _forget_attempts() -> None:
    cache.clear()


def bell(person_id: int) -> list[str]:
    with acting_as(Actor.person(person_id)):
        return list(
            Notice.objects.filter(record=None, person_id=person_id).order_by("id").values_list("text", flat=True)
        )


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_after_signing_in_one_reads_when_one_was_last_here_and_what_failed_since(world: World) -> None:
    first = Client(**CHROME)
    sign_in(first, "clerk")
    assert "Lần đăng nhập trước" not in home(first)
    for _ in range(2):
        sign_in(Client(), "clerk", "mat-khau-sai-hoan-toan")
    first.post("/tai-khoan/logout/")
    sign_in(first, "clerk")
    page = home(first)
    assert "Lần đăng nhập trước" in page
    assert "Chrome, Windows" in page
    assert "Từ đó có 2 lần đăng nhập sai." in page
    first.post("/tai-khoan/logout/")
    sign_in(first, "clerk")
    assert "lần đăng nhập sai" not in home(first)
    assert bell(world.clerk) == []


def test_another_machine_is_told_of_once(world: World) -> None:
    first, other = Client(**CHROME), Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/130.0")
    for client in (first, first, other, other):
        sign_in(client, "clerk")
    told = bell(world.clerk)
    assert len(told) == 1
    assert "máy chưa từng dùng: Firefox, Linux" in told[0]
    cookie = other.cookies["machine"]
    assert cookie["httponly"]
    with acting_as(DESK):
        assert not Machine.objects.filter(hash=cookie.value).exists()  # only its hash is kept
        assert Machine.objects.filter(user__username="clerk").count() == 2


def test_a_cookie_of_somebodys_making_is_not_taken(world: World) -> None:
    client = Client(**CHROME)
    client.cookies["machine"] = "x" * 4000
    sign_in(client, "clerk")
    assert len(client.cookies["machine"].value) == 43


def test_a_slowed_account_is_told_and_a_wrong_second_step_counts(world: World) -> None:
    with acting_as(Actor.person(world.clerk)):
        give_app(User.objects.get(username="clerk"))
    client = Client()
    for _ in range(4):
        sign_in(client, "clerk", "mat-khau-sai-hoan-toan")
    sign_in(client, "clerk")
    client.post(SECOND_STEP, {"code": "000000"})
    told = bell(world.clerk)
    assert len(told) == 1
    assert told[0].startswith("Đã có 5 lần đăng nhập sai")


def test_nobody_but_the_desk_writes_into_a_bell_or_a_watch(world: World) -> None:
    sign_in(Client(), "clerk")
    with acting_as(Actor.person(world.administrator)):
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute("SELECT congso.tell_account(%s, 'x', now())", [world.clerk])
        assert Watch.objects.filter(user__username="clerk").update(failed_since=9) == 0
        assert not Machine.objects.exists()
    with acting_as(Actor.person(world.stranger)):
        assert not Watch.objects.exists()
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute("SELECT * FROM congso.administrators_of_all(now()::date)")


def test_an_account_nobody_uses_is_told_then_closed_and_reopened(world: World) -> None:
    now = timezone.now()
    sign_in(Client(), "clerk")
    week_before, limit = now + timedelta(days=39), now + timedelta(days=46)
    with acting_as(DESK):
        User.objects.exclude(username__in=["clerk", "administrator"]).update(last_login=week_before)
        User.objects.filter(username="administrator").update(last_login=limit)
        assert tell_idle_accounts(at=week_before) == 1
        assert tell_idle_accounts(at=week_before) == 0
        assert close_idle_accounts(at=week_before) == []
    assert "sẽ ngừng" in bell(world.clerk)[0]
    assert "1 tài khoản sắp ngừng vì 45 ngày không dùng: clerk." in bell(world.administrator)[0]
    with acting_as(DESK):
        assert close_idle_accounts(at=limit) == ["clerk"]
        assert close_idle_accounts(at=limit) == []
    assert journal(world.auditor, "account_idle_closed")[0]["username"] == "clerk"
    client = Client()
    sign_in(client, "clerk")
    assert client.get("/").status_code == 302
    with acting_as(Actor.person(world.administrator)):
        reopen_account(User.objects.get(username="clerk"), by=world.administrator, at=limit)
    with acting_as(DESK):
        assert close_idle_accounts(at=limit + timedelta(days=1)) == []
    sign_in(client, "clerk")
    assert client.get("/").status_code == 200


def test_the_last_administrator_stays(world: World) -> None:
    later = timezone.now() + timedelta(days=100)
    with acting_as(DESK):
        assert close_idle_accounts(at=later) == []  # nobody was told yet
        tell_idle_accounts(at=later)
        closed = close_idle_accounts(at=later + timedelta(days=8))
    assert len({"administrator", "second_administrator"} & set(closed)) == 1
    assert len(closed) == len(world.people()) - 1
