"""Passages: who may read them, how they stay in step with their record, what they answer."""

import json

import pytest
from django.db import Error, connection
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record
from congso.kernel.search.models import StoredPassage
from congso.kernel.search.passages import passages, passages_of
from congso.kernel.search.services import index_record
from congso.kernel.search.tests.conftest import Make
from congso.kernel.search.tests.test_access import hand_to

pytestmark = pytest.mark.django_db

BODY = """Điều 1. Thành lập tổ công tác về sửa chữa cầu treo ở bản Mẫu.
Điều 2. Đồng chí Nguyễn Văn Thí Dụ làm Tổ trưởng; Phòng Tổng hợp là cơ quan thường trực.
Điều 3. Kinh phí do ngân sách xã bảo đảm."""


def test_the_place_that_answers_comes_first_with_its_clause(world: World, make: Make) -> None:
    record = make("Quyết định thành lập tổ công tác", body=BODY)
    make("Quyết định khác", body="Điều 1. Tổ trưởng tổ dân phố.")
    with acting_as(Actor.person(world.clerk)):
        for question in ("ai làm tổ trưởng, cơ quan thường trực là đơn vị nào", "ai lam to truong co quan thuong truc"):
            best = passages(question)[0]
            assert (best.record, best.clause, best.page) == (record.pk, "Điều 2", None)
            assert best.text in BODY
        assert [one.clause for one in passages_of(record.pk)] == ["Điều 1", "Điều 2", "Điều 3"]
        assert passages("tổ trưởng", records=[]) == passages("!!!") == []


def test_revoked_is_gone_from_the_very_next_answer(world: World, make: Make, learn) -> None:
    record = make("Quyết định", body=BODY, seen_by=(world.chief,))
    learn()
    with acting_as(Actor.person(world.chief)):
        assert passages("tổ trưởng tổ công tác")
    hand_to(record, world.clerk, world.head)
    for who, sees in ((world.chief, False), (world.stranger, False), (world.head, True)):
        with acting_as(Actor.person(who)):
            assert bool(passages("tổ trưởng tổ công tác")) is sees
            assert bool(passages("tổ trưởng", records=[record.pk])) is sees
            assert bool(passages_of(record.pk)) is sees
            assert StoredPassage.objects.exists() is sees


def test_what_stays_keeps_its_meaning_what_changes_is_learnt_again(world: World, make: Make, learn) -> None:
    record = make("Quyết định", body=BODY)
    assert learn() == 3
    with acting_as(Actor.person(world.clerk)):
        index_record(record, body=BODY)
        index_record(record, body=BODY.replace("ngân sách xã", "ngân sách tỉnh"))
    assert learn() == 1
    with acting_as(Actor.person(world.clerk)):
        Record.objects.filter(pk=record.pk).update(title="Quyết định mới")
    assert learn() == 3
    assert learn() == 0


def test_only_who_sees_a_record_stores_its_passages(world: World, make: Make) -> None:
    record = make("Quyết định", body=BODY)
    with pytest.raises(Error), acting_as(Actor.person(world.stranger)), connection.cursor() as cursor:
        cursor.execute("SELECT congso.keep_passages(%s, '[]')", [[record.pk]])


def test_what_files_of_a_recalled_paper_say_is_closed(world: World, make: Make) -> None:
    record = make("Quyết định")
    page = {"record": record.pk, "position": 0, "file": 1, "page": 3, "clause": "", "text": "Cầu treo bản Mẫu"}
    given = json.dumps([page | {"words": "'cầu':1C 'treo':2C"}])
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute("SELECT congso.keep_passages(%s, %s)", [[record.pk], given])
        (found,) = passages("cầu treo", records=[record.pk])
        assert (found.file, found.page) == (1, 3)
        audience = [principals.person(world.clerk)]
        cursor.execute(
            "SELECT congso.move_record(%s, 'open', 'open', %s, %s, NULL, %s, close_files => true)",
            [record.pk, audience, audience, timezone.now()],
        )
        assert passages("cầu treo", records=[record.pk]) == passages_of(record.pk) == []
