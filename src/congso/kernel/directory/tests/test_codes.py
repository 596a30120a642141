"""Codes under several systems: their grammar, one at a time, never to a stranger, found as one types, laid in bulk."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import CodeScheme, Organization, OrganizationCode
from congso.kernel.directory.services import Decision, DirectoryRefused, merge_organizations
from congso.kernel.directory.services.coding import bearers_of, code_problem, codes_of, end_code, give_code, load_codes
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def who(world: World):
    with acting_as(Actor.person(world.administrator)):
        yield {"by": world.administrator, "at": timezone.now()}


def scheme(key: str) -> CodeScheme:
    return CodeScheme.objects.get(key=key)


def given(organization: Organization, key: str, value: str, who: dict, on=TODAY) -> OrganizationCode:
    return give_code(organization, scheme=scheme(key), value=value, on=on, source="QĐ 1", **who)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("national", "H38.01.02", "h38-1"),
        ("national_2016", "000.00.00.H49", "000.00.H49"),
        ("party", "38.168.053.000.001", "38.168.053.001"),
        ("administrative", "02647", "264"),
        ("tax", "0100109106", "0100109107"),  # the last digit is computed
        ("budget", "1012345", "10123456"),
    ],
)
def test_each_system_has_its_grammar(who: dict, key: str, right: str, wrong: str) -> None:
    assert code_problem(scheme(key), right) == ""
    assert code_problem(scheme(key), wrong)


def test_one_code_a_system_at_a_time_and_none_is_lost(who: dict, world: World) -> None:
    office = world.organization("VPTU")
    given(office, "national", "H38.01", who, on=TODAY - timedelta(days=9))
    given(office, "national", "h38.02", who)
    given(office, "party", "38.168.053.000.001", who)
    told = [(one.scheme.key, one.value, one.valid_to) for one in codes_of(office)]
    assert told == [
        ("national", "H38.02", None), ("national", "H38.01", TODAY), ("party", "38.168.053.000.001", None),
    ]  # fmt: skip
    assert world.organization("VPTU").official_code == "H38.02"
    end_code(codes_of(office)[0], on=TODAY + timedelta(days=1), **who)


def test_a_code_goes_to_nobody_but_an_heir(who: dict, world: World) -> None:
    agency, office = world.organization("BTC"), world.organization("VPTU")
    given(agency, "tax", "0100109106", who, on=TODAY - timedelta(days=9))
    with pytest.raises(DirectoryRefused, match="không được cấp cho tổ chức khác"):
        given(office, "tax", "0100109106", who)
    merge_organizations([agency], into=office, decision=Decision("QĐ 9", TODAY), **who)
    assert given(office, "tax", "0100109106", who).organization == office


def test_organizations_are_found_by_a_code_as_one_types(who: dict, world: World) -> None:
    office = world.organization("VPTU")
    given(office, "national", "H38.01", who, on=TODAY - timedelta(days=9))
    given(office, "national", "H38.02", who)
    assert bearers_of("h38.0", day=TODAY) == [office]
    assert bearers_of("H38.01", day=TODAY) == [office]  # found under the old one too
    assert bearers_of("văn phòng", day=TODAY) == []


def test_a_table_of_codes_is_laid_whole_or_not_at_all(who: dict, world: World) -> None:
    heads = ["Mã tổ chức", "Hệ mã", "Giá trị", "Từ ngày"]
    day = f"{TODAY:%d/%m/%Y}"
    right = [["T.VPTU", "national", "H38.01", day], ["T.BTC", "national", "H38.02", day]]
    wrong = [["T.KHONG", "national", "H38.03", day], ["T.TH", "la", "1", day], ["T.TH", "tax", "1", day]]
    loaded = load_codes([heads, *right, *wrong], **who)
    assert [one[:6] for one in loaded.mistakes] == ["Dòng 4", "Dòng 5", "Dòng 6"]
    assert not OrganizationCode.objects.filter(value="H38.01").exists()
    loaded = load_codes([heads, *right], **who)
    assert (loaded.given, loaded.mistakes) == (2, [])
    with pytest.raises(DirectoryRefused, match="Dòng đầu"):
        load_codes([["Mã"], ["x"]], **who)


def test_the_database_refuses_strangers_and_misshapen_codes(world: World) -> None:
    insert = (
        "INSERT INTO directory_organizationcode (organization_id, scheme_id, value, source, valid_from)"
        " SELECT %s, id, %s, '', now() FROM directory_codescheme WHERE key = 'national'"
    )
    office = world.organizations["VPTU"]
    for who, value in (("stranger", "H38.01"), ("administrator", "nonsense")):
        with acting_as(Actor.person(getattr(world, who))), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(insert, [office, value])
    with acting_as(Actor.person(world.stranger)):
        assert CodeScheme.objects.update(pattern=".*") == 0
        with pytest.raises(DirectoryRefused):
            give_code(
                Organization.objects.get(pk=office), scheme=scheme("national"), value="H38.01", on=TODAY, source="",
                by=world.stranger, at=timezone.now(),
            )  # fmt: skip
