"""Administrators change the chart with a day and a decision; access follows, records do not."""

from datetime import date, datetime, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.granting import RightRefused, propose_grant
from congso.kernel.access.principals import Function, Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.access.testing import TERM, grant_role
from congso.kernel.directory.models import (
    Assignment,
    ChartEvent,
    Organization,
    OrganizationVersion,
    Person,
    Post,
    Succession,
)
from congso.kernel.directory.queries import name_on
from congso.kernel.directory.services import (
    Decision,
    DirectoryRefused,
    NewOrganization,
    Part,
    abolish_organization,
    addressing_problem,
    appoint_person,
    bring_into_force,
    end_assignment,
    enter_person,
    establish_organization,
    give_new_name,
    merge_organizations,
    open_post,
    place_under,
    split_organization,
    transfer_person,
)
from congso.kernel.directory.testing import START, World
from congso.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db

DAY = date(2026, 2, 1)
AT = datetime(2026, 11, 23, 2, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def by(world: World):
    with acting_as(Actor.person(world.administrator)):
        yield {"by": world.administrator, "at": AT}


def decided(on: date = DAY) -> Decision:
    return Decision("Quyết định số 1-QĐ/TU", on)


def new(code: str, parent: Organization, **more: object) -> NewOrganization:
    return NewOrganization(code=code, kind="agency", name=f"Ban {code}", parent=parent, **more)


def held(person: int, day: date) -> frozenset[int]:
    with acting_as(Actor.person(person), day=day) as found:
        return found


def test_a_new_organization_has_its_event_and_its_journal_line(world: World, by: dict) -> None:
    made = establish_organization(new("T.MOI", world.organization("TU")), decision=decided(), **by)
    event = ChartEvent.objects.get(organization=made)
    assert (event.kind, event.effective_on, event.recorded_by_id) == ("found", DAY, world.administrator)
    line = Entry.objects.get(act="directory.found")
    assert (line.organization_id, line.facts["decision"]) == (made.pk, "Quyết định số 1-QĐ/TU")


def test_a_change_without_a_decision_is_refused(world: World, by: dict) -> None:
    with pytest.raises(DirectoryRefused, match="văn bản quyết định"):
        give_new_name(world.organization("BTC"), name="Ban khác", decision=Decision(" ", DAY), **by)


def test_a_new_name_begins_on_its_day_also_when_that_is_to_come(world: World, by: dict) -> None:
    unit = world.organization("BTC")
    tomorrow = timezone.localdate() + timedelta(days=1)
    give_new_name(unit, name="Ban Tổ chức mới", decision=decided(tomorrow), **by)
    assert (unit.name, name_on(unit, tomorrow)) == ("Ban Tổ chức Tỉnh ủy Thử Nghiệm", "Ban Tổ chức mới")
    assert bring_into_force() == 0
    give_new_name(world.organization("MT"), name="Mặt trận mới", decision=decided(), **by)
    assert world.organization("MT").name == "Mặt trận mới"


def test_who_moves_stands_elsewhere_from_the_day_on(world: World, by: dict) -> None:
    unit, above = world.organization("CDS"), world.organization("BTC")
    place_under(unit, parent=above, decision=decided(), **by)
    assert unit.parent == above
    before, after = unit.versions.order_by("valid_from")
    assert (before.parent, before.valid_to, after.parent) == (world.organization("VPTU"), DAY, above)


def test_nothing_stands_under_itself_not_even_in_the_future(world: World, by: dict) -> None:
    office, unit, other = (world.organization(code) for code in ("VPTU", "TH", "BTC"))
    with pytest.raises(DirectoryRefused, match="cấp dưới của mình"):
        place_under(office, parent=unit, decision=decided(), **by)
    place_under(other, parent=unit, decision=decided(date(2027, 6, 1)), **by)
    with pytest.raises(DirectoryRefused, match="cấp dưới của mình"):
        place_under(unit, parent=other, decision=decided(), **by)
    with pytest.raises(Error, match="above itself"), transaction.atomic():
        OrganizationVersion.objects.filter(organization=office).update(parent=unit)


def test_a_merger_carries_posts_people_and_units_and_no_record(world: World, by: dict) -> None:
    office, agency = world.organization("VPTU"), world.organization("BTC")
    moved = merge_organizations([office, agency], into=new("T.VPM", world.organization("TU")), decision=decided(), **by)
    successor = moved.organization
    assert (moved.units, moved.posts, moved.people) == (2, 7, 7)
    assert world.organization("TH").parent == successor
    assert {one.valid_to for one in Organization.objects.filter(pk__in=[office.pk, agency.pk])} == {DAY}
    post = Post.objects.get(organization=successor, name="Chánh Văn phòng")
    assert post.continues.organization == office
    for old in (office, agency):
        before, after = held(world.chief, DAY - timedelta(days=1)), held(world.chief, DAY)
        reached = principals.office(old.pk, Function.LEADERS)
        assert (reached in before, reached in after) == (old == office, True)
    assert principals.post(post.continues_id) in held(world.chief, DAY)


def test_a_split_lets_each_part_reach_the_past(world: World, by: dict) -> None:
    agency, above = world.organization("BTC"), world.organization("TU")
    clerk = Post.objects.get(organization=agency, name="Văn thư")
    parts = [Part(new("T.B1", above)), Part(new("T.B2", above), posts=frozenset({clerk.pk}))]
    first, second = split_organization(agency, parts=parts, decision=decided(), **by)
    heirs = Succession.objects.filter(predecessor=agency).values_list("successor", flat=True)
    assert set(heirs) == {first.pk, second.pk}
    assert principals.office(second.pk, Function.CLERKS) in held(world.agency_clerk, DAY)
    assert principals.office(first.pk, Function.LEADERS) in held(world.agency_leader, DAY)
    for person, function in ((world.agency_clerk, Function.CLERKS), (world.agency_leader, Function.LEADERS)):
        assert principals.office(agency.pk, function) in held(person, DAY)
    assert principals.office(first.pk, Function.LEADERS) not in held(world.agency_clerk, DAY)


def test_the_end_of_an_office_needs_its_units_placed_or_ended(world: World, by: dict) -> None:
    office = world.organization("VPTU")
    with pytest.raises(DirectoryRefused, match="còn 2 đơn vị"):
        abolish_organization(office, decision=decided(), **by)
    assert abolish_organization(office, decision=decided(), with_units=True, **by) == 3
    assert not Assignment.objects.filter(post__organization=office, valid_to__isnull=True).exists()
    assert held(world.chief, DAY) == {principals.person(world.chief)}


def test_a_closed_code_is_not_given_again(world: World, by: dict) -> None:
    agency = world.organization("BTC")
    abolish_organization(agency, decision=decided(), **by)
    with pytest.raises(DirectoryRefused, match="không được cấp lại"):
        establish_organization(new("T.BTC", world.organization("TU")), decision=decided(date(2026, 3, 1)), **by)
    assert "đã kết thúc" in addressing_problem(world.organization("BTC"), DAY)


def test_an_official_code_goes_only_to_who_takes_its_holder_over(world: World, by: dict) -> None:
    above = world.organization("TU")
    old = establish_organization(new("T.O1", above, official_code="H38.01"), decision=decided(), **by)
    with pytest.raises(DirectoryRefused, match=r"H38\.01"):
        establish_organization(new("T.O2", above, official_code="H38.01"), decision=decided(), **by)
    later = decided(date(2026, 3, 1))
    made = merge_organizations([old], into=new("T.O3", above, official_code="H38.01"), decision=later, **by)
    assert made.organization.official_code == "H38.01"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "district"}, "không còn cấp huyện"),
        ({"code": "t.moi"}, "chữ in hoa"),
        ({"official_code": "h38-1"}, "Mã định danh"),
        ({"kind": "commune_committee", "under": "VPTU"}, "trực thuộc thẳng"),
        ({"name": " "}, "tên tổ chức"),
    ],
)
def test_what_is_founded_keeps_the_rules(world: World, by: dict, more: dict, words: str) -> None:
    under = world.organization(more.pop("under", "TU"))
    facts = {"code": "T.MOI", "kind": "agency", "name": "Ban mới", "parent": under} | more
    with pytest.raises(DirectoryRefused, match=words):
        establish_organization(NewOrganization(**facts), decision=decided(), **by)


