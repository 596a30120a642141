"""Where one is signed in: seen, ended, renewed, and over when nobody works."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.sessions import device_of
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.accounts.tests.doors import SIGN_IN, journal, sign_in
from congso.kernel.directory.models import Assignment, Post
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

SESSIONS = "/tai-khoan/phien/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


def is_inside(client: Client) -> bool:
    return client.get("/thong-bao/").status_code == 200


def test_one_sees_where_one_is_signed_in_and_ends_it(world: World) -> None:
    desk, phone, other = Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=PHONE), Client()
    for client in (desk, phone, other):
        sign_in(client, "clerk")
    page = desk.get(SESSIONS).content.decode()
    assert "Firefox, Linux" in page
    assert "Chrome, Android" in page
    assert page.count("máy này") == 1
    number = page.split('name="session" value="')[1].split('"')[0]
    desk.post(f"{SESSIONS}ket-thuc/", {"session": number})
    assert [is_inside(client) for client in (desk, phone, other)].count(False) == 1
    desk.post(f"{SESSIONS}ket-thuc/")
    assert [is_inside(client) for client in (desk, phone, other)] == [True, False, False]
    assert journal(world.auditor, "sessions_ended")


def test_one_cannot_end_anothers_session(world: World) -> None:
    mine, hers = Client(), Client()
    sign_in(hers, "clerk")
    number = hers.get(SESSIONS)
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM usersessions_usersession")
        (number,) = cursor.fetchone()
    sign_in(mine, "head")
    mine.post(f"{SESSIONS}ket-thuc/", {"session": number})
    assert is_inside(hers)


def test_signing_in_gives_a_new_key(world: World, client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = session.session_key
    planted = client.cookies["sessionid"].value
    sign_in(client, "clerk")
    assert client.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert not is_inside(attacker)


def test_what_the_table_holds_opens_nothing(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    thief = Client()
    for key in Session.objects.values_list("session_key", flat=True):
        thief.cookies["sessionid"] = key
        assert not is_inside(thief)
    assert is_inside(client)


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    mine, other = Client(), Client()
    for client in (mine, other):
        sign_in(client, "clerk")
    new = "mot cau rat rieng ve con meo vang"
    mine.post("/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_inside(mine), is_inside(other)) == (True, False)
    assert journal(world.auditor, "password_changed")[0]["actor"] == f"person:{world.clerk}"


def test_a_session_nobody_works_in_ends(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    clock.shift(timedelta(minutes=14))
    assert is_inside(client)
    clock.shift(timedelta(minutes=16))
    answer = client.get("/thong-bao/?x=1")
    assert answer.url == f"{SIGN_IN}?next=/thong-bao/%3Fx%3D1"
    assert not is_inside(client)


def test_an_administrators_session_ends_sooner(world: World, signed_in, clock) -> None:
    client = signed_in("administrator")
    assert is_inside(client)
    clock.shift(timedelta(minutes=6))
    assert not is_inside(client)


def test_what_a_page_asks_by_itself_is_not_work(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    for _ in range(4):
        clock.shift(timedelta(minutes=4))
        client.get("/thong-bao/so-moi/", HTTP_X_IDLE="1")
    assert not is_inside(client)


def test_the_api_says_that_the_session_is_over(world: World, client: Client, clock) -> None:
    sign_in(client, "clerk")
    clock.shift(timedelta(minutes=16))
    answer = client.get("/api/v1/documents/1")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")


def appoint_reader(world: World, who: str) -> None:
    with acting_as(Actor.person(world.administrator)):
        post = Post.objects.create(
            organization_id=world.organizations["BTC"], name="Kiêm", functions=["staff"], valid_from="2026-01-01"
        )
        Assignment.objects.create(person_id=getattr(world, who), post=post, valid_from="2026-01-01")


def test_other_powers_go_on_under_another_key(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    assert is_inside(client)
    before = client.cookies["sessionid"].value
    appoint_reader(world, "clerk")
    assert is_inside(client)
    assert client.cookies["sessionid"].value != before
    assert "máy này" in client.get(SESSIONS).content.decode()
    old = Client()
    old.cookies["sessionid"] = before
    assert not is_inside(old)
    assert journal(world.auditor, "session_rekeyed")


def test_a_revoked_post_is_gone_at_the_next_request(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    assert client.get("/van-ban-den/").status_code == 200
    with acting_as(Actor.person(world.administrator)):
        Assignment.objects.filter(person_id=world.clerk).update(valid_to=timezone.localdate())
    assert client.get("/thong-bao/").status_code == 200
    request = client.get("/thong-bao/").wsgi_request
    assert len(request.principals) == 1  # she alone


def test_a_closed_account_is_out_at_its_next_request(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    assert is_inside(client)
    with acting_as(Actor.person(world.administrator)):
        User.objects.filter(username="clerk").update(is_active=False)
    assert not is_inside(client)


@pytest.mark.parametrize(
    ("said", "read"), [("", "Thiết bị không rõ"), (FIREFOX, "Firefox, Linux"), (PHONE, "Chrome, Android")]
)
def test_a_device_is_named_as_people_know_it(said: str, read: str) -> None:
    assert device_of(said) == read


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/thong-bao/?show=unread", "/thong-bao/%3Fshow%3Dunread"),
        ("https://elsewhere.example/thong-bao/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_after_the_end_comes_back_to_its_own_page(client: Client, db: None, came: str, back: str) -> None:
    answer = client.post("/thong-bao/da-doc/", HTTP_REFERER=came)
    assert answer.status_code == 302
    assert answer["Location"] == f"/tai-khoan/login/?next={back}"
