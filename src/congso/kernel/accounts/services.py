"""Making, closing and renewing accounts; run by set-up, imports and administrators."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from congso.kernel.access.principals import Role, role
from congso.kernel.access.services import acting_as, current_principals
from congso.kernel.accounts.journaling import DESK, note
from congso.kernel.accounts.models import User, Watch
from congso.kernel.directory.models import Person


class AccountRefused(Exception):
    """The act on an account is not possible; the message says why, in Vietnamese."""


def open_account(person: Person, *, username: str, password: str) -> User:
    """An account for a person, with a password (hashed with Argon2)."""
    user = User(username=username, person=person, email=person.email)
    user.set_password(password)
    user.save(force_insert=True)
    return user


@transaction.atomic
def close_account(user: User, *, by: int, at: datetime) -> None:
    """The person is out at her next request. Reopened by `reopen_account`."""
    _change(user, "account_closed", by=by, at=at, is_active=False)


@transaction.atomic
def reopen_account(user: User, *, by: int, at: datetime) -> None:
    """The account opens the door again; the days without use count from now."""
    _change(user, "account_reopened", by=by, at=at, is_active=True)
    with acting_as(DESK):
        Watch.objects.update_or_create(user=user, defaults={"reopened_at": at, "idle_closed_at": None})


@transaction.atomic
def renew_password(user: User, *, password: str, by: int, at: datetime) -> None:
    """Another password for who forgot hers, handed over in person; all her sessions end."""
    user.set_password(password)
    _change(user, "password_renewed", by=by, at=at, password=user.password)


@transaction.atomic
def forget_factors(user: User, *, by: int, at: datetime) -> int:
    """Remove app, passkeys and recovery codes of who lost them; returns how many.

    Whose role must have one sets one up at the next sign-in.
    """
    _check(user, by)
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    note("factors_forgotten", person_id=by, at=at, username=user.username, count=removed)
    return int(removed)


def _change(user: User, act: str, *, by: int, at: datetime, **columns: Any) -> None:
    _check(user, by)
    User.objects.filter(pk=user.pk).update(**columns)
    note(act, person_id=by, at=at, username=user.username)


def _check(user: User, by: int) -> None:
    """The database checks the role again; here the refusal gets its words."""
    if role(Role.ADMINISTRATOR) not in current_principals():
        raise AccountRefused("Chỉ quản trị viên được sửa tài khoản của người khác.")
    if user.person_id == by:
        raise AccountRefused("Không ai tự làm việc này với tài khoản của mình; hãy nhờ quản trị viên khác.")
