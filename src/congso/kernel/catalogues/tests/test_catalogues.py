"""Code lists: drafted by their keepers, published from a day, never lost; the meaning of a day; what SQL may do."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.principals import Role
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.access.testing import grant_role
from congso.kernel.catalogues.comparing import Change, differences
from congso.kernel.catalogues.document_types import type_on, types_on
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import (
    catalogues,
    code_on,
    codes_on,
    draft_of,
    items_of,
    last_published,
    name_of,
)
from congso.kernel.catalogues.services import (
    CatalogueRefused,
    ItemFacts,
    change_settings,
    close_item,
    drop_draft,
    publish_draft,
    put_item,
    remove_item,
    start_draft,
)
from congso.kernel.catalogues.services.importing import compare_table, read_table, take_table
from congso.kernel.directory.testing import World
from congso.lib.document_types import DOCUMENT_TYPES

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "document_types"
_INSERT = (
    "INSERT INTO code_lists_item (version_id, code, name, parent_code, place, attributes, replaced_by)"
    " VALUES ({}, 'x', 'X', '', 1, '{{}}', '')"
)


@pytest.fixture
def who(world: World) -> dict:
    return {"by": world.administrator, "at": timezone.now()}


@pytest.fixture
def keeper(world: World):
    with acting_as(Actor.person(world.administrator)):
        yield


def the_list(code: str = LIST) -> Catalogue:
    return Catalogue.objects.get(code=code)


def published(who: dict, *facts: ItemFacts, on: date = TODAY, closed: str = "") -> None:
    draft = start_draft(the_list(), **who)
    for one in facts:
        put_item(draft, one, **who)
    if closed:
        close_item(draft, closed, on=on, **who)
    publish_draft(draft, on=on, source="Quyết định 1-QĐ/TU", **who)


def test_the_office_begins_with_the_types_the_reading_machine_knows(keeper: None) -> None:
    assert {one.key for one in types_on(TODAY)} == {one.key for one in DOCUMENT_TYPES}
    for one in DOCUMENT_TYPES:
        found = type_on(one.key, TODAY)
        assert found is not None
        assert (found.name, found.abbreviation, found.also_written) == (one.name, one.abbreviation, one.also_written)


def test_a_new_type_counts_from_its_day_and_an_old_record_keeps_its_meaning(keeper: None, who: dict) -> None:
    coming = TODAY + timedelta(days=10)
    changed = ItemFacts("letter", "Công văn hành chính", place=24, attributes={"abbreviation": "CV"})
    published(who, ItemFacts("open_letter", "Thư ngỏ", place=90), changed, on=coming)
    assert "open_letter" not in {one.code for one in codes_on(LIST, TODAY)}
    assert "open_letter" in {one.code for one in codes_on(LIST, coming)}
    assert name_of(LIST, "letter", coming) == "Công văn hành chính"
    assert name_of(LIST, "letter", TODAY) == name_of(LIST, "letter", date(1999, 1, 1)) == "Công văn"
    assert name_of(LIST, "open_letter", TODAY) == "Thư ngỏ"  # nothing older is known
    assert name_of(LIST, "never_was", TODAY) == "never_was"


def test_a_closed_code_is_offered_no_more_and_stays_readable(keeper: None, who: dict) -> None:
    published(who, closed="master_plan")
    assert "master_plan" not in {one.key for one in types_on(TODAY)}
    assert name_of(LIST, "master_plan", TODAY) == "Quy hoạch"
    found = code_on(LIST, "master_plan", TODAY)
    assert found is not None
    assert found.valid_to == TODAY


def test_a_published_code_is_never_lost_nor_given_again(keeper: None, who: dict) -> None:
    published(who, closed="master_plan")
    draft = start_draft(the_list(), **who)
    with pytest.raises(CatalogueRefused, match="không xóa được"):
        remove_item(draft, "letter", **who)
    put_item(draft, ItemFacts("master_plan", "Thứ khác", place=1), **who)
    with pytest.raises(CatalogueRefused, match="master_plan đã đóng"):
        publish_draft(draft, on=TODAY, source="QĐ 2", **who)
    with pytest.raises(Error), transaction.atomic():  # neither by raw SQL
        connection.cursor().execute("SELECT congso.publish_catalogue(%s, %s, 'QĐ', now())", [draft.pk, TODAY])
    Item.objects.filter(version=draft, code="letter").delete()
    with pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("SELECT congso.publish_catalogue(%s, %s, 'QĐ', now())", [draft.pk, TODAY])


@pytest.mark.parametrize(
    ("parent", "days", "source", "told"),
    [
        ("khong_co", 0, "QĐ", "mã cha khong_co không có"),
        ("a", 0, "QĐ", "nằm dưới chính nó"),
        ("", -1, "QĐ", "không được trước hôm nay"),
        ("", 0, "  ", "Hãy ghi văn bản ban hành"),
    ],
)
@pytest.mark.usefixtures("keeper")
def test_what_is_wrong_is_said_and_nothing_is_published(
    who: dict, parent: str, days: int, source: str, told: str
) -> None:
    draft = start_draft(the_list(), **who)
    put_item(draft, ItemFacts("a", "Một", parent_code=parent), **who)
    with pytest.raises(CatalogueRefused, match=told):
        publish_draft(draft, on=TODAY + timedelta(days=days), source=source, **who)
    assert draft_of(the_list()) == draft


@pytest.mark.parametrize("code", ["", "Mã có dấu", "a b", "-a", "x" * 61])
def test_a_code_is_plain(keeper: None, who: dict, code: str) -> None:
    with pytest.raises(CatalogueRefused):
        put_item(start_draft(the_list(), **who), ItemFacts(code, "Tên"), **who)


def test_a_draft_given_up_changes_nothing(keeper: None, who: dict) -> None:
    draft = start_draft(the_list(), **who)
    assert start_draft(the_list(), **who) == draft
    put_item(draft, ItemFacts("a", "Một"), **who)
    drop_draft(draft, **who)
    assert draft_of(the_list()) is None
    with pytest.raises(CatalogueRefused):
        put_item(draft, ItemFacts("b", "Hai"), **who)
    assert start_draft(the_list(), **who).number == draft.number + 1


def test_two_versions_are_compared_code_by_code(keeper: None, who: dict) -> None:
    before = items_of(last_published(the_list()))
    published(who, ItemFacts("letter", "Công văn mới", place=24), ItemFacts("a", "Một"), closed="project")
    told = {one.code: one for one in differences(before, items_of(last_published(the_list())))}
    assert {code: one.change for code, one in told.items()} == {
        "letter": Change.CHANGED, "a": Change.ADDED, "project": Change.CLOSED,
    }  # fmt: skip
    assert "tên: Công văn → Công văn mới" in told["letter"].details


def test_an_administration_keeps_what_it_was_given_and_nothing_else(world: World, who: dict) -> None:
    with acting_as(Actor.person(world.administrator)):
        office = world.organization("VPTU")
        change_settings(the_list(), is_open=True, licence="Ghi nguồn", keeper=office, **who)
    own = {"by": world.chief, "at": timezone.now()}
    with acting_as(Actor.person(world.chief)), pytest.raises(CatalogueRefused):
        start_draft(the_list(), **own)
    _grant(world)
    with acting_as(Actor.person(world.chief)):
        draft = start_draft(the_list(), **own)
        put_item(draft, ItemFacts("open_letter", "Thư ngỏ"), **own)
        publish_draft(draft, on=TODAY, source="QĐ 3", **own)
        with pytest.raises(CatalogueRefused):
            start_draft(the_list("fields_of_work"), **own)
        with pytest.raises(CatalogueRefused):
            change_settings(the_list(), is_open=True, licence="Khác", keeper=None, **own)
    with acting_as(Actor.person(world.stranger)):
        assert "open_letter" in {one.key for one in types_on(TODAY)}


def _grant(world: World) -> None:
    two = {"proposed_by": world.administrator, "agreed_by": world.second_administrator}
    grant_role(Role.ADMINISTRATOR, world.chief, organization=world.organizations["VPTU"], **two)


def test_sql_as_the_application_cannot_touch_what_is_published(world: World, who: dict) -> None:
    with acting_as(Actor.person(world.administrator)):
        draft = start_draft(the_list(), **who)
        version = last_published(the_list())
        assert version is not None
        assert Item.objects.filter(version=version).update(name="Khác") == 0
        assert Item.objects.filter(version=version).delete()[0] == 0
        for statement in (
            f"UPDATE code_lists_version SET state = 'published' WHERE id = {draft.pk}",
            f"DELETE FROM code_lists_version WHERE id = {draft.pk}",
            _INSERT.format(version.pk),
        ):
            with pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)
    with acting_as(Actor.person(world.stranger)):
        assert not Version.objects.filter(state="draft").exists()
        assert not Item.objects.filter(version=draft).exists()
        assert Item.objects.filter(version=version).exists()
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute("SELECT congso.publish_catalogue(%s, %s, 'QĐ', now())", [draft.pk, TODAY])
    with acting_as(NOBODY):
        assert not Catalogue.objects.exists()
        assert not Item.objects.exists()


def test_many_names_cost_one_question_a_transaction(world: World, django_assert_num_queries) -> None:
    with acting_as(Actor.person(world.stranger)):
        name_of(LIST, "plan", TODAY)
        with django_assert_num_queries(0):
            assert [name_of(LIST, "plan", TODAY) for _ in range(50)] == ["Kế hoạch"] * 50
        assert len(catalogues()) == 5


def test_what_was_rolled_back_is_forgotten(world: World, who: dict) -> None:
    with acting_as(Actor.person(world.administrator)):
        name_of(LIST, "letter", TODAY)
        with transaction.atomic():
            published(who, ItemFacts("letter", "Tên bị bỏ"))
            assert name_of(LIST, "letter", TODAY) == "Tên bị bỏ"
            transaction.set_rollback(True)
        assert name_of(LIST, "letter", TODAY) == "Công văn"


def rows(*lines: str) -> list[list[str]]:
    return [line.split("|") for line in lines]


def test_a_spreadsheet_is_previewed_then_laid_into_the_draft(keeper: None, who: dict) -> None:
    draft = start_draft(the_list("retention_periods"), **who)
    table = read_table(draft.catalogue, rows("Mã|Tên|Số năm|Ghi riêng", "y10|10 năm|10|x", "y3|3 năm|3|", "|||"))
    assert (table.mistakes, table.left_aside) == ([], ["Ghi riêng"])
    told = {one.code: one.change for one in compare_table(draft, table, close_missing_on=TODAY)}
    assert (told["y3"], told["y5"], told["y10"]) == (Change.ADDED, Change.CLOSED, Change.CHANGED)
    assert take_table(draft, table, close_missing_on=None, **who) == 2
    assert take_table(draft, table, close_missing_on=None, **who) == 0
    found = Item.objects.get(version=draft, code="y3")
    assert (found.name, found.attributes) == ("3 năm", {"years": "3"})


def test_every_mistake_of_a_spreadsheet_is_named_by_its_row(keeper: None, who: dict) -> None:
    draft = start_draft(the_list("retention_periods"), **who)
    table = read_table(
        draft.catalogue,
        rows("Tên|Mã|Từ ngày|Đến ngày|Thứ tự", "Một|a|1/2|", "|b", "Hai|c|05/02/2026|01/01/2026|x", "Ba|c"),
    )
    assert [one.split(":")[0] for one in table.mistakes] == ["Dòng 2", "Dòng 3", "Dòng 4", "Dòng 4", "Dòng 5"]
    with pytest.raises(CatalogueRefused):
        take_table(draft, table, close_missing_on=None, **who)
    with pytest.raises(CatalogueRefused, match="Dòng đầu"):
        read_table(draft.catalogue, rows("Ma|Ten", "a|b"))