def test_no_new_paper_is_addressed_to_a_district_after_its_end(world: World, by: dict) -> None:
    district = Organization(code="T.H", kind="district", name="Huyện Mẫu", valid_from=date(2000, 1, 1))
    assert addressing_problem(district, date(2025, 6, 30)) == ""
    assert "không còn cấp huyện" in addressing_problem(district, date(2025, 7, 1))


def test_what_cannot_be_merged_is_told_before_anything_is_done(world: World, by: dict) -> None:
    office, agency, unit = (world.organization(code) for code in ("VPTU", "BTC", "TH"))
    for predecessors, into, words in (
        ([], agency, "ít nhất một"),
        ([agency], agency, "vừa kết thúc vừa tiếp nhận"),
        ([office], unit, "đang trực thuộc"),
    ):
        with pytest.raises(DirectoryRefused, match=words):
            merge_organizations(predecessors, into=into, decision=decided(), **by)
    with pytest.raises(DirectoryRefused, match="mới có từ"):
        merge_organizations([agency], into=office, decision=decided(START), **by)
    give_new_name(agency, name="Ban mới", decision=decided(date(2026, 5, 1)), **by)
    with pytest.raises(DirectoryRefused, match="chọn ngày sau đó"):
        merge_organizations([agency], into=office, decision=decided(), **by)


