"""What is explained is what is: of every record, exactly the people named see it, and everybody else does not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.directives.services import accept_task
from congso.apps.directives.tests.factories import do, make_task
from congso.apps.documents.tests import factories as documents
from congso.kernel.access.delegating import delegate_post
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person, Post
from congso.kernel.directory.services import Decision, merge_organizations
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record
from congso.kernel.workflow.explaining import explain_record, reach_by_reason, reach_of_post
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(world: World) -> None:
    """Documents and tasks in several states; then a merger and somebody who stands in."""
    documents.received(world)
    documents.presented(world)
    documents.in_progress(world)
    do(world, "agency_leader", accept_task, make_task(world, supporting=("TH",)))
    today = timezone.localdate()
    with acting_as(Actor.person(world.administrator)):
        merge_organizations(
            [world.organization("BTC")], into=world.organization("MT"), decision=Decision("Quyết định 1", today),
            by=world.administrator, at=timezone.now(),
        )  # fmt: skip
        delegate_post(
            Post.objects.get(name="Chánh Văn phòng"), to=Person.objects.get(pk=world.auditor), functions=["chiefs"],
            valid_from=today, valid_to=today.replace(year=today.year + 1), reason="Nghỉ phép",
            by=world.administrator, at=timezone.now(),
        )  # fmt: skip


def seers_of(world: World, record: int) -> set[int]:
    """The people who see the record, asked one by one."""
    found = set()
    for person in world.people().values():
        with acting_as(Actor.person(person)):
            if Record.objects.filter(pk=record).exists():
                found.add(person)
    return found


def test_the_people_explained_are_exactly_those_who_see(world: World, office: None, as_owner: Any) -> None:
    records = [pk for (pk,) in as_owner.execute("SELECT id FROM records_record").fetchall()]
    assert len(records) == 4
    for pk in records:
        seeing = seers_of(world, pk)
        with acting_as(Actor.person(next(iter(seeing)))):
            seers = explain_record(Record.objects.get(pk=pk), day=timezone.localdate())
        assert {person.pk for seer in seers for person, _ in seer.people} == seeing
        assert all(seer.reasons and seer.name for seer in seers)


def test_nobody_explains_what_she_does_not_see(world: World, office: None) -> None:
    with acting_as(Actor.person(world.reader)):
        record = Record.objects.order_by("id").first()
    with acting_as(Actor.person(world.commune_clerk)), pytest.raises(Error), transaction.atomic():
        explain_record(record, day=timezone.localdate())


def test_a_post_reaches_as_many_records_as_its_holder_sees(world: World, office: None) -> None:
    for who in ("clerk", "agency_leader", "secretary", "commune_leader"):
        person = getattr(world, who)
        with acting_as(Actor.person(person)):
            post = Post.objects.select_related("organization").filter(
                assignments__person=person, assignments__valid_to__isnull=True
            ).get()  # fmt: skip
            seen = Record.objects.count()
        with acting_as(Actor.person(world.administrator)):
            reach = reach_of_post(post, day=timezone.localdate())
        assert sum(figure for _, _, figure in reach.figures) == seen, who
        with acting_as(Actor.person(person)), pytest.raises(Error), transaction.atomic():
            reach_of_post(post, day=timezone.localdate())
    assert any("kế tục bởi" in work for _, work in _offices(world))


def _offices(world: World) -> list[tuple[str, str]]:
    with acting_as(Actor.person(world.administrator)):
        post = Post.objects.select_related("organization").get(name="Trưởng ban", valid_to__isnull=True)
        return reach_of_post(post, day=timezone.localdate()).offices


def test_reasons_of_a_post_and_a_person_are_told_to_who_may_know(world: World, office: None, signed_in: Any) -> None:
    with acting_as(Actor.person(world.clerk)):
        seen, clerk = Record.objects.count(), Person.objects.get(pk=world.clerk)
        own = reach_by_reason(timezone.localdate(), person=clerk)
    with acting_as(Actor.person(world.administrator)):
        assert reach_by_reason(timezone.localdate(), person=clerk) == own
    names = {one.name for one in own}
    assert "Văn thư của Văn phòng Tỉnh ủy Thử Nghiệm" in names
    assert max(one.figure for one in own) <= seen
    address = f"/to-chuc/nguoi/{world.clerk}/xem-duoc/"
    assert "Văn thư của Văn phòng Tỉnh ủy Thử Nghiệm" in signed_in("clerk").get(address).content.decode()
    assert signed_in("head").get(address).status_code == 403


def test_the_pages_tell_it(world: World, office: None, signed_in: Any) -> None:
    with acting_as(Actor.person(world.clerk)):
        record = Record.objects.order_by("id").first()
        post = Post.objects.get(name="Văn thư", organization=world.organizations["VPTU"])
    page = signed_in("clerk").get(f"/ho-so/{record.pk}/ai-xem/").content.decode()
    assert "Nguyễn Ví Dụ" in page
    assert "Vị trí được đọc toàn bộ" in page
    assert signed_in("commune_clerk").get(f"/ho-so/{record.pk}/ai-xem/").status_code == 404
    reach = signed_in("administrator").get(f"/to-chuc/chuc-vu/{post.pk}/xem-duoc/").content.decode()
    assert "quản trị viên không đọc được nội dung" in reach
    assert signed_in("clerk").get(f"/to-chuc/chuc-vu/{post.pk}/xem-duoc/").status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_who_sees_a_record_is_told(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    record = documents.in_progress(world)
    page = opened("clerk", f"/ho-so/{record.pk}/ai-xem/", size)
    expect(page.get_by_role("heading", name="Vị trí được đọc toàn bộ")).to_be_visible()
    assert_kind_to_everyone(page)
