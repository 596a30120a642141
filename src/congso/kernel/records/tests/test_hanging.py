"""What hangs on a record is seen by whoever sees the record, and said in one's own name."""

from datetime import datetime

import pytest
from django.db import Error, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Comment, Link, Record
from congso.kernel.records.services import EmptyComment, comment_on, link_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def record_seen_by(world: World, at: datetime, *people: int) -> Record:
    seen = [principals.person(person) for person in (world.clerk, *people)]
    with acting_as(Actor.person(world.clerk)):
        return Record.objects.create(
            type="thử",
            title="Một hồ sơ",
            state="new",
            owner_id=world.organizations["VPTU"],
            opened_on=at.date(),
            created_by_id=world.clerk,
            created_at=at,
            updated_at=at,
            audience=seen,
            handlers=[principals.person(world.clerk)],
        )


def test_a_reader_comments_with_the_title_of_the_day(world: World, at: datetime) -> None:
    record = record_seen_by(world, at, world.head)
    with acting_as(Actor.person(world.head)):
        comment_on(record, by=Actor.person(world.head), at=at, text=" Đồng ý. ")
    with acting_as(Actor.person(world.clerk)):
        said = Comment.objects.get()
        assert (said.text, said.author_label) == ("Đồng ý.", "Phạm Mẫu Trưởng, Trưởng phòng")
    with acting_as(Actor.person(world.stranger)):
        assert not Comment.objects.exists()


def test_an_empty_comment_is_refused(world: World, at: datetime) -> None:
    record = record_seen_by(world, at)
    with acting_as(Actor.person(world.clerk)), pytest.raises(EmptyComment):
        comment_on(record, by=Actor.person(world.clerk), at=at, text="  ")


def test_who_does_not_see_it_cannot_comment_or_speak_for_another(world: World, at: datetime) -> None:
    record = record_seen_by(world, at, world.head)
    for who, author in ((world.stranger, world.stranger), (world.head, world.clerk)):
        with acting_as(Actor.person(who)), pytest.raises(Error), transaction.atomic():
            Comment.objects.create(record=record, text="x", author_id=author, author_label="", at=at)


def test_a_link_shows_only_to_who_sees_both_ends(world: World, at: datetime) -> None:
    task, paper = record_seen_by(world, at, world.head), record_seen_by(world, at)
    with acting_as(Actor.person(world.clerk)):
        for _ in range(2):
            link_records(task, paper, kind=Link.Kind.SOURCE, by=Actor.person(world.clerk), at=at, clause="II.5")
        assert Link.objects.count() == 1
    with acting_as(Actor.person(world.head)):
        assert Record.objects.count() == 1
        assert not Link.objects.exists()