def test_who_leaves_and_who_comes_change_one_row_each(world: World, by: dict) -> None:
    assignment = Assignment.objects.select_related("post__organization", "person").get(person=world.head)
    with counting() as statements:
        end_assignment(assignment, on=DAY, **by)
        newcomer = enter_person(full_name="Cao Mẫu Mới", **by)
        appoint_person(newcomer, post=assignment.post, on=DAY, **by)
    changed = [one for one in statements if one.startswith(("UPDATE", "INSERT")) and "journal" not in one]
    assert [one.split('"')[1] for one in changed] == [
        "directory_assignment", "directory_person", "directory_assignment",
    ]  # fmt: skip
    assert held(world.head, DAY) == {principals.person(world.head)}
    assert principals.post(assignment.post_id) in held(newcomer.pk, DAY)


def test_a_transfer_ends_one_row_and_begins_one(world: World, by: dict) -> None:
    assignment = Assignment.objects.select_related("post__organization", "person").get(person=world.specialist)
    post = open_post(world.organization("CDS"), name="Chuyên viên mới", functions=[], on=DAY, **by)
    transfer_person(assignment, to=post, on=DAY, **by)
    assert principals.office(world.organizations["TH"], Function.STAFF) not in held(world.specialist, DAY)
    assert principals.office(world.organizations["CDS"], Function.STAFF) in held(world.specialist, DAY)


def test_an_administrator_does_not_appoint_herself(world: World, by: dict) -> None:
    person = Person.objects.get(pk=world.administrator)
    post = open_post(world.organization("VPTU"), name="Chánh Văn phòng", functions=["leaders"], on=DAY, **by)
    with pytest.raises(DirectoryRefused, match="không tự bổ nhiệm"):
        appoint_person(person, post=post, on=DAY, **by)
    for statement, values in (
        ("INSERT INTO directory_assignment (post_id, person_id, kind, valid_from) VALUES (%s, %s, 'holder', %s)",
         [post.pk, person.pk, DAY]),
        ("UPDATE directory_post SET functions = '{staff,leaders}' WHERE id = %s", [post.pk]),
        ("UPDATE directory_assignment SET person_id = %s", [person.pk]),
    ):  # fmt: skip
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(statement, values)


@pytest.fixture
def keeper(world: World):
    """The head of a section administers the office (VPTU) and what stands below it, nothing else."""
    two = {"proposed_by": world.administrator, "agreed_by": world.second_administrator}
    grant_role(Role.ADMINISTRATOR, world.head, organization=world.organizations["VPTU"], **two)
    with acting_as(Actor.person(world.head)):
        yield {"by": world.head, "at": AT}


