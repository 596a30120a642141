"""From names in papers to organizations, on the real chart of the province."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import OrganizationKind
from congso.kernel.directory.naming import Names
from congso.kernel.directory.near_misses import distance
from congso.kernel.directory.services import found_organization, rename_organization
from congso.kernel.directory.testing import START, World
from congso.kernel.directory.tests.province import Province

PROVINCE = Province()
TODAY = date(2026, 3, 1)
NAMES = PROVINCE.names(TODAY)
FORMER = PROVINCE.names(date(2024, 5, 5))
PIECES = ["UBND", "xã", "các", "Đảng ủy", "huyện", ";", ",", "(", ")", "và", "Ban", "TT", "BC", "CT", "Bát Xát"]


def codes(names: Names, written: str) -> list[str]:
    return [each.code for each in names.resolve(written).organizations]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Văn phòng Tỉnh ủy Lào Cai", "LC.VPTU"),
        ("VĂN PHÒNG TỈNH ỦY", "LC.VPTU"),
        ("VPTU", "LC.VPTU"),
        ("Tỉnh uỷ Lào Cai", "LC.TU"),
        ("Ban Thường vụ Tỉnh ủy", "LC.TU"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH LÀO CAI", "LC.TU"),
        ("Thường trực Tỉnh ủy", "LC.TU"),
        ("Đồng chí Bí thư Tỉnh ủy", "LC.TU"),
        ("UBKT TU", "LC.UBKTTU"),
        ("Cơ quan Ủy ban Kiểm tra Tỉnh ủy", "LC.UBKTTU"),
        ("BTGDV", "LC.BTGDVTU"),
        ("BTC Tỉnh ủy", "LC.BTCTU"),
        ("MTTQ", "LC.MTTQ"),
        ("ỦY BAN MTTQ VIỆT NAM TỈNH", "LC.MTTQ"),
        ("LĐLĐ", "LC.LDLD"),
        ("Hội LHPN tỉnh", "LC.HLHPN"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", "LC.TINHDOAN"),
        ("UBND tỉnh", "LC.UBND"),
        ("Chủ tịch UBND tỉnh", "LC.UBND"),
        ("Đảng ủy UBND tỉnh", "LC.DUUBND"),
        ("Sở KH&CN", "LC.SKHCN"),
        ("Sở Nội vụ tỉnh Lào Cai", "LC.SNV"),
        ("Công an tỉnh", "LC.CAT"),
        ("Bộ Chính trị", "TW"),
        ("Đảng ủy xã Bát Xát", "LC.DU.02683"),
        ("Đảng bộ xã Y Tí", "LC.DU.02701"),
        ("xã Bát Xát", "LC.DU.02683"),
        ("phường Sa Pa", "LC.DU.03006"),
        ("Đảng ủy xã Xuân Hoà", "LC.DU.02962"),
        ("UBND xã Bat Xat", "LC.UB.02683"),
        ("Văn phòng Tỉnh ủy (cơ quan thường trực)", "LC.VPTU"),
    ],
)
def test_papers_write_one_organization_in_many_ways(written: str, code: str) -> None:
    assert codes(NAMES, written) == [code]


@pytest.mark.parametrize(
    ("near", "written", "code"),
    [
        ("LC.TU", "Ban Tổ chức", "LC.BTCTU"),
        ("LC.TU", "Văn phòng", "LC.VPTU"),
        ("LC.BTCTU", "Văn phòng", "LC.VPTU"),
        ("LC.BTCTU", "Phòng Tổng hợp", "LC.BTCTU.TH"),
        ("LC.VPTU", "Phòng Tổng hợp", "LC.VPTU.TH"),
        ("LC.UBND", "UBND", "LC.UBND"),
        ("LC.UBND", "Văn phòng", "LC.VPUBND"),
        ("LC.DU.02683", "UBKT", "LC.DU.02683.UBKT"),
        ("LC.DU.02683", "Văn phòng", "LC.DU.02683.VP"),
        ("LC.DU.02683.VP", "UBND xã", "LC.UB.02683"),
        ("LC.DU.02683.VP", "MTTQ", "LC.MT.02683"),
        ("LC.DU.02683.VP", "Ban Thường vụ", "LC.DU.02683"),
        ("LC.DU.02683", "Ban Tổ chức", "LC.BTCTU"),
        ("LC.DU.02683", "Tỉnh ủy", "LC.TU"),
    ],
)
def test_a_short_name_means_what_is_nearest_to_the_issuer(near: str, written: str, code: str) -> None:
    assert codes(NAMES.beside(PROVINCE.organizations[near]), written) == [code]


@pytest.mark.parametrize(
    ("written", "label", "count"),
    [
        ("các đảng ủy xã, phường", "Các đảng ủy xã, phường", 99),
        ("99 đảng ủy xã, phường trực thuộc Tỉnh ủy", "Các đảng ủy xã, phường", 99),
        ("Các cơ quan tham mưu, giúp việc Tỉnh ủy", "Các cơ quan tham mưu, giúp việc Tỉnh ủy", 5),
        ("các tổ chức chính trị - xã hội tỉnh", "Các tổ chức chính trị - xã hội", 5),
        ("MTTQ và các tổ chức chính trị - xã hội", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", 6),
        ("UBND các xã, phường", "UBND các xã, phường", 99),
        ("các sở, ban, ngành", "Các sở, ban, ngành", 16),
        ("các đảng ủy trực thuộc Tỉnh ủy", "Các đảng ủy trực thuộc Tỉnh ủy", 103),
    ],
)
def test_a_plural_is_its_members_with_its_label(written: str, label: str, count: int) -> None:
    found = NAMES.resolve(written)
    assert (found.group, len(found.organizations)) == (label, count)


def test_a_list_of_known_names_is_all_of_them() -> None:
    assert codes(NAMES, "Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy và Sở Nội vụ") == ["LC.VPTU", "LC.BTCTU", "LC.SNV"]
    assert codes(NAMES, "Văn phòng Tỉnh ủy, Vụ Không có") == []


@pytest.mark.parametrize(
    ("written", "code", "reason"),
    [
        ("Tỉnh ủy Yên Bái", "LC.TU", "đã kết thúc hoạt động ngày 1/7/2025; nay là Tỉnh ủy Lào Cai."),
        ("Ban Tổ chức Tỉnh ủy Yên Bái", "LC.BTCTU", "nay là Tỉnh ủy Lào Cai."),
        ("UBND xã Bản Qua", "LC.UB.02683", "Xã Bản Qua đã kết thúc hoạt động ngày 1/7/2025; nay là Xã Bát Xát."),
        ("thị trấn Bát Xát", "LC.DU.02683", "nay là Xã Bát Xát."),
        ("Sở Thông tin và Truyền thông", "LC.SKHCN", "nay là Sở Khoa học và Công nghệ Lào Cai"),
        ("Ban Dân vận Tỉnh ủy", "LC.BTGDVTU", "nay là Ban Tuyên giáo và Dân vận"),
    ],
)
def test_a_former_name_leads_to_who_carries_on_and_tells_it(written: str, code: str, reason: str) -> None:
    assert codes(NAMES, written) == [code]
    assert reason in NAMES.resolve(written).reason


@pytest.mark.parametrize("written", ["Huyện ủy Bát Xát", "UBND huyện Bát Xát", "Huyện Bát Xát"])
def test_a_district_has_no_heir_and_the_reason_names_its_communes(written: str) -> None:
    found = NAMES.resolve(written)
    assert found.organizations == ()
    assert "đã kết thúc hoạt động ngày 1/7/2025" in found.reason
    assert "Xã Y Tý" in found.reason


def test_before_the_merger_the_names_mean_the_organizations_of_that_day() -> None:
    assert codes(FORMER, "Tỉnh ủy Yên Bái") == ["CU.TU.15"]
    assert codes(FORMER, "Huyện ủy Bát Xát") == ["CU.HU.082"]
    assert codes(FORMER, "Đảng ủy xã Bát Xát") == []
    assert "có từ ngày 1/7/2025" in FORMER.resolve("Đảng ủy xã Bát Xát").reason


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Sở Vũ trụ", "Không có “Sở Vũ trụ” trong danh mục tổ chức ngày 1/3/2026."),
        ("các cơ quan, đơn vị liên quan", "cách gọi chung"),
        ("Văn phòng Đảng ủy", "có thể là: Văn phòng Đảng ủy phường Lào Cai;"),
        ("Đảng ủy xã Bản Hà", "có thể là"),
        ("", "Không có tên"),
        ("x" * 400, "Dài hơn"),
    ],
)
def test_what_stays_unclear_is_answered_with_its_reason(written: str, reason: str) -> None:
    found = NAMES.resolve(written)
    assert found.organizations == ()
    assert reason in found.reason


@pytest.mark.parametrize(
    ("written", "code"),
    [("Văn phòng Tinh ủv", "LC.VPTU"), ("Ban Tuyên giảo và Dân vậm Tỉnh ủy", "LC.BTGDVTU"), ("Sở Tải chính", "LC.STC")],
)
def test_slips_of_the_reader_are_forgiven_when_only_one_name_is_near(written: str, code: str) -> None:
    assert codes(NAMES, written) == [code]


def test_every_organization_is_called_by_its_own_name_unless_another_is_too() -> None:
    alike = (OrganizationKind.PROVINCE, OrganizationKind.COMMUNE)  # a place acts through its committee
    for organization in PROVINCE.organizations.values():
        if organization.valid_to is None and organization.kind not in alike:
            assert codes(NAMES, organization.name) == [organization.code]
            beside = NAMES.beside(organization)
            assert codes(beside, organization.short_name) == [organization.code]
            if organization.symbol:
                assert codes(beside, organization.symbol) == [organization.code]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_no_text_makes_it_raise(written: str) -> None:
    found = NAMES.resolve(written)
    assert found.organizations or found.reason


def test_distance_counts_letters_and_stops_early() -> None:
    assert distance("tinh ui", "tinh ui", most=2) == 0
    assert distance("tinh ui", "tinn uy", most=2) == 2
    assert distance("abcdefgh", "zzzzzzzz", most=2) == 3


@pytest.mark.django_db
def test_the_chart_is_read_in_two_queries_and_a_renamed_organization_keeps_its_old_name(
    world: World, django_assert_num_queries
) -> None:
    with acting_as(Actor.person(world.administrator)):
        commune = found_organization(code="C1", kind="agency", name="Ban Quản lý Cũ", valid_from=START)
        rename_organization(commune, name="Ban Quản lý Mới", on=date(2026, 1, 1))
        office = world.organization("VPTU")
        with django_assert_num_queries(2):
            names = Names.on(TODAY, near=office)
        with django_assert_num_queries(0):
            assert codes(names, "Ban Tổ chức") == ["T.BTC"]
            assert codes(names, "Đảng ủy xã Mẫu") == ["T.XA"]
            assert codes(names, "Ban Quản lý Cũ") == ["C1"]
        assert "mang tên Ban Quản lý Mới" in names.resolve("Ban Quản lý Cũ").reason
