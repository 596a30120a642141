"""What administrators do with accounts, and only they, and not with their own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.test import Client

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.tests.doors import journal, set_up_app, sign_in
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db


def run(*words: str, by: str = "administrator") -> str:
    out = StringIO()
    call_command("account", *words, "--by", by, stdout=out)
    return out.getvalue()


def test_a_forgotten_password_is_renewed_in_person_and_ends_every_session(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    password = run("new-password", "clerk").split(": ")[1].strip()
    assert client.get("/thong-bao/").status_code == 302
    sign_in(client, "clerk", password)
    assert client.get("/thong-bao/").status_code == 200
    assert journal(world.auditor, "password_renewed")[0]["actor"] == f"person:{world.administrator}"


def test_lost_factors_are_forgotten(world: World, client: Client) -> None:
    sign_in(client, "clerk")
    set_up_app(client)
    assert "2 lớp" in run("forget-factors", "clerk")  # the app and the recovery codes
    other = Client()
    assert sign_in(other, "clerk").url == "/"


def test_an_account_is_closed_and_reopened(world: World, client: Client) -> None:
    run("close", "clerk")
    assert "ngung-hoat-dong" in sign_in(client, "clerk").url
    run("reopen", "clerk")
    assert sign_in(client, "clerk").url == "/"


@pytest.mark.parametrize("act", ["close", "reopen", "new-password", "forget-factors"])
@pytest.mark.parametrize(("username", "by"), [("head", "clerk"), ("administrator", "administrator")])
def test_only_another_administrator_does_it(world: World, act: str, username: str, by: str) -> None:
    with pytest.raises(CommandError):
        run(act, username, by=by)


@pytest.mark.parametrize("column", ["password", "is_active", "username", "person_id"])
def test_sql_in_a_persons_name_takes_over_no_account(world: World, column: str) -> None:
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    f"UPDATE accounts_user SET {column} = (SELECT {column} FROM accounts_user WHERE username = 'clerk')"
                    " WHERE username = 'head'"
                )
                assert cursor.rowcount == 0
        except Error:
            assert column in {"username", "person_id"}


def test_nobody_at_all_opens_an_account_but_administrators(world: World) -> None:
    with acting_as(Actor.person(world.clerk)), pytest.raises(Error), transaction.atomic():
        User.objects.create(username="moi", person_id=world.head, password="x")