def test_one_administers_what_stands_below_and_no_more(world: World, keeper: dict) -> None:
    office, other = world.organization("VPTU"), world.organization("BTC")
    made = establish_organization(new("T.P1", office), decision=decided(), **keeper)
    give_new_name(made, name="Phòng mới", decision=decided(date(2026, 3, 1)), **keeper)
    open_post(office, name="Lái xe", functions=[], on=DAY, **keeper)
    merge_organizations([made], into=world.organization("TH"), decision=decided(date(2026, 4, 1)), **keeper)
    for act in (
        lambda: establish_organization(new("T.P2", other), decision=decided(), **keeper),
        lambda: give_new_name(office, name="Văn phòng khác", decision=decided(), **keeper),
        lambda: place_under(world.organization("CDS"), parent=other, decision=decided(), **keeper),
        lambda: merge_organizations([other], into=world.organization("TH"), decision=decided(), **keeper),
        lambda: abolish_organization(office, decision=decided(date(2026, 5, 1)), with_units=True, **keeper),
        lambda: open_post(other, name="Trưởng ban", functions=["leaders"], on=DAY, **keeper),
    ):
        with pytest.raises(DirectoryRefused, match=r"không quản trị|cấp trên thực hiện"):
            act()


def test_the_database_keeps_each_within_her_sub_tree(world: World, keeper: dict) -> None:
    ids = world.organizations
    columns = "(code, official_code, kind, layout_profile, name, short_name, symbol, is_office, name_key, name_folded,"
    organization = (
        f"INSERT INTO directory_organization {columns} parent_id, valid_from)"
        " VALUES ('X', '', 'unit', 'PARTY', 'X', 'X', '', false, '', '', %s, '2026-01-01')"
    )
    post = (
        "INSERT INTO directory_post (organization_id, name, functions, rank, valid_from)"
        " VALUES (%s, 'X', '{staff}', 1, '2026-01-01')"
    )
    succession = (
        "INSERT INTO directory_succession (predecessor_id, successor_id, effective_on, decision)"
        " VALUES (%s, %s, '2026-01-01', 'x')"
    )
    for statement, values in (
        (organization, [ids["BTC"]]),
        (organization, [ids["TU"]]),
        (organization, [None]),
        (post, [ids["BTC"]]),
        (succession, [ids["BTC"], ids["TH"]]),
        (succession, [ids["TH"], ids["BTC"]]),
        (succession, [ids["VPTU"], ids["TH"]]),
        (f"UPDATE directory_organizationversion SET parent_id = {ids['BTC']} WHERE organization_id = %s", [ids["TH"]]),
    ):
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            connection.cursor().execute(statement, values)
    touched = {
        "directory_organization": "parent_id = %s",
        "directory_organizationversion": "parent_id = %s",
        "directory_post": "organization_id IN (SELECT id FROM directory_organization WHERE id = %s OR parent_id = %s)",
        "directory_assignment": "post_id IN (SELECT id FROM directory_post WHERE organization_id IN (%s, %s))",
    }
    units = {ids["TH"], ids["CDS"]}
    for table, own in touched.items():
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"UPDATE {table} SET valid_to = valid_to RETURNING id")
            changed = {pk for (pk,) in cursor.fetchall()}
            values = sorted(units) if table == "directory_assignment" else [ids["VPTU"]] * own.count("%s")
            cursor.execute(f"SELECT id FROM {table} WHERE {own}", values)
            mine = {pk for (pk,) in cursor.fetchall()}
            assert mine <= changed, table
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert len(changed) < cursor.fetchone()[0], table
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_organization SET valid_to = valid_to WHERE id = ANY(%s)",
                       [[ids[code] for code in ("VPTU", "BTC", "TU", "MT", "XA")]])  # fmt: skip
        assert cursor.rowcount == 0


def test_an_administrator_of_a_sub_tree_grants_nothing(world: World, keeper: dict) -> None:
    facts = {"reason": "x", "valid_from": timezone.localdate(), "valid_to": timezone.localdate() + TERM}
    with pytest.raises(RightRefused, match="Chỉ quản trị viên toàn hệ thống"):
        propose_grant(role=Role.READER, person=Person.objects.get(pk=world.specialist), by=world.head, **facts)


class counting:  # noqa: N801 - reads as a block
    """The statements of a block that change rows."""

    def __enter__(self) -> list[str]:
        from django.test.utils import CaptureQueriesContext

        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        self.statements: list[str] = []
        return self.statements

    def __exit__(self, *error: object) -> None:
        self.captured.__exit__(None, None, None)
        self.statements.extend(query["sql"] for query in self.captured.captured_queries)
