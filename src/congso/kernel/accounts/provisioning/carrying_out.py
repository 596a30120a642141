"""Doing what a compared list says, batch by batch; each batch is one transaction and one line of the journal."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.journaling import DESK, note
from congso.kernel.accounts.models import Feed, FeedRow, User, Watch
from congso.kernel.accounts.provisioning.comparing import summary_of
from congso.kernel.accounts.provisioning.staging import FeedRefused, require_administrator
from congso.kernel.directory.models import Assignment, Person

BATCH = 500


def _silent(_done: int) -> None:
    """Nobody is listening."""


def carry_out(
    feed: Feed, *, by: int, at: datetime, confirmed: bool = False, say: Callable[[int], None] = _silent
) -> int:
    """Do what is not done yet; returns how many rows. `say` hears how many are done after each batch.

    Refuses a list that would close more accounts than a sound one does (FEED_MOST_CLOSED_PERCENT), unless `confirmed`.
    """
    with acting_as(Actor.person(by)):
        require_administrator()
        if by != feed.made_by_id:
            raise FeedRefused("Người đối chiếu tệp tự thực hiện; người khác hãy đối chiếu lại.")
        summary = summary_of(feed)
        if summary.is_suspicious and not confirmed:
            raise FeedRefused(
                f"Tệp sẽ đóng {summary.acts['close']} trong {summary.open_before} tài khoản, nhiều hơn mức bình thường;"
                " có thể nguồn bị thiếu dữ liệu. Hãy kiểm tra rồi xác nhận nếu đúng."
            )
        Feed.objects.filter(pk=feed.pk).update(state=Feed.State.RUNNING)
    done = 0
    while batch := _batch(feed, by, at):
        done += batch
        say(done)
    with acting_as(Actor.person(by)):
        Feed.objects.filter(pk=feed.pk).update(state=Feed.State.DONE, done_at=at)
    return done


def _batch(feed: Feed, by: int, at: datetime) -> int:
    """One batch: rows of the list in its order, then what their absence means. Returns how many rows."""
    with acting_as(Actor.person(by)):
        waiting = FeedRow.objects.filter(Q(feed=feed), done_at__isnull=True, problem="").exclude(acts=[])
        rows = list(waiting.order_by("id")[:BATCH])
        if not rows:
            return 0
        _enter(rows)
        _recode_and_contact(rows)
        _appoint(rows, feed)
        told = {"opened": _open(rows), "renamed": _rename(rows)}
        told |= {"reopened": _switch(rows, "reopen", at, is_active=True)}
        _end(rows, feed)
        told |= {"closed": _switch(rows, "close", at, is_active=False)}
        FeedRow.objects.filter(pk__in=[row.pk for row in rows]).update(done_at=at)
        facts: dict[str, Any] = {key: names for key, names in told.items() if names}
        note("feed_carried_out", person_id=by, at=at, feed=feed.pk, rows=len(rows), **facts)
    return len(rows)


def _doing(rows: Sequence[FeedRow], act: str) -> list[FeedRow]:
    return [row for row in rows if act in row.acts]


def _whose(row: FeedRow) -> int:
    """The person the row is about; by the time this is asked everybody has been entered."""
    if row.person_id is None:
        raise FeedRefused(f"Dòng {row.line}: chưa rõ là ai; hãy đối chiếu lại tệp.")
    return row.person_id


def _enter(rows: Sequence[FeedRow]) -> None:
    """New people; rows of theirs in this and later batches learn who they are."""
    entering = _doing(rows, "enter")
    people = []
    for row in entering:
        person = Person(code=row.code, full_name=row.full_name, email=row.email, phone=row.phone)
        person.rekey()
        people.append(person)
    ids = {person.code: person.pk for person in Person.objects.bulk_create(people)}
    feeds = {row.feed_id for row in entering}
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_feedrow r SET person_id = p.id FROM directory_person p WHERE r.feed_id = ANY (%s)"
                " AND p.code = r.code AND r.code = ANY (%s) AND r.person_id IS NULL",
                [list(feeds), list(ids)],
            )
    for row in rows:
        row.person_id = row.person_id or ids.get(row.code)


def _recode_and_contact(rows: Sequence[FeedRow]) -> None:
    changing = {_whose(row): row for row in rows if {"recode", "contact"} & set(row.acts)}
    people = list(Person.objects.filter(pk__in=changing))
    for person in people:
        row = changing[person.pk]
        person.code = row.code
        person.email, person.phone = row.email or person.email, row.phone or person.phone
    Person.objects.bulk_update(people, ["code", "email", "phone"])


def _appoint(rows: Sequence[FeedRow], feed: Feed) -> None:
    Assignment.objects.bulk_create(
        Assignment(person_id=_whose(row), post_id=row.post_id, valid_from=feed.day)  # type: ignore[misc]  # a row to appoint has a post
        for row in _doing(rows, "appoint")
    )


def _open(rows: Sequence[FeedRow]) -> list[str]:
    """Accounts without a password: the first one is handed over in person."""
    closed = make_password(None)
    opening = [
        User(username=row.username, person_id=_whose(row), email=row.email, password=closed)
        for row in _doing(rows, "open")
    ]
    User.objects.bulk_create(opening)
    return [user.username for user in opening]


def _rename(rows: Sequence[FeedRow]) -> list[str]:
    renamed = []
    accounts = {user.person_id: user for user in _accounts(_doing(rows, "rename"))}
    with connection.cursor() as cursor:
        for row in _doing(rows, "rename"):
            user = accounts[_whose(row)]
            cursor.execute("SELECT congso.rename_account(%s, %s)", [user.pk, row.username])
            renamed.append(f"{user.username} → {row.username}")
    return renamed


def _end(rows: Sequence[FeedRow], feed: Feed) -> None:
    ending = [row.assignment_id for row in _doing(rows, "end") if row.assignment_id]
    Assignment.objects.filter(pk__in=ending).update(valid_to=feed.day)


def _switch(rows: Sequence[FeedRow], act: str, at: datetime, *, is_active: bool) -> list[str]:
    """Close who left, remembering that the list did it; reopen whom a list had closed."""
    users = _accounts(_doing(rows, act))
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=is_active)
    with acting_as(DESK):
        Watch.objects.bulk_create(
            [
                Watch(user=user, feed_closed_at=None if is_active else at, reopened_at=at if is_active else None)
                for user in users
            ],
            update_conflicts=True,
            unique_fields=["user"],
            update_fields=["feed_closed_at", "reopened_at"],
        )
    return [user.username for user in users]


def _accounts(rows: Sequence[FeedRow]) -> list[User]:
    return list(User.objects.filter(person_id__in=[_whose(row) for row in rows]).order_by("username"))
